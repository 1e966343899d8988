//! Users are people. Their address in Backstage reaches them by mail where mails can be sent at all.

use std::sync::Arc;

use evenkeel_diagnostic::Spanned;
use evenkeel_time::Zone;

use super::known::Known;
use super::places;
use crate::Secret;
use crate::document::{
    ContactDocument, Declared, EmailDocument, EntityDocument, EntityKind, IntegrationDocument, PersonDocument,
    TransportDocument,
};

/// What the contact is called.
const MAIL: &str = "mail";

/// Adds users to the people there are; who has contacts of their own keeps those only.
pub(super) fn join(known: &Known<'_>, mails: bool, people: &mut Vec<Declared<PersonDocument>>) {
    let ours = places(people);
    for (entity, name) in known.named(&[EntityKind::User]) {
        let contact = entity.email.as_ref().filter(|_| mails).and_then(mail);
        match ours.get(&*name).and_then(|place| people.get_mut(*place)) {
            Some(person) => {
                let spec = &mut person.spec;
                spec.full_name = spec.full_name.take().or_else(|| entity.display_name.clone());
                if spec.contacts.is_empty() {
                    spec.contacts.extend(contact);
                }
            }
            None => people.push(person(entity, &name, contact)),
        }
    }
}

fn person(entity: &EntityDocument, name: &str, contact: Option<ContactDocument>) -> Declared<PersonDocument> {
    let spec = PersonDocument {
        full_name: entity.display_name.clone(),
        zone: Zone::UTC,
        contacts: contact.into_iter().collect(),
        notify: Vec::new(),
        quiet_hours: Vec::new(),
    };
    Declared { name: Spanned::new(name.into(), entity.name.span), owner: None, spec }
}

/// The contact of an address that is one and only one.
fn mail(address: &Spanned<Secret>) -> Option<ContactDocument> {
    let text = address.value.expose();
    let (local, host) = text.split_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>' | '{' | '}' | '@');
    if local.is_empty() || host.is_empty() || local.contains(odd) || host.contains(odd) {
        return None;
    }
    let email = EmailDocument { to: Some(text.into()), ..EmailDocument::default() };
    let name: Arc<str> = MAIL.into();
    let integration = IntegrationDocument {
        name: Arc::clone(&name),
        span: address.span,
        send_resolved: true,
        http: None,
        transport: TransportDocument::Email(Box::new(email)),
    };
    Some(ContactDocument { name: Spanned::new(name, address.span), integration })
}
