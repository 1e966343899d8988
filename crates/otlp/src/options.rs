//! How metrics are translated, and what one request and the state may take.

use evenkeel_time::Duration;

/// How metrics are translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How names are made.
    pub naming: Naming,
    /// Attributes of resources that become labels of every series of theirs.
    pub promoted: Vec<String>,
    /// Whether name, version and attributes of the instrumentation scope become labels. Two libraries may use one name of a
    /// metric; without these labels their series are one.
    pub scope_labels: bool,
    /// Whether a count that began anew gets a zero at its start, so that what was counted before its first report is not lost.
    pub zero_at_start: bool,
    /// What may be asked for.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            naming: Naming::default(),
            promoted: Vec::new(),
            scope_labels: true,
            zero_at_start: true,
            limits: Limits::default(),
        }
    }
}

/// How names are made. Source: Prometheus, `otlp.translation_strategy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Whether what older Prometheus does not take in a name becomes `_`.
    pub escaped: bool,
    /// Whether the unit and `_total` are appended.
    pub suffixes: bool,
}

impl Default for Naming {
    /// `UnderscoreEscapingWithSuffixes`.
    fn default() -> Self {
        Self { escaped: true, suffixes: true }
    }
}

/// What one request, and the state between requests, may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Units: bytes of the body as it is sent.
    pub sent_bytes_max: usize,
    /// Units: bytes of the body once it is unpacked.
    pub body_bytes_max: usize,
    /// What the series of a request may take in memory: the attributes of a resource are written once and become labels of
    /// each of its series. Units: bytes, estimated.
    pub batch_bytes_max: usize,
    /// Labels of one series.
    pub labels_max: usize,
    /// Units: bytes.
    pub label_name_bytes_max: usize,
    /// Units: bytes.
    pub label_value_bytes_max: usize,
    /// Buckets of one histogram.
    pub buckets_max: usize,
    /// Series whose counts are held on from request to request.
    pub streams_max: usize,
    /// A series that sends nothing for this long is forgotten, and begins anew when it comes back.
    pub stream_idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sent_bytes_max: 16 << 20,
            body_bytes_max: 32 << 20,
            batch_bytes_max: 256 << 20,
            labels_max: 64,
            label_name_bytes_max: 1_024,
            label_value_bytes_max: 4_096,
            buckets_max: 10_000,
            streams_max: 200_000,
            stream_idle: Duration::hours(1),
        }
    }
}
