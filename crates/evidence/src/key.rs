//! What makes a row the same row from one version to the next.

use std::sync::Arc;

use crate::value::Value;

/// Identifies a row within its table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    /// The record that made it.
    Record(u64),
    /// Records that made the two things it ties.
    Pair(u64, u64),
    /// The record that made the one thing, and a word.
    Word(u64, &'static str),
    /// The document's id.
    Document(Arc<str>),
    /// A document by kind and name, or a finding by code and path.
    Named(Arc<str>, Option<Arc<str>>),
    /// A value of a list: the id of its owner, the field, the value.
    Link(Arc<str>, Arc<str>, Arc<str>),
}

/// How a table's rows are identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// By column `record`.
    Record,
    /// By an id column whose number is a record's: `incident:17`.
    Id(&'static str),
    /// By these columns together.
    Columns(&'static [&'static str]),
}

impl Identity {
    /// How rows of a table are identified.
    pub(crate) fn of(table: &str) -> Self {
        match table {
            "starts" | "plans" | "plan_refusals" => Self::Record,
            "incident_alerts" => Self::Columns(&["incident", "alert"]),
            "incident_roles" => Self::Columns(&["incident", "role"]),
            "problem_incidents" => Self::Columns(&["problem", "incident"]),
            "owners" => Self::Columns(&["kind", "name"]),
            "findings" => Self::Columns(&["code", "path"]),
            "links" => Self::Columns(&["owner_id", "field", "value"]),
            _ => Self::Id("id"),
        }
    }

    /// The columns and values to look a row up by.
    pub(crate) fn lookup(self, table: &str, key: &Key) -> Vec<(&'static str, Value)> {
        match self {
            Self::Record => vec![("record", record(key))],
            Self::Id(column) => vec![(column, id(table, key))],
            Self::Columns(columns) => columns.iter().copied().zip(parts(table, key)).collect(),
        }
    }
}

fn record(key: &Key) -> Value {
    match key {
        Key::Record(seq) => Value::Whole(i64::try_from(*seq).unwrap_or(i64::MAX)),
        Key::Pair(..) | Key::Word(..) | Key::Document(_) | Key::Named(..) | Key::Link(..) => Value::Null,
    }
}

fn id(table: &str, key: &Key) -> Value {
    match key {
        Key::Record(seq) => Value::from(entity(table, *seq).as_str()),
        Key::Document(id) => Value::from(id),
        Key::Pair(..) | Key::Word(..) | Key::Named(..) | Key::Link(..) => Value::Null,
    }
}

fn parts(table: &str, key: &Key) -> Vec<Value> {
    let (one, two) = match table {
        "problem_incidents" => ("problem", "incident"),
        _ => ("incident", "alert"),
    };
    match key {
        Key::Pair(first, second) => {
            vec![Value::from(format!("{one}:{first}").as_str()), Value::from(format!("{two}:{second}").as_str())]
        }
        Key::Word(first, word) => vec![Value::from(format!("{one}:{first}").as_str()), Value::from(*word)],
        Key::Named(first, second) => vec![Value::from(first), Value::from(second.as_ref())],
        Key::Link(owner, field, value) => vec![Value::from(owner), Value::from(field), Value::from(value)],
        Key::Record(_) | Key::Document(_) => Vec::new(),
    }
}

/// The id of what a record made, by the table it is in.
pub(crate) fn entity(table: &str, seq: u64) -> String {
    let kind = match table {
        "alerts" => "alert",
        "silences" => "silence",
        "notices" => "notice",
        "incidents" => "incident",
        "acknowledgements" => "ack",
        "escalations" => "escalation",
        "pages" => "page",
        "updates" => "update",
        "problems" => "problem",
        "overrides" => "override",
        "tokens" => "token",
        "attestations" => "attestation",
        "improvements" => "improvement",
        "milestones" => "milestone",
        _ => "fact",
    };
    format!("{kind}:{seq}")
}
