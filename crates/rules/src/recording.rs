//! Recording rules: an answer becomes series under the rule's name.
//!
//! Source: Prometheus 3, `rules/recording.go`, `RecordingRule.Eval`.

use evenkeel_alert_template::{Given, Value};
use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_promql_eval::{Point, VectorPoint};
use evenkeel_time::Timestamp;

use crate::Rule;

/// The series that a rule records, sorted, each with its value.
pub(crate) fn take(rule: &Rule, limit: usize, answer: Vec<VectorPoint>) -> Result<Vec<(LabelSet, Point)>, String> {
    let namer = Namer::of(rule);
    let mut out: Vec<(LabelSet, Point)> =
        answer.into_iter().map(|point| (namer.labels(&point.labels), point.value)).collect();
    // Most answers are in order already: the name comes first in both.
    if !out.is_sorted_by(|a, b| a.0 < b.0) {
        out.sort_by(|a, b| a.0.cmp(&b.0));
        if out.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            return Err("vector contains metrics with the same labelset after applying rule labels".to_owned());
        }
    }
    if limit > 0 && out.len() > limit {
        return Err(format!("exceeded limit of {limit} with {} series", out.len()));
    }
    Ok(out)
}

/// Gives series the rule's name and labels.
pub(crate) struct Namer<'r> {
    rule: &'r Rule,
    own: Vec<(&'r str, String)>,
}

impl<'r> Namer<'r> {
    pub(crate) fn of(rule: &'r Rule) -> Self {
        // Labels of recording rules are texts as they stand; nothing is filled in.
        let (labels, value) = (LabelSet::default(), Value::Nil);
        let given = Given {
            labels: &labels,
            value: &value,
            external_labels: &labels,
            external_url: "",
            at: Timestamp(0),
            ask: &|_| Ok(Vec::new()),
        };
        let mut own: Vec<(&str, String)> =
            rule.labels.iter().map(|(name, text)| (&**name, text.text(&given))).collect();
        own.push((METRIC_NAME, rule.name().to_string()));
        Self { rule, own }
    }

    pub(crate) fn labels(&self, series: &LabelSet) -> LabelSet {
        let is_own = |name: &str| {
            self.own.iter().any(|(own, _)| *own == name) || self.rule.unlabelled.iter().any(|gone| **gone == *name)
        };
        let of_series = series.iter().filter(|(name, _)| !is_own(name));
        LabelSet::new(of_series.chain(self.own.iter().map(|(name, text)| (*name, text.as_str()))))
    }
}
