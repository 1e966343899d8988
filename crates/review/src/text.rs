//! A review on a terminal: what matters first at the top, what to do next at the end.

mod drill;
mod every;
mod first;
mod foot;
mod pen;
mod questions;
mod table;

use std::fmt::Write as _;

use crate::Report;
use crate::mark::tally_words;
use crate::printable::line;
use crate::summary::Summary;
pub(crate) use pen::{Pen, Tone};

/// How a review is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Everything, also what is well and what is alike.
    pub all: bool,
    /// So many columns. Below 40 it is as with 40.
    pub width: usize,
    /// Somebody looks at it now: say what to type next.
    pub person: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, all: false, width: 100, person: false }
    }
}

impl Report<'_> {
    /// The review for a person at a terminal.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let mut pen = Pen::new(style);
        self.head(&mut pen);
        if self.review.counts.total() + self.review.further.total() > 0 {
            first::draw(self, &mut pen);
            questions::draw(self, &mut pen);
            first::draw_practised(self, &mut pen);
        }
        if style.all {
            every::draw(self, &mut pen);
        }
        foot::draw(self, &mut pen);
        pen.done()
    }

    /// One practice, subject by subject, with the facts; for a review that [`crate::practice`] made. Others are shown
    /// one practice after the other.
    #[must_use]
    pub fn practice_text(&self, style: Style) -> String {
        let mut pen = Pen::new(style);
        for practice in &self.review.practices {
            drill::draw(self, practice, &mut pen);
        }
        foot::provenance(self, &mut pen);
        pen.done()
    }

    fn head(&self, pen: &mut Pen) {
        let summary = Summary::of(self.review);
        let title = pen.heading(&format!("{}, {}", line(&summary.title), summary.window));
        pen.raw(&format!("{title}\n"));
        pen.wrapped("", "", &format!("{}; {}", summary.practices, summary.subjects));
        if self.review.counts.total() + self.review.further.total() == 0 {
            summary.sentences.iter().for_each(|sentence| pen.wrapped("", "", sentence));
            return;
        }
        let mut verdicts = format!("verdicts: {}", tally_words(&self.review.counts));
        if self.review.practices.iter().any(|practice| practice.further) {
            let _ = write!(verdicts, "; further: {}", tally_words(&self.review.further));
        }
        pen.wrapped("", "  ", &verdicts);
    }
}
