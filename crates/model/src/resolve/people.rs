//! People and teams.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_time::Duration;

use super::integration::{Defaults, integration};
use super::names::Names;
use super::naming::Table;
use crate::document::{Declared, MemberDocument, PersonDocument, TeamDocument};
use crate::{Integration, Member, NotificationRule, Person, Team, codes, quoted};

/// Resolves people.
pub(super) fn people(
    documents: Vec<Declared<PersonDocument>>,
    defaults: &mut Defaults<'_>,
    names: &mut Names<'_>,
) -> BTreeMap<Arc<str>, Person> {
    let mut people = BTreeMap::new();
    for document in documents {
        let name = document.shared_name().value;
        names.owner(document.owner.as_ref());
        people.insert(Arc::clone(&name), person(name, document.spec, defaults, names));
    }
    people
}

fn person(name: Arc<str>, document: PersonDocument, defaults: &mut Defaults<'_>, names: &mut Names<'_>) -> Person {
    let known = Table::new("contact", codes::UNKNOWN_CONTACT, codes::DUPLICATE_NAME);
    let mut known = known.of(format!("the person {}", quoted(&name)));
    known.incomplete = names.people.incomplete;
    let mut contacts: BTreeMap<Arc<str>, Integration> = BTreeMap::new();
    let mut order = Vec::new();
    for contact in document.contacts {
        let label = Arc::clone(&contact.name.value);
        if !known.declare(contact.name, (), names.diags) {
            continue;
        }
        order.push(Arc::clone(&label));
        contacts.extend(integration(contact.integration, &name, defaults, names.diags).map(|one| (label, one)));
    }
    let mut notify: Vec<NotificationRule> = Vec::new();
    for rule in &document.notify {
        let contact = known.look_up(&rule.contact, names.diags);
        notify.extend(contact.map(|contact| NotificationRule {
            contact,
            after: rule.after,
            severities: rule.severities.clone(),
        }));
    }
    if document.notify.is_empty() {
        let at_once = |contact| NotificationRule { contact, after: Duration::ZERO, severities: Vec::new() };
        notify.extend(order.into_iter().map(at_once));
    } else {
        let help = "write a rule that says when it is tried, or remove it";
        known.report_unused(codes::UNUSED_CONTACT, "no rule of `notify` names it", help, names.diags);
    }
    notify.retain(|rule| contacts.contains_key(&rule.contact));
    notify.sort_by_key(|rule| rule.after);
    Person {
        name,
        full_name: document.full_name,
        zone: document.zone,
        contacts,
        notify,
        quiet_hours: document.quiet_hours,
    }
}

/// Resolves teams.
pub(super) fn teams(documents: Vec<Declared<TeamDocument>>, names: &mut Names<'_>) -> BTreeMap<Arc<str>, Team> {
    let mut teams = BTreeMap::new();
    for document in documents {
        let name = document.shared_name().value;
        names.owner(document.owner.as_ref());
        let escalation = document.spec.escalation.as_ref().and_then(|policy| names.policy(policy));
        let members = members(&document.spec.members, names);
        teams.insert(Arc::clone(&name), Team { name, members, escalation });
    }
    teams
}

fn members(written: &[MemberDocument], names: &mut Names<'_>) -> Vec<Member> {
    let people: Vec<_> = written.iter().map(|member| member.person.clone()).collect();
    let mut roles: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for member in written {
        roles.entry(&member.person.value).or_insert(member.role.as_deref());
    }
    let role = |person: &Arc<str>| roles.get(person.as_ref()).copied().flatten().map(Box::from);
    names.people_once(&people, "the team").into_iter().map(|person| Member { role: role(&person), person }).collect()
}
