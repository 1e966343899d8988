//! Service level objectives of OpenSLO as parsed.

use evenkeel_diagnostic::{Spanned, Written};
use evenkeel_time::Duration;

use super::Text;

/// `kind: SLO`.
#[derive(Debug, Clone)]
pub struct ObjectiveDocument {
    /// `metadata.name`.
    pub name: Text,
    /// `spec.service`.
    pub service: Option<Text>,
    /// `spec.timeWindow[0].duration`. A month counts as 30 days, a quarter as 90, a year as 365.
    pub window: Option<Duration>,
    /// Whether the window rolls; else it is one of the calendar's.
    pub rolling: bool,
    /// `spec.objectives[].target`, as a ratio from 0 to 1.
    pub targets: Vec<Spanned<f64>>,
    /// What it refers to by name: the service, indicators, alert policies.
    pub references: Vec<SloReference>,
    /// Every query in its indicator, as written.
    pub queries: Vec<Written>,
}

/// Another kind of OpenSLO's (`Service`, `SLI`, `AlertPolicy`, `DataSource` …): what others refer to.
#[derive(Debug, Clone)]
pub struct SloPartDocument {
    /// `kind`.
    pub kind: Box<str>,
    /// `metadata.name`.
    pub name: Text,
    /// What it refers to by name.
    pub references: Vec<SloReference>,
    /// Every query in it, as written.
    pub queries: Vec<Written>,
}

/// A name that another document has to have.
#[derive(Debug, Clone)]
pub struct SloReference {
    /// The kind of that document.
    pub kind: &'static str,
    /// Its name.
    pub name: Text,
}
