//! Text of others in Markdown: shown as it is, and nothing in it is a link, a mention, a heading or a tag.

use crate::printable::line;

/// The text on one line, as plain words.
///
/// Source: CommonMark 0.31, section 2.4: every ASCII punctuation mark may be escaped with a backslash.
pub(super) fn escaped(text: &str) -> String {
    escaped_within(&line(text))
}

/// The same, with the blanks at both ends.
pub(super) fn escaped_within(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // No backslash keeps a forge from making these mentions, numbers of changes or addresses: a character does
            // that is not there.
            '@' => out.push_str("@\u{2060}"),
            '#' if before == ' ' || before == '(' => out.push_str("\\#\u{2060}"),
            ':' if ends_with_scheme(&out) => out.push_str(":\u{2060}"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
        before = c;
    }
    begun(out)
}

fn ends_with_scheme(text: &str) -> bool {
    text.ends_with("http") || text.ends_with("https") || text.ends_with("mailto")
}

/// What makes a list or a heading only where a line begins.
fn begun(text: String) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    if text.starts_with(['-', '+', '=']) {
        format!("\\{text}")
    } else if digits > 0 && rest.starts_with(['.', ')']) {
        format!("{number}\\{rest}")
    } else {
        text
    }
}

/// The text as code. A back-tick cannot be escaped in it, so that the fence is one longer than any within.
pub(super) fn code(text: &str) -> String {
    // A bar would end the cell of a table, even in code.
    let text = line(text).replace('|', "\u{2502}");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_more_than_text() {
        for (text, shown) in [
            ("a|b *c* _d_ [e](f) `g`", "a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\`g\\`"),
            ("<script>&lt;", "&lt;script&gt;&amp;lt;"),
            ("@ada see #12", "@\u{2060}ada see \\#\u{2060}12"),
            ("https://x.test", "https:\u{2060}//x.test"),
            ("- a\n# b", "\\- a \\#\u{2060} b"),
            ("1. a", "1\\. a"),
        ] {
            assert_eq!(escaped(text), shown);
        }
        assert_eq!(code("a`b|c"), "`` a`b\u{2502}c ``");
    }
}
