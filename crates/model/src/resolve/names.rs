//! Every name that one document can call another by.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_ids::DocumentRef;

use super::naming::{Distinct, Table};
use crate::document::{Declared, Documents, Name, Reference};
use crate::{Receiver, codes, quoted};

/// The kinds that a reference in some place may be of.
pub(super) type Kinds = &'static [&'static str];

/// Who owns things.
pub(super) const OWNERS: Kinds = &["team", "person"];
/// Who approves texts.
pub(super) const APPROVERS: Kinds = &["person", "team", "schedule"];
/// Whom a step pages.
pub(super) const PAGED: Kinds = &["person", "schedule", "team", "receiver"];

/// The tables of names, and where faults go.
pub(super) struct Names<'a> {
    pub(super) people: Table<()>,
    pub(super) teams: Table<()>,
    pub(super) workloads: Table<()>,
    pub(super) schedules: Table<()>,
    pub(super) policies: Table<()>,
    pub(super) response_plans: Distinct,
    pub(super) communications: Table<()>,
    pub(super) priorities: Table<()>,
    pub(super) receivers: &'a mut Table<Receiver>,
    pub(super) diags: &'a mut Vec<Diagnostic>,
}

impl<'a> Names<'a> {
    /// Declares all names; of documents with the same name the first stays in its list.
    pub(super) fn declare(
        documents: &mut Documents,
        receivers: &'a mut Table<Receiver>,
        diags: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let incomplete = documents.incomplete;
        let table = |kind, unknown| {
            let mut table = Table::new(kind, unknown, codes::DUPLICATE_NAME);
            table.incomplete = incomplete;
            table
        };
        let mut names = Self {
            people: table("person", codes::UNKNOWN_PERSON),
            teams: table("team", codes::UNKNOWN_TEAM),
            workloads: table("workload", codes::UNKNOWN_WORKLOAD),
            schedules: table("schedule", codes::UNKNOWN_SCHEDULE),
            policies: table("escalation policy", codes::UNKNOWN_POLICY),
            response_plans: Distinct::new("response plan"),
            communications: table("communication plan", codes::UNKNOWN_COMMUNICATION),
            priorities: table("priority", codes::UNKNOWN_PRIORITY),
            receivers,
            diags,
        };
        once(&mut names.people, &mut documents.people, names.diags);
        once(&mut names.teams, &mut documents.teams, names.diags);
        once(&mut names.workloads, &mut documents.workloads, names.diags);
        once(&mut names.schedules, &mut documents.schedules, names.diags);
        once(&mut names.policies, &mut documents.policies, names.diags);
        let Self { response_plans, diags, .. } = &mut names;
        documents.response_plans.retain(|plan| response_plans.is_new(&plan.shared_name(), diags));
        once(&mut names.communications, &mut documents.communications, names.diags);
        names
    }

    pub(super) fn person(&mut self, name: &Name) -> Option<Arc<str>> {
        self.people.look_up(name, self.diags)
    }

    pub(super) fn policy(&mut self, name: &Name) -> Option<Arc<str>> {
        self.policies.look_up(name, self.diags)
    }

    pub(super) fn receiver(&mut self, name: &Name) -> Option<Arc<str>> {
        self.receivers.look_up(name, self.diags)
    }

    pub(super) fn workload(&mut self, name: &Name) -> Option<Arc<str>> {
        self.workloads.look_up(name, self.diags)
    }

    /// People, each once; somebody who is named again is a finding. `what` is what names them.
    pub(super) fn people_once(&mut self, names: &[Name], what: &str) -> Vec<Arc<str>> {
        let found: Vec<Name> = names.iter().filter(|name| self.person(name).is_some()).cloned().collect();
        self.each_once(found, what, |name| format!("person {}", quoted(name)))
    }

    /// Receivers, each once.
    pub(super) fn receivers_once(&mut self, names: &[Name], what: &str) -> Vec<Arc<str>> {
        let found: Vec<Name> = names.iter().filter(|name| self.receiver(name).is_some()).cloned().collect();
        self.each_once(found, what, |name| format!("receiver {}", quoted(name)))
    }

