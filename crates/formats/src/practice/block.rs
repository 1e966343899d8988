//! The fenced SQL of a practice, and the page without it.

use std::ops::Range;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_model::document::BlockDocument;

use crate::procedure::Block;

/// Fenced `sql` with a word behind it. Other blocks are examples for people.
pub(super) fn blocks(blocks: &[Block]) -> Vec<BlockDocument> {
    blocks.iter().filter_map(block).collect()
}

fn block(block: &Block) -> Option<BlockDocument> {
    let range = word(&block.info.value)?;
    let at = |offset: usize| block.info.span.start + u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span { start: at(range.start), end: at(range.end), ..block.info.span };
    let sort = Spanned::new(Box::from(block.info.value.get(range)?), span);
    Some(BlockDocument { sort, sql: block.written(), closed: block.closed })
}

/// What stands behind `sql`, as a range of the line.
fn word(info: &str) -> Option<Range<usize>> {
    let rest = info.strip_prefix("sql").filter(|rest| rest.starts_with(char::is_whitespace))?;
    let word = rest.trim();
    let start = info.len() - rest.trim_start().len();
    (!word.is_empty()).then(|| start..start + word.len())
}

/// The page below its front matter, without these blocks.
pub(super) fn prose(text: &str, begin: usize, blocks: &[Block]) -> Box<str> {
    let mut pieces = Vec::new();
    let mut at = begin;
    for block in blocks.iter().filter(|block| word(&block.info.value).is_some()) {
        pieces.push(text.get(at..block.range.start).unwrap_or("").trim());
        at = block.range.end.max(at);
    }
    pieces.push(text.get(at..).unwrap_or("").trim());
    pieces.retain(|piece| !piece.is_empty());
    format!("{}\n", pieces.join("\n\n")).into()
}
