//! Reads facts from JSON objects and from `name=value` pairs.
//!
//! What is of the wrong sort is said once: such a field counts as said when the whole is held against its declaration.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_record::FactValue;
use evenkeel_time::Timestamp;
use serde_json::{Map, Value};

use crate::check::{check, unknown_field, unknown_kind, wrong_type};
use crate::{Envelope, FactFault, FactKind, IncomingFact, Sort, kind};

pub(crate) fn from_json(
    name: &str,
    source: &str,
    data: &Map<String, Value>,
    at: Option<Timestamp>,
) -> Result<IncomingFact, Vec<FactFault>> {
    let Some(kind) = kind(name) else { return Err(vec![unknown_kind(name)]) };
    Reader { faults: Vec::new(), seen: BTreeSet::new() }.read(kind, source, data, at)
}

pub(crate) fn from_pairs<'a>(
    name: &str,
    source: &str,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    at: Option<Timestamp>,
) -> Result<IncomingFact, Vec<FactFault>> {
    let Some(kind) = kind(name) else { return Err(vec![unknown_kind(name)]) };
    let mut reader = Reader { faults: Vec::new(), seen: BTreeSet::new() };
    let mut data = Map::new();
    for (name, written) in pairs {
        if data.insert(name.to_owned(), meant(kind, name, written)).is_some() {
            let message = format!("`{name}` is said twice");
            reader.faults.push(FactFault::new(name, "said-twice", message, "say it once; a list is `name=a,b`"));
        }
    }
    reader.read(kind, source, &data, at)
}

/// What a text on a command line stands for; where it stands for nothing of its sort, the text itself.
fn meant(kind: &FactKind, name: &str, written: &str) -> Value {
    let text = || Value::from(written);
    let number = || written.parse::<i64>().map_or_else(|_| text(), Value::from);
    let sort = if name == "at" { Some(Sort::Instant) } else { kind.field(name).map(|field| field.sort) };
    match sort {
        Some(Sort::Whole | Sort::Instant) => number(),
        Some(Sort::Flag) => written.parse::<bool>().map_or_else(|_| text(), Value::from),
        Some(Sort::List) if written.trim().is_empty() => Value::Array(Vec::new()),
        Some(Sort::List) => written.split(',').map(|item| Value::from(item.trim())).collect(),
        Some(Sort::Text | Sort::Word(_)) | None => text(),
    }
}

struct Reader {
    faults: Vec<FactFault>,
    /// What is there, though perhaps not as it should be.
    seen: BTreeSet<Box<str>>,
}

impl Reader {
    fn read(
        mut self,
        kind: &FactKind,
        source: &str,
        data: &Map<String, Value>,
        at: Option<Timestamp>,
    ) -> Result<IncomingFact, Vec<FactFault>> {
        let key = self.name(data, "key");
        if !data.contains_key("key") {
            self.unsaid("key", "add `key`: what makes it one thing among those of its kind");
        }
        let occurred_at = self.instant(data, "at").or(at);
        if occurred_at.is_none() && !data.contains_key("at") {
            self.unsaid("at", "add `at`: when it happened, such as `2026-01-02T03:04:05Z`");
        }
        let [workload, team, person] = Envelope::ALL.map(|part| self.name(data, part.as_str()).map(Arc::from));
        let fields = self.fields(kind, data);
        let fact = IncomingFact {
            kind: kind.name.into(),
            // What stands in for what is missing is never taken: there is a fault for it.
            key: key.unwrap_or("-").into(),
            source: source.into(),
            occurred_at: occurred_at.unwrap_or_default(),
            workload,
            team,
            person,
            fields,
        };
        let seen = &self.seen;
        let known = |fault: &FactFault| fault.code == "missing-field" && seen.contains(&fault.field);
        let further = check(&fact).err().unwrap_or_default().into_iter().filter(|fault| !known(fault));
        self.faults.extend(further);
        if self.faults.is_empty() { Ok(fact) } else { Err(self.faults) }
    }

    fn fields(&mut self, kind: &FactKind, data: &Map<String, Value>) -> BTreeMap<Box<str>, FactValue> {
        let mut fields = BTreeMap::new();
        for (name, said) in data.iter().filter(|(name, _)| !in_envelope(name)) {
            let Some(field) = kind.field(name) else {
                self.faults.push(unknown_field(kind, name));
                continue;
            };
            match value(field.sort, said) {
                Some(value) => {
                    fields.insert(name.as_str().into(), value);
                }
                None => self.wrong(name, field.sort),
            }
        }
        fields
    }

    fn name<'a>(&mut self, data: &'a Map<String, Value>, part: &str) -> Option<&'a str> {
        let said = data.get(part)?;
        if said.as_str().is_none() {
            self.wrong(part, Sort::Text);
        }
        said.as_str()
    }

    fn instant(&mut self, data: &Map<String, Value>, part: &str) -> Option<Timestamp> {
        let read = millis(data.get(part)?);
        if read.is_none() {
            self.wrong(part, Sort::Instant);
        }
        read.map(Timestamp)
    }

    fn wrong(&mut self, name: &str, sort: Sort) {
        self.faults.push(wrong_type(name, sort));
        self.seen.insert(name.into());
    }

    fn unsaid(&mut self, part: &str, remedy: &str) {
        self.faults.push(FactFault::new(part, "missing-field", format!("`{part}` is missing"), remedy));
    }
}

fn in_envelope(name: &str) -> bool {
    name == "key" || name == "at" || Envelope::ALL.iter().any(|part| part.as_str() == name)
}

fn value(sort: Sort, said: &Value) -> Option<FactValue> {
    match sort {
        Sort::Text | Sort::Word(_) => said.as_str().map(FactValue::text),
        Sort::Whole => said.as_i64().map(FactValue::Whole),
        Sort::Flag => said.as_bool().map(FactValue::Flag),
        Sort::List => {
            let items: Option<Vec<&str>> = said.as_array()?.iter().map(Value::as_str).collect();
            items.map(FactValue::list)
        }
        Sort::Instant => millis(said).map(FactValue::Whole),
    }
}

fn millis(said: &Value) -> Option<i64> {
    said.as_i64().or_else(|| said.as_str()?.parse::<Timestamp>().ok().map(|at| at.0))
}

#[cfg(test)]
mod tests;
