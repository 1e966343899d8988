//! Entities of Backstage by name, and what they became here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

/// The namespace of entities that name none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// A kind, a namespace and a name. Backstage compares them without regard to case, so they are in lower case here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// The kind; empty where a reference does not say it and its field has no kind of its own.
    pub kind: Box<str>,
    /// The namespace.
    pub namespace: Box<str>,
    /// The name.
    pub name: Box<str>,
}

impl EntityRef {
    /// A reference from its parts, in any case.
    #[must_use]
    pub fn new(kind: &str, namespace: &str, name: &str) -> Self {
        let lower = |text: &str| text.to_lowercase().into_boxed_str();
        Self { kind: lower(kind), namespace: lower(namespace), name: lower(name) }
    }

    /// Reads `[kind:][namespace/]name`. `None` when a part is there and empty.
    ///
    /// Source: Backstage, `catalog-model/src/entity/ref.ts`; a colon behind the slash belongs to the name.
    #[must_use]
    pub fn parse(text: &str, kind: &str, namespace: &str) -> Option<Self> {
        let colon = text.find(':').filter(|colon| text.find('/').is_none_or(|slash| *colon < slash));
        let (kind, rest) = match colon {
            Some(colon) => (text.get(..colon)?, text.get(colon + 1..)?),
            None => (kind, text),
        };
        let (namespace, name) = rest.split_once('/').unwrap_or((namespace, rest));
        let empty = (colon.is_some() && kind.is_empty()) || namespace.is_empty() || name.is_empty();
        (!empty).then(|| Self::new(kind, namespace, name))
    }

    /// The name made as names are made here, its namespace before it unless that is the default one.
    #[must_use]
    pub fn plain_name(&self) -> String {
        let default = &*self.namespace == DEFAULT_NAMESPACE;
        let whole = if default { self.name.to_string() } else { format!("{}-{}", self.namespace, self.name) };
        let mapped: String = whole.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let trimmed = mapped.trim_matches('-');
        if trimmed.is_empty() { "entity".to_owned() } else { trimmed.to_owned() }
    }

    /// The same name as another kind.
    #[must_use]
    pub fn of_kind(&self, kind: &str) -> Self {
        Self { kind: kind.to_lowercase().into_boxed_str(), ..self.clone() }
    }
}

impl fmt::Display for EntityRef {
    /// As short as it can be: `component:orders`, `component:shop/orders`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.kind.is_empty() {
            write!(f, "{}:", self.kind)?;
        }
        if &*self.namespace != DEFAULT_NAMESPACE {
            write!(f, "{}/", self.namespace)?;
        }
        f.write_str(&self.name)
    }
}

/// Where parts of the catalogue come from: what entities became, and what was inherited from where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// What each entity became. A `Group` is a team, a `User` a person, an `API` every workload that provides it, and a
    /// `Component`, `System` or `Resource` a workload; a `Domain` is nothing.
    pub documents: BTreeMap<EntityRef, Vec<DocumentRef>>,
    /// The way back: the entity of a team, a person or a workload that comes from one.
    pub entities: BTreeMap<DocumentRef, EntityRef>,
    /// What a workload is part of, the nearest first.
    pub part_of: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// Workloads whose owner is that of the workload they are part of.
    pub owner_from: BTreeMap<Arc<str>, Arc<str>>,
    /// Workloads whose tier nobody wrote, neither for them nor for what they are part of.
    pub untiered: BTreeSet<Arc<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        EntityRef::parse(text, "Group", "Shop").map(|read| format!("{}|{}|{}", read.kind, read.namespace, read.name))
    }

    #[test]
    fn what_a_reference_leaves_out_is_filled_in() {
        assert_eq!(read("Payments").as_deref(), Some("group|shop|payments"));
        assert_eq!(read("user:Ada").as_deref(), Some("user|shop|ada"));
        assert_eq!(read("default/payments").as_deref(), Some("group|default|payments"));
        assert_eq!(read("User:default/ada.l").as_deref(), Some("user|default|ada.l"));
        assert_eq!(read("a/b:c").as_deref(), Some("group|a|b:c"));
        for wrong in ["", ":a", "user:", "/a", "a/", "user:/a", "user:a/"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_reference_is_shown_as_short_as_it_can_be_and_reads_back() {
        for text in ["component:orders", "component:shop/orders", "orders"] {
            let read = EntityRef::parse(text, "", DEFAULT_NAMESPACE).expect("a reference");
            assert_eq!(read.to_string(), text);
        }
    }
}
