//! Views of the overview: what some readers see first of how things run, and how much of it.

use std::sync::Arc;

use evenkeel_record::Role;

/// What some readers see first of how things run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The document's name; `?view=` in the address.
    pub name: Arc<str>,
    /// What its tab is called.
    pub title: Box<str>,
    /// Readers with one of these roles get it first.
    pub roles: Vec<Role>,
    /// Members of one of these teams do.
    pub teams: Vec<Arc<str>>,
    /// These people do. Without roles, teams and people it is for everybody.
    pub people: Vec<Arc<str>>,
    /// Only workloads of these tiers; empty: of every tier.
    pub tiers: Vec<u8>,
    /// Only what these teams own; empty: what anybody does.
    pub workloads_of: Vec<Arc<str>>,
    /// Only what the reader, or a team of theirs, owns.
    pub own: bool,
    /// What it has, in this order. Never empty.
    pub parts: Vec<ViewPart>,
    /// How much it says.
    pub detail: ViewDetail,
}

/// A part of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ViewPart {
    /// Open incidents by business impact.
    Incidents,
    /// Updates that wait for somebody to let them go.
    Approvals,
    /// How many alerts fire.
    Alerts,
    /// What changed lately.
    Changes,
    /// Who is on call now.
    OnCall,
    /// What nobody is told of.
    Muted,
    /// Whether the watcher is watched.
    Watch,
    /// What others were told.
    Told,
}

/// How much a view says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewDetail {
    /// Who suffers and whether customers were told, without names of the trade.
    Business,
    /// All of it.
    Operations,
    /// All of it, as those need it who build what is operated.
    Developers,
    /// What customers notice and were told.
    Customers,
}

impl ViewPart {
    /// All, in the order in which they stand unless a view says otherwise.
    pub const ALL: [Self; 8] = [
        Self::Incidents,
        Self::Approvals,
        Self::Alerts,
        Self::Changes,
        Self::OnCall,
        Self::Muted,
        Self::Watch,
        Self::Told,
    ];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Approvals => "approvals",
            Self::Alerts => "alerts",
            Self::Changes => "changes",
            Self::OnCall => "on-call",
            Self::Muted => "muted",
            Self::Watch => "watch",
            Self::Told => "told",
        }
    }
}

impl ViewDetail {
    /// All.
    pub const ALL: [Self; 4] = [Self::Business, Self::Operations, Self::Developers, Self::Customers];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Operations => "operations",
            Self::Developers => "developers",
            Self::Customers => "customers",
        }
    }
}
