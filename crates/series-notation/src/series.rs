//! Which series it is: a metric's name and exact labels.

use evenkeel_labels::{LabelSet, METRIC_NAME, MatchOp};
use evenkeel_promql::{ExprKind, Selector, Timing, parse};

use crate::values::parse_values;
use crate::{Fault, Value};

/// A series with its values, one a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its labels, the metric's name among them.
    pub labels: LabelSet,
    /// Its values.
    pub values: Vec<Value>,
}

const FORM: &str = "write the metric and its exact labels, such as `up{job=\"web\"}`";

/// Reads a series and its values, in one line.
///
/// # Errors
/// The first fault.
pub fn parse_series(text: &str) -> Result<Series, Fault> {
    let end = labels_end(text);
    let labels = parse_labels(text.get(..end).unwrap_or(""))?;
    let values = parse_values(text.get(end..).unwrap_or(""))
        .map_err(|fault| Fault { range: fault.range.start + end..fault.range.end + end, ..fault })?;
    let apart = text.get(end..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    if apart { Ok(Series { labels, values }) } else { Err(Fault::new(end..text.len(), FORM)) }
}

/// Reads the labels of a series: `up{job="web"}`.
///
/// # Errors
/// The first fault.
pub fn parse_labels(text: &str) -> Result<LabelSet, Fault> {
    let expr = parse(text).map_err(|fault| Fault { range: fault.range, message: fault.message })?;
    if let ExprKind::Selector(selector) = &expr.kind
        && selector.timing == Timing::default()
    {
        return labels_of(selector);
    }
    Err(Fault::new(expr.range, FORM))
}

fn labels_of(selector: &Selector) -> Result<LabelSet, Fault> {
    if let Some(matcher) = selector.matchers.iter().find(|matcher| matcher.op != MatchOp::Equal) {
        return Err(Fault::new(matcher.range(), "a label of a series needs `=` and its exact value"));
    }
    let name = selector.name.as_ref().map(|name| (METRIC_NAME, &*name.value));
    let labels = selector.matchers.iter().map(|matcher| (&*matcher.name.value, &*matcher.value.value));
    Ok(LabelSet::new(name.into_iter().chain(labels)))
}

/// Where the name and the braces right behind it end.
fn labels_end(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    let rest = text.get(start..).unwrap_or("");
    let braces = rest.trim_start_matches(named);
    let at = text.len() - braces.len();
    if braces.starts_with('{') { at + braces_length(braces) } else { at }
}

fn braces_length(text: &str) -> usize {
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'' | '`') => quote = Some(c),
            (Some('"' | '\''), '\\') => drop(chars.next()),
            (Some(open), c) if c == open => quote = None,
            (None, '}') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_series_and_its_values() {
        for (text, labels, values) in [
            ("up 1 2", r#"{__name__="up"}"#, 2),
            (r#"  up{job="web", x=""} 0+1x3"#, r#"{__name__="up", job="web"}"#, 4),
            (r#"{__name__="a", b="}"} 1"#, r#"{__name__="a", b="}"}"#, 1),
            (r#"{"my.metric", "a.b"='c\'}'} _"#, r#"{__name__="my.metric", a.b="c'}"}"#, 1),
            ("{} 5", "{}", 1),
            ("job:up:sum", r#"{__name__="job:up:sum"}"#, 0),
            ("up {{sum:1}}", r#"{__name__="up"}"#, 1),
            ("sum 1", r#"{__name__="sum"}"#, 1),
        ] {
            let series = parse_series(text).expect(text);
            assert_eq!((series.labels.to_string().as_str(), series.values.len()), (labels, values), "{text}");
        }
    }

    #[test]
    fn what_is_no_series_is_refused_where_it_stands() {
        for (text, range) in [
            ("up{job=~\"a\"} 1", 3..11),
            ("up{job=\"a\" 1", 11..12),
            ("up{} 1 b", 7..8),
            ("1 2", 0..1),
            ("up{}1", 4..5),
        ] {
            assert_eq!(parse_series(text).map_err(|fault| fault.range), Err(range), "{text}");
        }
    }
}
