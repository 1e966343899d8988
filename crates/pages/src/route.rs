//! The table of pages.

use std::fmt;

use evenkeel_identity::Action;
use evenkeel_review::Report;

use crate::{Ask, Asked, Frame, Place, RecordsAsked, RecordsFound, Rows, Shown, overview};

/// How a page comes about.
#[derive(Clone, Copy)]
pub enum Show {
    /// From the state alone.
    State(fn(&Asked<'_>) -> Shown),
    /// From what the evidence answers to some questions, and the state; an answer for each question.
    Rows(fn(&Place) -> Vec<Ask>, fn(&Asked<'_>, &[Rows]) -> Shown),
    /// From records, and the state.
    Records(fn(&Place) -> RecordsAsked, fn(&Asked<'_>, &RecordsFound) -> Shown),
    /// From the present review. It is collected where the review lies, and the frame before that.
    Review(fn(&Asked<'_>) -> Frame, fn(Frame, &Place, &Report<'_>) -> Shown),
}

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct PageRoute {
    /// Its path, `{id}` standing for a segment.
    pub path: &'static str,
    /// What decides who may look.
    pub action: Action,
    /// How it comes about.
    pub show: Show,
}

/// Every page.
pub const PAGES: &[PageRoute] = &[state("/", overview::show)];

const fn state(path: &'static str, show: fn(&Asked<'_>) -> Shown) -> PageRoute {
    PageRoute { path, action: Action::Read, show: Show::State(show) }
}

impl fmt::Debug for Show {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::State(_) => "State",
            Self::Rows(..) => "Rows",
            Self::Records(..) => "Records",
            Self::Review(..) => "Review",
        })
    }
}
