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
    /// `spec.timeWindow[0].duration`.
    pub window: Option<Duration>,
    /// `spec.objectives[].target`, as a ratio from 0 to 1.
    pub targets: Vec<Spanned<f64>>,
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
    /// Every query in it, as written.
    pub queries: Vec<Written>,
}
