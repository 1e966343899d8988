//! Service level objectives of OpenSLO and of Sloth as parsed.

use std::sync::Arc;

use evenkeel_diagnostic::{Spanned, Written};
use evenkeel_time::Duration;

use super::Text;
use crate::{BudgetMethod, Comparison, ObjectiveForm};

/// An objective.
#[derive(Debug, Clone)]
pub struct ObjectiveDocument {
    /// The file's path, relative to the ops repo.
    pub file: Arc<str>,
    /// Whose form it is written in.
    pub form: ObjectiveForm,
    /// `metadata.name`; of Sloth's the service's and its own.
    pub name: Text,
    /// `spec.service`.
    pub service: Option<Text>,
    /// `spec.timeWindow[0].duration`. A month counts as 30 days, a quarter as 90, a year as 365.
    pub window: Option<Duration>,
    /// The same as written: `1M`.
    pub window_text: Option<Box<str>>,
    /// Whether the window rolls; else it is one of the calendar's.
    pub rolling: bool,
    /// `spec.timeWindow[0].calendar`: when one begins, and on whose clock.
    pub calendar: Option<(Text, Option<Text>)>,
    /// `spec.objectives[].target`, as a ratio from 0 to 1.
    pub targets: Vec<Spanned<f64>>,
    /// `spec.objectives`, those that have a target.
    pub promises: Vec<PromiseDocument>,
    /// `spec.budgetingMethod`.
    pub method: BudgetMethod,
    /// `spec.indicator`.
    pub indicator: Option<IndicatorDocument>,
    /// `spec.indicatorRef`.
    pub indicator_ref: Option<Box<str>>,
    /// The annotation `evenkeel/minimum-events`.
    pub events_min: Option<f64>,
    /// Names of alert policies.
    pub policies: Vec<Box<str>>,
    /// What only Sloth has.
    pub sloth: Option<SlothDocument>,
    /// What it refers to by name: the service, indicators, alert policies.
    pub references: Vec<SloReference>,
    /// Every query in its indicator, as written.
    pub queries: Vec<Written>,
}

/// One of `spec.objectives`.
#[derive(Debug, Clone)]
pub struct PromiseDocument {
    /// `displayName`.
    pub name: Option<Box<str>>,
    /// `target`, as a ratio from 0 to 1.
    pub target: f64,
    /// `op` and `value`.
    pub threshold: Option<(Comparison, Box<str>)>,
    /// `timeSliceTarget`.
    pub slice_target: Option<f64>,
    /// `timeSliceWindow`.
    pub slice: Option<Duration>,
    /// `indicator`.
    pub indicator: Option<IndicatorDocument>,
    /// `indicatorRef`.
    pub indicator_ref: Option<Box<str>>,
}

/// What is measured. Only what is asked in PromQL is here.
#[derive(Debug, Clone)]
pub enum IndicatorDocument {
    /// `good` or `bad`, and `total`.
    Events {
        /// Those that count.
        part: Written,
        /// Whether those are the good ones.
        good: bool,
        /// All.
        total: Written,
    },
    /// `raw`, with `rawType`.
    Ratio {
        /// The share.
        query: Written,
        /// Whether it is of the good ones.
        good: bool,
    },
    /// `thresholdMetric`.
    Threshold {
        /// The value.
        query: Written,
    },
}

/// What only Sloth's files have.
#[derive(Debug, Clone, Default)]
pub struct SlothDocument {
    /// `labels` of the file and of the SLO.
    pub labels: Vec<(Text, Text)>,
    /// `alerting.name`.
    pub alert: Option<Box<str>>,
    /// `alerting.labels` and `alerting.annotations`.
    pub common: AlertTexts,
    /// `alerting.page_alert`; `None`: it is disabled.
    pub page: Option<AlertTexts>,
    /// `alerting.ticket_alert`; `None`: it is disabled.
    pub ticket: Option<AlertTexts>,
}

/// Labels and annotations of an alert.
#[derive(Debug, Clone, Default)]
pub struct AlertTexts {
    /// Labels.
    pub labels: Vec<(Text, Text)>,
    /// Annotations.
    pub annotations: Vec<(Text, Text)>,
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
    /// What an `SLI` measures.
    pub indicator: Option<IndicatorDocument>,
    /// What an `AlertCondition` says.
    pub condition: Option<ConditionDocument>,
}

/// `spec` of an `AlertCondition`.
#[derive(Debug, Clone)]
pub struct ConditionDocument {
    /// `condition.threshold`.
    pub threshold: f64,
    /// `condition.lookbackWindow`.
    pub lookback: Duration,
    /// `condition.alertAfter`.
    pub after: Duration,
    /// `severity`.
    pub severity: Option<Box<str>>,
}

/// A name that another document has to have.
#[derive(Debug, Clone)]
pub struct SloReference {
    /// The kind of that document.
    pub kind: &'static str,
    /// Its name.
    pub name: Text,
}
