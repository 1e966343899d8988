//! An exemplar: one observation of many, with what leads to its trace.

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

/// One observation of many.
#[derive(Debug, Clone, PartialEq)]
pub struct Exemplar {
    /// What leads to it, such as `trace_id`.
    pub labels: LabelSet,
    /// What was observed.
    pub value: f64,
    /// When.
    pub at: Timestamp,
}
