//! What an expression gives over a range is at each step what it gives at that instant.
//!
//! Ranges are computed in other ways than instants: windows that overlap share work. Series are hostile to that: counters that
//! fall, numbers of all sizes, ones that are no number, stretches without samples, histograms in between.

use std::collections::BTreeMap;
use std::env;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Histogram, Sample, stale};
use evenkeel_promql_eval::{Answer, EvalFault, Limits, Never, Point, Query, Value, evaluate};
use evenkeel_series_notation::{MemoryStore, parse_values};
use evenkeel_time::{Duration, Timestamp};

use crate::chance::Chance;
use crate::compare::same_point;

/// What there is at an instant.
type Points = BTreeMap<LabelSet, Point>;

#[test]
fn steps_of_ranges_are_instants() {
    let from = |variable: &str, otherwise: u64| {
        env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (seed, count) = (from("PROMQL_SEED", 1), from("PROMQL_QUERIES", 1000));
    let mut chance = Chance::new(seed);
    let (mut wrong, mut compared) = (Vec::new(), 0);
    let mut store = MemoryStore::new();
    for number in 0..count {
        if number % 20 == 0 {
            store = random_store(&mut chance);
        }
        let text = random_expression(&mut chance);
        let start = i64::try_from(chance.below(400_000)).expect("small");
        let step = chance.one(&[1_000, 7_000, 15_000, 60_000]);
        let steps = 2 + i64::try_from(chance.below(12)).expect("small");
        if let Some(why) = apart(&text, &store, start, step, steps, &mut compared) {
            wrong.push(format!("{text} from {start} by {step}, {steps} steps: {why}"));
        }
    }
    let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "seed {seed}: {} of {count} are apart:\n{shown}", wrong.len());
    assert!(compared > count * 5, "only {compared} values are compared");
}

fn apart(text: &str, store: &MemoryStore, start: i64, step: i64, steps: i64, compared: &mut u64) -> Option<String> {
    let whole = ask(text, store, start, start + step * (steps - 1), step);
    let mut fails = None;
    for at in (0..steps).map(|index| start + step * index) {
        match (ask(text, store, at, at, 0), &whole) {
            (Err(fault), _) => fails = Some(fault),
            (Ok(_), Err(_)) => {}
            (Ok(alone), Ok(whole)) => {
                let points = points_at(&alone.value, at);
                *compared += u64::try_from(points.len()).expect("few");
                if let Some(why) = apart_at(&points, &points_at(&whole.value, at)) {
                    return Some(format!("at {at}: {why}"));
                }
                let remarks = alone.warnings.iter().chain(&alone.infos);
                let mut lost = remarks.filter(|text| !whole.warnings.contains(text) && !whole.infos.contains(text));
                if let Some(lost) = lost.next() {
                    return Some(format!("at {at} only: {lost}"));
                }
            }
        }
    }
    match (&whole, fails) {
        (Err(_), Some(_)) | (Ok(_), None) => None,
        (Err(fault), None) => Some(format!("fails as a range only: {fault}")),
        (Ok(_), Some(fault)) => Some(format!("fails at an instant only: {fault}")),
    }
}

fn apart_at(alone: &Points, whole: &Points) -> Option<String> {
    for (labels, point) in alone {
        match whole.get(labels) {
            None => return Some(format!("{labels} is missing")),
            Some(other) if !same_point(point, other) => return Some(format!("{labels}: {point:?} and {other:?}")),
            Some(_) => {}
        }
    }
    whole.keys().find(|labels| !alone.contains_key(labels)).map(|labels| format!("{labels} is there alone"))
}

fn points_at(value: &Value, at: i64) -> Points {
    match value {
        Value::Scalar(points) => {
            let mut points = points.iter().filter(|(time, _)| *time == at);
            points.next().map(|(_, value)| (LabelSet::default(), Point::Number(*value))).into_iter().collect()
        }
        Value::Vector(points) => points.iter().map(|point| (point.labels.clone(), point.value.clone())).collect(),
        Value::Matrix(series) => {
            let points = series.iter().filter_map(|series| {
                let column = &series.column;
                let place = column.times.iter().position(|time| *time == at);
                let number = place.map(|place| Point::Number(column.values[place]));
                let histogram = column.histograms.iter().find(|(time, _)| *time == at);
                let point = number.or_else(|| histogram.map(|(_, histogram)| Point::Histogram(histogram.clone())))?;
                Some((series.labels.clone(), point))
            });
            points.collect()
        }
        Value::Text(_) => Points::new(),
    }
}

fn ask(text: &str, store: &MemoryStore, from: i64, until: i64, step: i64) -> Result<Answer, EvalFault> {
    let expr = evenkeel_promql::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let limits = Limits::default();
    let query = Query {
        expr: &expr,
        text: "",
        from: Timestamp(from),
        until: Timestamp(until),
        step: Duration(step),
        limits: &limits,
        stop: &Never,
    };
    evaluate(&query, store)
}

fn random_store(chance: &mut Chance) -> MemoryStore {
    let mut store = MemoryStore::new();
    for (metric, kind) in [("c_total", 0), ("g", 1), ("odd", 2), ("mixed", 3), ("h", 4)] {
        for series in ["a", "b", "c"] {
            let labels = LabelSet::new([("__name__", metric), ("s", series), ("j", chance.one(&["x", "y"]))]);
            fill(chance, &mut store, &labels, kind);
        }
    }
    store
}

