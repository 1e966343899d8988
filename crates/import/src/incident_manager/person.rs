//! `PERSONAL` contacts → people: channels become contacts, the stages of their plan when each is tried.

use std::collections::BTreeMap;

use evenkeel_model::quoted;
use evenkeel_time::Duration;

use super::channel::{Channel, ChannelKind};
use super::contact::{Contact, ContactKind, Target};
use super::directory::{Became, Directory};
use super::export::Export;
use crate::codes::{ABSENT_CHANNEL, APPROXIMATED, NOT_CARRIED_OVER};
use crate::document::Document;
use crate::emit::{Map, Value};
use crate::names::Names;
use crate::report::Report;

/// Makes a person of each.
pub(super) fn people(export: &Export<'_>, directory: &Directory<'_>, report: &mut Report) -> Vec<Document> {
    let zones = zones(export);
    let mut channels: BTreeMap<&str, Vec<&Channel<'_>>> = BTreeMap::new();
    export.channels.iter().for_each(|channel| channels.entry(channel.contact.value).or_default().push(channel));
    let mut people = Vec::new();
    for (at, contact) in (0..).zip(&export.contacts) {
        if contact.kind == ContactKind::Personal
            && let Some(Became::Person(name)) = directory.became(at)
        {
            let own = channels.get(contact.arn.value).map_or(&[][..], Vec::as_slice);
            people.push(person(contact, name, own, zones.get(contact.arn.value).copied(), report));
        }
    }
    people
}

/// The zone of the first rotation that each contact is in.
fn zones<'e>(export: &'e Export<'_>) -> BTreeMap<&'e str, &'e str> {
    let mut zones = BTreeMap::new();
    for rotation in &export.rotations {
        for id in &rotation.contacts {
            zones.entry(id.value).or_insert(rotation.zone.name());
        }
    }
    zones
}

fn person(
    contact: &Contact<'_>,
    name: &str,
    own: &[&Channel<'_>],
    zone: Option<&str>,
    report: &mut Report,
) -> Document {
    let mark = report.mark();
    let mut names = Names::default();
    let carried = own.iter().filter_map(|channel| Some((channel.arn.value, carried(channel, &mut names, report)?)));
    let carried: Vec<(&str, (String, &str))> = carried.collect();
    let notify = notify(contact, own, &carried, report);
    if carried.is_empty() {
        let headline =
            format!("{} has no contact that is carried over, so nothing reaches them", quoted(contact.alias.value));
        report.find(NOT_CARRIED_OVER, contact.span, headline, "give them an `ntfy` contact, which reaches the phone");
    }
    let contacts = carried.into_iter().map(|(_, (name, address))| {
        Value::from(Map::new().with("name", name).with("email", Value::Flow(Map::new().with("to", address))))
    });
    let guess = match zone {
        Some(_) => "That of their first rotation: set it to where they live.",
        None => "Whose nights are theirs: set it to where they live.",
    };
    let spec = Map::new()
        .with_some("fullName", contact.display_name.filter(|name| !name.is_empty()))
        .with_comments("timeZone", vec![guess.to_owned()], zone.unwrap_or("UTC"))
        .with("contacts", Value::List(contacts.collect()))
        .with_some("notify", Some(notify).filter(|rules| !rules.is_empty()));
    Document { kind: "Person", name: name.to_owned(), owner: None, spec, comments: report.since(mark) }
}

/// The contact's name and address, when the channel has a counterpart and works.
fn carried<'n>(channel: &Channel<'n>, names: &mut Names, report: &mut Report) -> Option<(String, &'n str)> {
    let shown = quoted(channel.name);
    let what = match channel.kind {
        ChannelKind::Email => None,
        ChannelKind::Sms => Some("text messages"),
        ChannelKind::Voice => Some("calls"),
    };
    if let Some(what) = what {
        let headline = format!("{what} have no counterpart: contact channel {shown}");
        report.find(
            NOT_CARRIED_OVER,
            channel.span,
            headline,
            "an `ntfy` contact reaches the phone, and rings through the night",
        );
        return None;
    }
    if !channel.is_activated {
        let headline = format!("the contact channel {shown} is not activated, so nobody was reached by it");
        report.find(NOT_CARRIED_OVER, channel.span, headline, "add it as a contact if it works");
        return None;
    }
    let Some(address) = channel.address else {
        let headline = format!("the contact channel {shown} has no address");
        report.find(NOT_CARRIED_OVER, channel.span, headline, "write the address as a contact");
        return None;
    };
    Some((names.take(channel.name, "email"), address))
}

/// When each contact is tried: after the stages before it.
fn notify(
    contact: &Contact<'_>,
    own: &[&Channel<'_>],
    carried: &[(&str, (String, &str))],
    report: &mut Report,
) -> Vec<Value> {
    let (mut rules, mut minutes) = (Vec::new(), 0);
    for stage in contact.plan.iter().flat_map(|plan| &plan.stages) {
        for target in &stage.targets {
            let Target::Channel(id) = target else {
                let Target::Contact(id) = target else { continue };
                let headline = "a person's plan names another contact";
                report.find(NOT_CARRIED_OVER, id.span, headline, "page that contact by an EscalationPolicy");
                continue;
            };
            if let Some((_, (name, _))) = carried.iter().find(|(arn, _)| *arn == id.value) {
                let after = Duration::minutes(i64::try_from(minutes).unwrap_or(0)).to_string();
                rules.push(Value::Flow(Map::new().with("contact", name.as_str()).with("after", after)));
            } else if own.iter().all(|channel| channel.arn.value != id.value) {
                let headline = format!("no contact channel {} of this contact is here", quoted(id.value));
                report.find(
                    ABSENT_CHANNEL,
                    id.span,
                    headline,
                    "add what `aws ssm-contacts list-contact-channels` prints",
                );
            }
        }
        minutes += stage.minutes;
    }
    let planned = contact.plan.as_ref().is_some_and(|plan| !plan.stages.is_empty());
    if rules.is_empty() && planned && !carried.is_empty() {
        let headline = "nothing of this plan is carried over, so every contact is tried at once";
        report.find(APPROXIMATED, contact.span, headline, "write `notify` rules");
    }
    rules
}
