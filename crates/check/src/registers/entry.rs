//! An entry of a register, as written and as resolved.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Span;
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{Declared, FieldDocument, Name, RegisterDocument};
use evenkeel_model::{Catalogue, RegisterEntry, RegisterKind, Workload, quoted};
use evenkeel_time::Timestamp;

use crate::Repo;

/// What an organisation lives from.
const TIER: u8 = 1;

/// One entry. What is written says whether something was said at all: a name that is not there was reported, and is not
/// among the resolved values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) written: &'a Declared<RegisterDocument>,
    pub(super) resolved: &'a RegisterEntry,
}

/// The entries of a register, by place. Of two with one name, which was reported, the first is among them.
pub(super) fn entries<'a>(repo: &Repo<'a>, kind: RegisterKind) -> Vec<Entry<'a>> {
    let (documents, catalogue) = (repo.documents, repo.catalogue);
    let mut seen = BTreeSet::new();
    let of_kind = documents.registers.iter().filter(|written| written.spec.kind == kind);
    let first = of_kind.filter(|written| seen.insert(&*written.name.value));
    first
        .filter_map(|written| Some(Entry { written, resolved: catalogue.register(kind, &written.name.value)? }))
        .collect()
}

/// The entries of which a day is over, with its end and where it is written.
pub(super) fn past<'a>(
    repo: &Repo<'a>,
    kind: RegisterKind,
    field: &'static str,
) -> impl Iterator<Item = (Entry<'a>, Timestamp, Span)> {
    let at = repo.at;
    entries(repo, kind).into_iter().filter_map(move |entry| {
        let end = entry.resolved.at(field).filter(|end| *end <= at)?;
        Some((entry, end, entry.place(field)))
    })
}

impl<'a> Entry<'a> {
    /// As a message calls it: the risk `one-zone`.
    pub(super) fn called(&self) -> String {
        format!("the {} {}", self.resolved.kind.word(), quoted(&self.resolved.name))
    }

    /// Where the value of a field is written, else where the entry is declared.
    pub(super) fn place(&self, field: &str) -> Span {
        self.written.spec.place(field).unwrap_or(self.written.name.span)
    }

    /// Whether somebody wrote any of the fields.
    pub(super) fn says(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.written.spec.fields.contains_key(field))
    }

    /// The names that somebody wrote into a field, there or not.
    pub(super) fn names(&self, field: &str) -> &'a [Name] {
        match self.written.spec.fields.get(field) {
            Some(FieldDocument::Names(_, names)) => names,
            Some(FieldDocument::Name(_, name)) => std::slice::from_ref(name),
            Some(
                FieldDocument::Text(_)
                | FieldDocument::Whole(_)
                | FieldDocument::Flag(_)
                | FieldDocument::At(_)
                | FieldDocument::Lasts(_)
                | FieldDocument::Texts(_),
            )
            | None => &[],
        }
    }
}

/// The workloads that the organisation lives from, by name, each with where it is declared; of those whose tier nobody
/// wrote none.
pub(super) fn vital<'a>(repo: &Repo<'a>) -> impl Iterator<Item = (&'a Workload, Span)> {
    let catalogue = repo.catalogue;
    let workloads = catalogue.workloads.values().filter(|workload| is_vital(catalogue, workload));
    workloads.filter_map(|workload| Some((workload, repo.place(&DocumentRef::Workload(workload.name.clone()))?)))
}

/// Whether the organisation lives from a workload, and says so.
pub(super) fn is_vital(catalogue: &Catalogue, workload: &Workload) -> bool {
    workload.tier == TIER && !catalogue.origin.untiered.contains(&workload.name)
}
