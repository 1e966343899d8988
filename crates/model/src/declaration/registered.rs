//! Entries of registers, and where facts come from by themselves.

use std::collections::BTreeSet;

use evenkeel_record::{Declaration, FactValue};

use super::Writer;
use crate::{Catalogue, RegisterEntry, RegisterValue};

pub(super) fn of(catalogue: &Catalogue) -> Vec<Declaration> {
    let entries = catalogue.registers.values().map(entry);
    let sources = catalogue.event_sources.values().map(|source| {
        let owner = catalogue.standing.owners.get(&("EventSource", source.name.clone()));
        let repositories = source.repositories.iter().map(|(name, _)| name.as_ref());
        let document = Writer::new("EventSource", &source.name, owner).text("type", source.forge.as_str());
        let about: BTreeSet<&str> =
            source.repositories.iter().filter_map(|(_, workload)| workload.as_deref()).collect();
        document.list("repositories", repositories).list("workloads", about)
    });
    entries.chain(sources).map(|Writer(declaration)| declaration).collect()
}

fn entry(entry: &RegisterEntry) -> Writer {
    let document = Writer::new(entry.kind.as_str(), &entry.name, entry.owner.as_ref());
    entry.values.iter().fold(document, |document, (field, value)| {
        let name = snake_case(field);
        match value {
            RegisterValue::Text(text) => document.text(&name, text),
            RegisterValue::Name(text) => document.text(&name, text),
            RegisterValue::Whole(number) => document.whole(&name, *number),
            RegisterValue::Flag(flag) => document.flag(&name, *flag),
            RegisterValue::At(at) => document.value(&name, FactValue::Whole(at.0)),
            RegisterValue::Lasts(lasts) => document.value(&name, FactValue::Whole(lasts.0)),
            RegisterValue::Texts(texts) => document.list(&name, texts.iter().map(AsRef::as_ref)),
            RegisterValue::Names(texts) => document.list(&name, texts.iter().map(AsRef::as_ref)),
        }
    })
}

/// `reviewBy` as a column is `review_by`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_become_names_of_columns() {
        assert_eq!(
            ["reviewBy", "applicationEngineering", "of"].map(snake_case),
            ["review_by", "application_engineering", "of"]
        );
    }
}
