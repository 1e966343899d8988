//! Parameters are read as Prometheus reads them: instants, lengths of time, limits, selectors.

use std::num::IntErrorKind;

use evenkeel_labels::{METRIC_NAME, MatchOp, Matcher};
use evenkeel_metric::Selection;
use evenkeel_promql::{Expr, ExprKind, Selector};
use evenkeel_time::{Duration, Timestamp};

use crate::ApiFault;
use crate::form::Params;

/// The first and the last instant that clients name when they mean all time. Source: Prometheus `web/api/v1`, `MinTime`.
const ALL_TIME: [(&str, Timestamp); 2] =
    [("-292273086-05-16T16:47:06Z", Timestamp(i64::MIN)), ("292277025-08-18T07:12:54.999999999Z", Timestamp(i64::MAX))];

/// An instant: seconds since 1970 with a fraction, or RFC 3339.
pub(crate) fn instant(text: &str) -> Result<Timestamp, String> {
    let fault = || format!("cannot parse {text:?} to a valid timestamp");
    if let Some(seconds) = number(text) {
        return millis(seconds).map(Timestamp).ok_or_else(fault);
    }
    let named = ALL_TIME.iter().find(|(known, _)| *known == text).map(|(_, at)| *at);
    named.or_else(|| text.parse().ok()).ok_or_else(fault)
}

/// An instant that may be missing.
pub(crate) fn instant_or(params: &Params, name: &str, default: Timestamp) -> Result<Timestamp, ApiFault> {
    let Some(text) = params.get(name) else { return Ok(default) };
    instant(text).map_err(|why| ApiFault::parameter(name, format!("invalid time value for '{name}': {why}")))
}

/// A length of time: seconds with a fraction, or `1h30m`.
pub(crate) fn length(text: &str) -> Result<Duration, String> {
    if let Some(seconds) = number(text) {
        // Go keeps nanoseconds in 64 bits.
        let overflow = seconds.is_nan() || seconds.abs() > 9_223_372_036.0;
        let said = || format!("cannot parse {text:?} to a valid duration. It overflows int64");
        return if overflow { Err(said()) } else { millis(seconds).map(Duration).ok_or_else(said) };
    }
    text.parse().map_err(|_| format!("cannot parse {text:?} to a valid duration"))
}

/// A number as Go reads it. Rust reads the same but for underscores and hexadecimal digits, which nobody sends.
fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Seconds as milliseconds, rounded; `None` when they are too many, or no number.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn millis(seconds: f64) -> Option<i64> {
    let millis = (seconds * 1_000.0).round();
    (millis.abs() < 9.2e18).then_some(millis as i64)
}

/// How many results are wanted; `None`: all.
pub(crate) fn limit(params: &Params) -> Result<Option<usize>, ApiFault> {
    let Some(text) = params.get("limit") else { return Ok(None) };
    let limit = whole(text).map_err(|why| ApiFault::parameter("limit", why))?;
    if limit < 0 {
        return Err(ApiFault::parameter("limit", "limit must be non-negative"));
    }
    Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0))
}

/// A whole number, or what Go says of a text that is none.
pub(crate) fn whole(text: &str) -> Result<i64, String> {
    text.parse().map_err(|error: std::num::ParseIntError| {
        let range = matches!(error.kind(), IntErrorKind::PosOverflow | IntErrorKind::NegOverflow);
        let why = if range { "value out of range" } else { "invalid syntax" };
        format!("strconv.Atoi: parsing {text:?}: {why}")
    })
}

/// What is selected by each `match[]`, in the time of `start` and `end`.
pub(crate) fn selections(params: &Params) -> Result<Vec<Selection>, ApiFault> {
    let (after, until) = span(params)?;
    let mut selections = Vec::new();
    for text in params.all("match[]") {
        let fault = |why: String| ApiFault::parameter("match[]", why);
        let matchers = selector(text).map_err(fault)?;
        if matchers.iter().all(|matcher| matcher.matches_value("")) {
            return Err(fault("match[] must contain at least one non-empty matcher".to_owned()));
        }
        selections.push(Selection { matchers, after, until });
    }
    Ok(selections)
}

