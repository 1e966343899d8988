//! Native histograms: counts of observations in buckets whose bounds follow from a schema.
//!
//! Source: Prometheus, "Native Histograms" specification, and `model/histogram`.

/// The schema of histograms whose bounds are written out.
pub const CUSTOM_BUCKETS_SCHEMA: i32 = -53;

/// A native histogram. Counts are absolute; those of an integer histogram are exact up to 2^53.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Whether it may have begun anew since the one before.
    pub reset_hint: ResetHint,
    /// -4 to 8: bounds grow by `2^(2^-schema)`; [`CUSTOM_BUCKETS_SCHEMA`]: they are [`Self::custom_bounds`].
    pub schema: i32,
    /// Observations whose size is at most this are in the zero bucket.
    pub zero_threshold: f64,
    /// Observations in the zero bucket.
    pub zero_count: f64,
    /// Observations.
    pub count: f64,
    /// Their sum; [`crate::stale`] says that the series ended.
    pub sum: f64,
    /// Which buckets above zero are there.
    pub positive_spans: Vec<Span>,
    /// Their counts, one a bucket.
    pub positive_counts: Vec<f64>,
    /// Which buckets below zero are there.
    pub negative_spans: Vec<Span>,
    /// Their counts, one a bucket.
    pub negative_counts: Vec<f64>,
    /// Upper bounds, ascending, without the last, which is infinite.
    pub custom_bounds: Vec<f64>,
}

/// Consecutive buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// Buckets left out since the span before; the first span's is the index of its first bucket.
    pub offset: i32,
    /// How many.
    pub length: u32,
}

/// What is known of a histogram beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ResetHint {
    /// Nothing: counts that fall say that it began anew.
    #[default]
    Unknown,
    /// It began anew.
    Reset,
    /// It did not.
    NotReset,
    /// It is a gauge: counts rise and fall.
    Gauge,
}
