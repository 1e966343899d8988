//! Entities of a Backstage catalogue as parsed.

use evenkeel_diagnostic::{Span, Spanned};

use super::{Name, Text};
use crate::{EntityRef, Secret};

/// A reference to an entity, what it leaves out filled in as its field has it.
pub type EntityReference = Spanned<EntityRef>;

/// One entity.
#[derive(Debug, Clone)]
pub struct EntityDocument {
    /// `kind`.
    pub kind: EntityKind,
    /// What others call it.
    pub id: EntityRef,
    /// Where it begins.
    pub span: Span,
    /// `metadata.name`, as written.
    pub name: Text,
    /// `metadata.namespace`; `default` when absent.
    pub namespace: Option<Text>,
    /// `metadata.title`.
    pub title: Option<Text>,
    /// `metadata.description`.
    pub description: Option<Text>,
    /// `metadata.labels`.
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
    /// `spec.owner`.
    pub owner: Option<EntityReference>,
    /// `spec.subcomponentOf`, `spec.system`, `spec.domain`, `spec.subdomainOf` and `spec.parent`: what it is part of,
    /// the nearest first.
    pub part_of: Vec<EntityReference>,
    /// `spec.dependsOn` and `spec.consumesApis`. A kind that is not written is empty.
    pub depends_on: Vec<EntityReference>,
    /// `spec.dependencyOf`: what depends on it. A kind that is not written is empty.
    pub dependency_of: Vec<EntityReference>,
    /// `spec.providesApis`.
    pub provides: Vec<EntityReference>,
    /// Of a `Group`, `spec.members`; of a `User`, `spec.memberOf`.
    pub members: Vec<EntityReference>,
    /// `spec.children` of a `Group`.
    pub children: Vec<EntityReference>,
    /// `spec.profile.displayName`.
    pub display_name: Option<Secret>,
    /// `spec.profile.email`.
    pub email: Option<Spanned<Secret>>,
    /// Targets of a `Location` that are not in the ops repo: more of the catalogue is there.
    pub elsewhere: Vec<Text>,
    /// `evenkeel.dev/tier`, a label or an annotation.
    pub tier: Option<Spanned<u8>>,
    /// `evenkeel.dev/escalation`, an annotation or a label of a `Group`: a policy.
    pub escalation: Option<Name>,
}

/// The kinds that are read; others are left alone.
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
    /// Where more of the catalogue is.
    Location,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Component,
        Self::System,
        Self::Domain,
        Self::Api,
        Self::Resource,
        Self::Group,
        Self::User,
        Self::Location,
    ];

    /// As Backstage writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Component => "Component",
            Self::System => "System",
            Self::Domain => "Domain",
            Self::Api => "API",
            Self::Resource => "Resource",
            Self::Group => "Group",
            Self::User => "User",
            Self::Location => "Location",
        }
    }

    /// As a message calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::System => "system",
            Self::Domain => "domain",
            Self::Api => "API",
            Self::Resource => "resource",
            Self::Group => "group",
            Self::User => "user",
            Self::Location => "location",
        }
    }
}
