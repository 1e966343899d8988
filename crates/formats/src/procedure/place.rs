//! Byte offsets as places.

use std::ops::Range;

use evenkeel_diagnostic::{SourceId, Span};

/// The place of a range of bytes.
pub(super) fn place(source: SourceId, range: Range<usize>) -> Span {
    Span { source, start: offset(range.start), end: offset(range.end) }
}

/// An offset as a place has it; files are far smaller than what fits.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
