//! Two plans compared, object by object and field by field.

use std::collections::BTreeMap;

use evenkeel_model::{Plan, RegisterKind};
use evenkeel_time::Timestamp;

use crate::facts::{Fields, facts};
use crate::paging::{PagingChange, paging};
use crate::shifts::{ShiftChange, shift_changes};

/// What sort of object is set otherwise, in the order in which people want to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// What happens when all else fails.
    LastResort,
    /// A response plan.
    ResponsePlan,
    /// An escalation policy.
    EscalationPolicy,
    /// A schedule.
    Schedule,
    /// A team.
    Team,
    /// A person.
    Person,
    /// A route.
    Route,
    /// A receiver.
    Receiver,
    /// A named time interval.
    TimeInterval,
    /// An inhibition rule.
    InhibitRule,
    /// A communication plan.
    CommunicationPlan,
    /// A workload.
    Workload,
    /// A runbook or playbook.
    Procedure,
    /// A service level objective.
    Objective,
    /// A key performance indicator.
    Kpi,
    /// An alerting or recording rule.
    Rule,
    /// A probe, heartbeat or expected alert.
    Watch,
    /// An entry of a register.
    Register(RegisterKind),
    /// Where facts come from by themselves.
    EventSource,
}

impl Sort {
    /// What people call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LastResort => "last resort",
            Self::ResponsePlan => "response plan",
            Self::EscalationPolicy => "escalation policy",
            Self::Schedule => "schedule",
            Self::Team => "team",
            Self::Person => "person",
            Self::Route => "route",
            Self::Receiver => "receiver",
            Self::TimeInterval => "time interval",
            Self::InhibitRule => "inhibition rule",
            Self::CommunicationPlan => "communication plan",
            Self::Workload => "workload",
            Self::Procedure => "procedure",
            Self::Objective => "objective",
            Self::Kpi => "KPI",
            Self::Rule => "rule",
            Self::Watch => "watch",
            Self::Register(kind) => kind.word(),
            Self::EventSource => "event source",
        }
    }
}

/// What a change does to operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Alerts that take another way, or lead to somebody else.
    pub paging: Vec<PagingChange>,
    /// Schedules on which somebody else is on call in the next four weeks.
    pub shifts: Vec<ShiftChange>,
    /// What is new, gone, or set otherwise; by sort, then by name.
    pub objects: Vec<ObjectChange>,
}

/// An object that is new, gone, or set otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectChange {
    /// What it is.
    pub sort: Sort,
    /// What it is called.
    pub name: Box<str>,
    /// New: nothing before; gone: nothing after; otherwise what differs. In the order of the fields.
    pub fields: Vec<FieldChange>,
}

/// A field that differs; absent where the object, or the field in it, is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name.
    pub field: &'static str,
    /// As it was.
    pub before: Option<Box<str>>,
    /// As it is.
    pub after: Option<Box<str>>,
}

impl Difference {
    /// Whether operation stays what it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paging.is_empty() && self.shifts.is_empty() && self.objects.is_empty()
    }
}

impl ObjectChange {
    /// Whether it was not there before.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.fields.iter().all(|field| field.before.is_none())
    }

    /// Whether it is not there any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.fields.iter().all(|field| field.after.is_none())
    }
}

/// Compares what two plans mean at an instant, and in the four weeks after it.
#[must_use]
pub fn difference(before: &Plan, after: &Plan, at: Timestamp) -> Difference {
    Difference {
        paging: paging(before, after, at),
        shifts: shift_changes(&before.catalogue, &after.catalogue, at),
        objects: objects(&facts(before), &facts(after)),
    }
}

type Facts = BTreeMap<(Sort, Box<str>), Fields>;

fn objects(before: &Facts, after: &Facts) -> Vec<ObjectChange> {
    let nothing = Fields::default();
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let compare = |key: &(Sort, Box<str>)| {
        let (was, is) = (before.get(key).unwrap_or(&nothing), after.get(key).unwrap_or(&nothing));
        let fields = fields(was, is);
        (!fields.is_empty()).then(|| ObjectChange { sort: key.0, name: key.1.clone(), fields })
    };
    keys.into_iter().filter_map(compare).collect()
}

fn fields(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let value = |fields: &Fields, name: &str| fields.get(name).map(Box::from);
    let only_before = before.iter().map(|(name, _)| name).filter(|name| after.get(name).is_none());
    let names = after.iter().map(|(name, _)| name).chain(only_before);
    let change = |field: &'static str| FieldChange { field, before: value(before, field), after: value(after, field) };
    names.map(change).filter(|change| change.before != change.after).collect()
}
