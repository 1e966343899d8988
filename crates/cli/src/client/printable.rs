//! Text of others on a terminal: nothing in it may steer the terminal or turn the reading direction.

/// The text on one line.
pub(crate) fn line(text: &str) -> String {
    let text = text.trim();
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { tame(c) }).collect()
}

/// The lines of the text, each behind that indent.
pub(crate) fn indented(text: &str, indent: &str) -> String {
    text.trim().lines().map(|text| format!("{indent}{}\n", line(text))).collect()
}

fn tame(c: char) -> char {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || c.is_control() { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        assert_eq!(line("a\x1b[2Jb\u{9b}c\u{202e}d\r\ne\tf "), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd} e f");
        assert_eq!(indented("one\r\n\ttwo\x07\n", "  "), "  one\n  two\u{fffd}\n");
    }
}
