//! The plan: the ops repo at one content hash, resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::PlanHash;
use evenkeel_labels::Matchers;
use evenkeel_time::{Duration, TimeInterval, Timestamp};

use crate::{ExpectedAlert, Heartbeat, Integration, Probe, Receiver, Route, RouteTree};

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

/// Where a direct message goes when nothing can be made durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastResort {
    /// The receiver's name.
    pub receiver: Arc<str>,
}

/// The ops repo at one content hash, resolved: everything the core decides by.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Names the plan in every record.
    pub hash: PlanHash,
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
