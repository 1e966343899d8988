//! Values of templates, and how Go prints them.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

use crate::number::shortest;

/// One sample of an answer to `query`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Its labels, its name among them.
    pub labels: LabelSet,
    /// Its value.
    pub value: f64,
}

/// What a template computes with.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Nil,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A text; a histogram is its text too.
    Text(Arc<str>),
    /// Labels.
    Labels(LabelSet),
    /// A sample.
    Sample(Arc<Sample>),
    /// An answer to `query`.
    Samples(Arc<[Arc<Sample>]>),
    /// What `args` gives.
    Args(Arc<BTreeMap<String, Value>>),
    /// What `toTime` gives.
    Instant(Timestamp),
    /// All that is given: what `.` is at the beginning.
    Root,
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether `if` takes it for true. Source: Go, `template.IsTrue`.
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(yes) => *yes,
            Self::Whole(whole) => *whole != 0,
            Self::Number(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Labels(labels) => !labels.is_empty(),
            Self::Samples(samples) => !samples.is_empty(),
            Self::Args(args) => !args.is_empty(),
            Self::Sample(_) | Self::Instant(_) | Self::Root => true,
        }
    }

    /// What Go calls its type.
    pub(crate) const fn type_name(&self) -> &'static str {
        match self {
            Self::Nil => "nil",
            Self::Bool(_) => "bool",
            Self::Whole(_) => "int",
            Self::Number(_) => "float64",
            Self::Text(_) => "string",
            Self::Labels(_) => "map[string]string",
            Self::Sample(_) => "*template.sample",
            Self::Samples(_) => "template.queryResult",
            Self::Args(_) => "map[string]interface {}",
            Self::Instant(_) => "*time.Time",
            Self::Root => "struct",
        }
    }

    /// As `%v` prints it.
    pub(crate) fn print(&self) -> String {
        match self {
            Self::Nil => "<no value>".to_owned(),
            Self::Bool(yes) => yes.to_string(),
            Self::Whole(whole) => whole.to_string(),
            Self::Number(number) => shortest(*number),
            Self::Text(text) => text.to_string(),
            Self::Labels(labels) => labels_text(labels),
            Self::Sample(sample) => sample_text(sample),
            Self::Samples(samples) => {
                format!("[{}]", samples.iter().map(|sample| sample_text(sample)).collect::<Vec<_>>().join(" "))
            }
            Self::Args(args) => {
                let each: Vec<_> = args.iter().map(|(name, value)| format!("{name}:{}", value.print())).collect();
                format!("map[{}]", each.join(" "))
            }
            Self::Instant(at) => instant(*at),
            Self::Root => "{}".to_owned(),
        }
    }
}

fn labels_text(labels: &LabelSet) -> String {
    let each: Vec<_> = labels.iter().map(|(name, value)| format!("{name}:{value}")).collect();
    format!("map[{}]", each.join(" "))
}

fn sample_text(sample: &Sample) -> String {
    format!("{{{} {}}}", labels_text(&sample.labels), shortest(sample.value))
}

/// As Go prints an instant in UTC: `2026-01-02 03:04:05.678 +0000 UTC`.
pub(crate) fn instant(at: Timestamp) -> String {
    let text = at.to_string();
    let (date, rest) = text.split_once('T').unwrap_or((&text, ""));
    let time = rest.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.');
    // What was cut may be zeros of the seconds.
    let time = if time.len() < 8 { rest.get(..8).unwrap_or(rest) } else { time };
    format!("{date} {time} +0000 UTC")
}
