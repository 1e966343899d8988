//! Objectives of files in memory, and a way to ask series in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_model::{Missing, Objective};
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_promql_eval::{Limits, Never, Point, Query, Value, evaluate};
use evenkeel_series_notation::{MemoryStore, parse_series};
use evenkeel_time::{Duration, Timestamp};

pub(crate) const OPENSLO: &str = r#"
apiVersion: openslo/v1
kind: SLO
metadata: { name: orders-answered, annotations: { evenkeel/minimum-events: "50" } }
spec:
  service: orders
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 30d, isRolling: true }]
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: Prometheus, spec: { query: 'requests_total{code="500"}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'requests_total' } } }
  objectives: [{ target: 0.99 }]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: orders-fast }
spec:
  service: orders
  budgetingMethod: Timeslices
  timeWindow: [{ duration: 1M, calendar: { startTime: "2024-01-01 00:00:00", timeZone: Europe/Berlin } }]
  indicatorRef: latency
  objectives:
    - { displayName: fast, op: lte, value: 0.5, target: 0.9, timeSliceTarget: 0.5, timeSliceWindow: 5m }
    - { displayName: slow, op: lt, value: 2, targetPercent: 99, timeSliceTarget: 0.5, timeSliceWindow: 5m }
  alertPolicies: [burning]
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: latency }
spec:
  thresholdMetric: { metricSource: { type: Prometheus, spec: { query: 'latency_seconds' } } }
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: burning }
spec: { conditions: [{ conditionRef: fast-burn }], notificationTargets: [] }
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast-burn }
spec:
  severity: page
  condition: { kind: burnrate, op: gte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m }
"#;

pub(crate) const SLOTH: &str = r#"
version: prometheus/v1
service: shop
labels: { owner: payments }
slos:
  - name: availability
    objective: 99.9
    labels: { tier: "1" }
    sli:
      events:
        error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total[{{.window}}]))
    alerting:
      name: ShopUnavailable
      labels: { team: payments }
      annotations: { runbook: "https://example.com" }
      page_alert: { labels: { severity: page } }
      ticket_alert: { disable: true }
"#;

pub(crate) fn loaded(text: &str) -> Loaded {
    let files = vec![OpsFile { path: "slo.yml".to_owned(), bytes: text.as_bytes().to_vec() }];
    load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Refuse)
}

pub(crate) fn objectives(text: &str) -> BTreeMap<Arc<str>, Objective> {
    loaded(text).catalogue.objectives
}

pub(crate) fn store(series: &[&str], step: Duration) -> MemoryStore {
    let mut store = MemoryStore::new();
    series.iter().for_each(|text| store.load(&parse_series(text).expect("a series"), Timestamp(0), step));
    store
}

/// The values of what a query gives.
pub(crate) fn ask(store: &MemoryStore, query: &str, at: Timestamp) -> Result<Vec<f64>, String> {
    let expr = evenkeel_promql::parse(query).map_err(|fault| format!("{query}: {}", fault.message))?;
    let (limits, step) = (Limits::default(), Duration::ZERO);
    let asked = Query { expr: &expr, text: query, from: at, until: at, step, limits: &limits, stop: &Never };
    match evaluate(&asked, store).map_err(|fault| fault.to_string())?.value {
        Value::Vector(points) => Ok(points
            .into_iter()
            .filter_map(|point| if let Point::Number(number) = point.value { Some(number) } else { None })
            .collect()),
        other @ (Value::Scalar(_) | Value::Text(_) | Value::Matrix(_)) => Err(format!("{other:?}")),
    }
}
