//! Quoted text that goes on further left than YAML allows.
//!
//! Go's parser, and with it Prometheus and Alertmanager, takes the second line of a quoted text wherever it begins; ours
//! follows the letter and stops there. So such lines are moved to the right in a copy, which changes nothing of what
//! the text says, and every place is told in the file as it is.

use std::borrow::Cow;

use evenkeel_diagnostic::SourceId;

use super::steps::{Kind, Step, Stop, offset, strict};

/// Each line that is moved costs one more reading, so that no more than this is read.
const BYTES_READ_MAX: usize = 16 << 20;
/// By how much a line is moved at a time.
const BLANKS: &str = "                                ";

/// Reads a text that stopped at the line whose text begins at `at`; `None` when moving lines does not help.
pub(super) fn steps(source: SourceId, text: &str, at: usize) -> Option<Vec<Step<'static>>> {
    let mut moved = Moved { text: text.to_owned(), places: Vec::new() };
    let mut next = at;
    for _ in 0..BYTES_READ_MAX / text.len().max(1) {
        moved.indent(next)?;
        match strict(source, &moved.text) {
            Ok(steps) => return Some(steps.into_iter().map(|step| moved.in_file(step)).collect()),
            Err(Stop { too_far_left, .. }) => next = too_far_left?,
        }
    }
    None
}

/// A copy with some lines moved to the right.
struct Moved {
    text: String,
    /// Where blanks were put in, in the copy, rising.
    places: Vec<usize>,
}

impl Moved {
    /// Moves a line; places only rise, since whatever lies before was read.
    fn indent(&mut self, at: usize) -> Option<()> {
        if !self.text.is_char_boundary(at) || self.places.last().is_some_and(|last| *last > at) {
            return None;
        }
        self.text.insert_str(at, BLANKS);
        self.places.push(at);
        Some(())
    }

    fn in_file(&self, step: Step<'_>) -> Step<'static> {
        let kind = match step.kind {
            Kind::Text(text) => Kind::Text(Cow::Owned(text.into_owned())),
            Kind::Plain(text) => Kind::Plain(Cow::Owned(text.into_owned())),
            Kind::Seq => Kind::Seq,
            Kind::SeqEnd => Kind::SeqEnd,
            Kind::Map => Kind::Map,
            Kind::MapEnd => Kind::MapEnd,
            Kind::Alias => Kind::Alias,
            Kind::End => Kind::End,
        };
        Step { kind, start: self.place(step.start), end: self.place(step.end), anchor: step.anchor }
    }

    /// The place in the file of a place in the copy.
    fn place(&self, at: u32) -> u32 {
        let before = self.places.partition_point(|place| offset(*place) < at);
        at.saturating_sub(offset(before * BLANKS.len()))
    }
}
