//! What an expression gives, compared with what it should.

use std::collections::BTreeMap;

use evenkeel_alert_template::shortest;
use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_metric::{Histogram, Querier, Span as BucketSpan};
use evenkeel_model::codes;
use evenkeel_model::document::{ExpectedSample, ExpressionTest};
use evenkeel_promql::parse;
use evenkeel_promql_eval::{Limits, Never, Point, Query, Value, VectorPoint, evaluate};
use evenkeel_series_notation::{Value as Written, parse_labels, parse_values};
use evenkeel_time::{Duration, Timestamp};

/// Of samples that are missing, or too many, so many are shown; the others are counted.
const SHOWN_MAX: usize = 5;

/// Labels and value.
type Found = (LabelSet, Point);

/// What the expression gives otherwise than expected.
pub(crate) fn judge(
    test: &ExpressionTest,
    at: Timestamp,
    source: &dyn Querier,
    limits: &Limits,
    fuzzy: bool,
) -> Option<Diagnostic> {
    let failed = |headline: String| Diagnostic::error(codes::FAILED_CASE, test.expr.span, headline);
    let expr = match parse(&test.expr.text) {
        Ok(expr) => expr,
        Err(fault) => {
            return Some(Diagnostic::error(codes::INVALID_RULE_TEST, test.expr.place(fault.range), fault.message));
        }
    };
    let mut wanted = Vec::new();
    for sample in &test.samples {
        match expected(sample) {
            Ok(found) => wanted.push(found),
            Err(diag) => return Some(*diag),
        }
    }
    let text = &test.expr.text;
    let query = Query { expr: &expr, text, from: at, until: at, step: Duration::ZERO, limits, stop: &Never };
    let found =
        match evaluate(&query, source).map_err(|fault| fault.to_string()).and_then(|answer| vector(answer.value)) {
            Ok(found) => found,
            Err(error) => return Some(failed(format!("the expression fails at {}: {error}", test.at))),
        };
    let order = |found: &mut Vec<Found>| found.sort_by(|a, b| a.0.cmp(&b.0));
    let (mut found, mut wanted) = (found, wanted);
    order(&mut found);
    order(&mut wanted);
    let same = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(found, wanted)| found.0 == wanted.0 && equal(&found.1, &wanted.1, fuzzy));
    if same {
        return None;
    }
    let headline = format!("the expression gives something else at {} than expected", test.at);
    Some(failed(headline).help(format!("expected {}; found {}", list(&wanted), list(&found))))
}

/// Reads an expected sample.
fn expected(sample: &ExpectedSample) -> Result<Found, Box<Diagnostic>> {
    let invalid = |span, headline: String| Box::new(Diagnostic::error(codes::INVALID_RULE_TEST, span, headline));
    let text = sample.labels.value.trim();
    let labels = match text {
        "" | "{}" => LabelSet::default(),
        text => parse_labels(text).map_err(|fault| invalid(sample.labels.span, fault.message))?,
    };
    if let Some(text) = &sample.histogram {
        return match parse_values(&text.value).as_deref() {
            Ok([Written::Histogram { histogram, .. }]) => Ok((labels, Point::Histogram(histogram.clone()))),
            Ok(_) => Err(invalid(text.span, "this is no histogram".to_owned())),
            Err(fault) => Err(invalid(text.span, fault.message.clone())),
        };
    }
    let Some(text) = &sample.value else { return Ok((labels, Point::Number(0.0))) };
    let value = number(&text.value).ok_or_else(|| invalid(text.span, "this is no number".to_owned()))?;
    Ok((labels, Point::Number(value)))
}

