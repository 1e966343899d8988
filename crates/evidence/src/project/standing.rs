//! What most records need to know of what stands: the plan, who owns which workload, who is declared, what is found.
//!
//! All of it is in the tables too, and is read from there when the store is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::Trouble;
use crate::rows::Rows;
use crate::value::Value;

/// A document by kind and name.
pub(super) type Document = (Arc<str>, Arc<str>);

#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The record that adopted the plan in force.
    pub(super) plan: Option<u64>,
    /// The team that owns a workload.
    pub(super) teams: BTreeMap<Arc<str>, Arc<str>>,
    /// Teams and people that are declared.
    pub(super) declared: BTreeSet<Document>,
    /// Documents by their owner, by kind (`Team` or `Person`) and name.
    pub(super) owned: BTreeMap<Document, BTreeSet<Document>>,
    /// Findings by code and path.
    pub(super) findings: BTreeSet<(Arc<str>, Option<Arc<str>>)>,
    /// The last acknowledgement of an incident that is not over, as far as it was seen since the store was opened.
    pub(super) acknowledged: BTreeMap<u64, u64>,
}

impl Standing {
    pub(crate) fn load(rows: &mut Rows) -> Result<Self, Trouble> {
        let mut standing = Self::default();
        for row in rows.all("plans", &[("replaced_at", Value::Null)])? {
            standing.plan = row.get("record").whole().and_then(|record| u64::try_from(record).ok());
        }
        for row in rows.all("workloads", &[])? {
            if let (Some(name), Some(team)) = (row.get("name").text(), row.get("team").text()) {
                standing.teams.insert(Arc::clone(name), Arc::clone(team));
            }
        }
        for row in rows.all("catalogue", &[])? {
            if let (Some(kind), Some(name)) = (row.get("kind").text(), row.get("name").text())
                && ["Team", "Person"].contains(&kind.as_ref())
            {
                standing.declared.insert((Arc::clone(kind), Arc::clone(name)));
            }
        }
        for row in rows.all("owners", &[])? {
            let text = |column: &str| row.get(column).text().cloned();
            if let (Some(kind), Some(name), Some(owner_kind), Some(owner)) =
                (text("kind"), text("name"), text("owner_kind"), text("owner_name"))
            {
                let owner = (document_kind(&owner_kind), owner);
                standing.owned.entry(owner).or_default().insert((kind, name));
            }
        }
        for row in rows.all("findings", &[])? {
            if let Some(code) = row.get("code").text() {
                standing.findings.insert((Arc::clone(code), row.get("path").text().cloned()));
            }
        }
        Ok(standing)
    }

    /// The team that owns a workload.
    pub(super) fn team(&self, workload: Option<&str>) -> Value {
        Value::from(workload.and_then(|name| self.teams.get(name)))
    }
}

/// The kind of document that an owner's kind is.
pub(super) fn document_kind(owner_kind: &str) -> Arc<str> {
    match owner_kind {
        "team" => "Team".into(),
        "person" => "Person".into(),
        other => other.into(),
    }
}