    /// References of these kinds, each once.
    pub(super) fn references_once(&mut self, written: &[Reference], kinds: Kinds, what: &str) -> Vec<DocumentRef> {
        let resolve = |one: &Reference| Some(Spanned::new(self.reference(one, kinds)?, one.span));
        let found: Vec<Spanned<DocumentRef>> = written.iter().filter_map(resolve).collect();
        self.each_once(found, what, |reference| quoted(&reference.to_string()))
    }

    /// The values in their order, each once; one that comes again is a finding.
    pub(super) fn each_once<T: Ord + Clone>(
        &mut self,
        values: Vec<Spanned<T>>,
        what: &str,
        shown: impl Fn(&T) -> String,
    ) -> Vec<T> {
        let mut first = std::collections::BTreeMap::new();
        let mut kept = Vec::with_capacity(values.len());
        for value in values {
            if let Some(before) = first.get(&value.value) {
                let headline = format!("{what} names {} twice", shown(&value.value));
                let diag = Diagnostic::finding(codes::NAMED_TWICE, value.span, headline);
                self.diags.push(diag.related(*before, "first here").help("remove one of the two"));
                continue;
            }
            first.insert(value.value.clone(), value.span);
            kept.push(value.value);
        }
        kept
    }

    /// The owner of a document.
    pub(super) fn owner(&mut self, written: Option<&Reference>) -> Option<DocumentRef> {
        written.and_then(|owner| self.reference(owner, OWNERS))
    }

    /// A reference with its kind; reports one that is none, of another kind, or to what is not declared.
    pub(super) fn reference(&mut self, written: &Reference, kinds: Kinds) -> Option<DocumentRef> {
        let parsed: Option<DocumentRef> = written.value.parse().ok();
        let Some(reference) = parsed.filter(|reference| kinds.contains(&reference.kind())) else {
            self.refuse_reference(written, kinds);
            return None;
        };
        let name = Spanned::new(Arc::clone(reference.name()), written.span);
        let found = match &reference {
            DocumentRef::Person(_) => self.person(&name),
            DocumentRef::Team(_) => self.teams.look_up(&name, self.diags),
            DocumentRef::Schedule(_) => self.schedules.look_up(&name, self.diags),
            DocumentRef::Policy(_) => self.policy(&name),
            DocumentRef::Receiver(_) => self.receiver(&name),
            DocumentRef::Workload(_) => self.workload(&name),
        };
        found.map(|_| reference)
    }

    fn refuse_reference(&mut self, written: &Reference, kinds: Kinds) {
        let name = written.value.split_once(':').map_or(&*written.value, |(_, name)| name);
        let known = self.kinds_of(name);
        let meant = known.iter().find(|kind| kinds.contains(kind));
        let forms = kinds.iter().map(|kind| format!("`{kind}:…`")).collect::<Vec<_>>().join(", ");
        let headline = format!("{} is no reference that can stand here", quoted(&written.value));
        let diag = Diagnostic::error(codes::INVALID_REFERENCE, written.span, headline);
        let policy = kinds == PAGED && written.value.starts_with("policy:") && self.policies.has(name);
        self.diags.push(match meant {
            Some(kind) => diag.help(format!("did you mean `{kind}:{name}`?")),
            None if policy => diag.help("a step pages people, not policies: name here whom that policy pages"),
            None => diag.help(format!("write one of {forms}")),
        });
    }

    /// The kinds of which there is something with that name.
    fn kinds_of(&self, name: &str) -> Vec<&'static str> {
        let known = [
            ("person", self.people.has(name)),
            ("team", self.teams.has(name)),
            ("schedule", self.schedules.has(name)),
            ("policy", self.policies.has(name)),
            ("receiver", self.receivers.has(name)),
            ("workload", self.workloads.has(name)),
        ];
        known.into_iter().filter(|(_, has)| *has).map(|(kind, _)| kind).collect()
    }
}

fn once<T>(table: &mut Table<()>, documents: &mut Vec<Declared<T>>, diags: &mut Vec<Diagnostic>) {
    documents.retain(|document| table.declare(document.shared_name(), (), diags));
}
