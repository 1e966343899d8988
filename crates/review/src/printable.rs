//! Text of others on a terminal: nothing in it may steer the terminal or turn the reading direction.

/// The text on one line, without what steers.
#[must_use]
pub fn line(text: &str) -> String {
    let text = text.trim();
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { tame(c) }).collect()
}

/// Whether a terminal would do something else than show it.
pub(crate) fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control()
}

fn tame(c: char) -> char {
    if steers(c) { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        assert_eq!(line("a\x1b[2Jb\u{9b}c\u{202e}d\r\ne\tf "), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd} e f");
    }
}
