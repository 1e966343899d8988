//! `kind: SignalContract` as parsed: the metrics that a workload promises to give.

use super::{Name, Text};

/// `kind: SignalContract`.
#[derive(Debug, Clone)]
pub struct SignalDocument {
    /// `workload`: whose signals they are.
    pub workload: Option<Name>,
    /// `metrics`, in the order of the file.
    pub metrics: Vec<MetricDocument>,
}

/// One of `metrics`.
#[derive(Debug, Clone)]
pub struct MetricDocument {
    /// The metric's name, as PromQL selects it.
    pub name: Text,
    /// `type`: `counter`, `gauge`, `histogram` or `summary`.
    pub sort: Option<Text>,
    /// `labels`: each with the values it can have; none listed: any.
    pub labels: Vec<(Text, Vec<Text>)>,
    /// Whether series may have further labels (`otherLabels`, default true).
    pub other_labels: bool,
}
