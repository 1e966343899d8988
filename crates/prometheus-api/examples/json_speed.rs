//! Measures how long answers of 8,000 series take, evaluation counted in. Units: milliseconds of one core.
//!
//! `cargo run --release -p evenkeel-prometheus-api --example json_speed`
#![expect(clippy::disallowed_methods, reason = "it measures time, which the system says in a file")]
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use evenkeel_labels::LabelSet;
use evenkeel_metric::Sample;
use evenkeel_prometheus_api::{
    ApiRequest, Build, Context, Head, Method, NoRules, Options, PROMETHEUS_LEVEL, Runtime, StatusView, answer,
};
use evenkeel_promql_eval::{Alone, Never, Stop};
use evenkeel_series_notation::MemoryStore;
use evenkeel_time::{Duration, Timestamp};

struct Idle;

impl StatusView for Idle {
    fn ready(&self) -> bool {
        true
    }
    fn build(&self) -> Build {
        let none = String::new;
        let version = PROMETHEUS_LEVEL.to_owned();
        Build { version, revision: none(), branch: none(), user: none(), date: none(), compiler: none() }
    }
    fn runtime(&self) -> Runtime {
        let (at, none) = (Timestamp(0), String::new);
        Runtime {
            started_at: at,
            folder: none(),
            host: none(),
            configured_at: at,
            configured: true,
            damaged: 0,
            threads: 1,
            retention: none(),
        }
    }
    fn head(&self, _: usize) -> Head {
        Head::default()
    }
    fn flags(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    fn config(&self) -> String {
        String::new()
    }
}

fn main() {
    let mut store = MemoryStore::new();
    for series in 0..8_000 {
        let labels = LabelSet::new([
            ("__name__", "http_request_duration_seconds_count".to_owned()),
            ("instance", format!("host-{:04}:9100", series % 200)),
            ("job", "storefront".to_owned()),
            ("path", format!("/api/v1/items/{}", series / 200)),
            ("status", "200".to_owned()),
        ]);
        for step in 0..60 {
            let value = f64::from(series * 37 + step) * if series % 2 == 0 { 1.0 } else { 0.137 };
            store.append(&labels, Sample { at: Timestamp(i64::from(step) * 15_000), value });
        }
    }
    let deadline = |_: Duration| -> Box<dyn Stop> { Box::new(Never) };
    let options = Options::default();
    let now = Timestamp(59 * 15_000);
    let cx = Context {
        source: &store,
        rules: &NoRules,
        status: &Idle,
        options: &options,
        now,
        deadline: &deadline,
        workers: &Alone,
    };
    for (path, query) in [
        ("/api/v1/query", "query={job=\"storefront\"}"),
        ("/api/v1/query_range", "query={job=\"storefront\"}&start=0&end=885&step=15"),
        ("/api/v1/series", "match[]={job=\"storefront\"}"),
    ] {
        let request = ApiRequest { method: Method::Get, path, query, form: b"" };
        let (mut best, mut bytes) = (f64::INFINITY, 0);
        for _ in 0..10 {
            let begun = cpu_nanos();
            bytes = answer(&request, &cx).body.len();
            best = best.min((cpu_nanos() - begun) / 1e6);
        }
        println!("{path}: {best:.1} ms, {bytes} bytes");
    }
}

/// What this thread has had of a core, so that other work on the machine does not count.
fn cpu_nanos() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0.0)
}
