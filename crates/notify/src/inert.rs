//! Foreign text made harmless for where it is shown: it stays text there, whatever is in it.

use crate::scrub::hidden;

/// One line of at most so many characters: whatever would end or disguise it becomes a space.
pub(crate) fn line(text: &str, chars_max: usize) -> String {
    let clean: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).take(chars_max).collect();
    clean.trim().to_owned()
}

/// One line, which shows where it was cut.
pub(crate) fn cut_line(text: &str, chars_max: usize) -> String {
    let whole = line(text, usize::MAX);
    if whole.chars().count() <= chars_max {
        return whole;
    }
    let mut cut = line(&whole, chars_max.saturating_sub(1));
    cut.push('…');
    cut
}

/// Several lines, ended by nothing but `\n`, without empty ones at either end.
pub(crate) fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|part| clean(part).trim_end().to_owned()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn clean(part: &str) -> String {
    part.chars().map(|c| if hidden(c) { ' ' } else { c }).collect()
}

/// The beginning that fits into so many bytes, which shows where it was cut.
pub(crate) fn cut_bytes(text: &str, bytes_max: usize) -> String {
    if text.len() <= bytes_max {
        return text.to_owned();
    }
    let room = bytes_max.saturating_sub('…'.len_utf8());
    let end = text.floor_char_boundary(room);
    let mut cut = text.get(..end).unwrap_or_default().to_owned();
    cut.push('…');
    cut
}

/// For HTML, between tags and within quoted attributes.
pub(crate) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if hidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For Slack, where these three characters begin every mention, link and entity.
///
/// Source: Slack, "Formatting text for app surfaces", escaping text.
pub(crate) fn slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut_line("a\r\nb", 4), "a  b");
        assert_eq!(cut_line("abcdef", 4), "abc…");
        assert_eq!(cut_bytes("äöü", 6), "äöü");
        assert_eq!(cut_bytes("äöüß", 6), "ä…");
    }

    #[test]
    fn several_lines_stay_several() {
        assert_eq!(lines("\n\r\na  \r\nb\u{7}c\u{2028}d\n\n"), "a\nb c d");
    }

    #[test]
    fn no_mention_is_left() {
        assert_eq!(slack("<!channel> & <@U1>"), "&lt;!channel&gt; &amp; &lt;@U1&gt;");
    }

    proptest! {
        #[test]
        fn cuts_keep_to_their_bounds(text in any::<String>(), bound in 4..40_usize) {
            prop_assert!(cut_line(&text, bound).chars().count() <= bound);
            prop_assert!(cut_bytes(&text, bound).len() <= bound);
            let cut = lines(&text);
            prop_assert!(!cut.contains(|c: char| c != '\n' && hidden(c)), "{:?}", cut);
        }
    }
}
