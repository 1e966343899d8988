//! What is asked, and how much an answer may cost.

use evenkeel_promql::Expr;
use evenkeel_time::{Duration, Timestamp};

/// How much one question may read and keep, and how the language is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Samples held at once, those of intermediate results counted in.
    pub samples_max: usize,
    /// Series that one selector may find.
    pub series_max: usize,
    /// Steps of a range query, its first counted in.
    pub points_max: usize,
    /// How long a sample counts as the current one.
    pub lookback: Duration,
    /// The step of a subquery that names none: the server's evaluation interval.
    pub subquery_step: Duration,
    /// Takes experimental syntax and functions.
    pub experimental: bool,
    /// Metric names are dropped at the end only, as Prometheus does with `promql-delayed-name-removal`.
    pub delayed_names: bool,
}

impl Default for Limits {
    /// Prometheus's own.
    fn default() -> Self {
        Self {
            samples_max: 50_000_000,
            series_max: usize::MAX,
            points_max: 11_000,
            lookback: Duration::minutes(5),
            subquery_step: Duration::minutes(1),
            experimental: false,
            delayed_names: false,
        }
    }
}

/// Whether the caller still wants the answer. Asked now and then, so that a deadline needs no clock here.
pub trait Stop: Sync {
    /// Whether to give up.
    fn stop(&self) -> bool;
}

/// The answer is wanted however long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Never;

impl Stop for Never {
    fn stop(&self) -> bool {
        false
    }
}

/// A question.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// What is asked.
    pub expr: &'a Expr,
    /// Its text, for the places in remarks; empty: remarks have no places.
    pub text: &'a str,
    /// The first instant.
    pub from: Timestamp,
    /// The last instant; of an instant query the same as the first.
    pub until: Timestamp,
    /// Between two instants; zero: one instant only, `from`.
    pub step: Duration,
    /// How much it may cost.
    pub limits: &'a Limits,
    /// Asked now and then whether to give up.
    pub stop: &'a dyn Stop,
}

impl std::fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { text, from, until, step, limits, .. } = self;
        f.debug_struct("Query")
            .field("text", text)
            .field("from", from)
            .field("until", until)
            .field("step", step)
            .field("limits", limits)
            .finish_non_exhaustive()
    }
}
