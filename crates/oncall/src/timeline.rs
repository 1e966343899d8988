//! A stretch of time on which shifts are laid over each other.

use std::collections::BTreeMap;

use evenkeel_time::Timestamp;

use crate::{OnCall, Span};

/// Who is on call between two instants.
///
/// INVARIANT: there is an entry at the beginning; each holds until the next one, the last until the end.
#[derive(Debug)]
pub(crate) struct Timeline {
    from: Timestamp,
    until: Timestamp,
    entries: BTreeMap<Timestamp, OnCall>,
}

impl Timeline {
    /// Nobody, all the time.
    pub(crate) fn new(from: Timestamp, until: Timestamp) -> Self {
        Self { from, until, entries: BTreeMap::from([(from, OnCall::NOBODY)]) }
    }

    /// Lays a shift over what is there.
    pub(crate) fn lay(&mut self, from: Timestamp, until: Timestamp, on_call: OnCall) {
        let (from, until) = (from.max(self.from), until.min(self.until));
        if until <= from {
            return;
        }
        self.cut(until);
        let covered: Vec<Timestamp> = self.entries.range(from..until).map(|(at, _)| *at).collect();
        for at in covered {
            self.entries.remove(&at);
        }
        self.entries.insert(from, on_call);
    }

    /// Changes what is there; `None` leaves it.
    pub(crate) fn change(&mut self, from: Timestamp, until: Timestamp, change: impl Fn(&OnCall) -> Option<OnCall>) {
        let (from, until) = (from.max(self.from), until.min(self.until));
        if until <= from {
            return;
        }
        self.cut(from);
        self.cut(until);
        for (_, entry) in self.entries.range_mut(from..until) {
            if let Some(changed) = change(entry) {
                *entry = changed;
            }
        }
    }

    /// Lets an entry begin there.
    fn cut(&mut self, at: Timestamp) {
        if at < self.until
            && let Some((begins, entry)) = self.entries.range(..=at).next_back()
            && *begins < at
        {
            let entry = entry.clone();
            self.entries.insert(at, entry);
        }
    }

    /// Adjoining spans from beginning to end, no two alike in a row.
    pub(crate) fn into_spans(self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::with_capacity(self.entries.len());
        for (from, on_call) in self.entries {
            match spans.last_mut() {
                Some(last) if last.on_call == on_call => {}
                Some(last) => {
                    last.until = from;
                    spans.push(Span { from, until: self.until, on_call });
                }
                None => spans.push(Span { from, until: self.until, on_call }),
            }
        }
        spans
    }
}
