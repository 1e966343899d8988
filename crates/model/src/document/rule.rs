//! Prometheus rule files and their unit tests as parsed.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned, Written};
use evenkeel_time::{Duration, Timestamp};

use crate::RuleKind;

/// Text with its place.
pub type Text = Spanned<Box<str>>;

/// The language of a rule's expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Prometheus's.
    PromQl,
    /// Loki's, over logs: rule files of Loki look like those of Prometheus.
    LogQl,
    /// VictoriaMetrics's, which takes more than PromQL does, or another that `vmalert` is told to use.
    MetricsQl,
}

/// One group of a rule file.
#[derive(Debug, Clone)]
pub struct RuleGroupDocument {
    /// The file's path, relative to the ops repo.
    pub file: Arc<str>,
    /// Where it is written.
    pub span: Span,
    /// What its expressions are written in.
    pub language: Language,
    /// `name`; unique in its file.
    pub name: Text,
    /// `interval`; `None`: the server's.
    pub interval: Option<Duration>,
    /// `query_offset`; `None`: the server's.
    pub query_offset: Option<Duration>,
    /// `limit`: so many alerts or series one rule may give; 0: any number.
    pub limit: u64,
    /// `rules`, in the order of the file.
    pub rules: Vec<RuleDocument>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct RuleDocument {
    /// Where it is written.
    pub span: Span,
    /// What its expression is written in: its group's language.
    pub language: Language,
    /// `alert` or `record`.
    pub kind: RuleKind,
    /// The name of the alert, or of the metric that is recorded.
    pub name: Text,
    /// `expr`.
    pub expr: Written,
    /// `for`.
    pub holds_for: Duration,
    /// `keep_firing_for`.
    pub keep_firing_for: Duration,
    /// `labels`, the group's filled in; names unique. A value may be a template.
    pub labels: Vec<(Text, Text)>,
    /// `annotations`, in the order of the file. A value may be a template.
    pub annotations: Vec<(Text, Text)>,
}

/// One file of unit tests for rules, as `promtool test rules` takes it.
#[derive(Debug, Clone)]
pub struct RuleTestFile {
    /// The file's path, relative to the ops repo.
    pub file: Arc<str>,
    /// Where it begins.
    pub span: Span,
    /// `rule_files`: paths and patterns, relative to the test file.
    pub rule_files: Vec<Text>,
    /// `evaluation_interval`.
    pub evaluation_interval: Option<Duration>,
    /// `group_eval_order`: names of groups.
    pub group_eval_order: Vec<Text>,
    /// `fuzzy_compare`: whether numbers that differ in their last bits alone are the same.
    pub fuzzy_compare: bool,
    /// `tests`, in the order of the file.
    pub tests: Vec<RuleTest>,
}

/// One of `tests`.
#[derive(Debug, Clone)]
pub struct RuleTest {
    /// Where it is written.
    pub span: Span,
    /// `name`.
    pub name: Option<Text>,
    /// `interval` between the values of a series.
    pub interval: Option<Duration>,
    /// `input_series`.
    pub series: Vec<InputSeries>,
    /// `alert_rule_test`.
    pub alerts: Vec<AlertTest>,
    /// `promql_expr_test`.
    pub expressions: Vec<ExpressionTest>,
    /// `external_labels`.
    pub external_labels: Vec<(Text, Text)>,
    /// `external_url`.
    pub external_url: Option<Text>,
    /// `start_timestamp`: the instant at which it begins; `None`: 1970-01-01T00:00:00Z.
    pub start: Option<Timestamp>,
}

/// One of `input_series`.
#[derive(Debug, Clone)]
pub struct InputSeries {
    /// `series`, such as `up{job="web"}`.
    pub series: Written,
    /// `values`, such as `0+10x60 _ stale`.
    pub values: Written,
}

/// One of `alert_rule_test`.
#[derive(Debug, Clone)]
pub struct AlertTest {
    /// `eval_time`, from the beginning.
    pub at: Duration,
    /// Where it is written.
    pub span: Span,
    /// `alertname`.
    pub alert: Text,
    /// `exp_alerts`: labels and annotations of each; empty: none fires.
    pub expected: Vec<ExpectedFiring>,
}

/// One of `exp_alerts`.
#[derive(Debug, Clone)]
pub struct ExpectedFiring {
    /// `exp_labels`, without those of the rule itself.
    pub labels: Vec<(Text, Text)>,
    /// `exp_annotations`.
    pub annotations: Vec<(Text, Text)>,
}

/// One of `promql_expr_test`.
#[derive(Debug, Clone)]
pub struct ExpressionTest {
    /// `expr`.
    pub expr: Written,
    /// `eval_time`, from the beginning.
    pub at: Duration,
    /// `exp_samples`.
    pub samples: Vec<ExpectedSample>,
}

/// One of `exp_samples`.
#[derive(Debug, Clone)]
pub struct ExpectedSample {
    /// `labels`, in PromQL's notation.
    pub labels: Text,
    /// `value`; `None`: it is not said, which counts as zero.
    pub value: Option<Text>,
    /// `histogram`, in the notation of series: `{{schema:0 sum:5}}`.
    pub histogram: Option<Text>,
}
