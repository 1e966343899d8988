//! How fast expressions are evaluated over a store in memory that only copies its columns:
//! `cargo run --release -p evenkeel-promql-eval --example eval_speed`, with the name of one of them, a number of rounds and
//! one of threads if that one alone is of interest.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement for people"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_promql::parse;
use evenkeel_promql_eval::{Limits, Never, Query, Value, Workers, evaluate_with};
use evenkeel_time::{Duration, Timestamp};

const STEP_S: i64 = 15;
const HOURS: i64 = 25;
const INSTANCES: u64 = 200;

/// Each with its range and step in seconds; an instant query has neither.
const QUERIES: [(&str, &str, i64, i64); 14] = [
    ("selective", "node_load1{instance=\"10.0.0.5:9100\"}", 0, 0),
    ("rate_all", "rate(http_requests_total[5m])", 0, 0),
    ("sum_by_rate_1h", "sum by (job) (rate(http_requests_total{code=\"500\"}[5m]))", 3600, 15),
    (
        "histogram_quantile_1h",
        "histogram_quantile(0.99, sum by (job, le) (rate(request_seconds_bucket[5m])))",
        3600,
        30,
    ),
    ("topk", "topk(10, sum by (instance) (rate(http_requests_total[5m])))", 0, 0),
    ("absent", "absent(up{job=\"service-99\"})", 0, 0),
    ("subquery_1h", "max_over_time(sum by (job) (rate(http_requests_total[5m]))[1h:1m])", 0, 0),
    ("join_1h", "sum by (team) (rate(http_requests_total[5m]) * on (instance) group_left (team) app_info)", 3600, 60),
    ("increase_1d", "sum by (job) (increase(http_requests_total[1d]))", 0, 0),
    ("quantile_6h", "quantile_over_time(0.95, node_load1[6h])", 0, 0),
    ("predict_6h", "predict_linear(node_load1[6h], 4 * 3600) < 0", 0, 0),
    ("dashboard_24h", "sum by (region) (rate(http_requests_total[5m]))", 86_400, 60),
    ("regex_24h", "count by (job) (up{instance=~\"10\\\\.0\\\\.0\\\\.1.*\"} == 0)", 86_400, 60),
    ("avg_over_24h", "avg(avg_over_time(node_load1[1h]))", 86_400, 60),
];

struct Store {
    times: Vec<i64>,
    labels: Vec<LabelSet>,
    values: Vec<Vec<f64>>,
    known: Mutex<BTreeMap<String, Places>>,
}

/// The series that conditions found, kept so that only the first round looks for them.
type Places = (Arc<[LabelSet]>, Arc<[usize]>);

struct Found<'s> {
    store: &'s Store,
    labels: Arc<[LabelSet]>,
    places: Arc<[usize]>,
    samples: std::ops::Range<usize>,
}

impl Selected for Found<'_> {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        let values = &self.store.values[self.places[place]];
        into.times.extend_from_slice(&self.store.times[self.samples.clone()]);
        into.values.extend_from_slice(&values[self.samples.clone()]);
        Ok(())
    }
}

impl Querier for Store {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let fits = |labels: &LabelSet| selection.matchers.iter().all(|matcher: &Matcher| matcher.matches(labels));
        let mut known = self.known.lock().expect("nobody panics");
        let (labels, places) = known
            .entry(format!("{:?}", selection.matchers))
            .or_insert_with(|| {
                let places: Vec<usize> = (0..self.labels.len()).filter(|place| fits(&self.labels[*place])).collect();
                (places.iter().map(|place| self.labels[*place].clone()).collect(), places.into())
            })
            .clone();
        let begin = self.times.partition_point(|time| *time <= selection.after.0);
        let end = self.times.partition_point(|time| *time <= selection.until.0);
        Ok(Box::new(Found { store: self, labels, places, samples: begin..end }))
    }

    fn label_names(&self, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        Ok(Vec::new())
    }

    fn label_values(&self, _: &str, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        Ok(Vec::new())
    }

    fn exemplars(&self, _: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        Ok(Vec::new())
    }

    fn metadata(&self, _: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        Ok(Vec::new())
    }
}

/// Numbers that look like chance and are always the same. Source: Steele and others, SplitMix64.
struct Chance(u64);

