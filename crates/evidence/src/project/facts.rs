//! Facts that were told.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_evidence_sql::{Sort, table_of_facts};
use evenkeel_record::{FactReported, FactValue};

use super::Cx;
use crate::error::Trouble;
use crate::key::{Key, entity};
use crate::rows::Row;
use crate::value::Value;

impl Cx<'_> {
    /// A fact that says otherwise than one before is a new version of the same row.
    pub(super) fn fact_reported(&mut self, body: &FactReported) -> Result<(), Trouble> {
        // A kind that this program does not know has no table; what it says is in the journal.
        let Some(table) = table_of_facts(&body.kind) else {
            return Ok(());
        };
        let table = table.name;
        let entity_seq = body.supersedes.map_or(self.seq, |first| first.seq().0);
        let id: Arc<str> = entity(table, entity_seq).into();
        let key = Key::Record(entity_seq);
        let before = match body.supersedes {
            Some(_) => self.rows.read(table, &key, |row| row.get("record").whole())?.flatten(),
            None => None,
        };
        let record = before.unwrap_or(self.number());
        let team = match &body.team {
            Some(team) => Value::from(team),
            None => self.standing.team(body.workload.as_deref()),
        };
        let (seq, now, origin) = (self.number(), self.now(), self.origin);
        let fill = |row: &mut Row| {
            row.set("id", &id);
            row.set("record", record);
            row.set("origin", origin.as_str());
            row.set("key", &*body.key);
            row.set("source", &body.source);
            row.set("at", body.occurred_at.0);
            row.set("recorded_at", now);
            row.set("workload", body.workload.as_ref());
            row.set("team", team.clone());
            row.set("person", body.person.as_ref());
            row.say(&body.fields, HEAD);
        };
        match before {
            Some(_) => {
                self.rows.patch(seq, table, key, fill)?;
            }
            None => self.insert(table, key, fill),
        }
        let lists = lists(&body.fields);
        if body.supersedes.is_some() || !lists.is_empty() {
            self.link(&id, lists, body.supersedes.is_none())?;
        }
        Ok(())
    }
}

/// How many columns every fact has before its own.
const HEAD: usize = 10;

impl Row {
    /// Fills in what is said, by the names of the columns behind the first ones. What is not said, or is of another
    /// sort, is unknown.
    pub(crate) fn say(&mut self, said: &BTreeMap<Box<str>, FactValue>, behind: usize) {
        let columns = self.columns();
        for column in columns.iter().skip(behind) {
            let value = match (said.get(column.name), column.sort) {
                (Some(FactValue::Text(text)), Sort::Text) => Value::from(&**text),
                (Some(FactValue::Whole(number)), Sort::Whole) => Value::Whole(*number),
                (Some(FactValue::Flag(flag)), Sort::Whole) => Value::from(*flag),
                (Some(FactValue::List(list)), Sort::Whole) => Value::from(list.len()),
                (Some(FactValue::Text(_) | FactValue::Whole(_) | FactValue::Flag(_) | FactValue::List(_)), _)
                | (None, _) => Value::Null,
            };
            self.set(column.name, value);
        }
    }
}

/// The lists among what is said.
pub(super) fn lists(said: &BTreeMap<Box<str>, FactValue>) -> Vec<(&str, &[Box<str>])> {
    said.iter()
        .filter_map(|(field, value)| match value {
            FactValue::List(values) => Some((&**field, values.as_slice())),
            FactValue::Text(_) | FactValue::Whole(_) | FactValue::Flag(_) => None,
        })
        .collect()
}
