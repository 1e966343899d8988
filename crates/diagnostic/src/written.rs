//! Text of a file that knows the place of each of its bytes.

use std::ops::Range;
use std::sync::Arc;

use crate::Span;

/// A text as it was written in a file, such as an expression in a block scalar: what it says, and where each part of
/// it stands. Compares by what it says only.
#[derive(Debug, Clone)]
pub struct Written {
    /// What it says, without the file's indentation and escapes.
    pub text: Arc<str>,
    /// All of it.
    pub span: Span,
    /// Shape: offset in the text, offset in the file; rising. From each offset on both count alike until the next.
    runs: Box<[(u32, u32)]>,
}

impl Written {
    /// A text whose parts stand where `runs` says: pairs of an offset in the text and one in the file, both rising.
    pub fn new(text: impl Into<Arc<str>>, span: Span, runs: impl Into<Box<[(u32, u32)]>>) -> Self {
        Self { text: text.into(), span, runs: runs.into() }
    }

    /// A text that stands in the file as it is, from the beginning of the place on.
    pub fn plain(text: impl Into<Arc<str>>, span: Span) -> Self {
        Self::new(text, span, [(0, span.start)])
    }

    /// The place of a part, given by byte offsets into the text. Never outside the whole text's place.
    #[must_use]
    pub fn place(&self, part: Range<usize>) -> Span {
        let start = self.offset(part.start);
        // The last byte's place and one more: what follows it may stand on another line.
        let end = if part.end > part.start { self.offset(part.end - 1) + 1 } else { start };
        let inside = |at: u32| at.clamp(self.span.start, self.span.end.max(self.span.start));
        Span { start: inside(start), end: inside(end.max(start)), ..self.span }
    }

    fn offset(&self, at: usize) -> u32 {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let run = self.runs.partition_point(|(from, _)| *from <= at).checked_sub(1);
        let (from, there) = run.and_then(|run| self.runs.get(run)).copied().unwrap_or((0, self.span.start));
        there.saturating_add(at - from)
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Written {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceId;

    #[test]
    fn a_part_of_a_block_is_found_behind_its_indentation() {
        // `|` at 5, then two lines indented by four, at 11 and at 20.
        let span = Span { source: SourceId(0), start: 5, end: 24 };
        let written = Written::new("sum(\nup)\n", span, [(0, 11), (5, 20)]);
        let place = |range| {
            let span = written.place(range);
            (span.start, span.end)
        };
        assert_eq!(place(0..3), (11, 14));
        assert_eq!(place(5..7), (20, 22));
        assert_eq!(place(2..7), (13, 22));
        assert_eq!(place(400..500), (24, 24));
    }
}
