//! Which series of the head have which label.

use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;

/// Numbers of series, ascending.
#[derive(Debug)]
enum Places {
    One(u32),
    Many(Vec<u32>),
}

impl Places {
    fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    fn insert(&mut self, id: u32) {
        match self {
            Self::One(one) => {
                let (a, b) = (id.min(*one), id.max(*one));
                *self = Self::Many(vec![a, b]);
            }
            // New series mostly have the greatest number.
            Self::Many(many) if many.last().is_none_or(|last| *last < id) => many.push(id),
            Self::Many(many) => {
                let at = many.partition_point(|known| *known < id);
                many.insert(at, id);
            }
        }
    }
}

/// Which series have which label.
#[derive(Debug, Default)]
pub(crate) struct Postings(BTreeMap<Box<str>, BTreeMap<Box<str>, Places>>);

impl Postings {
    pub(crate) fn insert(&mut self, id: u32, labels: &LabelSet) {
        for (name, value) in labels.iter() {
            if !self.0.contains_key(name) {
                self.0.insert(name.into(), BTreeMap::new());
            }
            let Some(values) = self.0.get_mut(name) else { continue };
            match values.get_mut(value) {
                Some(places) => places.insert(id),
                None => {
                    values.insert(value.into(), Places::One(id));
                }
            }
        }
    }

    /// Removes series, all at once, since it looks at everything.
    pub(crate) fn remove(&mut self, gone: impl Fn(u32) -> bool) {
        self.0.retain(|_, values| {
            values.retain(|_, places| match places {
                Places::One(one) => !gone(*one),
                Places::Many(many) => {
                    many.retain(|id| !gone(*id));
                    many.shrink_to_fit();
                    !many.is_empty()
                }
            });
            !values.is_empty()
        });
    }

    /// The series that have this label.
    pub(crate) fn of(&self, name: &str, value: &str) -> &[u32] {
        self.0.get(name).and_then(|values| values.get(value)).map_or(&[], Places::as_slice)
    }

    /// The values of a label and their series, from a value on, by value.
    pub(crate) fn values<'a>(&'a self, name: &str, from: &str) -> impl Iterator<Item = (&'a str, &'a [u32])> {
        use std::ops::Bound::{Included, Unbounded};
        let values = self.0.get(name);
        let range = values.map(|values| values.range::<str, _>((Included(from), Unbounded)));
        range.into_iter().flatten().map(|(value, places)| (value.as_ref(), places.as_slice()))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }

    /// How many values a label has.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.0.get(name).map_or(0, BTreeMap::len)
    }

    /// How many labels there are, each name with each value.
    pub(crate) fn pairs(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }
}
