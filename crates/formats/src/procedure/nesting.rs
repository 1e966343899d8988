//! How deep quotes and lists are nested, before anybody builds a tree of them.
//!
//! A parser looks at every open quote and list again on each line, so that a small file with thousands of them would
//! take it minutes.

use evenkeel_diagnostic::{SourceId, Span};

use super::place::place;

/// Deeper nesting is refused.
const DEPTH_MAX: usize = 100;

/// Where the text is nested too deep, from an offset on.
pub(super) fn too_deep(source: SourceId, text: &str, begin: usize) -> Option<Span> {
    let mut at = begin;
    for line in text.get(begin..).unwrap_or("").split_inclusive('\n') {
        if depth(line) > DEPTH_MAX {
            return Some(place(source, at..at));
        }
        at += line.len();
    }
    None
}

/// How many quotes and lists may be open at the end of the line's markers; two columns of indentation may be one.
fn depth(line: &str) -> usize {
    let (mut depth, mut blanks) = (0, 0);
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let next = bytes.peek().copied().unwrap_or(b'\n');
        match byte {
            b' ' => blanks += 1,
            b'\t' => blanks += 4,
            b'0'..=b'9' => {}
            b'>' => (depth, blanks) = (depth + blanks / 2 + 1, 0),
            b'-' | b'+' | b'*' | b'.' | b')' if next.is_ascii_whitespace() => {
                (depth, blanks) = (depth + blanks / 2 + 1, 0);
            }
            _ => break,
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_counted_and_text_is_not() {
        assert_eq!(depth("> > - 1. text > - > -"), 4);
        assert_eq!(depth("        - indented"), 5);
        assert_eq!(depth("                                    no marker"), 0);
        assert_eq!(depth("-----------\n"), 0);
        let deep = format!("fine\n{}", ">".repeat(101));
        assert_eq!(too_deep(SourceId(0), &deep, 0).map(|place| place.start), Some(5));
        assert_eq!(too_deep(SourceId(0), &">".repeat(100), 0), None);
    }
}
