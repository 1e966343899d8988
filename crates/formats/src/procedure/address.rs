//! Addresses that stand in prose as they are: `see https://example.com/x.`

use std::ops::Range;

/// The addresses in a text, as ranges of it.
pub(super) fn bare_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find("://")) {
        let sign = at + next;
        let before = text.get(at..sign).unwrap_or("");
        at = sign + 3;
        let Some(scheme) = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme)) else { continue };
        let start = sign - scheme.len();
        let in_a_word = text.get(..start).is_some_and(|text| text.ends_with(|c: char| c.is_alphanumeric()));
        let end = sign + 3 + length(text.get(sign + 3..).unwrap_or(""));
        if !in_a_word && end > sign + 3 {
            found.push(start..end);
            at = end;
        }
    }
    found
}

/// How far an address reaches: to a blank or a quote, without the sentence's own signs behind it.
/// Source: GitHub Flavored Markdown, extended autolinks.
fn length(rest: &str) -> usize {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|')).unwrap_or(rest.len());
    let mut address = rest.get(..end).unwrap_or("");
    loop {
        let count = |sign: char| address.chars().filter(|c| *c == sign).count();
        let open = address.ends_with(')') && count(')') > count('(');
        let trimmed = if open {
            address.strip_suffix(')').unwrap_or(address)
        } else {
            address.strip_suffix(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', ']', '}']).unwrap_or(address)
        };
        if trimmed.len() == address.len() {
            return address.len();
        }
        address = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = bare_addresses(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        check("see https://a.example/x.", &["https://a.example/x"]);
        check("(https://a.example/x_(y))", &["https://a.example/x_(y)"]);
        check("http://a and https://b?", &["http://a", "https://b"]);
        check("xhttp://a, ftp://b, https://", &[]);
    }
}
