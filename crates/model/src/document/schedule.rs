//! `kind: Schedule` and `kind: EscalationPolicy` as parsed.

use evenkeel_diagnostic::Span;
use evenkeel_time::{Civil, Duration, Timestamp, WeeklyWindow, Zone};

use super::{Name, Reference};
use crate::Shift;

/// `kind: Schedule`.
#[derive(Debug, Clone)]
pub struct ScheduleDocument {
    /// `timeZone`.
    pub zone: Zone,
    /// `layers`, in the order of the file.
    pub layers: Vec<LayerDocument>,
    /// `overrides`, in the order of the file.
    pub overrides: Vec<OverrideDocument>,
}

/// One of `layers`.
#[derive(Debug, Clone)]
pub struct LayerDocument {
    /// Unique in the schedule.
    pub name: Name,
    /// `timeZone`, else the schedule's.
    pub zone: Zone,
    /// `start`.
    pub start: Civil,
    /// `end`.
    pub end: Option<Civil>,
    /// `shift`.
    pub shift: Shift,
    /// `turns`: people, one or several at once.
    pub turns: Vec<Vec<Name>>,
    /// `restrictions`.
    pub restrictions: Vec<WeeklyWindow>,
}

/// One of `overrides`.
#[derive(Debug, Clone)]
pub struct OverrideDocument {
    /// `from`.
    pub from: Timestamp,
    /// `until`.
    pub until: Timestamp,
    /// Where `until` is written.
    pub until_span: Span,
    /// `person` or `people`.
    pub people: Vec<Name>,
    /// `replaces`: a person.
    pub replaces: Option<Name>,
}

/// `kind: EscalationPolicy`.
#[derive(Debug, Clone)]
pub struct PolicyDocument {
    /// `steps`, in order.
    pub steps: Vec<StepDocument>,
    /// `repeat`.
    pub repeat: u32,
    /// `acknowledgeFor`.
    pub acknowledge_for: Duration,
    /// `withoutAsking`.
    pub without_asking: Vec<Box<str>>,
}

/// One of `steps`.
#[derive(Debug, Clone)]
pub struct StepDocument {
    /// People, schedules, teams and receivers.
    pub to: Vec<Reference>,
    /// `wait`.
    pub wait: Duration,
}
