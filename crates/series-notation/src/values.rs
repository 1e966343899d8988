//! The values of a series: `0+10x60 _ stale {{schema:0 sum:5 count:4 buckets:[1 2 1]}}x3`.

use std::sync::Arc;

use evenkeel_metric::{Histogram, stale};

use crate::Fault;
use crate::histogram::{Written, histogram};
use crate::reader::Reader;

/// One value of a series.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `_`: nothing at that instant.
    Absent,
    /// A number; [`evenkeel_metric::stale`] when it is written `stale`.
    Number(f64),
    /// A native histogram.
    Histogram {
        /// What it is.
        histogram: Arc<Histogram>,
        /// Whether it is written whether it began anew; if not, a test does not ask for it.
        hint_written: bool,
    },
}

/// More values are not read: a short text can ask for very many.
const VALUES_MAX: usize = 10_000_000;

const FORMS: &str = "write values such as `1`, `0+10x60`, `5x10`, `_`, `_x5`, `stale` with spaces between them";
const HISTOGRAM_FORMS: &str =
    "write `{{schema:0 sum:5 count:4 buckets:[1 2 1]}}`, alone, or with `x5` or `+{{…}}x5` after it";

/// Reads values. `5x3` is 5 and three more, `0+10x3` is 0, 10, 20, 30, `_x3` is three times nothing.
///
/// # Errors
/// The first fault.
pub fn parse_values(text: &str) -> Result<Vec<Value>, Fault> {
    let mut reader = Reader::new(text);
    let mut values = Vec::new();
    reader.skip_blanks();
    while !reader.is_at_end() {
        let start = reader.at;
        item(&mut reader, &mut values)?;
        if !reader.is_at_end() && !reader.rest().starts_with(char::is_whitespace) {
            return Err(reader.fault(start, format!("this is no value of a series: {FORMS}")));
        }
        reader.skip_blanks();
    }
    Ok(values)
}

fn item(reader: &mut Reader<'_>, values: &mut Vec<Value>) -> Result<(), Fault> {
    if reader.rest().starts_with("{{") {
        return histograms(reader, values);
    }
    let start = reader.at;
    let wrong = |reader: &Reader<'_>| reader.fault(start, format!("this is no value of a series: {FORMS}"));
    if reader.take("_") {
        let times = reader.times().ok_or_else(|| wrong(reader))?.unwrap_or(1);
        check_room(reader, start, values, times)?;
        values.extend(std::iter::repeat_n(Value::Absent, times));
        return Ok(());
    }
    let first = if reader.take("stale") { Some(stale()) } else { reader.signed() };
    let Some(first) = first else { return Err(wrong(reader)) };
    let step = if reader.rest().starts_with(['+', '-']) { reader.signed() } else { None };
    let times = reader.times().ok_or_else(|| wrong(reader))?;
    if step.is_some() && times.is_none() {
        return Err(wrong(reader));
    }
    let times = times.unwrap_or(0);
    check_room(reader, start, values, times)?;
    let mut value = first;
    for _ in 0..=times {
        values.push(Value::Number(value));
        if let Some(step) = step {
            value += step;
        }
    }
    Ok(())
}

fn check_room(reader: &Reader<'_>, start: usize, values: &[Value], times: usize) -> Result<(), Fault> {
    if values.len().saturating_add(times) < VALUES_MAX {
        return Ok(());
    }
    Err(reader.fault(start, "these are more than 10,000,000 values"))
}

fn histograms(reader: &mut Reader<'_>, values: &mut Vec<Value>) -> Result<(), Fault> {
    let start = reader.at;
    let wrong = |reader: &Reader<'_>| reader.fault(start, format!("this is no value of a series: {HISTOGRAM_FORMS}"));
    let Written { histogram: mut current, hint_written } = histogram(reader)?;
    let step = match reader.sign() {
        Some(sign) if reader.rest().starts_with("{{") => Some((sign, histogram(reader)?.histogram)),
        Some(_) => return Err(wrong(reader)),
        None => None,
    };
    let times = reader.times().ok_or_else(|| wrong(reader))?;
    if step.is_some() && times.is_none() {
        return Err(wrong(reader));
    }
    let times = times.unwrap_or(0);
    check_room(reader, start, values, times)?;
    for left in (0..=times).rev() {
        values.push(Value::Histogram { histogram: Arc::new(current.clone()), hint_written });
        if let (Some((sign, step)), true) = (&step, left > 0) {
            let schemas = (step.schema, current.schema);
            let added = if *sign > 0.0 { current.add(step) } else { current.sub(step) };
            if added.is_err() || schemas.0 < schemas.1 {
                return Err(reader.fault(start, "these two histograms do not fit: the second has wider buckets"));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it reads when each value is written out.
    fn shown(text: &str) -> String {
        let shown = |value: &Value| match value {
            Value::Absent => "_".to_owned(),
            Value::Number(number) if evenkeel_metric::is_stale(*number) => "stale".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Histogram { histogram, .. } => histogram.notation(),
        };
        match parse_values(text) {
            Ok(values) => values.iter().map(shown).collect::<Vec<_>>().join(" "),
            Err(fault) => format!("{:?}: {fault}", fault.range),
        }
    }

    #[test]
    fn values_are_read_as_promtool_reads_them() {
        for (text, values) in [
            ("", ""),
            ("  1 2   3 ", "1 2 3"),
            ("0+10x3 _ stale", "0 10 20 30 _ stale"),
            ("1.5 -3e1 +7 .5 5. 1e-3x1", "1.5 -30 7 0.5 5 0.001 0.001"),
            ("0x2 _x2 stalex1 1-1x2 -1-2.5x1", "0 0 0 _ _ stale stale 1 0 -1 -1 -3.5"),
            ("NaN inf -Inf infx1", "NaN inf -inf inf inf"),
            ("1_000 1\n2 010", "1000 1 2 8"),
            ("5x0 _x0", "5"),
            ("{{}} {{sum:1}}+{{sum:2}}x2", "{{}} {{sum:1}} {{sum:3}} {{sum:5}}"),
            ("{{count:5 buckets:[5]}}-{{count:1 buckets:[1]}}x1", "{{count:5 buckets:[5]}} {{count:4 buckets:[4]}}"),
            ("{{schema:1 buckets:[5.1 10 7]}}x1", "{{schema:1 buckets:[5.1 10 7]}} {{schema:1 buckets:[5.1 10 7]}}"),
        ] {
            assert_eq!(shown(text), values, "{text}");
        }
    }

    #[test]
    fn what_promtool_refuses_is_refused_where_it_stands() {
        for (text, range) in [
            ("1 2 three", 4..9),
            ("1,2,3", 0..5),
            ("0+10x", 0..5),
            ("0+10", 0..4),
            ("1 5x1.5", 2..7),
            ("--1", 0..3),
            ("_y", 0..2),
            ("{{sum:1}}+5x2", 0..13),
            ("{{sum:1}}+{{sum:2}}", 0..19),
            ("1e", 0..2),
            ("1x99999999999", 0..13),
            ("{{schema:1}}+{{schema:0}}x2", 0..27),
        ] {
            assert_eq!(parse_values(text).map_err(|fault| fault.range), Err(range), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[ 0-9x+_{}:\\[\\]a-z.-]{0,40}") {
            let short = text.replace('x', "x0");
            let _ = parse_values(&short);
        }
    }
}
