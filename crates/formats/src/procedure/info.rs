//! The line behind a fence: a language, then attributes such as `timeout=60s`, `expect="> 100"` or `idempotent`.

use std::ops::Range;

/// One word of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Before the `=`.
    pub(super) name: Range<usize>,
    /// Behind the `=`, without quotes.
    pub(super) value: Option<Range<usize>>,
    /// Whether its quote stays open.
    pub(super) open: bool,
}

/// The words of a line, as ranges of it.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or("");
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = line.get(start..).unwrap_or("");
        if rest.is_empty() {
            return words;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = start..start + end;
        at = name.end;
        if rest.get(end..).is_none_or(|rest| !rest.starts_with('=')) {
            words.push(Word { name, value: None, open: false });
            continue;
        }
        let (value, open, next) = value(line, at + 1);
        at = next;
        words.push(Word { name, value: Some(value), open });
    }
}

/// A value, whether its quote stays open, and where it goes on.
fn value(line: &str, start: usize) -> (Range<usize>, bool, usize) {
    let rest = line.get(start..).unwrap_or("");
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        return (start..end, false, end);
    };
    let inside = rest.get(1..).unwrap_or("");
    match inside.find(quote) {
        Some(end) => (start + 1..start + 1 + end, false, start + 2 + end),
        None => (start + 1..line.len(), true, line.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[&str]) {
        let text = |range: Range<usize>| line.get(range).expect("inside").to_owned();
        let shown: Vec<String> = words(line)
            .into_iter()
            .map(|word| match word.value {
                None => text(word.name),
                Some(value) => format!("{}={}{}", text(word.name), text(value), if word.open { "…" } else { "" }),
            })
            .collect();
        assert_eq!(shown, expect, "{line}");
    }

    #[test]
    fn values_may_be_quoted() {
        check(
            r#"promql step=confirm expect="> 100" idempotent"#,
            &["promql", "step=confirm", "expect=> 100", "idempotent"],
        );
        check("  sh  step='a b'  ", &["sh", "step=a b"]);
        check("sh step= x", &["sh", "step=", "x"]);
        check("sh expect=\"> 1", &["sh", "expect=> 1…"]);
        check("", &[]);
    }
}
