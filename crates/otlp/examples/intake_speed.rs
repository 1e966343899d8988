//! Measures the intake: nanoseconds of one core for each data point.
//!
//! `cargo run --release -p evenkeel-otlp --example intake_speed`
#![expect(clippy::disallowed_methods, reason = "it measures time, which the system says in a file")]
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use evenkeel_metric::Batch;
use evenkeel_otlp::{MetricsIntake, Options, metrics_from_json};
use evenkeel_time::Timestamp;

const POINTS: usize = 2_000;
const ROUNDS: usize = 50;

fn main() {
    for (what, temporality) in [("cumulative sums", 2), ("delta sums", 1)] {
        let json = request(temporality);
        let request = metrics_from_json(json.as_bytes()).unwrap_or_default();
        let (mut intake, mut batch) = (MetricsIntake::new(Options::default()), Batch::default());
        let taken = per_point(&mut || {
            let partial = intake.take(&request, Timestamp(1_790_000_000_000), &mut batch).unwrap_or_default();
            assert!(partial.is_whole() && batch.len() == POINTS + 1, "{partial}");
        });
        let rewritten = per_point(&mut || assert!(metrics_from_json(json.as_bytes()).is_ok()));
        let bytes = request.len() / POINTS;
        println!("{what}: {taken:.0} ns a point, from JSON {rewritten:.0} more; {bytes} bytes a point");
    }
}

fn per_point(work: &mut dyn FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let begun = cpu_nanos();
        (0..ROUNDS).for_each(|_| work());
        best = best.min((cpu_nanos() - begun) / (ROUNDS * POINTS) as f64);
    }
    best
}

/// One metric with many points of five attributes each.
fn request(temporality: u8) -> String {
    let attribute = |key: &str, value: &str| format!(r#"{{"key":"{key}","value":{{"stringValue":"{value}"}}}}"#);
    let point = |index: usize| {
        let attributes = [
            attribute("http.request.method", "GET"),
            attribute("http.response.status_code", "200"),
            attribute("http.route", &format!("/api/v1/items/{index}")),
            attribute("server.address", "storefront.example.org"),
            attribute("url.scheme", "https"),
        ];
        format!(
            r#"{{"asInt":"{index}","startTimeUnixNano":"1789999990000000000","timeUnixNano":"1790000000000000000","attributes":[{}]}}"#,
            attributes.join(",")
        )
    };
    let points: Vec<_> = (0..POINTS).map(point).collect();
    let resource = [attribute("service.name", "storefront"), attribute("host.name", "host-1")].join(",");
    format!(
        r#"{{"resourceMetrics":[{{"resource":{{"attributes":[{resource}]}},"scopeMetrics":[{{"scope":{{"name":"io.opentelemetry.contrib.http","version":"1.2.3"}},"metrics":[{{"name":"http.server.requests","unit":"{{request}}","sum":{{"aggregationTemporality":{temporality},"isMonotonic":true,"dataPoints":[{}]}}}}]}}]}}]}}"#,
        points.join(",")
    )
}

/// What this thread has had of a core, so that other work on the machine does not count.
fn cpu_nanos() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0.0)
}