impl Chance {
    #[expect(clippy::cast_precision_loss, reason = "a share needs 53 bits")]
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Store {
    fn fleet() -> Self {
        let samples = HOURS * 3600 / STEP_S;
        let times = (0..samples).map(|index| index * STEP_S * 1000).collect();
        let mut store = Self { times, labels: Vec::new(), values: Vec::new(), known: Mutex::default() };
        for instance in 0..INSTANCES {
            let base = [
                ("job", format!("service-{:02}", instance % 10)),
                ("instance", format!("10.0.{}.{}:9100", instance / 256, instance % 256)),
                (
                    "region",
                    ["us-east-1", "eu-west-1", "ap-southeast-2"][usize::try_from(instance % 3).unwrap_or(0)].to_owned(),
                ),
                ("env", if instance % 4 == 0 { "staging" } else { "production" }.to_owned()),
            ];
            let mut chance = Chance(instance);
            let mut add = |name: &str, extra: &[(&str, &str)], next: &mut dyn FnMut(f64, f64) -> f64| {
                let base = base.iter().map(|(name, value)| (*name, value.as_str()));
                store.labels.push(LabelSet::new(base.chain([("__name__", name)]).chain(extra.iter().copied())));
                let mut value = 0.0;
                let mut values = Vec::new();
                for _ in 0..samples {
                    value = next(value, chance.next());
                    values.push(value);
                }
                store.values.push(values);
            };
            add("up", &[], &mut |_, chance| f64::from(chance > 0.001));
            add(
                "app_info",
                &[("team", ["core", "edge", "data", "pay"][usize::try_from(instance % 4).unwrap_or(0)])],
                &mut |_, _| 1.0,
            );
            add("node_load1", &[], &mut |value, chance| value * 0.95 + chance);
            for method in ["GET", "POST"] {
                for handler in ["/api/orders", "/api/users", "/login", "/health"] {
                    for code in ["200", "404", "500"] {
                        let labels = [("method", method), ("handler", handler), ("code", code)];
                        add("http_requests_total", &labels, &mut |value, chance| value + (chance * 100.0).floor());
                    }
                    for le in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"] {
                        let bound: f64 = le.parse().unwrap_or(f64::INFINITY);
                        let share = 1.0 - (-bound / 0.3).exp();
                        let labels = [("method", method), ("handler", handler), ("le", le)];
                        add("request_seconds_bucket", &labels, &mut |value, _| value + 50.0 * share);
                    }
                }
            }
        }
        let mut order: Vec<usize> = (0..store.labels.len()).collect();
        order.sort_by(|a, b| store.labels[*a].cmp(&store.labels[*b]));
        store.labels = order.iter().map(|place| store.labels[*place].clone()).collect();
        store.values = order.iter().map(|place| std::mem::take(&mut store.values[*place])).collect();
        store
    }
}

/// So many threads, made anew for each evaluation.
struct Threads(usize);

impl Workers for Threads {
    fn count(&self) -> usize {
        self.0
    }

    fn run(&self, parts: usize, part: &(dyn Fn(usize) + Sync)) {
        std::thread::scope(|scope| {
            for index in 1..parts {
                scope.spawn(move || part(index));
            }
            part(0);
        });
    }
}

fn main() {
    let store = Store::fleet();
    println!("{} series, {} samples each", store.labels.len(), store.times.len());
    let limits = Limits { samples_max: usize::MAX, ..Limits::default() };
    let end = store.times.last().copied().unwrap_or(0) - 30_000;
    let mut product = 0.0;
    let only = std::env::args().nth(1);
    let threads: usize = std::env::args().nth(3).and_then(|threads| threads.parse().ok()).unwrap_or(1);
    let rounds: usize = std::env::args().nth(2).and_then(|rounds| rounds.parse().ok()).unwrap_or(7);
    for (name, text, range, step) in QUERIES {
        if only.as_ref().is_some_and(|only| only != name && only != "all") {
            continue;
        }
        let expr = parse(text).expect("an expression");
        let query = Query {
            expr: &expr,
            text,
            from: Timestamp(end - range * 1000),
            until: Timestamp(end),
            step: Duration::secs(step),
            limits: &limits,
            stop: &Never,
        };
        let mut took = Vec::new();
        let mut shown = String::new();
        for _ in 0..rounds {
            let begun = Instant::now();
            let answer = evaluate_with(&query, &store, &Threads(threads)).expect("an answer");
            took.push(begun.elapsed().as_secs_f64() * 1e3);
            let series = match &answer.value {
                Value::Vector(points) => points.len(),
                Value::Matrix(series) => series.len(),
                Value::Scalar(_) | Value::Text(_) => 1,
            };
            #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
            let millions = answer.samples_read as f64 / 1e6;
            shown = format!("{series:>5} series, {millions:>8.3} M samples");
        }
        took.sort_by(f64::total_cmp);
        let median = took[took.len() / 2];
        product += median.ln();
        println!("{name:>22}: {median:>9.3} ms, least {:>9.3} ms, {shown}", took[0]);
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let mean = (product / QUERIES.len() as f64).exp();
    println!("geometric mean {mean:.3} ms");
}
