//! What alerts say, cut to what a page may cost; matchers as people write them.

use std::fmt::Write;

use evenkeel_labels::{LabelSet, Matcher, Matchers};

/// A text cut to so many bytes of HTML, with an ellipsis where something is left out.
pub(crate) fn clipped(text: &str, bytes_max: usize) -> String {
    let mut cost = 0;
    for (at, c) in text.char_indices() {
        cost += cost_of(c);
        if cost > bytes_max {
            return format!("{}…", text.get(..at).unwrap_or("").trim_end());
        }
    }
    text.to_owned()
}

/// How much of HTML a text takes.
pub(crate) fn cost(text: &str) -> usize {
    text.chars().map(cost_of).sum()
}

/// The engine of templates writes these as `&#60;`.
fn cost_of(c: char) -> usize {
    if matches!(c, '<' | '>' | '&' | '"' | '\'') { 5 } else { c.len_utf8() }
}

/// A matcher as it reads back: `severity="page"`.
pub(crate) fn matcher(matcher: &Matcher) -> String {
    format!("{}{}{}", name(matcher.name()), matcher.op().as_str(), quoted(matcher.value()))
}

/// Matchers as they read back, a comma between each two.
pub(crate) fn matchers(matchers: &Matchers) -> String {
    matchers.0.iter().map(matcher).collect::<Vec<_>>().join(", ")
}

/// One label as a matcher that holds for it.
pub(crate) fn equal(label: &str, value: &str) -> String {
    format!("{}={}", name(label), quoted(value))
}

/// Matchers that hold for the alerts that have all of these labels, as many as take no more than so many bytes; the name
/// comes first.
pub(crate) fn all_equal(labels: &LabelSet, bytes_max: usize) -> String {
    let named = |wanted: bool| labels.iter().filter(move |(label, _)| (*label == "alertname") == wanted);
    let mut text = String::new();
    for (label, value) in named(true).chain(named(false)) {
        let one = equal(label, value);
        if text.len() + 2 + one.len() > bytes_max {
            continue;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&one);
    }
    text
}

fn name(name: &str) -> String {
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'));
    let bare = first && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
    if bare { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                let _ = write!(quoted, "\\{c}");
            }
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// What an alert is called: its name, else its labels.
pub(crate) fn called(labels: &LabelSet) -> String {
    let name = labels.get("alertname").trim();
    if name.is_empty() { clipped(&labels.to_string(), 120) } else { clipped(name, 120) }
}

/// What it says of itself: its summary, else its message or description.
pub(crate) fn says(annotations: &LabelSet) -> &str {
    let texts = ["summary", "message", "description"].into_iter().map(|name| annotations.get(name).trim());
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::parse_matchers;

    use super::*;

    #[test]
    fn a_cut_text_costs_no_more_than_it_may() {
        assert_eq!(clipped("short", 5), "short");
        assert_eq!(clipped("shorter", 5), "short…");
        assert_eq!(clipped("<<<", 12), "<<…");
        assert_eq!(clipped("äöü", 4), "äö…");
        assert_eq!(cost("<a>"), 11);
    }

    #[test]
    fn matchers_read_back_as_they_were() {
        let labels = LabelSet::new([("a", "x\"y\\z\n\u{1}é"), ("with space", "1"), ("größe", "<b>")]);
        let read = parse_matchers(&all_equal(&labels, 1000)).expect("matchers");
        assert!(read.matches(&labels));
        assert_eq!(parse_matchers(&matchers(&read)), Ok(read));
    }
}
