//! A fact as it comes in.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_record::FactValue;
use evenkeel_time::Timestamp;
use serde_json::{Map, Value};

use crate::{FactFault, read};

/// A fact as it comes in: the envelope, and what its kind says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingFact {
    /// The kind's name.
    pub kind: Arc<str>,
    /// What makes it one thing among those of its kind. Told again with the same key, it is the same thing.
    pub key: Box<str>,
    /// Who tells it. Given by whoever takes it in, and never by what is told.
    pub source: Arc<str>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The workload it is about.
    pub workload: Option<Arc<str>>,
    /// The team it is about.
    pub team: Option<Arc<str>>,
    /// The person it is about.
    pub person: Option<Arc<str>>,
    /// What its kind says of it.
    pub fields: BTreeMap<Box<str>, FactValue>,
}

impl IncomingFact {
    /// Reads a fact from a JSON object that holds envelope and fields side by side, such as the `data` of a CloudEvent.
    /// `at` is when it happened, if the object does not say.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_json(
        kind: &str,
        source: &str,
        data: &Map<String, Value>,
        at: Option<Timestamp>,
    ) -> Result<Self, Vec<FactFault>> {
        read::from_json(kind, source, data, at)
    }

    /// Reads a fact from `name=value` pairs as they are written on a command line. Lists are separated by commas.
    /// `at` is when it happened, if no pair says.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_pairs<'a>(
        kind: &str,
        source: &str,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        at: Option<Timestamp>,
    ) -> Result<Self, Vec<FactFault>> {
        read::from_pairs(kind, source, pairs, at)
    }
}
