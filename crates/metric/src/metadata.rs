//! What is known of a metric besides its samples.

/// What is known of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// What it is.
    pub kind: MetricType,
    /// What it says, for people.
    pub help: Box<str>,
    /// What it is counted in; empty: not said.
    pub unit: Box<str>,
}

/// What a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum MetricType {
    /// Not said.
    #[default]
    Unknown,
    /// It only grows, until it begins anew.
    Counter,
    /// It rises and falls.
    Gauge,
    /// Counts by bucket.
    Histogram,
    /// A histogram that rises and falls.
    GaugeHistogram,
    /// Quantiles.
    Summary,
    /// Its labels are what it says.
    Info,
    /// One of several states.
    StateSet,
}

impl MetricType {
    /// As Prometheus's API has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::GaugeHistogram => "gaugehistogram",
            Self::Summary => "summary",
            Self::Info => "info",
            Self::StateSet => "stateset",
        }
    }
}
