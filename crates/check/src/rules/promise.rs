//! What signal contracts promise about a metric.

use std::collections::BTreeMap;

use evenkeel_diagnostic::Span;
use evenkeel_model::document::{MetricDocument, SignalDocument};
use evenkeel_promql::{LabelMatcher, METRIC_NAME};

use super::metrics::Asked;

/// Labels that every scraped series has, whoever promises what.
const OF_TARGETS: [&str; 2] = ["instance", "job"];

/// A metric as one contract promises it.
#[derive(Clone, Copy)]
pub(super) struct Promise<'a> {
    pub(super) metric: &'a MetricDocument,
    /// `le` of buckets, `quantile` of summaries.
    extra: Option<&'static str>,
}

/// All promised metrics by name, those that a histogram or a summary consists of too.
pub(super) fn promises<'a>(
    contracts: impl Iterator<Item = &'a SignalDocument>,
) -> BTreeMap<Box<str>, Vec<Promise<'a>>> {
    let mut all: BTreeMap<Box<str>, Vec<Promise<'a>>> = BTreeMap::new();
    for metric in contracts.flat_map(|contract| &contract.metrics) {
        let name = &*metric.name.value;
        let sort = metric.sort.as_ref().map(|sort| &*sort.value);
        let own = if sort == Some("summary") { Some("quantile") } else { None };
        let mut put = |name: String, extra| all.entry(name.into()).or_default().push(Promise { metric, extra });
        put(name.to_owned(), own);
        if matches!(sort, Some("histogram" | "summary")) {
            put(format!("{name}_sum"), None);
            put(format!("{name}_count"), None);
            put(format!("{name}_bucket"), Some("le"));
        }
    }
    all
}

impl<'a> Promise<'a> {
    /// Why no series of the metric fits the matcher, and where the contract says so; `None`: one may.
    pub(super) fn excludes(self, matcher: &LabelMatcher) -> Option<(Span, String)> {
        let label = &*matcher.name.value;
        let asked = Asked::of(matcher);
        let fits = |value: &str| asked.may_be(value);
        // A series may come without the label, whatever is promised.
        if label == METRIC_NAME || self.extra == Some(label) || fits("") {
            return None;
        }
        let listed = self.metric.labels.iter().find(|(name, _)| *name.value == *label);
        match listed {
            Some((name, values)) if !values.is_empty() && !values.iter().any(|value| fits(&value.value)) => {
                let all: Vec<_> = values.iter().take(8).map(|value| format!("`{}`", value.value)).collect();
                Some((name.span, format!("`{label}` is promised to be one of {}", all.join(", "))))
            }
            Some(_) => None,
            None if self.metric.other_labels || OF_TARGETS.contains(&label) => None,
            None => Some((self.metric.name.span, format!("promised without the label `{label}`"))),
        }
    }
}
