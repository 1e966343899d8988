//! What a plan says, as named fields of named objects: two plans that say the same have the same facts.

mod people;
mod registers;
mod response;
mod routing;
mod services;
mod shown;

use std::collections::BTreeMap;

use evenkeel_model::Plan;

use crate::Sort;

/// The fields of one object, each a line of text for people. What is not set is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fields(Vec<(&'static str, Box<str>)>);

impl Fields {
    /// Sets a field; an empty text sets nothing.
    fn with(mut self, name: &'static str, value: impl Into<Box<str>>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name, value));
        }
        self
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_ref()))
    }
}

/// Every object of a plan.
pub(crate) fn facts(plan: &Plan) -> BTreeMap<(Sort, Box<str>), Fields> {
    let mut facts = Vec::new();
    routing::facts(plan, &mut facts);
    response::facts(plan, &mut facts);
    people::facts(&plan.catalogue, &mut facts);
    services::facts(plan, &mut facts);
    registers::facts(&plan.catalogue, &mut facts);
    let mut named = BTreeMap::new();
    for (sort, name, fields) in facts {
        let fields = if fields.0.is_empty() { fields.with("declared", "yes") } else { fields };
        // Rules may share a name; each is an object of its own.
        let mut unique: Box<str> = name.clone();
        let mut number = 1_usize;
        while named.contains_key(&(sort, unique.clone())) {
            number += 1;
            unique = format!("{name} ({number})").into();
        }
        named.insert((sort, unique), fields);
    }
    named
}

/// One object: what it is, its name, its fields.
type Fact = (Sort, Box<str>, Fields);
