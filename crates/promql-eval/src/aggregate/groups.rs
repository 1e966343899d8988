//! Groups of rows by their labels.

use evenkeel_labels::LabelSet;
use evenkeel_promql::Aggregate;

use crate::labels::{KeyLabels, Labels, Numbered};
use crate::sink::Done;

/// Groups in the order in which they came up, each with its state.
pub(super) struct Groups<S> {
    key: KeyLabels,
    numbered: Numbered,
    states: Vec<(Labels, S)>,
}

/// The labels that make a group.
pub(super) fn key_of(aggregate: &Aggregate) -> KeyLabels {
    let Some(grouping) = &aggregate.grouping else { return KeyLabels::only([]) };
    let labels = grouping.labels.iter().map(|label| &*label.value);
    if grouping.without { KeyLabels::without(labels) } else { KeyLabels::only(labels) }
}

impl<S> Groups<S> {
    pub(super) fn of(aggregate: &Aggregate) -> Self {
        Self { key: key_of(aggregate), numbered: Numbered::default(), states: Vec::new() }
    }

    /// The state of the group that a row belongs to.
    pub(super) fn state(&mut self, labels: &Labels, start: impl FnOnce() -> S) -> &mut S {
        let place = self.place(labels, start);
        #[expect(clippy::indexing_slicing, reason = "the place was given out right before")]
        let (known, state) = &mut self.states[place];
        // With names that are dropped at the end, one row whose name goes is enough.
        known.drop_name |= labels.drop_name;
        state
    }

    /// The place of the group that a row belongs to.
    fn place(&mut self, labels: &Labels, start: impl FnOnce() -> S) -> usize {
        let key = &self.key;
        let (place, new) = self.numbered.number(|text| key.encode(labels, text));
        if new {
            let set = LabelSet::from_encoded(self.numbered.text()).unwrap_or_default();
            self.states.push((labels.with(set, labels.drop_name), start()));
        }
        place
    }

    /// How many.
    pub(super) const fn len(&self) -> usize {
        self.states.len()
    }

    /// Takes over the groups of another.
    pub(super) fn join(&mut self, other: Self)
    where
        S: super::Accumulator,
    {
        for (labels, state) in other.states {
            let (place, new) = self.numbered.number(|text| text.push_str(labels.set.encoded()));
            if new {
                self.states.push((labels, state));
            } else if let Some((known, into)) = self.states.get_mut(place) {
                known.drop_name |= labels.drop_name;
                into.join(state);
            }
        }
    }

    /// Hands out every group.
    pub(super) fn finish(self, mut take: impl FnMut(Labels, S) -> Done) -> Done {
        self.states.into_iter().try_for_each(|(labels, state)| take(labels, state))
    }
}
