//! A native histogram: `{{schema:0 sum:5 count:4 z_bucket:1 buckets:[1 2 1] counter_reset_hint:gauge}}`.

use evenkeel_metric::{Histogram, ResetHint, Span};

use crate::Fault;
use crate::reader::Reader;

/// A histogram as it is written.
pub(crate) struct Written {
    pub(crate) histogram: Histogram,
    pub(crate) hint_written: bool,
}

/// What is said of a histogram.
const KEYS: [&str; 11] = [
    "schema",
    "sum",
    "count",
    "z_bucket",
    "z_bucket_w",
    "custom_values",
    "buckets",
    "offset",
    "n_buckets",
    "n_offset",
    "counter_reset_hint",
];

/// Reads a histogram, from `{{` to `}}`.
pub(crate) fn histogram(reader: &mut Reader<'_>) -> Result<Written, Fault> {
    let open = reader.at;
    reader.take("{{");
    let mut written = Written { histogram: Histogram::default(), hint_written: false };
    let (mut offset, mut n_offset) = (0, 0);
    let mut seen: Vec<&str> = Vec::new();
    loop {
        reader.skip_blanks();
        if reader.take("}}") {
            break;
        }
        let start = reader.at;
        if reader.is_at_end() {
            return Err(Fault::new(open..open + 2, "this `{{` is never closed by `}}`"));
        }
        let key = reader.take_while(|c| c.is_ascii_alphabetic() || c == '_');
        if !KEYS.contains(&key) || !reader.take(":") {
            let message =
                format!("write one of {} with `:` and a value", KEYS.map(|key| format!("`{key}`")).join(", "));
            return Err(reader.fault(start, message));
        }
        if seen.contains(&key) {
            return Err(Fault::new(start..start + key.len(), format!("`{key}` is written twice")));
        }
        seen.push(key);
        let histogram = &mut written.histogram;
        match key {
            "schema" => histogram.schema = integer(reader)?,
            "sum" => histogram.sum = number(reader)?,
            "count" => histogram.count = number(reader)?,
            "z_bucket" => histogram.zero_count = number(reader)?,
            "z_bucket_w" => histogram.zero_threshold = number(reader)?,
            "custom_values" => histogram.custom_bounds = list(reader)?,
            "buckets" => histogram.positive_counts = list(reader)?,
            "offset" => offset = integer(reader)?,
            "n_buckets" => histogram.negative_counts = list(reader)?,
            "n_offset" => n_offset = integer(reader)?,
            _ => {
                histogram.reset_hint = hint(reader)?;
                written.hint_written = true;
            }
        }
    }
    let histogram = &mut written.histogram;
    histogram.positive_spans = spans(offset, &histogram.positive_counts);
    histogram.negative_spans = spans(n_offset, &histogram.negative_counts);
    Ok(written)
}

fn spans(offset: i32, counts: &[f64]) -> Vec<Span> {
    let length = u32::try_from(counts.len()).unwrap_or(u32::MAX);
    if length == 0 { Vec::new() } else { vec![Span { offset, length }] }
}

fn number(reader: &mut Reader<'_>) -> Result<f64, Fault> {
    let start = reader.at;
    reader.signed().ok_or_else(|| reader.fault(start, "a number is expected here"))
}

fn integer(reader: &mut Reader<'_>) -> Result<i32, Fault> {
    let start = reader.at;
    let whole = number(reader)?;
    #[expect(clippy::cast_possible_truncation, reason = "what does not fit is not the same afterwards")]
    let cut = whole as i32;
    #[expect(clippy::float_cmp, reason = "a whole number is exact")]
    let same = f64::from(cut) == whole;
    if same { Ok(cut) } else { Err(reader.fault(start, "a whole number is expected here")) }
}

fn list(reader: &mut Reader<'_>) -> Result<Vec<f64>, Fault> {
    let start = reader.at;
    if !reader.take("[") {
        return Err(reader.fault(start, "a list of numbers is expected here, such as `[1 2 1]`"));
    }
    let mut numbers = Vec::new();
    loop {
        reader.skip_blanks();
        if reader.take("]") {
            return Ok(numbers);
        }
        numbers.push(number(reader)?);
    }
}

fn hint(reader: &mut Reader<'_>) -> Result<ResetHint, Fault> {
    let start = reader.at;
    match reader.take_while(|c| c.is_ascii_alphabetic() || c == '_') {
        "unknown" => Ok(ResetHint::Unknown),
        "reset" => Ok(ResetHint::Reset),
        "not_reset" => Ok(ResetHint::NotReset),
        "gauge" => Ok(ResetHint::Gauge),
        _ => Err(reader.fault(start, "`unknown`, `reset`, `not_reset` or `gauge` is expected here")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_read_with_all_that_is_said_of_it() {
        let text = "{{schema:-53 sum:-0.3 count:3.1 custom_values:[5 10] buckets:[5.1 10 7] offset:1 \
                    counter_reset_hint:not_reset}}";
        let written = histogram(&mut Reader::new(text)).expect("a histogram");
        assert!(written.hint_written);
        let notation = "{{schema:-53 count:3.1 sum:-0.3 custom_values:[5 10] counter_reset_hint:not_reset offset:1 \
                        buckets:[5.1 10 7]}}";
        assert_eq!(written.histogram.notation(), notation);
        let text = "{{ z_bucket:7.1 z_bucket_w:0.05 n_buckets:[4 5 ] n_offset:-5 }}";
        let written = histogram(&mut Reader::new(text)).expect("a histogram");
        assert!(!written.hint_written);
        assert_eq!(written.histogram.notation(), "{{z_bucket:7.1 z_bucket_w:0.05 n_offset:-5 n_buckets:[4 5]}}");
    }

    #[test]
    fn what_is_none_is_refused_where_it_stands() {
        for (text, range) in [
            ("{{sum:1", 0..2),
            ("{{sum:x}}", 6..9),
            ("{{summe:1}}", 2..11),
            ("{{sum:1 sum:2}}", 8..11),
            ("{{schema:1.5}}", 9..14),
            ("{{buckets:1}}", 10..13),
            ("{{buckets:[1 a]}}", 13..17),
            ("{{counter_reset_hint:maybe}}", 21..28),
        ] {
            let fault = histogram(&mut Reader::new(text)).map(|written| written.histogram).expect_err(text);
            assert_eq!(fault.range, range, "{text}");
        }
    }
}
