//! Key performance indicators: an outcome, the query that measures it, and where its value should be.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

/// A key performance indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    /// Unique among KPIs.
    pub name: Arc<str>,
    /// A team or a person.
    pub owner: Option<DocumentRef>,
    /// What it says of the outcome.
    pub outcome: Box<str>,
    /// The goal that it measures.
    pub goal: Arc<str>,
    /// The workload that brings it about.
    pub workload: Option<Arc<str>>,
    /// What gives its value, in PromQL: one number.
    pub query: Arc<str>,
    /// Where the value should be.
    pub target: KpiTarget,
    /// What the value is counted in, for people.
    pub unit: Option<Box<str>>,
}

impl Kpi {
    /// A value as people read it: with its unit.
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        self.with_unit(value.to_string())
    }

    /// The target as people read it: `at least 0.95`, `at most 300 ms`.
    #[must_use]
    pub fn target_shown(&self) -> String {
        self.with_unit(self.target.to_string())
    }

    fn with_unit(&self, text: String) -> String {
        match &self.unit {
            Some(unit) => format!("{text} {unit}"),
            None => text,
        }
    }
}

/// Where a value should be. Numbers are finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KpiTarget {
    /// There or above.
    AtLeast(f64),
    /// There or below.
    AtMost(f64),
}

impl KpiTarget {
    /// Whether a value is where it should be. What is no number never is.
    #[must_use]
    pub fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }

    /// The number that a value is held against.
    #[must_use]
    pub const fn number(self) -> f64 {
        match self {
            Self::AtLeast(number) | Self::AtMost(number) => number,
        }
    }
}

impl fmt::Display for KpiTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(least) => write!(f, "at least {least}"),
            Self::AtMost(most) => write!(f, "at most {most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KpiTarget;

    #[test]
    fn a_target_is_met_at_its_number_and_on_its_side() {
        let met = |target: KpiTarget, values: [f64; 4]| values.map(|value| target.is_met_by(value));
        assert_eq!(met(KpiTarget::AtLeast(0.95), [0.94, 0.95, 2.0, f64::NAN]), [false, true, true, false]);
        assert_eq!(met(KpiTarget::AtMost(300.0), [300.1, 300.0, -1.0, f64::NAN]), [false, true, true, false]);
        assert_eq!(KpiTarget::AtMost(300.0).to_string(), "at most 300");
    }
}
