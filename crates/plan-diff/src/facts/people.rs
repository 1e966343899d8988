//! People, teams, schedules. Never an address.

use evenkeel_model::{Catalogue, Layer, Person, Schedule};

use super::routing::way;
use super::shown::{civil, joined, shift, window};
use super::{Fact, Fields};
use crate::Sort;

pub(super) fn facts(catalogue: &Catalogue, out: &mut Vec<Fact>) {
    out.extend(catalogue.people.values().map(|one| (Sort::Person, Box::from(&*one.name), person(one))));
    for team in catalogue.teams.values() {
        let members = team.members.iter().map(|member| match &member.role {
            Some(role) => format!("{} ({role})", member.person),
            None => member.person.to_string(),
        });
        let fields = Fields::default()
            .with("members", joined(members))
            .with("escalation", team.escalation.as_deref().unwrap_or_default());
        out.push((Sort::Team, Box::from(&*team.name), fields));
    }
    out.extend(catalogue.schedules.values().map(|one| (Sort::Schedule, Box::from(&*one.name), schedule(one))));
}

fn person(person: &Person) -> Fields {
    let contacts = person.contacts.iter().map(|(name, contact)| format!("{name} ({})", way(&contact.transport)));
    let notify = person.notify.iter().map(|rule| {
        let only = joined(&rule.severities);
        let only = if only.is_empty() { only } else { format!(" for {only}") };
        format!("{} after {}{only}", rule.contact, rule.after)
    });
    let quiet =
        person.quiet_hours.iter().map(|quiet| format!("{} for {}", window(&quiet.window), joined(&quiet.severities)));
    Fields::default()
        .with("timeZone", person.zone.name())
        .with("contacts", joined(contacts))
        .with("notify", notify.collect::<Vec<_>>().join("; "))
        .with("quietHours", quiet.collect::<Vec<_>>().join("; "))
}

fn schedule(schedule: &Schedule) -> Fields {
    let overrides = schedule.overrides.iter().map(|one| {
        let instead = one.replaces.as_ref().map(|person| format!(" for {person}")).unwrap_or_default();
        format!("{} until {}: {}{instead}", one.from, one.until, joined(&one.people))
    });
    Fields::default()
        .with("timeZone", schedule.zone.name())
        .with("layers", schedule.layers.iter().map(layer).collect::<Vec<_>>().join("; "))
        .with("overrides", overrides.collect::<Vec<_>>().join("; "))
}

fn layer(layer: &Layer) -> String {
    let turns = layer.turns.iter().map(|turn| turn.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" and "));
    let end = layer.end.map(|end| format!(" until {}", civil(end))).unwrap_or_default();
    let only = joined(layer.restrictions.iter().map(window));
    let only = if only.is_empty() { only } else { format!(", only {only}") };
    let (name, start, every) = (&layer.name, layer.start, shift(layer.shift));
    format!("{name} from {}{end}, {every} each: {}{only} ({})", civil(start), joined(turns), layer.zone.name())
}
