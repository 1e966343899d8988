//! Who is on call, and why.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::OverrideId;
use evenkeel_time::Timestamp;

/// Who is on call, and why they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnCall {
    /// In the order of the turn; each once. Empty: nobody.
    pub people: Vec<Arc<str>>,
    /// Why.
    pub because: Because,
}

/// Why they are on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// It is their turn.
    Layer {
        /// The layer's name.
        name: Arc<str>,
        /// Which turn, from 1.
        turn: usize,
        /// How many there are.
        turns: usize,
    },
    /// The ops repo has an override.
    DocumentOverride {
        /// From.
        from: Timestamp,
        /// Until, not included.
        until: Timestamp,
    },
    /// An override was set.
    Override {
        /// Which.
        id: OverrideId,
    },
    /// No layer has anybody, and nobody takes over.
    Nobody,
}

impl OnCall {
    /// Nobody is.
    pub const NOBODY: Self = Self { people: Vec::new(), because: Because::Nobody };

    /// These, each once.
    pub(crate) fn of(people: &[Arc<str>], because: Because) -> Self {
        let mut each = Vec::with_capacity(people.len());
        add_each(&mut each, people);
        Self { people: each, because }
    }

    /// The same with others in the place of one of them.
    pub(crate) fn with_in_place_of(&self, replaced: &Arc<str>, people: &[Arc<str>], because: Because) -> Self {
        let mut each = Vec::with_capacity(self.people.len() + people.len());
        for person in &self.people {
            if person == replaced {
                add_each(&mut each, people);
            } else {
                add_each(&mut each, std::slice::from_ref(person));
            }
        }
        Self { people: each, because }
    }
}

fn add_each(each: &mut Vec<Arc<str>>, people: &[Arc<str>]) {
    for person in people {
        if !each.contains(person) {
            each.push(person.clone());
        }
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layer { name, turn, turns } => write!(f, "layer {name}, turn {turn} of {turns}"),
            Self::DocumentOverride { from, until } => write!(f, "override of the ops repo from {from} until {until}"),
            Self::Override { id } => id.fmt(f),
            Self::Nobody => f.write_str("nobody"),
        }
    }
}
