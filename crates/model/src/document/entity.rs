//! Entities of a Backstage catalogue as parsed.

use super::{Reference, Text};

/// One entity.
#[derive(Debug, Clone)]
pub struct EntityDocument {
    /// `kind`.
    pub kind: EntityKind,
    /// `metadata.name`, as written.
    pub name: Text,
    /// `metadata.namespace`; `default` when absent.
    pub namespace: Option<Text>,
    /// `metadata.title`.
    pub title: Option<Text>,
    /// `metadata.description`.
    pub description: Option<Text>,
    /// `metadata.labels` and `metadata.annotations`.
    pub labels: Vec<(Text, Text)>,
    /// `metadata.annotations`.
    pub annotations: Vec<(Text, Text)>,
    /// `metadata.tags`.
    pub tags: Vec<Text>,
    /// `metadata.links`: addresses.
    pub links: Vec<Text>,
    /// `spec.type`.
    pub sort: Option<Text>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<Text>,
    /// `spec.owner`: an entity reference, `group:default/payments` or short.
    pub owner: Option<Reference>,
    /// `spec.system`, `spec.domain`, `spec.subcomponentOf` and `spec.parent`: what it is part of.
    pub part_of: Vec<Reference>,
    /// `spec.dependsOn` and `spec.consumesApis`.
    pub depends_on: Vec<Reference>,
    /// `spec.providesApis`.
    pub provides: Vec<Reference>,
    /// Of a `Group`, `spec.members`; of a `User`, `spec.memberOf`.
    pub members: Vec<Reference>,
    /// `spec.profile.email` of a `User` or `Group`.
    pub email: Option<Text>,
}

/// The kinds that are resolved; others are left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityKind {
    /// A piece of software.
    Component,
    /// Components and resources that belong together.
    System,
    /// Systems that belong together.
    Domain,
    /// A boundary between components.
    Api,
    /// Infrastructure that a component needs.
    Resource,
    /// A team, or something made of teams.
    Group,
    /// A person.
    User,
}
