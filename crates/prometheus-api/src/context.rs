//! What answers are made of.

use evenkeel_metric::Querier;
use evenkeel_promql_eval::{Limits, Stop, Workers};
use evenkeel_time::{Duration, Timestamp};

use crate::{RulesView, StatusView};

/// What answers are made of.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What keeps the series.
    pub source: &'a dyn Querier,
    /// The rules and their alerts.
    pub rules: &'a dyn RulesView,
    /// What is known of the server.
    pub status: &'a dyn StatusView,
    /// How queries are taken.
    pub options: &'a Options,
    /// The time of the request.
    pub now: Timestamp,
    /// Begins to count a query's time: what it gives says when the time is over.
    pub deadline: &'a dyn Fn(Duration) -> Box<dyn Stop>,
    /// Who works on a query; [`evenkeel_promql_eval::Alone`]: whoever calls.
    pub workers: &'a dyn Workers,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("options", self.options).field("now", &self.now).finish_non_exhaustive()
    }
}

/// How queries are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How much a query may cost.
    pub limits: Limits,
    /// How long a query may take; a request may ask for less.
    pub timeout: Duration,
}

impl Default for Options {
    /// Prometheus's own.
    fn default() -> Self {
        Self { limits: Limits::default(), timeout: Duration::minutes(2) }
    }
}
