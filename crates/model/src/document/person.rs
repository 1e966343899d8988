//! `kind: Person` and `kind: Team` as parsed.

use evenkeel_time::{Duration, Zone};

use super::{IntegrationDocument, Name};
use crate::{QuietHours, Secret};

/// `kind: Person`.
#[derive(Debug, Clone)]
pub struct PersonDocument {
    /// `fullName`.
    pub full_name: Option<Secret>,
    /// `timeZone`, else UTC.
    pub zone: Zone,
    /// `contacts`, in the order of the file.
    pub contacts: Vec<ContactDocument>,
    /// `notify`, in the order of the file.
    pub notify: Vec<NotifyDocument>,
    /// `quietHours`.
    pub quiet_hours: Vec<QuietHours>,
}

/// One of `contacts`.
#[derive(Debug, Clone)]
pub struct ContactDocument {
    /// What rules call it; the integration's name too.
    pub name: Name,
    /// What it sends through.
    pub integration: IntegrationDocument,
}

/// One of `notify`.
#[derive(Debug, Clone)]
pub struct NotifyDocument {
    /// One of the person's contacts.
    pub contact: Name,
    /// After the page.
    pub after: Duration,
    /// For these severities only; empty is all.
    pub severities: Vec<evenkeel_severity::Severity>,
}

/// `kind: Team`.
#[derive(Debug, Clone)]
pub struct TeamDocument {
    /// `members`, in the order of the file.
    pub members: Vec<MemberDocument>,
    /// `escalation`: a policy.
    pub escalation: Option<Name>,
}

/// One of `members`.
#[derive(Debug, Clone)]
pub struct MemberDocument {
    /// A person.
    pub person: Name,
    /// What they are in the team.
    pub role: Option<Box<str>>,
}
