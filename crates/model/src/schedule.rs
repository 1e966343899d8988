//! Schedules: who is on call when.

use std::sync::Arc;

use evenkeel_time::{Civil, Timestamp, WeeklyWindow, Zone};

/// Who is on call when: layers, the later over the earlier, and overrides over all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The document's name.
    pub name: Arc<str>,
    /// The zone in which it is shown, and the layers' own unless they name one.
    pub zone: Zone,
    /// In the order of the file: where several have somebody on call, the last of them counts.
    pub layers: Vec<Layer>,
    /// Written in the ops repo; where several hold, the last of them counts. Those set at run time go over these.
    pub overrides: Vec<ScheduleOverride>,
}

/// One rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its name, unique in the schedule.
    pub name: Arc<str>,
    /// Whose wall clock hand-over and restrictions go by; layers that follow the sun have one each.
    pub zone: Zone,
    /// The first hand-over: the first turn begins. Before it the layer has nobody.
    pub start: Civil,
    /// From this hand-over on the layer has nobody.
    pub end: Option<Civil>,
    /// From one hand-over to the next.
    pub shift: Shift,
    /// Who takes turns; a turn is one person or several at once. Never empty, nor is any turn.
    pub turns: Vec<Vec<Arc<str>>>,
    /// When the layer has anybody at all, on its wall clock; empty is always.
    pub restrictions: Vec<WeeklyWindow>,
}

/// How long a turn lasts. Counted on the wall clock: a day across a change of the clocks has 23 or 25 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// So many hours of the wall clock.
    Hours(u32),
    /// So many days; hand-over at the time of day of the layer's start.
    Days(u32),
    /// So many weeks; hand-over at the weekday and time of day of the layer's start.
    Weeks(u32),
}

/// Somebody else is on call for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleOverride {
    /// From.
    pub from: Timestamp,
    /// Until, not included.
    pub until: Timestamp,
    /// Who is on call.
    pub people: Vec<Arc<str>>,
    /// In whose place only: holds while that person would be on call. `None`: in place of whoever it is.
    pub replaces: Option<Arc<str>>,
}
