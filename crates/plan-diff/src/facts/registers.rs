//! Entries of registers, and event sources.

use evenkeel_model::{Catalogue, EventSource, RegisterEntry, RegisterValue, SecretRef, last_day};

use super::shown::joined;
use super::{Fact, Fields};
use crate::Sort;

pub(super) fn facts(catalogue: &Catalogue, out: &mut Vec<Fact>) {
    let entries = catalogue.registers.values();
    out.extend(entries.map(|one| (Sort::Register(one.kind), Box::from(&*one.name), entry(one))));
    let sources = catalogue.event_sources.values();
    out.extend(sources.map(|one| (Sort::EventSource, Box::from(&*one.name), event_source(one))));
}

fn entry(entry: &RegisterEntry) -> Fields {
    let owner = entry.owner.as_ref().map(ToString::to_string).unwrap_or_default();
    let fields = Fields::default().with("owner", owner);
    entry.values.iter().fold(fields, |fields, (name, value)| fields.with(name, shown(value)))
}

fn shown(value: &RegisterValue) -> String {
    match value {
        RegisterValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        RegisterValue::Whole(number) => number.to_string(),
        RegisterValue::Flag(flag) => flag.to_string(),
        RegisterValue::At(at) => last_day(*at).unwrap_or_else(|| at.to_string().replace(".000Z", "Z")),
        RegisterValue::Lasts(lasts) => lasts.to_string(),
        RegisterValue::Texts(texts) => joined(texts),
        RegisterValue::Name(name) => name.to_string(),
        RegisterValue::Names(names) => joined(names),
    }
}

fn event_source(source: &EventSource) -> Fields {
    let repositories = source.repositories.iter().map(|(name, workload)| match workload {
        Some(workload) => format!("{name} ({workload})"),
        None => name.to_string(),
    });
    let secret = match &source.secret {
        SecretRef::File(path) => path,
        SecretRef::Inline(_) => "written here",
    };
    Fields::default()
        .with("type", source.forge.as_str())
        .with("secret", secret)
        .with("repositories", joined(repositories))
}
