//! Status pages: what people outside are shown of how things run, and planned work that is announced there.

use std::sync::Arc;

use evenkeel_record::Role;
use evenkeel_time::Timestamp;

/// What one audience is shown of how things run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusPage {
    /// The document's name, and the last part of the page's address.
    pub name: Arc<str>,
    /// Its heading.
    pub title: Box<str>,
    /// What stands below the heading; may be empty.
    pub description: Box<str>,
    /// The audience of communication plans whose updates it shows.
    pub audience: Arc<str>,
    /// What it shows the state of, in the order of the file.
    pub components: Vec<PageComponent>,
    /// How many days of history it shows. Never zero.
    pub history_days: u32,
    /// Where readers find help.
    pub support: Option<Box<str>>,
    /// Who may look.
    pub readers: Readers,
    /// Through which receivers subscribers get mail; none: nobody can subscribe by mail.
    pub mail: Vec<Arc<str>>,
}

/// Who may look at a status page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Everybody.
    Public,
    /// Who may look at all.
    Viewer,
    /// Who acts on incidents.
    Responder,
    /// Who changes what goes to customers.
    Operator,
    /// Who may do everything.
    Admin,
}

impl Readers {
    /// All, the most first.
    pub const ALL: [Self; 5] = [Self::Public, Self::Viewer, Self::Responder, Self::Operator, Self::Admin];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Viewer => "viewer",
            Self::Responder => "responder",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// The least role that may look; `None`: nobody has to say who they are.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Public => None,
            Self::Viewer => Some(Role::Viewer),
            Self::Responder => Some(Role::Responder),
            Self::Operator => Some(Role::Operator),
            Self::Admin => Some(Role::Admin),
        }
    }
}

/// Something that readers know by a name of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageComponent {
    /// Unique in the page.
    pub name: Arc<str>,
    /// What readers call it.
    pub title: Box<str>,
    /// What it is for; may be empty.
    pub description: Box<str>,
    /// Under which heading it stands, if any.
    pub group: Option<Box<str>>,
    /// What it runs on. Each is there.
    pub workloads: Vec<Arc<str>>,
}

/// Planned work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintenance {
    /// The document's name.
    pub name: Arc<str>,
    /// What readers call it.
    pub title: Box<str>,
    /// What they should know; may be empty.
    pub text: Box<str>,
    /// From.
    pub starts: Timestamp,
    /// Until, not included; after `starts`.
    pub ends: Timestamp,
    /// What is worked on. Each is there.
    pub workloads: Vec<Arc<str>>,
    /// Which audiences are told; empty: all.
    pub audiences: Vec<Arc<str>>,
}

impl Maintenance {
    /// Whether it is under way at an instant.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.starts <= at && at < self.ends
    }
}
