//! The labels of a row, and the keys by which rows are grouped and matched.

use std::collections::HashMap;

use evenkeel_labels::{LabelSet, METRIC_NAME};
use foldhash::fast::FixedState;

/// Labels that say what a metric is; they go together with its name.
const METADATA: [&str; 3] = [METRIC_NAME, "__type__", "__unit__"];

/// Whether a label goes when a metric's name goes.
pub(crate) fn is_metadata(name: &str) -> bool {
    name.starts_with("__") && METADATA.contains(&name)
}

fn without_metadata(set: &LabelSet) -> LabelSet {
    let mut names = set.iter().map(|(name, _)| name);
    let first = names.next().unwrap_or_default();
    // The name comes first, and its kin right behind it, but for names that begin with capitals.
    if first == METRIC_NAME && names.next().is_none_or(|second| !second.starts_with("__")) {
        set.without_first()
    } else if first > METRIC_NAME && !first.starts_with("__") {
        set.clone()
    } else {
        set.only(|name| !is_metadata(name))
    }
}

/// The labels of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    /// With the metric's name, even when it is dropped.
    pub(crate) set: LabelSet,
    /// The name is dropped: at once, or at the end.
    pub(crate) drop_name: bool,
    /// A name that is dropped is seen until the end.
    pub(crate) delayed: bool,
}

impl Labels {
    pub(crate) const fn new(set: LabelSet, delayed: bool) -> Self {
        Self { set, drop_name: false, delayed }
    }

    pub(crate) fn without_name(&self) -> Self {
        Self { set: self.set.clone(), drop_name: true, delayed: self.delayed }
    }

    /// The same, and the name is dropped if it is said so.
    pub(crate) fn dropping(mut self, drop_name: bool) -> Self {
        self.drop_name |= drop_name;
        self
    }

    const fn hides_name(&self) -> bool {
        self.drop_name && !self.delayed
    }

    /// Names and values as operators see them, by name.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let hides = self.hides_name();
        self.set.iter().filter(move |(name, _)| !(hides && is_metadata(name)))
    }

    /// The value of a label as operators see it; empty: there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        if self.hides_name() && is_metadata(name) { "" } else { self.set.get(name) }
    }

    /// As operators see them.
    pub(crate) fn seen(&self) -> LabelSet {
        if self.hides_name() { without_metadata(&self.set) } else { self.set.clone() }
    }

    /// As they are in the end.
    pub(crate) fn shown(&self) -> LabelSet {
        if self.drop_name { without_metadata(&self.set) } else { self.set.clone() }
    }

    /// Others instead, with a name or without.
    pub(crate) fn with(&self, set: LabelSet, drop_name: bool) -> Self {
        Self { set, drop_name, delayed: self.delayed }
    }
}

/// Which labels make the key of a row.
#[derive(Debug, Clone)]
pub(crate) struct KeyLabels {
    /// Those alone, rather than all but those.
    pub(crate) keep: bool,
    /// Sorted, each once.
    names: Vec<Box<str>>,
}

impl KeyLabels {
    /// These labels alone.
    pub(crate) fn only<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { keep: true, names: sorted(names) }
    }

    /// All labels but these, and without the metric's name and what goes with it.
    pub(crate) fn without<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { keep: false, names: sorted(names.into_iter().chain(METADATA)) }
    }

    /// Whether a label is part of the key.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| **known == *name) == self.keep
    }

    /// The encoded text of the key, appended.
    pub(crate) fn encode(&self, labels: &Labels, text: &mut String) {
        let Some(last) = self.names.last() else { return };
        // Labels come sorted, so that nothing is looked for behind the last.
        let pairs = labels.pairs().take_while(|(name, _)| !self.keep || **name <= **last);
        LabelSet::encode_sorted(pairs.filter(|(name, _)| self.has(name)), text);
    }
}

fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Box<str>> {
    let mut names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Numbers texts in the order in which they come, each once.
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    places: HashMap<Box<str>, usize, FixedState>,
    scratch: String,
}

impl Numbered {
    /// The number of the text that `write` writes, and whether it is new.
    pub(crate) fn number(&mut self, write: impl FnOnce(&mut String)) -> (usize, bool) {
        self.scratch.clear();
        write(&mut self.scratch);
        if let Some(place) = self.places.get(&*self.scratch) {
            return (*place, false);
        }
        let place = self.places.len();
        self.places.insert(self.scratch.as_str().into(), place);
        (place, true)
    }

    /// The number of a text that was numbered.
    pub(crate) fn find(&mut self, write: impl FnOnce(&mut String)) -> Option<usize> {
        self.scratch.clear();
        write(&mut self.scratch);
        self.places.get(&*self.scratch).copied()
    }

    /// The text that was numbered or looked for last.
    pub(crate) fn text(&self) -> &str {
        &self.scratch
    }
}
