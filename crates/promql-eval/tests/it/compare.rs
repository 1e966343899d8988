//! Whether what an evaluation gives is what is expected.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Histogram, is_stale};
use evenkeel_promql_eval::{Point, Series as Given, Value as Answered, VectorPoint};
use evenkeel_series_notation::{Series, Value};

use crate::expect::Expect;
use crate::script::When;

/// How far numbers may be apart, as a share of both.
const TOLERANCE: f64 = 1e-6;

type Compared = Result<(), String>;

/// Compares a value with what is expected of it.
pub(crate) fn compare(value: &Answered, expect: &Expect, when: When) -> Compared {
    match value {
        Answered::Scalar(values) => {
            let given = values.first().map(|(_, value)| *value);
            match (given, expect.scalar) {
                (Some(given), Some(wanted)) if almost_equal(wanted, given) => Ok(()),
                (given, Some(wanted)) => Err(format!("expected {wanted}, got {given:?}")),
                (given, None) => Err(format!("expected series, got the number {given:?}")),
            }
        }
        Answered::Text(text) => {
            let wanted = expect.text.clone().unwrap_or_default();
            if *text == wanted { Ok(()) } else { Err(format!("expected {wanted:?}, got {text:?}")) }
        }
        Answered::Vector(points) => vector(points, expect),
        Answered::Matrix(series) => matrix(series, expect, when),
    }
}

fn vector(points: &[VectorPoint], expect: &Expect) -> Compared {
    if expect.scalar.is_some() {
        return Err(format!("expected a number, got {} series", points.len()));
    }
    for (place, point) in points.iter().enumerate() {
        let Some(found) = place_of(&expect.series, &point.labels) else {
            return Err(format!("{} is not expected, with {}", point.labels, shown(&point.value)));
        };
        if expect.ordered && found != place {
            return Err(format!("{} is expected at place {found}, and is at {place}", point.labels));
        }
        let wanted = expect.series[found].values.first().unwrap_or(&Value::Absent);
        if !same(wanted, &point.value) {
            let wanted = shown_value(wanted);
            return Err(format!("{}: expected {wanted}, got {}", point.labels, shown(&point.value)));
        }
    }
    missing(&expect.series, points.iter().map(|point| &point.labels))
}

fn missing<'a>(wanted: &[Series], given: impl Iterator<Item = &'a LabelSet>) -> Compared {
    let given: Vec<&LabelSet> = given.collect();
    let unique = |series: &&Series| place_of(wanted, &series.labels).is_some();
    match wanted.iter().filter(unique).find(|series| !given.contains(&&series.labels)) {
        Some(series) => Err(format!("{} is missing", series.labels)),
        None => Ok(()),
    }
}

/// Of series written twice the last counts.
fn place_of(series: &[Series], labels: &LabelSet) -> Option<usize> {
    series.iter().rposition(|series| series.labels == *labels)
}

fn matrix(given: &[Given], expect: &Expect, when: When) -> Compared {
    if expect.ordered || expect.scalar.is_some() {
        return Err("expected something else than values over time".to_owned());
    }
    if !given.is_sorted_by(|left, right| left.labels < right.labels) {
        return Err("series are not sorted".to_owned());
    }
    let (from, step) = match (expect.range, when) {
        (Some(range), _) => range,
        (None, When::Range { from, step, .. }) => (from, step),
        (None, When::At(at)) => (at, 0),
    };
    for series in given {
        let Some(place) = place_of(&expect.series, &series.labels) else {
            return Err(format!("{} is not expected, with {:?}", series.labels, series.column.values));
        };
        let wanted = (0_i64..).zip(&expect.series[place].values).map(|(count, value)| (from + step * count, value));
        let wanted: Vec<(i64, &Value)> = wanted.filter(|(_, value)| !matches!(value, Value::Absent)).collect();
        let mut points: Vec<(i64, Point)> = Vec::new();
        let column = &series.column;
        points.extend(column.times.iter().zip(&column.values).map(|(at, value)| (*at, Point::Number(*value))));
        points.extend(column.histograms.iter().map(|(at, value)| (*at, Point::Histogram(value.clone()))));
        points.sort_by_key(|(at, _)| *at);
        if wanted.len() != points.len() {
            let given: Vec<_> = points.iter().map(|(at, value)| format!("{}@{at}", shown(value))).collect();
            return Err(format!("{}: expected {} points, got {}", series.labels, wanted.len(), given.join(" ")));
        }
        for ((time, wanted), (at, given)) in wanted.iter().zip(&points) {
            if time != at || !same(wanted, given) {
                let (wanted, given) = (shown_value(wanted), shown(given));
                return Err(format!("{}: expected {wanted} at {time}, got {given} at {at}", series.labels));
            }
        }
    }
    missing(&expect.series, given.iter().map(|series| &series.labels))
}

fn same(wanted: &Value, given: &Point) -> bool {
    match (wanted, given) {
        (Value::Number(wanted), Point::Number(given)) => almost_equal(*wanted, *given),
        (Value::Histogram { histogram, hint_written }, Point::Histogram(given)) => {
            same_histogram(histogram, given, *hint_written)
        }
        _ => false,
    }
}

/// Whether two points are the same but for rounding, and hints of histograms.
pub(crate) fn same_point(left: &Point, right: &Point) -> bool {
    match (left, right) {
        (Point::Number(left), Point::Number(right)) => almost_equal(*left, *right),
        (Point::Histogram(left), Point::Histogram(right)) => same_histogram(left, right, true),
        _ => false,
    }
}

fn same_histogram(wanted: &Histogram, given: &Histogram, hint: bool) -> bool {
    let (mut wanted, mut given) = (wanted.clone(), given.clone());
    wanted.compact();
    given.compact();
    let counts = |left: &[f64], right: &[f64]| {
        left.len() == right.len() && left.iter().zip(right).all(|(left, right)| almost_equal(*left, *right))
    };
    wanted.schema == given.schema
        && almost_equal(wanted.count, given.count)
        && almost_equal(wanted.sum, given.sum)
        && wanted.zero_threshold == given.zero_threshold
        && almost_equal(wanted.zero_count, given.zero_count)
        && wanted.custom_bounds == given.custom_bounds
        && wanted.positive_spans == given.positive_spans
        && wanted.negative_spans == given.negative_spans
        && counts(&wanted.positive_counts, &given.positive_counts)
        && counts(&wanted.negative_counts, &given.negative_counts)
        && (!hint || wanted.reset_hint == given.reset_hint)
}

/// Source: Prometheus, `util/almost`.
pub(crate) fn almost_equal(left: f64, right: f64) -> bool {
    if is_stale(left) || is_stale(right) {
        return is_stale(left) && is_stale(right);
    }
    if left == right || left.is_nan() && right.is_nan() {
        return true;
    }
    let (sum, apart) = (left.abs() + right.abs(), (left - right).abs());
    if left == 0.0 || right == 0.0 || sum < f64::MIN_POSITIVE {
        return apart < TOLERANCE * f64::MIN_POSITIVE;
    }
    apart / sum.min(f64::MAX) < TOLERANCE
}

fn shown(point: &Point) -> String {
    match point {
        Point::Number(number) => number.to_string(),
        Point::Histogram(histogram) => histogram.notation(),
    }
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::Absent => "_".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Histogram { histogram, .. } => histogram.notation(),
    }
}
