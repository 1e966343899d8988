//! Service level objectives.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp, Zone};

use crate::Comparison;

/// What share of events is to be good, over which time.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Its name.
    pub name: Arc<str>,
    /// The workload it is about, when one has the service's name.
    pub workload: Option<Arc<str>>,
    /// The service it is about, as written.
    pub service: Option<Arc<str>>,
    /// Over which time.
    pub window: Option<Duration>,
    /// The calendar's windows; `None`: the window rolls.
    pub calendar: Option<Calendar>,
    /// The strictest target. Units: ratio from 0 to 1.
    pub target: f64,
    /// How what was bad is counted.
    pub method: BudgetMethod,
    /// What is promised, each with what it is measured by.
    pub promises: Vec<Promise>,
    /// Who is told when the budget burns.
    pub burn: BurnAlerts,
    /// So many events have to be there before anything is said.
    pub events_min: f64,
    /// Labels of all series and alerts.
    pub labels: LabelSet,
    /// Whose file it is, which says what its series are called.
    pub form: ObjectiveForm,
    /// The file's path.
    pub file: Arc<str>,
}

/// Whose form an objective is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectiveForm {
    /// OpenSLO's.
    OpenSlo,
    /// Sloth's.
    Sloth,
}

/// Windows of a calendar, one after the other.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// How long one is.
    pub unit: CalendarUnit,
    /// So many of them make a window. At least 1.
    pub count: u16,
    /// When one of them begins.
    pub start: Timestamp,
    /// On whose wall clock.
    pub zone: Zone,
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        let key = |calendar: &Self| (calendar.unit, calendar.count, calendar.start);
        key(self) == key(other) && self.zone.name() == other.zone.name()
    }
}

/// What a calendar counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

/// How what was bad is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BudgetMethod {
    /// Bad events among all.
    Occurrences,
    /// Bad slices of time among all.
    Timeslices,
    /// The mean over slices of time of the share of bad events in each.
    RatioTimeslices,
}

/// One share that is promised.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Its name, when there are several.
    pub name: Option<Arc<str>>,
    /// How much is to be good. Units: ratio from 0 to 1.
    pub target: f64,
    /// How long a slice of time is.
    pub slice: Duration,
    /// How much of a slice has to be good for it to be good.
    pub slice_target: f64,
    /// What it is measured by; `None`: not by what can be asked here.
    pub indicator: Option<Indicator>,
}

/// What is measured, in PromQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Indicator {
    /// Good or bad events, and all.
    Events {
        /// Those that count.
        part: Arc<str>,
        /// Whether those are the good ones.
        good: bool,
        /// All.
        total: Arc<str>,
    },
    /// A share by itself.
    Ratio {
        /// The share.
        query: Arc<str>,
        /// Whether it is of the good ones.
        good: bool,
    },
    /// A value that is compared.
    Threshold {
        /// The value.
        query: Arc<str>,
        /// How it has to compare: `<=`.
        op: Comparison,
        /// With what, as written.
        with: Arc<str>,
    },
}

/// Who is told when the budget burns.
#[derive(Debug, Clone, PartialEq)]
pub enum BurnAlerts {
    /// By the standard windows: a page when it burns fast, a ticket when it burns slowly.
    Standard {
        /// The alerts' name.
        name: Arc<str>,
        /// Labels and annotations of both.
        common: (LabelSet, LabelSet),
        /// Those of the page besides; `None`: nobody is paged.
        page: Option<(LabelSet, LabelSet)>,
        /// Those of the ticket besides; `None`: there is none.
        ticket: Option<(LabelSet, LabelSet)>,
    },
    /// By conditions that are written out.
    Conditions(Vec<BurnCondition>),
}

/// A burn rate that is too high.
#[derive(Debug, Clone, PartialEq)]
pub struct BurnCondition {
    /// Its name.
    pub name: Arc<str>,
    /// Above this it is too high; 1 uses up the budget just at the end of the window.
    pub threshold: f64,
    /// Over which time.
    pub lookback: Duration,
    /// How long it has to be so.
    pub after: Duration,
    /// How bad it is, as written.
    pub severity: Option<Arc<str>>,
}
