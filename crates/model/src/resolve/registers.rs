//! Entries of registers, and event sources: every name in them is looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::Spanned;

use super::names::Names;
use super::naming::{Distinct, Table};
use crate::document::{Declared, EventSourceDocument, FieldDocument, Name, Referred, RegisterDocument};
use crate::{EventSource, Procedure, RegisterEntry, RegisterKind, RegisterValue, codes, quoted};

/// Entries by register and name.
pub(super) type Entries = BTreeMap<(RegisterKind, Arc<str>), RegisterEntry>;

/// The names that only registers refer to.
struct Known {
    entries: BTreeMap<RegisterKind, Table<()>>,
    procedures: Table<()>,
}

/// Resolves the entries of all registers; of two with one name in a register the first stays.
pub(super) fn registers(
    documents: Vec<Declared<RegisterDocument>>,
    procedures: &BTreeMap<Arc<str>, Procedure>,
    names: &mut Names<'_>,
) -> Entries {
    let mut known = Known::of(procedures, names);
    let mut first = Vec::with_capacity(documents.len());
    for document in documents {
        let Some(table) = known.entries.get_mut(&document.spec.kind) else { continue };
        if table.declare(document.shared_name(), (), names.diags) {
            first.push(document);
        }
    }
    let entries = first.into_iter().map(|document| entry(document, &mut known, names));
    entries.map(|entry| ((entry.kind, Arc::clone(&entry.name)), entry)).collect()
}

impl Known {
    fn of(procedures: &BTreeMap<Arc<str>, Procedure>, names: &Names<'_>) -> Self {
        let table = |word| {
            let mut table = Table::new(word, codes::UNKNOWN_ENTRY, codes::DUPLICATE_NAME);
            table.incomplete = names.people.incomplete;
            table
        };
        let entries = RegisterKind::ALL.iter().map(|kind| (*kind, table(kind.word()))).collect();
        let mut known = Self { entries, procedures: table("procedure") };
        for name in procedures.keys() {
            // They differ already, so nothing is said and the place is never shown.
            known.procedures.declare(Spanned::new(Arc::clone(name), super::NOWHERE), (), &mut Vec::new());
        }
        known
    }

    fn look_up(&mut self, among: Referred, name: &Name, names: &mut Names<'_>) -> Option<Arc<str>> {
        match among {
            Referred::Person => names.person(name),
            Referred::Team => names.teams.look_up(name, names.diags),
            Referred::Workload => names.workload(name),
            Referred::Procedure => self.procedures.look_up(name, names.diags),
            Referred::Register(kind) => self.entries.get_mut(&kind)?.look_up(name, names.diags),
        }
    }
}

fn entry(document: Declared<RegisterDocument>, known: &mut Known, names: &mut Names<'_>) -> RegisterEntry {
    let name = document.shared_name().value;
    let owner = names.owner(document.owner.as_ref());
    let RegisterDocument { kind, fields } = document.spec;
    let values = fields.into_iter().filter_map(|(field, value)| Some((field, resolved(field, value, known, names)?)));
    RegisterEntry { kind, name, owner, values: values.collect() }
}

fn resolved(field: &str, value: FieldDocument, known: &mut Known, names: &mut Names<'_>) -> Option<RegisterValue> {
    Some(match value {
        FieldDocument::Text(text) => RegisterValue::Text(text.value),
        FieldDocument::Whole(number) => RegisterValue::Whole(number.value),
        FieldDocument::Flag(flag) => RegisterValue::Flag(flag.value),
        FieldDocument::At(at) => RegisterValue::At(at.value),
        FieldDocument::Lasts(lasts) => RegisterValue::Lasts(lasts.value),
        FieldDocument::Texts(texts) => RegisterValue::Texts(texts.into_iter().map(|text| text.value).collect()),
        FieldDocument::Name(among, name) => RegisterValue::Name(known.look_up(among, &name, names)?),
        FieldDocument::Names(among, written) => {
            let found = written.into_iter().filter(|name| known.look_up(among, name, names).is_some()).collect();
            RegisterValue::Names(names.each_once(found, &quoted(field), |name: &Arc<str>| quoted(name)))
        }
    })
}

/// Resolves event sources.
pub(super) fn event_sources(
    documents: Vec<Declared<EventSourceDocument>>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, EventSource> {
    let mut known = Distinct::new("event source");
    let mut sources = BTreeMap::new();
    for document in documents {
        let name = document.shared_name();
        if !known.is_new(&name, names.diags) {
            continue;
        }
        names.owner(document.owner.as_ref());
        let EventSourceDocument { forge, secret, repositories: written } = document.spec;
        let mut different = Distinct::new("repository");
        let mut repositories = Vec::with_capacity(written.len());
        for repository in written {
            if different.is_new(&repository.name, names.diags) {
                let workload = repository.workload.as_ref().and_then(|workload| names.workload(workload));
                repositories.push((Box::from(repository.name.value.as_ref()), workload));
            }
        }
        let source = EventSource { name: Arc::clone(&name.value), forge, secret, repositories };
        sources.insert(name.value, source);
    }
    sources
}
