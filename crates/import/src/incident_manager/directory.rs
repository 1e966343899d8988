//! Who is who: contacts by the names that others give them, and the names of what is made of them.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::quoted;

use super::channel::ChannelKind;
use super::contact::{Contact, ContactKind};
use super::export::Export;
use super::rotation::Rotation;
use crate::codes::{ABSENT_CONTACT, ABSENT_ROTATION, NOT_CARRIED_OVER};
use crate::names::Names;
use crate::report::Report;

/// The policy and the receiver of last resort.
pub(super) const LAST_RESORT: &str = "last-resort";

/// What a contact became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Became {
    Person(String),
    Policy(String),
    /// One schedule for each rotation.
    Schedules(Vec<String>),
}

/// Looks up contacts and rotations.
#[derive(Debug)]
pub(super) struct Directory<'n> {
    /// Positions in the export, by ARN and by alias.
    contacts: BTreeMap<&'n str, usize>,
    /// By position in the export.
    became: Vec<Became>,
    /// Schedules by their rotation's ARN.
    schedules: BTreeMap<&'n str, String>,
    /// ARNs of contacts with a mail address that works.
    reachable: BTreeSet<&'n str>,
}

impl<'n> Directory<'n> {
    pub(super) fn of(export: &Export<'n>, report: &mut Report) -> Self {
        let mut contacts = BTreeMap::new();
        let places = || (0..).zip(&export.contacts);
        contacts.extend(places().map(|(at, contact)| (contact.arn.value, at)));
        for (at, contact) in places() {
            contacts.entry(contact.alias.value).or_insert(at);
        }
        let reachable =
            export.channels.iter().filter(|channel| channel.kind == ChannelKind::Email && channel.is_activated);
        let reachable = reachable.map(|channel| channel.contact.value).collect();
        let schedules = schedules(export, report);
        let (mut people, mut policies) = (Names::default(), Names::default());
        policies.take(LAST_RESORT, LAST_RESORT);
        let became = |contact: &Contact<'n>| match contact.kind {
            ContactKind::Personal => Became::Person(people.take(contact.alias.value, "person")),
            ContactKind::Escalation => Became::Policy(policies.take(contact.alias.value, "escalation")),
            ContactKind::OncallSchedule => Became::Schedules(of_contact(contact, &schedules)),
        };
        let became = export.contacts.iter().map(became).collect();
        Self { contacts, became, schedules, reachable }
    }

    /// Where in the export a contact is, and what it became; reports one that is not there.
    pub(super) fn contact(&self, id: Spanned<&str>, report: &mut Report) -> Option<(usize, &Became)> {
        let found = self.contacts.get(id.value).and_then(|at| Some((*at, self.became.get(*at)?)));
        if found.is_none() {
            let headline = format!("no contact {} is here", quoted(id.value));
            let diag = Diagnostic::error(ABSENT_CONTACT, id.span, headline);
            report.push(diag.help("add what `aws ssm-contacts get-contact` prints for it"));
        }
        found
    }

    /// The person that a contact became; reports one that is not there or none.
    pub(super) fn person(&self, id: Spanned<&str>, report: &mut Report) -> Option<&str> {
        match self.contact(id, report)? {
            (_, Became::Person(name)) => Some(name),
            (_, Became::Policy(_) | Became::Schedules(_)) => {
                let headline = format!("{} is no person", quoted(id.value));
                let diag = Diagnostic::error(ABSENT_CONTACT, id.span, headline);
                report.push(diag.help("name a contact of type `PERSONAL`"));
                None
            }
        }
    }

    pub(super) fn became(&self, at: usize) -> Option<&Became> {
        self.became.get(at)
    }

    pub(super) fn schedule(&self, rotation: &Rotation<'_>) -> Option<&str> {
        self.schedules.get(rotation.arn.value).map(String::as_str)
    }

    /// References to everybody who can be reached; to everybody when nobody can.
    pub(super) fn everybody(&self, export: &Export<'_>) -> Vec<String> {
        let person = |(contact, became): (&Contact<'_>, &Became)| match became {
            Became::Person(name) => Some((self.reachable.contains(contact.arn.value), format!("person:{name}"))),
            Became::Policy(_) | Became::Schedules(_) => None,
        };
        let all: Vec<(bool, String)> = export.contacts.iter().zip(&self.became).filter_map(person).collect();
        let any = all.iter().any(|(reachable, _)| *reachable);
        all.into_iter().filter(|(reachable, _)| *reachable || !any).map(|(_, person)| person).collect()
    }
}

/// Names for the rotations: that of the on-call schedule which has them, else their own.
fn schedules<'n>(export: &Export<'n>, report: &mut Report) -> BTreeMap<&'n str, String> {
    let known: BTreeMap<&str, &Rotation<'n>> =
        export.rotations.iter().map(|rotation| (rotation.arn.value, rotation)).collect();
    let (mut names, mut schedules) = (Names::default(), BTreeMap::new());
    for contact in export.contacts.iter().filter(|contact| contact.kind == ContactKind::OncallSchedule) {
        let ids = contact.plan.as_ref().map_or(&[][..], |plan| &plan.rotations);
        for id in ids {
            let Some(rotation) = known.get(id.value) else {
                let headline = format!("no rotation {} is here", quoted(id.value));
                let diag = Diagnostic::error(ABSENT_ROTATION, id.span, headline);
                report.push(diag.help("add what `aws ssm-contacts get-rotation` prints for it"));
                continue;
            };
            let alone = ids.len() == 1;
            let alias = contact.alias.value;
            let wanted = if alone { alias.to_owned() } else { format!("{alias}-{}", rotation.name.value) };
            schedules.entry(rotation.arn.value).or_insert_with(|| names.take(&wanted, "schedule"));
        }
    }
    for rotation in &export.rotations {
        schedules.entry(rotation.arn.value).or_insert_with(|| {
            let headline = format!("no on-call schedule names the rotation {}", quoted(rotation.name.value));
            let help = "it became a schedule of its own; name it in an EscalationPolicy, or remove it";
            report.find(NOT_CARRIED_OVER, rotation.name.span, headline, help);
            names.take(rotation.name.value, "schedule")
        });
    }
    schedules
}

fn of_contact(contact: &Contact<'_>, schedules: &BTreeMap<&str, String>) -> Vec<String> {
    let ids = contact.plan.as_ref().map_or(&[][..], |plan| &plan.rotations);
    ids.iter().filter_map(|id| schedules.get(id.value).cloned()).collect()
}
