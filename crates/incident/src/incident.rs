//! One incident: an event that needs intervention.
//!
//! ```text
//!           ┌──── acknowledgement expired ────┐
//!           ▼                                 │
//! opened ─▶ open ──── acknowledged ──▶ acknowledged ──┐
//!           ▲ │  ◀─── escalated by hand ──────┘       │ resolved
//!  reopened │ └──────── resolved ────────────────────▶ resolved ─▶ closed
//!           └──────────────────────────────────────────┘
//! ```
//! While everything bad about it is silenced, inhibited or muted it is also paused: nobody is paged.

use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, GroupId, IncidentId, PageId, ProblemId, Seq, UpdateId};
use evenkeel_record::{IncidentKey, IncidentRole, ResolvedBy};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::volatile::Volatile;

/// An event that needs intervention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Which.
    pub id: IncidentId,
    /// The response plan's name.
    pub response_plan: Arc<str>,
    /// What the same is joined by; `None` when a person opened it.
    pub key: Option<Arc<IncidentKey>>,
    /// The keys of those that became part of it: the same as they were joins it.
    pub taken_over: Vec<Arc<IncidentKey>>,
    /// The group its alerts are in.
    pub group: Option<GroupId>,
    /// Alerts that are or were in it. Sorted.
    pub alerts: Vec<AlertId>,
    /// What it is called.
    pub title: Box<str>,
    /// What is hit.
    pub workload: Option<Arc<str>>,
    /// Who answers for it.
    pub owner: Option<DocumentRef>,
    /// How bad it is.
    pub severity: Severity,
    /// Why it is that bad.
    pub severity_reason: Box<str>,
    /// Whether a person said how bad it is.
    pub severity_by_hand: bool,
    /// Whether customers notice.
    pub customer_visible: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Where it stands.
    pub phase: Phase,
    /// Since everything bad about it is silenced, inhibited or muted.
    pub paused: Option<Box<Paused>>,
    /// Whether a person opened it, or opened it again: once none of its alerts fires it is bad until a person says
    /// otherwise.
    pub kept_open: bool,
    /// Whether a person escalated through a pause: until it is acknowledged it is not paused again.
    pub pause_overruled: bool,
    /// How far escalation is; from the first step on.
    pub escalation: Option<Escalation>,
    /// Why nobody can be paged.
    pub unroutable: Option<Box<Unroutable>>,
    /// Who took it on.
    pub acknowledged: Option<Acknowledged>,
    /// Who is what in it.
    pub roles: Vec<(IncidentRole, Arc<str>)>,
    /// How it ended.
    pub resolved: Option<Box<Resolved>>,
    /// When it was closed or merged.
    pub closed_at: Option<Timestamp>,
    /// What it turned out to be part of.
    pub merged_into: Option<IncidentId>,
    /// The problem it shows.
    pub problem: Option<ProblemId>,
    /// Who is told how it goes.
    pub audiences: Vec<Told>,
    /// Its pages, oldest first.
    pub pages: Vec<PageId>,
    /// Its updates, oldest first.
    pub updates: Vec<UpdateId>,
    /// The newest note that updates may say.
    pub note: Option<Box<str>>,
    /// What happened, oldest first.
    pub timeline: Vec<Entry>,
    /// Entries that are left out of the middle of the timeline; the journal has them.
    pub timeline_omitted: u32,
}

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Phase {
    /// Nobody has taken it on.
    Open,
    /// Somebody has.
    Acknowledged,
    /// It is over; the same again opens it again.
    Resolved,
    /// Nothing more is expected of it.
    Closed,
    /// It is part of another one.
    Merged,
}

/// Escalation stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    /// By what.
    pub reason: Box<str>,
    /// When that is over, as far as is known.
    pub until: Option<Timestamp>,
    /// Since when.
    pub since: Timestamp,
}

/// How far escalation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// By which policy.
    pub policy: Arc<str>,
    /// The step that was taken last, from 0.
    pub step: u32,
    /// Which time through the steps, from 0.
    pub round: u32,
    /// Whether the policy is the organisation's last resort.
    pub last_resort: bool,
    /// The policy a person chose in place of the plan's own.
    pub by_hand: Option<Arc<str>>,
    /// When it was taken.
    pub at: Timestamp,
    /// When the next is due; `None` once somebody acknowledged.
    pub next_at: Option<Timestamp>,
    /// The pages of the step.
    pub pages: Vec<PageId>,
}

/// Nobody can be paged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unroutable {
    /// What was looked for in vain.
    pub reason: Box<str>,
    /// When it is tried again. Volatile.
    pub next_at: Volatile<Timestamp>,
}

/// Somebody took it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Who, where the caller is a person that the ops repo knows.
    pub person: Option<Arc<str>>,
    /// Who called.
    pub actor: Arc<str>,
    /// When.
    pub at: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
}

/// It is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// When.
    pub at: Timestamp,
    /// How it is known.
    pub cause: ResolvedBy,
    /// In a person's words.
    pub reason: Option<Box<str>>,
    /// Whether it only works again by a way around.
    pub workaround: bool,
    /// Until when the same again opens it again.
    pub reopen_until: Timestamp,
}

/// What one audience was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The communication plan.
    pub communication: Arc<str>,
    /// The audience in it.
    pub audience: Arc<str>,
    /// Whether a text left for them that says it began.
    pub first_sent: bool,
    /// The newest update for them.
    pub latest: UpdateId,
    /// When they are told next, while it lasts. Volatile: what tells nobody is no record.
    pub next_at: Volatile<Option<Timestamp>>,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The record that says it.
    pub seq: Seq,
    /// Who caused it.
    pub actor: Arc<str>,
    /// What, in one line.
    pub what: Box<str>,
}

impl Phase {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Merged => "merged",
        }
    }
}

impl Incident {
    /// The timeline holds so many lines at its beginning and at its end.
    const TIMELINE_ENDS: usize = 100;

    /// Whether somebody has to act, or acts.
    #[must_use]
    pub fn active(&self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Acknowledged)
    }

    /// Who has that role.
    #[must_use]
    pub fn role(&self, role: IncidentRole) -> Option<&Arc<str>> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, person)| person)
    }

    pub(crate) fn give_role(&mut self, role: IncidentRole, person: Arc<str>) {
        self.roles.retain(|(known, _)| *known != role);
        self.roles.push((role, person));
        self.roles.sort();
    }

    pub(crate) fn join(&mut self, alerts: &[AlertId]) {
        self.alerts.extend(alerts);
        self.alerts.sort_unstable();
        self.alerts.dedup();
    }

    pub(crate) fn note_down(&mut self, entry: Entry) {
        if self.timeline.len() >= 2 * Self::TIMELINE_ENDS {
            self.timeline.remove(Self::TIMELINE_ENDS);
            self.timeline_omitted += 1;
        }
        self.timeline.push(entry);
    }
}
