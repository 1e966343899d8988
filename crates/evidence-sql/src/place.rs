//! From lines and columns, which the parser counts in characters, to bytes of the text.

use std::ops::Range;

use sqlparser::tokenizer::{Location, Span};

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, lines: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The bytes of a span; all of the text when the parser knows no place.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        if span.start.line == 0 {
            return 0..self.text.len();
        }
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// The byte of a place; the end of its line when the line is shorter.
    pub(crate) fn offset(&self, at: Location) -> usize {
        let line = usize::try_from(at.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(start) = self.lines.get(line).copied() else {
            return self.text.len();
        };
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let column = usize::try_from(at.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let line = self.text.get(start..end).unwrap_or_default();
        start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }

    /// The word or sign at a byte.
    pub(crate) fn word_at(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or_default();
        let word = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
        let length = if word == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { word };
        start..start + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_behind_letters_of_several_bytes() {
        let text = "größe\nwö x";
        let places = Places::of(text);
        let span = Span::new(Location::new(2, 4), Location::new(2, 5));
        assert_eq!(text.get(places.range(span)), Some("x"));
        assert_eq!(places.range(Span::empty()), 0..text.len());
        assert_eq!(places.offset(Location::new(9, 1)), text.len());
        assert_eq!(places.offset(Location::new(1, 99)), "größe\n".len());
    }
}