/// A number as YAML writes it.
fn number(text: &str) -> Option<f64> {
    let plain = text.trim().replace('_', "");
    match plain.trim_start_matches(['+', '-']) {
        word if word.eq_ignore_ascii_case(".inf") || word.eq_ignore_ascii_case("inf") => {
            Some(if plain.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY })
        }
        word if word.eq_ignore_ascii_case(".nan") || word.eq_ignore_ascii_case("nan") => Some(f64::NAN),
        digits => match digits.strip_prefix("0x") {
            #[expect(clippy::cast_precision_loss, reason = "as YAML's reader converts it")]
            Some(digits) => i64::from_str_radix(digits, 16).ok().map(|whole| whole as f64),
            None => plain.parse().ok(),
        },
    }
}

fn vector(value: Value) -> Result<Vec<Found>, String> {
    match value {
        Value::Vector(points) => {
            Ok(points.into_iter().map(|VectorPoint { labels, value, .. }| (labels, value)).collect())
        }
        Value::Scalar(points) => {
            Ok(points.into_iter().map(|(_, value)| (LabelSet::default(), Point::Number(value))).collect())
        }
        Value::Text(_) | Value::Matrix(_) => Err("rule result is not a vector or scalar".to_owned()),
    }
}

fn equal(found: &Point, wanted: &Point, fuzzy: bool) -> bool {
    match (found, wanted) {
        (Point::Number(found), Point::Number(wanted)) => same_number(*found, *wanted, fuzzy),
        (Point::Histogram(found), Point::Histogram(wanted)) => same_histogram(found, wanted),
        (Point::Number(_), Point::Histogram(_)) | (Point::Histogram(_), Point::Number(_)) => false,
    }
}

/// Two NaN are the same here. Loosely, neighbours of neighbours are too. Source: promtool, `fuzzy_compare`.
fn same_number(found: f64, wanted: f64, fuzzy: bool) -> bool {
    let near = || found.next_down().next_down() <= wanted && wanted <= found.next_up().next_up();
    found == wanted || (found.is_nan() && wanted.is_nan()) || (fuzzy && near())
}

/// Whether they count the same, however their buckets are written down.
fn same_histogram(found: &Histogram, wanted: &Histogram) -> bool {
    let [found_buckets, wanted_buckets] = [found, wanted].map(|histogram| {
        [
            buckets(&histogram.positive_spans, &histogram.positive_counts),
            buckets(&histogram.negative_spans, &histogram.negative_counts),
        ]
    });
    let same = |one: f64, two: f64| same_number(one, two, false);
    found.schema == wanted.schema
        && same(found.zero_threshold, wanted.zero_threshold)
        && same(found.zero_count, wanted.zero_count)
        && same(found.count, wanted.count)
        && same(found.sum, wanted.sum)
        && found.custom_bounds == wanted.custom_bounds
        && found_buckets == wanted_buckets
}

/// Counts by the bucket's index; empty ones are left out.
fn buckets(spans: &[BucketSpan], counts: &[f64]) -> BTreeMap<i64, u64> {
    let (mut index, mut counts, mut out) = (0_i64, counts.iter(), BTreeMap::new());
    for span in spans {
        index += i64::from(span.offset);
        for _ in 0..span.length {
            if let Some(count) = counts.next().filter(|count| **count != 0.0) {
                out.insert(index, count.to_bits());
            }
            index += 1;
        }
    }
    out
}

fn list(found: &[Found]) -> String {
    if found.is_empty() {
        return "nothing".to_owned();
    }
    let each: Vec<String> = found
        .iter()
        .take(SHOWN_MAX)
        .map(|(labels, point)| {
            let name = labels.get(METRIC_NAME);
            let rest = labels.only(|label| label != METRIC_NAME);
            let rest = if rest.is_empty() && !name.is_empty() { String::new() } else { rest.to_string() };
            format!("`{name}{rest} {}`", value(point))
        })
        .collect();
    let more = found.len().saturating_sub(SHOWN_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", each.join(", "))
}

fn value(point: &Point) -> String {
    match point {
        Point::Number(number) => shortest(*number),
        Point::Histogram(histogram) => {
            format!(
                "{{{{schema:{} count:{} sum:{}}}}}",
                histogram.schema,
                shortest(histogram.count),
                shortest(histogram.sum)
            )
        }
    }
}