fn fill(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet, kind: usize) {
    const ODD: [f64; 14] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        1e15,
        -1e15,
        1e300,
        -1e300,
        1e-300,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
    ];
    let (mut at, mut counter) = (0, 0.0);
    let hostile = chance.percent(50);
    while at < 600_000 {
        at += chance.one(&[1_000, 5_000, 5_000, 10_000, 15_000, 15_000]);
        if chance.percent(2) {
            at += 120_000;
        }
        let value = match kind {
            0 => {
                counter = if chance.percent(5) { 0.0 } else { counter + chance.share() * 100.0 };
                counter
            }
            2 if hostile && chance.percent(5) => stale(),
            2 if hostile => chance.one(&ODD),
            2 => chance.one(&[0.0, 1.0, -1.0, 0.1, 1e15]),
            _ => (chance.share() - 0.5) * 1000.0,
        };
        if kind == 4 || kind == 3 && chance.percent(30) {
            store.append_histogram(labels, Timestamp(at), random_histogram(chance));
        } else {
            store.append(labels, Sample { at: Timestamp(at), value });
        }
    }
}

fn random_histogram(chance: &mut Chance) -> Histogram {
    let count = |chance: &mut Chance| chance.below(9);
    let (a, b, c, d) = (count(chance), count(chance), count(chance), count(chance));
    let total = a + b + c + d;
    let hint = chance.one(&["", "", " counter_reset_hint:gauge"]);
    let text = match chance.below(4) {
        0 => format!("{{{{schema:-53 custom_values:[1 5 10] sum:{total} count:{total} buckets:[{a} {b} {c} {d}]}}}}"),
        1 => format!(
            "{{{{schema:2 sum:{total} count:{total} z_bucket:{a} z_bucket_w:0.01 offset:-3 buckets:[{b} {c}] n_buckets:[{d}]{hint}}}}}"
        ),
        _ => format!(
            "{{{{schema:0 sum:{total} count:{total} z_bucket:{a} z_bucket_w:0.001 buckets:[{b} {c} {d}]{hint}}}}}"
        ),
    };
    let values = parse_values(&text).unwrap_or_else(|fault| panic!("{text}: {}", fault.message));
    let mut values = values.into_iter();
    let Some(evenkeel_series_notation::Value::Histogram { histogram, .. }) = values.next() else { panic!("{text}") };
    (*histogram).clone()
}

const NUMBERS_OF_RANGES: [&str; 27] = [
    "rate",
    "increase",
    "delta",
    "irate",
    "idelta",
    "deriv",
    "changes",
    "resets",
    "avg_over_time",
    "min_over_time",
    "max_over_time",
    "sum_over_time",
    "count_over_time",
    "stddev_over_time",
    "stdvar_over_time",
    "mad_over_time",
    "last_over_time",
    "first_over_time",
    "present_over_time",
    "absent_over_time",
    "ts_of_min_over_time",
    "ts_of_max_over_time",
    "ts_of_last_over_time",
    "ts_of_first_over_time",
    "quantile_over_time",
    "predict_linear",
    "double_exponential_smoothing",
];

fn random_expression(chance: &mut Chance) -> String {
    let inner = match chance.below(6) {
        0 => random_instant(chance),
        _ => random_of_range(chance),
    };
    match chance.below(12) {
        0 => format!("sum({inner})"),
        1 => format!("avg by (j) ({inner})"),
        2 => format!("{} by (j) ({inner})", chance.one(&["min", "max", "count", "group", "stddev", "stdvar"])),
        3 => format!("topk(2, {inner})"),
        4 => format!("quantile(0.7, {inner})"),
        5 => format!(
            "({inner}) {} ({})",
            chance.one(&["+", "-", "*", ">", "and", "or", "unless"]),
            random_instant(chance)
        ),
        6 => format!("histogram_{}({inner})", chance.one(&["sum", "count", "avg", "stddev"])),
        7 => format!("histogram_quantile(0.4, {inner})"),
        8 => format!("-({inner})"),
        _ => inner,
    }
}

fn random_instant(chance: &mut Chance) -> String {
    let metric = chance.one(&["c_total", "g", "odd", "mixed", "h"]);
    let timing = chance.one(&["", "", " offset 20s", " offset -13s", " @ 300", " smoothed"]);
    if timing == " smoothed" && matches!(metric, "mixed" | "h") {
        return metric.to_owned();
    }
    format!("{metric}{timing}")
}

fn random_of_range(chance: &mut Chance) -> String {
    let function = chance.one(&NUMBERS_OF_RANGES);
    let metric = chance.one(&["c_total", "g", "odd", "mixed", "h"]);
    let length = chance.one(&["1s", "15s", "30s", "1m", "90s", "4m", "7m"]);
    let range = match chance.below(6) {
        0 => format!("{metric}[{length}:{}]", chance.one(&["3s", "15s", "40s"])),
        1 => format!("{metric}[{length}]{}", chance.one(&[" offset 20s", " offset -13s", " @ 300"])),
        2 if matches!(function, "rate" | "increase" | "delta") && !matches!(metric, "mixed" | "h") => {
            format!("{metric}[{length}] {}", chance.one(&["anchored", "smoothed"]))
        }
        _ => format!("{metric}[{length}]"),
    };
    match function {
        "quantile_over_time" => format!("{function}({}, {range})", chance.one(&["0", "0.3", "0.9", "1"])),
        "predict_linear" => format!("{function}({range}, 60)"),
        "double_exponential_smoothing" => format!("{function}({range}, 0.4, 0.3)"),
        _ => format!("{function}({range})"),
    }
}
