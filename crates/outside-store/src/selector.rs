//! Matchers as a selector in PromQL.

use std::fmt::Write;

use evenkeel_labels::{METRIC_NAME, Matcher};

/// `{job="shop"}`; without a condition that excludes something, one that every series with a name meets.
pub(crate) fn selector(matchers: &[Matcher]) -> String {
    let mut text = "{".to_owned();
    for matcher in matchers {
        let between = if text.len() == 1 { "" } else { "," };
        let (name, op) = (quoted_name(matcher.name()), matcher.op().as_str());
        let _ = write!(text, "{between}{name}{op}{}", quoted(matcher.value()));
    }
    // The language takes no selector that also an empty set of labels would meet.
    if matchers.iter().all(|matcher| matcher.matches_value("")) {
        let between = if text.len() == 1 { "" } else { "," };
        let _ = write!(text, "{between}{METRIC_NAME}!=\"\"");
    }
    text.push('}');
    text
}

/// Names beyond the old ones are quoted. Source: Prometheus 3, "UTF-8 support".
fn quoted_name(name: &str) -> String {
    let old =
        |(place, byte): (usize, u8)| byte == b'_' || byte.is_ascii_alphabetic() || place > 0 && byte.is_ascii_digit();
    if !name.is_empty() && name.bytes().enumerate().all(old) { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::MatchOp;

    use super::*;

    #[test]
    fn matchers_are_written_as_promql_reads_them() {
        let matcher = |name: &str, op, value: &str| Matcher::new(name, op, value).expect("a matcher");
        for (matchers, expected) in [
            (vec![], r#"{__name__!=""}"#),
            (vec![matcher("job", MatchOp::Regex, ".*")], r#"{job=~".*",__name__!=""}"#),
            (vec![matcher("job", MatchOp::Equal, "a\"b\\c\nd")], r#"{job="a\"b\\c\nd"}"#),
            (vec![matcher("a.b", MatchOp::NotEqual, "x"), matcher("c", MatchOp::Equal, "1")], r#"{"a.b"!="x",c="1"}"#),
        ] {
            assert_eq!(selector(&matchers), expected);
        }
    }
}
