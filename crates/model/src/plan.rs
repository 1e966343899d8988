//! The plan: the ops repo at one content hash, resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::PlanHash;
use evenkeel_labels::Matchers;
use evenkeel_time::{Duration, TimeInterval, Timestamp};

use crate::{
    CommunicationPlan, EscalationPolicy, EventSource, ExpectedAlert, Heartbeat, Integration, Kpi, Maintenance,
    Objective, Origin, Person, Priority, Probe, Procedure, Receiver, RegisterEntry, RegisterKind, ResponsePlan, Route,
    RouteTree, Rule, Schedule, Standing, StatusPage, Team, View, Workload,
};

/// While a source fires, targets with equal labels are not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InhibitRule {
    /// Given name, if any.
    pub name: Option<Box<str>>,
    /// Which firing alerts inhibit.
    pub source: Matchers,
    /// Which alerts are inhibited.
    pub target: Matchers,
    /// Labels that have to be equal, absent counting as empty. Sorted.
    pub equal: Vec<Box<str>>,
}

/// Who is told when all else fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastResort {
    /// The receiver that is told directly when nothing can be made durable.
    pub receiver: Arc<str>,
    /// The escalation policy that is gone through when an incident's own is gone, or answered by nobody. Always there
    /// when there is a response plan.
    pub policy: Option<Arc<str>>,
}

/// Where a plan's text was committed, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its hash, in hexadecimal digits.
    pub id: Box<str>,
    /// Who wrote it: `Ada Lovelace <ada@example.com>`.
    pub author: Box<str>,
    /// The first line of its message.
    pub summary: Box<str>,
}

/// The ops repo at one content hash, resolved: everything the core decides by.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Names the plan in every record.
    pub hash: PlanHash,
    /// Where its text was committed; `None` of a plain folder.
    pub commit: Option<Commit>,
    /// How long an alert without an end lives after it was last heard of.
    pub resolve_timeout: Duration,
    /// The routing tree.
    pub routes: RouteTree,
    /// By name.
    pub receivers: BTreeMap<Arc<str>, Receiver>,
    /// In the order of the file.
    pub inhibit_rules: Vec<InhibitRule>,
    /// By name; an instant is inside when any of the intervals has it.
    pub time_intervals: BTreeMap<Arc<str>, Vec<TimeInterval>>,
    /// By name, in order.
    pub probes: Vec<Probe>,
    /// By name, in order.
    pub heartbeats: Vec<Heartbeat>,
    /// By name, in order.
    pub expected_alerts: Vec<ExpectedAlert>,
    /// From the `Organization` document; else the root route's receiver.
    pub last_resort: LastResort,
    /// The organisation's priorities, first things first.
    pub priorities: Vec<Priority>,
    /// What people and teams there are, what they operate, and what happens when it fails.
    pub catalogue: Catalogue,
}

/// The catalogue of people and of what they answer for. What has a name of its own is by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// People.
    pub people: BTreeMap<Arc<str>, Person>,
    /// Teams.
    pub teams: BTreeMap<Arc<str>, Team>,
    /// Workloads.
    pub workloads: BTreeMap<Arc<str>, Workload>,
    /// Schedules.
    pub schedules: BTreeMap<Arc<str>, Schedule>,
    /// Escalation policies.
    pub policies: BTreeMap<Arc<str>, EscalationPolicy>,
    /// Response plans.
    pub response_plans: BTreeMap<Arc<str>, ResponsePlan>,
    /// Communication plans.
    pub communications: BTreeMap<Arc<str>, CommunicationPlan>,
    /// The response plan of each receiver that has one, by the receiver's name.
    pub attached: BTreeMap<Arc<str>, Arc<str>>,
    /// The procedure of each response plan that leads to one of these, by the plan's name.
    pub helped_by: BTreeMap<Arc<str>, Arc<str>>,
    /// Runbooks and playbooks.
    pub procedures: BTreeMap<Arc<str>, Procedure>,
    /// Service level objectives.
    pub objectives: BTreeMap<Arc<str>, Objective>,
    /// Key performance indicators.
    pub kpis: BTreeMap<Arc<str>, Kpi>,
    /// Entries of registers, by register and name.
    pub registers: BTreeMap<(RegisterKind, Arc<str>), RegisterEntry>,
    /// Where facts come from by themselves.
    pub event_sources: BTreeMap<Arc<str>, EventSource>,
    /// What people outside are shown.
    pub status_pages: BTreeMap<Arc<str>, StatusPage>,
    /// Planned work that is announced there.
    pub maintenances: BTreeMap<Arc<str>, Maintenance>,
    /// What some readers see first.
    pub views: BTreeMap<Arc<str>, View>,
    /// Prometheus's rules, in the order of the files.
    pub rules: Vec<Rule>,
    /// What nothing is decided by.
    pub standing: Standing,
    /// What comes from Backstage's entities, and what is inherited.
    pub origin: Origin,
}

impl Catalogue {
    /// The response plan that is attached to the routes of a receiver.
    #[must_use]
    pub fn response_plan_for(&self, receiver: &str) -> Option<&ResponsePlan> {
        self.attached.get(receiver).and_then(|name| self.response_plans.get(name))
    }
}

impl Plan {
    /// The integration of that name of that receiver.
    #[must_use]
    pub fn integration(&self, receiver: &str, integration: &str) -> Option<&Integration> {
        let receiver = self.receivers.get(receiver)?;
        receiver.integrations.iter().find(|known| known.name.as_ref() == integration)
    }

    /// The names of the time intervals that mute a route's notices at an instant: the mute intervals it is
    /// inside, or all its active intervals when it is outside each of them. Empty: not muted.
    #[must_use]
    pub fn muted_by<'a>(&self, route: &'a Route, at: Timestamp) -> Vec<&'a Arc<str>> {
        let inside = |name: &&Arc<str>| {
            self.time_intervals.get(*name).is_some_and(|list| list.iter().any(|interval| interval.contains(at)))
        };
        let muting: Vec<_> = route.mute_time_intervals.iter().filter(inside).collect();
        if !muting.is_empty() || route.active_time_intervals.iter().any(|name| inside(&name)) {
            return muting;
        }
        route.active_time_intervals.iter().collect()
    }
}
