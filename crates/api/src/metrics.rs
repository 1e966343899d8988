//! What the router counts itself, one registry per router.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::counts::Counts;

/// Units: seconds. From a lookup in memory to a commit on a slow disk.
const LATENCY_BUCKETS_S: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    code: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Unidentified {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// What the router counts itself.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    latency: Family<Route, Histogram, fn() -> Histogram>,
    received: Family<State, Counter>,
    unidentified: Family<Unidentified, Counter>,
    alerts: Family<State, Gauge>,
    silences: Family<State, Gauge>,
    groups: Gauge,
    notices_open: Gauge,
    ready: Gauge,
}

impl Metrics {
    pub(crate) fn new(version: &str) -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("evenkeel"),
            requests: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(LATENCY_BUCKETS_S)),
            received: Family::default(),
            unidentified: Family::default(),
            alerts: Family::default(),
            silences: Family::default(),
            groups: Gauge::default(),
            notices_open: Gauge::default(),
            ready: Gauge::default(),
        };
        metrics.register(version);
        metrics
    }

    fn register(&mut self, version: &str) {
        let registry = &mut self.registry;
        registry.register("build", "The running program", Info::new([("version".to_owned(), version.to_owned())]));
        registry.register("http_requests", "HTTP requests answered", self.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "From a request's head to its answer",
            Unit::Seconds,
            self.latency.clone(),
        );
        registry.register(
            "http_unidentified",
            "HTTP requests whose token or session did not count, by why",
            self.unidentified.clone(),
        );
        registry.register("alerts_received", "Alerts that came in, by what they say", self.received.clone());
        registry.register("alerts", "Open alerts; suppressed ones fire and are not told", self.alerts.clone());
        registry.register("silences", "Silences that can be looked at", self.silences.clone());
        registry.register("groups", "Aggregation groups", self.groups.clone());
        registry.register("notices_open", "Notices without an outcome yet", self.notices_open.clone());
        registry.register("ready", "Whether inputs are taken and made durable", self.ready.clone());
    }

    pub(crate) fn answered(&self, method: &'static str, route: &str, code: u16, after: Duration) {
        self.requests.get_or_create(&Request { method, route: route.to_owned(), code }).inc();
        self.latency.get_or_create(&Route { route: route.to_owned() }).observe(after.as_secs_f64());
    }

    pub(crate) fn unidentified(&self, reason: &'static str) {
        self.unidentified.get_or_create(&Unidentified { reason }).inc();
    }

    pub(crate) fn received(&self, state: &'static str, count: usize) {
        self.received.get_or_create(&State { state }).inc_by(count as u64);
    }

    /// OpenMetrics text: own families with these counts, then `further` ones, then the end.
    pub(crate) fn render(&self, counts: &Counts, ready: bool, further: &str) -> String {
        let by_state = |family: &Family<State, Gauge>, counts: &[(&'static str, usize)]| {
            for (state, count) in counts {
                family.get_or_create(&State { state }).set(gauge(*count));
            }
        };
        by_state(&self.alerts, &counts.alerts());
        by_state(&self.silences, &counts.silences());
        self.groups.set(gauge(counts.groups));
        self.notices_open.set(gauge(counts.notices_open));
        self.ready.set(i64::from(ready));
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a text cannot fail");
        let own = text.trim_end().trim_end_matches("# EOF").trim_end();
        let further = further.trim().trim_end_matches("# EOF").trim_end();
        let between = if further.is_empty() { "" } else { "\n" };
        format!("{own}{between}{further}\n# EOF\n")
    }
}

fn gauge(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
