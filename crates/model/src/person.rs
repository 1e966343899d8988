//! People and teams: who can be reached, how, and when they would rather not be.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use evenkeel_severity::Severity;
use evenkeel_time::{Duration, WeeklyWindow, Zone};

use crate::{Integration, Secret};

/// A person. Records know the document's name only.
#[derive(Clone, PartialEq)]
pub struct Person {
    /// The document's name; `person:ada` in records.
    pub name: Arc<str>,
    /// As people call them. Personal, so it is kept as secrets are.
    pub full_name: Option<Secret>,
    /// Whose nights are theirs.
    pub zone: Zone,
    /// Ways to reach them, by name; the integration bears the same name. Addresses are kept as secrets are.
    pub contacts: BTreeMap<Arc<str>, Integration>,
    /// Which contact after how long; by `after`, then in the order of the file. Never empty unless there is no contact.
    pub notify: Vec<NotificationRule>,
    /// Times in which pages of these severities wait.
    pub quiet_hours: Vec<QuietHours>,
}

impl fmt::Debug for Person {
    /// Without the addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("name", &self.name)
            .field("full_name", &self.full_name)
            .field("zone", &self.zone)
            .field("contacts", &self.contacts.keys())
            .field("notify", &self.notify)
            .field("quiet_hours", &self.quiet_hours)
            .finish()
    }
}

/// Which contact is tried, how long after the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRule {
    /// A name in [`Person::contacts`].
    pub contact: Arc<str>,
    /// After the page.
    pub after: Duration,
    /// For incidents of these severities only; empty is all.
    pub severities: Vec<Severity>,
}

/// Recurring times, on the person's own wall clock, in which pages of these severities wait until they are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietHours {
    /// When.
    pub window: WeeklyWindow,
    /// What waits. Never empty.
    pub severities: Vec<Severity>,
}

/// People who own things together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The document's name.
    pub name: Arc<str>,
    /// In the order of the file.
    pub members: Vec<Member>,
    /// The escalation policy for what the team owns.
    pub escalation: Option<Arc<str>>,
}

/// One person in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person's document.
    pub person: Arc<str>,
    /// What they are in it, such as `lead`.
    pub role: Option<Box<str>>,
}
