//! The notation of input series: `up{job="web"}`, and values such as `0+10x60 _ stale {{schema:0 sum:5}}`.
//!
//! Source: Prometheus, `promql/parser/generated_parser.y` (`series_description`) and `lex.go` (`lexValueSequence`).

mod selector;

pub(super) use selector::selector;

use std::ops::Range;

/// What promtool refuses, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) place: Range<usize>,
    pub(super) headline: &'static str,
    pub(super) help: &'static str,
}

const FORMS: &str = "write values such as `1`, `0+10x60`, `5x10`, `_`, `_x5`, `stale` with spaces between them";

/// Checks values.
pub(super) fn values(text: &str) -> Result<(), Fault> {
    let mut at = 0;
    while let Some(start) = next_item(text, at) {
        at = item(text, start).ok_or_else(|| fault(text, start))?;
    }
    Ok(())
}

/// Where the next item begins.
fn next_item(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let blank = rest.len() - rest.trim_start().len();
    (blank < rest.len()).then_some(at + blank)
}

fn fault(text: &str, start: usize) -> Fault {
    let item = text.get(start..).unwrap_or("");
    let length = item.find(char::is_whitespace).unwrap_or(item.len());
    if item.starts_with("{{") {
        return Fault {
            place: start..start + length,
            headline: "a histogram among the values does not end, or is followed by what it cannot be",
            help: "write `{{schema:0 sum:5 count:4 buckets:[1 2 1]}}`, alone, or with `x5` or `+{{…}}x5` after it",
        };
    }
    Fault { place: start..start + length, headline: "this is no value of a series", help: FORMS }
}

/// Where the item ends; it has to end there, or be followed by a blank.
fn item(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let after = if let Some(after) = rest.strip_prefix('_') {
        repeated(after)?
    } else if rest.starts_with("{{") {
        histograms(rest)?
    } else {
        numbers(rest)?
    };
    let ends = after.is_empty() || after.starts_with(char::is_whitespace);
    ends.then_some(text.len() - after.len())
}

/// What follows `x5`, or everything when there is none.
fn repeated(rest: &str) -> Option<&str> {
    let Some(times) = rest.strip_prefix('x') else { return Some(rest) };
    let after = times.trim_start_matches(|c: char| c.is_ascii_digit());
    (after.len() < times.len()).then_some(after)
}

fn histograms(rest: &str) -> Option<&str> {
    let after = past_histogram(rest)?;
    match after.strip_prefix(['+', '-']) {
        Some(step) => past_histogram(step).filter(|after| after.starts_with('x')).and_then(repeated),
        None => repeated(after),
    }
}

fn past_histogram(rest: &str) -> Option<&str> {
    let (_, after) = rest.strip_prefix("{{")?.split_once("}}")?;
    Some(after)
}

/// `stale`, a number, one of them repeated, or a number with what is added at each step.
fn numbers(rest: &str) -> Option<&str> {
    let after = rest.strip_prefix("stale").map_or_else(|| number(rest), Some)?;
    match after.strip_prefix(['+', '-']) {
        Some(step) => unsigned(step).filter(|after| after.starts_with('x')).and_then(repeated),
        None => repeated(after),
    }
}

fn number(rest: &str) -> Option<&str> {
    unsigned(rest.strip_prefix(['+', '-']).unwrap_or(rest))
}

/// What follows a number without a sign. `0x5` is no hexadecimal one here, but zero five times.
fn unsigned(rest: &str) -> Option<&str> {
    let word = rest.get(..3).filter(|word| word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("nan"));
    if word.is_some() {
        return rest.get(3..);
    }
    let digit = |c: char| c.is_ascii_digit() || c == '_';
    let fraction = rest.trim_start_matches(digit);
    let after = fraction.strip_prefix('.').map_or(fraction, |digits| digits.trim_start_matches(digit));
    let mantissa = rest.get(..rest.len() - after.len())?;
    if !mantissa.contains(|c: char| c.is_ascii_digit()) || mantissa.starts_with('_') {
        return None;
    }
    let Some(exponent) = after.strip_prefix(['e', 'E']) else { return Some(after) };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let behind = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    (behind.len() < digits.len()).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::{selector, values};

    #[test]
    fn what_promtool_takes_is_taken() {
        for text in [
            "",
            "  1 2   3 ",
            "0+10x60 _ stale",
            "1.5 -3e4 +7 .5 5. 1e-3x4",
            "0x5 _x5 stalex3 1-1x10 -1-2.5x3 NaN inf -Inf infx3 nan+1x2",
            "{{schema:1 sum:-0.3 count:3.1 z_bucket:7.1 buckets:[5.1 10 7]}}x3 {{}} {{sum:1}}+{{sum:2}}x5",
            "1_000 1\n2",
        ] {
            assert_eq!(values(text), Ok(()), "{text}");
        }
        for text in ["up", "up{}", "{a=\"b\"}", " job:up:sum { job = 'a' , b=`c`, } ", "{\"my.metric\", \"a.b\"=\"c\"}"]
        {
            assert_eq!(selector(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_promtool_refuses_is_refused_where_it_stands() {
        for (text, start) in [
            ("1 2 three", 4),
            ("1,2,3", 0),
            ("0+10x", 0),
            ("0+10", 0),
            ("1 5x1.5", 2),
            ("--1", 0),
            ("_y", 0),
            ("1 {{sum:1", 2),
            ("{{sum:1}}+5x2", 0),
            ("1e", 0),
        ] {
            assert_eq!(values(text).map_err(|fault| fault.place.start), Err(start), "{text}");
        }
        for (text, start) in [
            ("", 0),
            ("up{job=~\"a\"}", 6),
            ("up{job!=\"a\"}", 6),
            ("up{job=a}", 7),
            ("up{job=\"a\"", 10),
            ("up{job=\"a\"} 1", 12),
            ("up job", 3),
            ("rate(up[5m])", 4),
            ("up{=\"a\"}", 3),
            ("up{job=\"a}", 7),
            ("up{a=\"b\" c=\"d\"}", 9),
        ] {
            assert_eq!(selector(text).map_err(|fault| fault.place.start), Err(start), "{text}");
        }
    }
}