/// Everything in the time of `start` and `end`.
pub(crate) fn everything(params: &Params) -> Result<Selection, ApiFault> {
    let (after, until) = span(params)?;
    Ok(Selection { matchers: Vec::new(), after, until })
}

/// The time of `start` and `end`, both within it: the instant before it, and its last.
pub(crate) fn span(params: &Params) -> Result<(Timestamp, Timestamp), ApiFault> {
    let from = instant_or(params, "start", Timestamp(i64::MIN))?;
    let until = instant_or(params, "end", Timestamp(i64::MAX))?;
    Ok((Timestamp(from.0.saturating_sub(1)), until))
}

/// The conditions of a selector.
fn selector(text: &str) -> Result<Vec<Matcher>, String> {
    let expr = evenkeel_promql::parse(text).map_err(|fault| parse_error(text, fault.range.start, &fault.message))?;
    if let ExprKind::Selector(selector) = &expr.kind
        && selector.timing == evenkeel_promql::Timing::default()
    {
        return matchers(selector);
    }
    Err(parse_error(text, 0, "a selector such as `up{job=\"web\"}` is expected"))
}

/// A fault of an expression as Prometheus says it, with line and column.
pub(crate) fn parse_error(text: &str, at: usize, message: &str) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    format!("{line}:{column}: parse error: {message}")
}

/// The conditions of a selector in an expression.
pub(crate) fn matchers(selector: &Selector) -> Result<Vec<Matcher>, String> {
    let name = selector.name.as_ref();
    let mut matchers = Vec::with_capacity(selector.matchers.len() + 1);
    if let Some(name) = name {
        matchers.extend(Matcher::new(METRIC_NAME, MatchOp::Equal, name.value.as_str()));
    }
    for matcher in &selector.matchers {
        let made = Matcher::new(matcher.name.value.as_str(), matcher.op, matcher.value.value.as_str());
        matchers.push(made.map_err(|error| error.to_string())?);
    }
    Ok(matchers)
}

/// The expression of a parameter.
pub(crate) fn expression(text: &str) -> Result<Expr, ApiFault> {
    evenkeel_promql::parse(text)
        .map_err(|fault| ApiFault::parameter("query", parse_error(text, fault.range.start, &fault.message)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read() {
        for (text, millis) in [
            ("1600000000", 1_600_000_000_000),
            ("1600000000.1234", 1_600_000_000_123),
            ("-1.5", -1_500),
            ("1.6e9", 1_600_000_000_000),
            ("2020-09-13T12:26:40.5Z", 1_600_000_000_500),
            ("2020-09-13T14:26:40+02:00", 1_600_000_000_000),
            ("-292273086-05-16T16:47:06Z", i64::MIN),
            ("292277025-08-18T07:12:54.999999999Z", i64::MAX),
        ] {
            assert_eq!(instant(text), Ok(Timestamp(millis)), "{text}");
        }
        for text in ["", "today", "1e300", "NaN", "inf"] {
            assert_eq!(instant(text), Err(format!("cannot parse {text:?} to a valid timestamp")));
        }
    }

    #[test]
    fn lengths_of_time_are_read() {
        for (text, millis) in [("15", 15_000), ("0.5", 500), ("1h30m", 5_400_000), ("-1", -1_000), ("1e3", 1_000_000)] {
            assert_eq!(length(text), Ok(Duration(millis)), "{text}");
        }
        assert_eq!(length("x"), Err("cannot parse \"x\" to a valid duration".to_owned()));
        assert_eq!(length("1e20"), Err("cannot parse \"1e20\" to a valid duration. It overflows int64".to_owned()));
    }

    #[test]
    fn faults_of_an_expression_have_line_and_column() {
        assert_eq!(parse_error("a +\n ü b", 8, "x"), "2:4: parse error: x");
    }
}
