//! A small server: some series, some rules, a fixed time.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Metadata, MetricType};
use evenkeel_prometheus_api::{
    ActiveAlert, AlertState, AlertingRule, ApiAnswer, ApiRequest, Build, Context, Head, Health, Method, Options,
    PROMETHEUS_LEVEL, RecordingRule, Rule, RuleGroup, RulesView, Runtime, StatusView, answer,
};
use evenkeel_promql_eval::{Alone, Never, Stop};
use evenkeel_series_notation::{MemoryStore, parse_series};
use evenkeel_time::{Duration, Timestamp};

/// The time of every request.
pub(crate) const NOW: Timestamp = Timestamp(600_000);

pub(crate) struct Server {
    pub(crate) store: MemoryStore,
    pub(crate) ready: bool,
    pub(crate) options: Options,
}

impl Server {
    /// Series every minute from 0 to 10 minutes.
    pub(crate) fn new() -> Self {
        let mut store = MemoryStore::new();
        for series in [
            r#"up{job="web",instance="a"} 1x10"#,
            r#"up{job="web",instance="b"} 1 0 1x8"#,
            r#"http_requests_total{job="web",code="200"} 0+60x10"#,
            r#"http_requests_total{job="web",code="500"} 0+0.5x10"#,
            r#"odd{text="a\"b\\c"} NaN _x8 Inf -Inf"#,
            r#"{"größe.m",job="web"} 1e21x10"#,
            r#"latency {{schema:0 count:10 sum:18.4 z_bucket:2 z_bucket_w:0.001 buckets:[1 2] n_buckets:[0 5]}}x10"#,
        ] {
            store.load(&parse_series(series).expect(series), Timestamp(0), Duration::minutes(1));
        }
        let metadata = |kind, help: &str| Metadata { kind, help: help.into(), unit: "".into() };
        store.describe("up", metadata(MetricType::Gauge, "Whether it answers."));
        store.describe("http_requests_total", metadata(MetricType::Counter, "Requests."));
        Self { store, ready: true, options: Options::default() }
    }

    pub(crate) fn answer(&self, request: &ApiRequest<'_>) -> ApiAnswer {
        let deadline = |_: Duration| -> Box<dyn Stop> { Box::new(Never) };
        let cx = Context {
            source: &self.store,
            rules: self,
            status: self,
            options: &self.options,
            now: NOW,
            deadline: &deadline,
            workers: &Alone,
        };
        answer(request, &cx)
    }

    /// Status and body of a path with its parameters, which may have blanks and quotes.
    pub(crate) fn get(&self, path: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query.replace('+', "%2B");
        let answer = self.answer(&ApiRequest { method: Method::Get, path, query: &query, form: b"" });
        format!("{} {}", answer.status, String::from_utf8(answer.body).expect("text"))
    }
}

/// Checks the data of an answer.
pub(crate) fn check(path: &str, data: &str) {
    let answer = Server::new().get(path);
    assert_eq!(answer, format!("200 {{\"status\":\"success\",\"data\":{data}}}"), "{path}");
    serde_json::from_str::<serde_json::Value>(&answer["200 ".len()..]).expect("json");
}

/// Checks a fault.
pub(crate) fn refused(path: &str, status: u16, kind: &str, text: &str) {
    let error = serde_json::to_string(text).expect("json");
    let expect = format!("{status} {{\"status\":\"error\",\"errorType\":\"{kind}\",\"error\":{error}}}");
    assert_eq!(Server::new().get(path), expect, "{path}");
}

impl StatusView for Server {
    fn ready(&self) -> bool {
        self.ready
    }

    fn build(&self) -> Build {
        Build {
            version: PROMETHEUS_LEVEL.to_owned(),
            revision: "abc".to_owned(),
            branch: "main".to_owned(),
            user: "builder".to_owned(),
            date: "20260101-00:00:00".to_owned(),
            compiler: "rustc 1.95".to_owned(),
        }
    }

    fn runtime(&self) -> Runtime {
        Runtime {
            started_at: Timestamp(1_000),
            folder: "/data".to_owned(),
            host: "here".to_owned(),
            configured_at: Timestamp(2_500),
            configured: true,
            damaged: 0,
            threads: 2,
            retention: "15d".to_owned(),
        }
    }

    fn head(&self, most: usize) -> Head {
        let names = |list: &[(&str, u64)]| {
            list.iter().take(most).map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>()
        };
        Head {
            series: 7,
            label_pairs: 9,
            chunks: 7,
            from: 0,
            until: 600_000,
            series_by_metric: names(&[("up", 2), ("http_requests_total", 2)]),
            values_by_label: names(&[("__name__", 5)]),
            bytes_by_label: names(&[("__name__", 50)]),
            series_by_pair: names(&[("job=web", 5)]),
        }
    }

    fn flags(&self) -> Vec<(String, String)> {
        vec![("web.listen-address".to_owned(), "127.0.0.1:7070".to_owned()), ("data".to_owned(), "/data".to_owned())]
    }

    fn config(&self) -> String {
        "global: {}\n".to_owned()
    }
}

impl RulesView for Server {
    fn groups(&self) -> Vec<RuleGroup> {
        let labels = |pairs: &[(&str, &str)]| LabelSet::new(pairs.iter().copied());
        let alert = ActiveAlert {
            labels: labels(&[("alertname", "Down"), ("instance", "b")]),
            annotations: labels(&[("summary", "b is down")]),
            state: AlertState::Firing,
            active_at: Timestamp(60_000),
            keep_firing_since: Some(Timestamp(120_500)),
            value: 0.0,
        };
        let down = AlertingRule {
            name: "Down".to_owned(),
            query: "up == 0".to_owned(),
            held_for: Duration::minutes(5),
            keep_firing_for: Duration::ZERO,
            labels: labels(&[("severity", "page")]),
            annotations: labels(&[("summary", "{{ $labels.instance }} is down")]),
            alerts: vec![alert],
            health: Health::Good,
            evaluation_seconds: 0.000_25,
            evaluated_at: Some(Timestamp(590_000)),
        };
        let recorded = RecordingRule {
            name: "job:up:sum".to_owned(),
            query: "sum by (job) (up)".to_owned(),
            labels: LabelSet::default(),
            health: Health::Bad("no \"data\"".to_owned()),
            evaluation_seconds: 0.0,
            evaluated_at: None,
        };
        let group = |name: &str, rules| RuleGroup {
            name: name.to_owned(),
            file: "rules.yml".to_owned(),
            interval: Duration::millis(1_500),
            limit: 0,
            evaluation_seconds: 0.001,
            evaluated_at: Some(Timestamp(590_000)),
            rules,
        };
        vec![group("alerts", vec![Rule::Alerting(down)]), group("records", vec![Rule::Recording(recorded)])]
    }
}
