//! What somebody wrote to count events, asked over a window of any length.

use evenkeel_promql::{AggregateOp, Expr, ExprKind, Timing, parse};
use evenkeel_time::Duration;

/// A query over a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Windowed {
    /// In PromQL.
    pub(crate) text: String,
    /// What it gives.
    pub(crate) unit: Unit,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Events in the window.
    Events,
    /// Events a second.
    PerSecond,
    /// Something that is only good for a share.
    Share,
}

/// Asks over a window.
///
/// Where the text has `{{.window}}`, the window stands there, as in Sloth. A counter, or a sum of one, becomes its increase.
/// Anything else is asked every minute of the window, and its mean counts.
pub(crate) fn windowed(query: &str, window: Duration) -> Windowed {
    let query = query.trim();
    if let Some(text) = filled(query, window) {
        return Windowed { unit: unit(&text), text };
    }
    if let Some(selector) = parse(query).ok().and_then(|expr| counter(&expr, query)) {
        return Windowed { text: format!("sum(increase({selector}[{window}]))"), unit: Unit::Events };
    }
    let unit = if unit(query) == Unit::PerSecond { Unit::PerSecond } else { Unit::Share };
    Windowed { text: format!("sum(avg_over_time(({query})[{window}:1m]))"), unit }
}

/// The mean of a value over a window.
pub(crate) fn mean(query: &str, window: Duration) -> String {
    let query = query.trim();
    filled(query, window).unwrap_or_else(|| format!("avg(avg_over_time(({query})[{window}:1m]))"))
}

/// The text with the window in its places; `None`: it has none.
fn filled(query: &str, window: Duration) -> Option<String> {
    let (mut out, mut rest, mut any) = (String::new(), query, false);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        out.push_str(before);
        if name.trim() == ".window" {
            out.push_str(&window.to_string());
            any = true;
        } else {
            out.push_str("{{");
            out.push_str(name);
            out.push_str("}}");
        }
        rest = behind;
    }
    out.push_str(rest);
    any.then_some(out)
}

fn unit(text: &str) -> Unit {
    if text.contains("increase(") || text.contains("count_over_time(") {
        Unit::Events
    } else if text.contains("rate(") {
        Unit::PerSecond
    } else {
        Unit::Share
    }
}

/// The selector of a counter that stands alone, or in a sum.
fn counter<'t>(expr: &Expr, text: &'t str) -> Option<&'t str> {
    let expr = expr.bare();
    if let ExprKind::Aggregate(aggregate) = &expr.kind {
        return counter(&aggregate.expr, text).filter(|_| aggregate.op.value == AggregateOp::Sum);
    }
    let ExprKind::Selector(selector) = &expr.kind else { return None };
    text.get(expr.range.clone()).filter(|_| selector.timing == Timing::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_asked_over_any_window() {
        let asked = |query| {
            let windowed = windowed(query, Duration::hours(1));
            (windowed.text, windowed.unit)
        };
        for (query, text, unit) in [
            ("requests_total{code=~\"5..\"}", "sum(increase(requests_total{code=~\"5..\"}[1h]))", Unit::Events),
            ("sum by (job) (requests_total)", "sum(increase(requests_total[1h]))", Unit::Events),
            ("sum(rate(requests[{{.window}}]))", "sum(rate(requests[1h]))", Unit::PerSecond),
            ("sum(increase(x[{{ .window }}]))", "sum(increase(x[1h]))", Unit::Events),
            ("sum(rate(x[5m]))", "sum(avg_over_time((sum(rate(x[5m])))[1h:1m]))", Unit::PerSecond),
            ("a / b", "sum(avg_over_time((a / b)[1h:1m]))", Unit::Share),
        ] {
            assert_eq!(asked(query), (text.to_owned(), unit), "{query}");
        }
    }
}
