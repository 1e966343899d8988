//! What an evaluation remarks on without failing: warnings and infos, with Prometheus's texts, each once.
//!
//! Whoever evaluates says where it is ([`Notes::enter`]) before it remarks; the place and the metric's name become part of the
//! text. Source: Prometheus `util/annotations`.

use evenkeel_labels::{LabelSet, METRIC_NAME};

use crate::go_text::{float_g, quoted};

/// A remark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Note {
    /// A range or vector has numbers and histograms, and the function takes either.
    MixedFloatsHistograms,
    /// An aggregation has numbers and histograms.
    MixedFloatsHistogramsAggregation,
    /// Both kinds of histograms for the same labels.
    MixedClassicNativeHistograms,
    /// Counters are asked for, and the histogram is a gauge.
    HistogramNotCounter,
    /// Gauges are asked for, and the histogram is a counter.
    HistogramNotGauge,
    /// Histograms with bounds of both kinds.
    MixedExponentialCustom,
    /// Histograms with written bounds that differ, brought to those they share; by which operation: `aggregation`,
    /// `subtraction`, `addition`.
    MismatchedCustomBuckets(&'static str),
    /// Hints on resets that contradict each other; by which operation.
    CounterResetCollision(&'static str),
    /// The name does not say that it is a counter.
    PossibleNonCounter,
    /// `quantile` outside 0 to 1.
    InvalidQuantile(f64),
    /// `limit_ratio` outside -1 to 1, and what is taken.
    InvalidRatio(f64, f64),
    /// The label `le` or `quantile` is missing or no number; the label's value.
    BadBucketLabel(String),
    /// Counts of classic buckets fell, and were repaired.
    ForcedMonotonicity,
    /// Operands that do not go together; left, operator, right.
    IncompatibleTypes(&'static str, &'static str, &'static str),
    /// Histograms that do not go together; operator.
    IncompatibleBucketLayout(&'static str),
    /// An aggregation that takes numbers only; which.
    HistogramIgnored(&'static str),
    /// A function that takes numbers only met both.
    HistogramIgnoredInMixedRange,
    /// `histogram_quantile` of observations that are NaN.
    QuantileNaNResult,
    /// The same, and the result is too high.
    QuantileNaNSkew,
    /// `histogram_fraction` of observations that are NaN.
    FractionNaNs,
    /// `sort` in a range query.
    SortInRange,
}

/// Warnings and infos, each once, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    query: Box<str>,
    place: usize,
    metric: Option<LabelSet>,
    /// What was said since [`Self::enter`], so that a loop over windows costs nothing when it says the same again.
    here: Vec<Note>,
    warnings: Vec<String>,
    infos: Vec<String>,
}

impl Notes {
    /// Without remarks. Places are shown as line and column of `query`; of an empty one none is shown.
    pub(crate) fn new(query: &str) -> Self {
        Self { query: query.into(), ..Self::default() }
    }

    /// What follows is about the expression at that byte, and about that series.
    pub(crate) fn enter(&mut self, place: usize, metric: Option<&LabelSet>) {
        self.place = place;
        self.metric = metric.cloned();
        self.here.clear();
    }

    /// Adds a remark about where we are.
    pub(crate) fn add(&mut self, note: Note) {
        if self.here.contains(&note) {
            return;
        }
        let (is_info, text) = self.text(&note);
        self.here.push(note);
        let whole = if self.query.is_empty() { text } else { format!("{text} ({})", self.shown_place()) };
        let list = if is_info { &mut self.infos } else { &mut self.warnings };
        if !list.contains(&whole) {
            list.push(whole);
        }
    }

    /// Takes over what others remarked.
    pub(crate) fn absorb(&mut self, other: Self) {
        for (list, more) in [(&mut self.warnings, other.warnings), (&mut self.infos, other.infos)] {
            for text in more {
                if !list.contains(&text) {
                    list.push(text);
                }
            }
        }
    }

    /// Warnings and infos.
    pub(crate) fn into_texts(self) -> (Vec<String>, Vec<String>) {
        (self.warnings, self.infos)
    }

    fn shown_place(&self) -> String {
        let before = self.query.get(..self.place).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rfind('\n').map_or(self.place + 1, |at| self.place - at);
        format!("{line}:{column}")
    }

    fn metric_name(&self) -> &str {
        self.metric.as_ref().map_or("", |labels| labels.get(METRIC_NAME))
    }

    /// Whether it is an info, and its text.
    fn text(&self, note: &Note) -> (bool, String) {
        let name = quoted(self.metric_name());
        let named = |text: &str| match self.metric_name() {
            "" => text.to_owned(),
            _ => format!("{text} for metric name {name}"),
        };
        let (is_info, text) = match note {
            Note::MixedFloatsHistograms => {
                (false, format!("encountered a mix of histograms and floats for metric name {name}"))
            }
            Note::MixedFloatsHistogramsAggregation => {
                (false, "encountered a mix of histograms and floats for aggregation".to_owned())
            }
            Note::MixedClassicNativeHistograms => {
                (false, named("vector contains a mix of classic and native histograms"))
            }
            Note::HistogramNotCounter => (false, format!("this native histogram metric is not a counter: {name}")),
            Note::HistogramNotGauge => (false, format!("this native histogram metric is not a gauge: {name}")),
            Note::MixedExponentialCustom => (
                false,
                format!(
                    "vector contains a mix of histograms with exponential and custom buckets schemas for metric name {name}"
                ),
            ),
            Note::InvalidQuantile(given) => {
                (false, format!("quantile value should be between 0 and 1, got {}", float_g(*given)))
            }
            Note::InvalidRatio(given, taken) => (
                false,
                format!(
                    "ratio value should be between -1 and 1, got {}, capping to {}",
                    float_g(*given),
                    float_g(*taken)
                ),
            ),
            Note::BadBucketLabel(value) => {
                (false, named(&format!("bucket label \"le\" is missing or has a malformed value of {}", quoted(value))))
            }
            Note::IncompatibleBucketLayout(op) => {
                (false, format!("incompatible bucket layout encountered for binary operator {op}"))
            }
            Note::CounterResetCollision(operation) => {
                (false, format!("conflicting counter resets during histogram {operation}"))
            }
            Note::SortInRange => {
                (false, "sort is ineffective for range queries since results are always ordered by labels".to_owned())
            }
            Note::MismatchedCustomBuckets(operation) => {
                (true, format!("mismatched custom buckets were reconciled during {operation}"))
            }
            other => (true, info_text(other, &name, &named)),
        };
        (is_info, format!("PromQL {}: {text}", if is_info { "info" } else { "warning" }))
    }
}

fn info_text(note: &Note, name: &str, named: &dyn Fn(&str) -> String) -> String {
    match note {
        Note::PossibleNonCounter => {
            format!("metric might not be a counter, name does not end in _total/_sum/_count/_bucket: {name}")
        }
        Note::ForcedMonotonicity => named(
            "input to histogram_quantile needed to be fixed for monotonicity (see \
             https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
        ),
        Note::IncompatibleTypes(left, op, right) => {
            format!("incompatible sample types encountered for binary operator {}: {left} {op} {right}", quoted(op))
        }
        Note::HistogramIgnored(aggregation) => format!("ignored histogram in {aggregation} aggregation"),
        Note::HistogramIgnoredInMixedRange => {
            format!("ignored histograms in a range containing both floats and histograms for metric name {name}")
        }
        Note::QuantileNaNResult => named("input to histogram_quantile has NaN observations, result is NaN"),
        Note::QuantileNaNSkew => named("input to histogram_quantile has NaN observations, result is skewed higher"),
        Note::FractionNaNs => {
            named("input to histogram_fraction has NaN observations, which are excluded from all fractions")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_its_place_and_metric_and_is_said_once() {
        let mut notes = Notes::new("1 +\n rate(x[5m])");
        let x = LabelSet::new([(METRIC_NAME, "x"), ("a", "b")]);
        notes.enter(10, Some(&x));
        notes.add(Note::PossibleNonCounter);
        notes.add(Note::PossibleNonCounter);
        notes.enter(10, Some(&x));
        notes.add(Note::PossibleNonCounter);
        notes.enter(0, None);
        notes.add(Note::InvalidQuantile(1.5));
        let (warnings, infos) = notes.into_texts();
        let counter = "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"x\"";
        assert_eq!(infos, [format!("PromQL info: {counter} (2:7)")]);
        assert_eq!(warnings, ["PromQL warning: quantile value should be between 0 and 1, got 1.5 (1:1)"]);
    }
}
