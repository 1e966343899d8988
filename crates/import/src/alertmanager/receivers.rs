//! Receivers, and by what people are reached through them.

use std::collections::BTreeMap;

use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::quoted;

use super::integration::{Carried, type_of};
use super::mail::mailboxes;
use crate::answers::Answers;
use crate::codes::{APPROXIMATED, NOT_CARRIED_OVER};
use crate::emit::{Map, Value as Written};
use crate::names::Names;
use crate::object::start_of;
use crate::report::Report;

/// One receiver as far as people matter.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub(super) name: String,
    /// Whether some integration of it is sent.
    pub(super) is_sent: bool,
    /// Whether people are at the other end.
    pub(super) by_people: bool,
    /// People with mail addresses, by the names of their documents; each once.
    pub(super) people: Vec<String>,
    /// What is said about it.
    pub(super) comments: Vec<String>,
}

/// A person behind a mail address.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) full_name: Option<String>,
    /// The contact's `email`; none of somebody who said themselves how they are reached.
    pub(super) email: Option<Map>,
}

/// People by address, and the names that are taken.
#[derive(Debug, Default)]
pub(super) struct People {
    names: Names,
    places: BTreeMap<String, usize>,
    pub(super) known: Vec<Known>,
}

/// Settings of one mail that a person's contact needs as well; secrets are not among them.
const MAIL_SETTINGS: [&str; 6] = ["from", "smarthost", "hello", "auth_username", "auth_password_file", "require_tls"];

/// Reads a receiver.
pub(super) fn reached(node: &Node, people: &mut People, report: &mut Report) -> Reached {
    let mut reached = Reached { name: name_of(node).unwrap_or("").to_owned(), ..Reached::default() };
    let mark = report.mark();
    let Value::Map(entries) = &node.value else { return reached };
    let mut only_webhooks = None;
    for (list, integrations) in entries {
        let (Some((what, carried)), Value::Seq(items)) = (type_of(&list.value), &integrations.value) else { continue };
        let Some(first) = items.first() else { continue };
        match carried {
            Carried::ToPeople => {
                reached.is_sent = true;
                reached.by_people = true;
            }
            Carried::ToWhomever => {
                reached.is_sent = true;
                only_webhooks = Some(start_of(first.span));
            }
            Carried::No(help) => {
                reached.by_people = true;
                let headline = format!("{what} is not sent to from here: receiver {}", quoted(&reached.name));
                report.find(NOT_CARRIED_OVER, list.span, headline, help);
            }
        }
        if list.value == "email_configs" {
            items.iter().for_each(|item| mail(item, &mut reached, people, report));
        }
    }
    if let Some(place) = only_webhooks.filter(|_| !reached.by_people) {
        let headline = format!("nobody can say whether people stand behind the webhook of {}", quoted(&reached.name));
        let help = "it is told of alerts as before; if people do, write a ResponsePlan for it";
        report.find(NOT_CARRIED_OVER, place, headline, help);
    }
    reached.comments = report.since(mark);
    reached
}

/// The receiver's name.
pub(super) fn name_of(node: &Node) -> Option<&str> {
    node.get("name").and_then(Node::as_text)
}

fn mail(item: &Node, reached: &mut Reached, people: &mut People, report: &mut Report) {
    let Some(to) = item.get("to") else { return };
    report.hide(to.span);
    for mailbox in mailboxes(to.as_text().unwrap_or("")) {
        let Some(mailbox) = mailbox else {
            let headline = "a value of `to` that is no mail address became nobody's contact";
            report.find(NOT_CARRIED_OVER, start_of(to.span), headline, "write the people it stands for");
            continue;
        };
        let person = people.of(&mailbox.address, mailbox.local_part(), mailbox.full_name.clone(), item);
        if !reached.people.contains(&person) {
            reached.people.push(person);
        }
    }
    if item.get("auth_password").is_some() {
        let headline = "a password of one mail's own is not copied to people's contacts";
        let help = "put it into a file on the machine that sends and name that with `auth_password_file`";
        report.find(APPROXIMATED, start_of(item.span), headline, help);
    }
}

impl People {
    /// Somebody is known before any receiver is looked at.
    pub(super) fn with(answers: &Answers) -> Self {
        let mut people = Self::default();
        let name = people.names.take(&answers.person, "person");
        if let Some(address) = answers.mail_address() {
            people.places.insert(address.to_lowercase(), 0);
        }
        people.known.push(Known { name, full_name: answers.full_name.clone(), email: None });
        people
    }

    /// The person of an address; made when it is a new one.
    fn of(&mut self, address: &str, local_part: &str, full_name: Option<String>, item: &Node) -> String {
        let at = *self.places.entry(address.to_lowercase()).or_insert(self.known.len());
        if at == self.known.len() {
            let name = self.names.take(local_part, "person");
            self.known.push(Known { name, full_name: None, email: Some(email(address, item)) });
        }
        let Some(known) = self.known.get_mut(at) else { return String::new() };
        known.full_name = known.full_name.take().or(full_name);
        known.name.clone()
    }
}

fn email(address: &str, item: &Node) -> Map {
    MAIL_SETTINGS.iter().fold(Map::new().with("to", address), |email, setting| match item.get(setting) {
        Some(Node { value: Value::Bool(value), .. }) => email.with(setting, Written::Bool(*value)),
        Some(node) => email.with_some(setting, node.as_text()),
        None => email,
    })
}
