//! What a delivery tells: facts, or a word why there is none.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_fact::{IncomingFact, KEY_BYTES_MAX, LIST_ITEMS_MAX};
use evenkeel_record::FactValue;
use evenkeel_time::Timestamp;
use sha2::{Digest, Sha256};

/// What a delivery tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Facts.
    Facts(Vec<ToldFact>),
    /// Nothing that is kept, and why, in words for whoever looks at the forge's list of deliveries.
    Nothing(String),
}

/// A fact that a forge tells.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldFact {
    /// The fact.
    pub fact: IncomingFact,
    /// Whether it only hints at what another event tells in full: where its key is known already it is dropped.
    pub hint: bool,
}

impl Told {
    pub(crate) fn nothing(why: impl Into<String>) -> Self {
        Self::Nothing(why.into())
    }

    pub(crate) fn one(draft: Draft) -> Self {
        Self::Facts(vec![draft.full()])
    }
}

/// Where a delivery comes from, and what it is about.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    /// The source of events.
    pub(crate) source: &'a Arc<str>,
    /// As the forge spells it: `acme/shop`.
    pub(crate) repository: &'a str,
    /// The workload that is built from it.
    pub(crate) workload: Option<&'a Arc<str>>,
    /// When the delivery came in, for events that say no time.
    pub(crate) now: Timestamp,
}

/// A fact that is being put together.
#[derive(Debug, Clone)]
pub(crate) struct Draft(IncomingFact);

impl Place<'_> {
    /// A fact of that kind; `key` is what the forge calls the thing within the repository.
    pub(crate) fn fact(&self, kind: &'static str, key: &str, at: Option<Timestamp>) -> Draft {
        Draft(IncomingFact {
            kind: kind.into(),
            key: self.key(key).into(),
            source: self.source.clone(),
            // What a clock elsewhere says of the future did not happen yet.
            occurred_at: at.unwrap_or(self.now).min(self.now),
            workload: self.workload.cloned(),
            team: None,
            person: None,
            fields: BTreeMap::new(),
        })
    }

    /// A name that is longer than keys may be gives way to its hash.
    fn key(&self, within: &str) -> String {
        let key = format!("{}{within}", self.repository);
        if key.len() <= KEY_BYTES_MAX {
            return key;
        }
        let hash: String = Sha256::digest(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256:{hash}")
    }

    /// The same, of a kind that says its repository.
    pub(crate) fn of_repository(&self, kind: &'static str, key: &str, at: Option<Timestamp>) -> Draft {
        self.fact(kind, key, at).text("repository", Some(self.repository))
    }
}

impl Draft {
    pub(crate) fn text(self, field: &'static str, value: Option<&str>) -> Self {
        self.with(field, value.map(FactValue::text))
    }

    pub(crate) fn whole(self, field: &'static str, value: Option<i64>) -> Self {
        self.with(field, value.map(FactValue::Whole))
    }

    pub(crate) fn flag(self, field: &'static str, value: Option<bool>) -> Self {
        self.with(field, value.map(FactValue::Flag))
    }

    pub(crate) fn list(self, field: &'static str, values: &[String]) -> Self {
        self.with(field, (!values.is_empty()).then(|| FactValue::list(values.iter().take(LIST_ITEMS_MAX))))
    }

    pub(crate) fn full(self) -> ToldFact {
        ToldFact { fact: self.0, hint: false }
    }

    pub(crate) fn hint(self) -> ToldFact {
        ToldFact { fact: self.0, hint: true }
    }

    fn with(mut self, field: &'static str, value: Option<FactValue>) -> Self {
        if let Some(value) = value {
            self.0.fields.insert(field.into(), value);
        }
        self
    }
}
