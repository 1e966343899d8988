//! Which language a group's expressions are in: the rule files of Loki look like those of Prometheus.

use evenkeel_model::document::Language;

use crate::yaml::Node;

/// Functions that LogQL has and PromQL does not.
const LOGQL_FUNCTIONS: [&str; 3] = ["bytes_over_time(", "bytes_rate(", "rate_counter("];

/// A group is in one language: one expression over logs says it for all.
pub(super) fn of_group(rules: &[Node], told: Language) -> Language {
    let expressions = rules.iter().filter_map(|rule| rule.get("expr").and_then(Node::as_text));
    let is_open = told != Language::LogQl;
    if is_open && expressions.into_iter().any(is_logql) { Language::LogQl } else { told }
}

/// Whether an expression certainly is LogQL: a selector without a metric's name is followed by what filters lines, or
/// it calls what only LogQL has.
fn is_logql(expr: &str) -> bool {
    let mut named = false;
    let mut rest = expr;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '{' => {
                let Some(behind) = past_selector(after) else { return false };
                if !named && filters_lines(behind.trim_start()) {
                    return true;
                }
                named = false;
                behind
            }
            '"' | '\'' | '`' => past_quote(after, c),
            '#' => after.split_once('\n').map_or("", |(_, next)| next),
            _ if c.is_whitespace() => after,
            _ if is_name(c) => {
                if !named && LOGQL_FUNCTIONS.iter().any(|function| rest.starts_with(function)) {
                    return true;
                }
                named = true;
                rest.trim_start_matches(is_name)
            }
            _ => {
                named = false;
                after
            }
        };
    }
    false
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | ':')
}

/// What may follow a selector of logs and never one of metrics.
fn filters_lines(rest: &str) -> bool {
    let negated = rest.strip_prefix("!=").or_else(|| rest.strip_prefix("!~"));
    let operand = |rest: &str| rest.trim_start().starts_with(['"', '`']) || rest.trim_start().starts_with("ip(");
    rest.starts_with('|') || rest.starts_with("!>") || negated.is_some_and(operand)
}

/// What follows the closing brace.
fn past_selector(mut rest: &str) -> Option<&str> {
    loop {
        let at = rest.find(['}', '"', '\'', '`'])?;
        let c = rest.get(at..)?.chars().next()?;
        let after = rest.get(at + 1..)?;
        if c == '}' {
            return Some(after);
        }
        rest = past_quote(after, c);
    }
}

/// What follows the closing quote; nothing, where there is none.
fn past_quote(rest: &str, quote: char) -> &str {
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote != '`' {
            chars.next();
        } else if c == quote {
            return rest.get(at + 1..).unwrap_or("");
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::is_logql;

    #[test]
    fn log_queries_are_told_from_metric_queries() {
        for logql in [
            r#"sum(rate({app="foo", env="production"} |= "error" [5m])) by (job) > 0.05"#,
            r#"sum by (cluster) (count_over_time({container="x"} |~ "a|b" | json | level="error" [1m]))"#,
            r#"rate({job="x}"} != "ok" [5m]) > 1"#,
            "absent_over_time({job=`a`} !~ `b` [5m])",
            r#"bytes_rate({job="x"}[5m]) > 1"#,
            "sum(\n  # errors\n  rate({job=\"x\"}\n  | logfmt [1m]))",
        ] {
            assert!(is_logql(logql), "{logql}");
        }
        for promql in [
            "sum(rate(http_requests_total{code=~\"5..|4..\"}[5m])) by (job) > 0.05",
            r#"up{job="|="} != 1"#,
            r#"{__name__=~"a|b"} != 0"#,
            r#"{job="x"} != on (job) {job="y"}"#,
            r#"a{b="c"} | d"#,
            r#"label_replace(up, "a", "{} | b", "c", "d")"#,
            "up # {job} | json",
            "bytes_rate > 1 and my_bytes_rate(1)",
            "up{",
            "{a=\"",
        ] {
            assert!(!is_logql(promql), "{promql}");
        }
    }
}
