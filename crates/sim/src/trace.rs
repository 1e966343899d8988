//! The last events of a run, kept cheaply for when it fails.

use std::collections::VecDeque;
use std::fmt;

use evenkeel_time::Timestamp;

/// So many are kept.
const KEPT: usize = 20;

/// The last events.
#[derive(Debug, Clone, Default)]
pub struct Trace(VecDeque<(Timestamp, &'static str, i64)>);

impl Trace {
    pub(crate) fn push(&mut self, at: Timestamp, what: &'static str, number: i64) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back((at, what, number));
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(at, what, number)| writeln!(f, "  {at} {what} {number}"))
    }
}
