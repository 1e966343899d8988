//! `info`: labels of info metrics added to the rows that they describe.
//!
//! An info metric describes what has its `instance` and `job`. Of several samples for the same the newest counts.
//! Source: Prometheus `promql/info.go`.

mod describe;

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_labels::{METRIC_NAME, MatchOp, Matcher};
use evenkeel_metric::Column;
use evenkeel_promql::{Call, Expr, ExprKind};

use crate::EvalFault;
use crate::collect::{Kept, Merged, Same};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::{Labels, Numbered};
use crate::row::Row;
use crate::selector::{self, Give};
use crate::sink::{Done, Sink};
use describe::Describe;

/// The labels by which an info metric finds what it describes.
const IDENTIFYING: [&str; 2] = ["instance", "job"];

/// Streams rows with the labels of the info metrics that describe them.
pub(super) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first() else { return Ok(()) };
    let wanted = Wanted::of(call.args.get(1).map(Expr::bare))?;
    let mut base = Kept::new(ev);
    ev.stream(arg, grid, &mut |labels: &Labels, row: &mut Row| base.row(labels, row))?;
    let mut infos = Infos::default();
    if let Some(matchers) = wanted.matchers(&base.rows) {
        let reject_histograms = |labels: &evenkeel_labels::LabelSet, column: &Column| {
            if column.histograms.is_empty() {
                return Ok(());
            }
            let message = format!("this should be an info metric, with float samples: {labels}");
            Err(EvalFault::Execution(message))
        };
        selector::stream_by(
            ev,
            matchers,
            grid,
            Give::Times,
            &reject_histograms,
            &mut |labels: &Labels, row: &mut Row| {
                infos.add(labels, row);
                Ok(())
            },
        )?;
    }
    let mut out = Merged::new(ev, Same::Merge);
    for (labels, mut row) in std::mem::take(&mut base.rows) {
        if wanted.names_info(&labels) {
            out.row(&labels, &mut row)?;
        } else {
            Describe { wanted: &wanted, infos: &mut infos, labels: &labels, row: &row }.run(&mut out)?;
        }
    }
    out.flush(sink)
}

/// What the second argument asks for.
struct Wanted {
    /// Which metrics are info metrics.
    names: Vec<Matcher>,
    /// Which labels are taken over, and of which series; empty: all.
    data: Vec<Matcher>,
}

impl Wanted {
    fn of(arg: Option<&Expr>) -> Result<Self, EvalFault> {
        let mut wanted = Self { names: Vec::new(), data: Vec::new() };
        let Some(ExprKind::Selector(selector)) = arg.map(|arg| &arg.kind) else {
            wanted.names.push(matcher(METRIC_NAME, MatchOp::Equal, "target_info")?);
            return Ok(wanted);
        };
        for written in &selector.matchers {
            let name = &*written.name.value;
            let list = if name == METRIC_NAME { &mut wanted.names } else { &mut wanted.data };
            list.push(matcher(name, written.op, &written.value.value)?);
        }
        // Names that are only refused leave every metric that is called an info metric.
        let refuses = |matcher: &Matcher| matches!(matcher.op(), MatchOp::NotEqual | MatchOp::NotRegex);
        if !wanted.names.is_empty() && wanted.names.iter().all(refuses) {
            wanted.names.push(matcher(METRIC_NAME, MatchOp::Regex, ".+_info")?);
        }
        Ok(wanted)
    }

    /// Whether a row is itself one of the info metrics that are asked for.
    fn names_info(&self, labels: &Labels) -> bool {
        let name = labels.get(METRIC_NAME);
        !self.names.is_empty() && self.names.iter().all(|matcher| matcher.matches_value(name))
    }

    /// Whether a label is taken over.
    fn takes(&self, name: &str) -> bool {
        self.data.is_empty() || self.data.iter().any(|matcher| matcher.name() == name)
    }

    /// Whether a row may stay that nothing describes.
    fn allows_none(&self) -> bool {
        self.data.iter().all(|matcher| matcher.matches_value(""))
    }

    /// The conditions for info metrics that describe the rows; `None`: no row can be described.
    fn matchers(&self, rows: &[(Labels, Row)]) -> Option<Vec<Matcher>> {
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (labels, _) in rows.iter().filter(|(labels, _)| !self.names_info(labels)) {
            for name in IDENTIFYING {
                let value = labels.get(name);
                if !value.is_empty() {
                    values.entry(name).or_default().insert(value);
                }
            }
        }
        if values.is_empty() {
            return None;
        }
        let of_values = values.iter().filter_map(|(name, values)| {
            let pattern: Vec<String> = values.iter().map(|value| regex::escape(value)).collect();
            Matcher::new(*name, MatchOp::Regex, pattern.join("|")).ok()
        });
        let default = self.names.is_empty().then(|| Matcher::new(METRIC_NAME, MatchOp::Equal, "target_info").ok());
        let own = self.names.iter().chain(&self.data).cloned();
        Some(default.flatten().into_iter().chain(own).chain(of_values).collect())
    }
}

fn matcher(name: &str, op: MatchOp, value: &str) -> Result<Matcher, EvalFault> {
    Matcher::new(name, op, value).map_err(|error| EvalFault::Execution(error.to_string()))
}

/// The info metrics that were found, by name and by what they describe.
#[derive(Default)]
struct Infos {
    /// Each with the instants of its samples.
    rows: Vec<(Labels, Row)>,
    names: Vec<Box<str>>,
    numbered: Numbered,
    /// The places of the rows that describe the same. Shape: as `numbered`.
    groups: Vec<Vec<usize>>,
}

impl Infos {
    fn add(&mut self, labels: &Labels, row: &mut Row) {
        let name = labels.get(METRIC_NAME);
        if !self.names.iter().any(|known| **known == *name) {
            self.names.push(name.into());
            self.names.sort();
        }
        let (place, new) = self.numbered.number(|text| identify(name, labels, text));
        if new {
            self.groups.push(Vec::new());
        }
        if let Some(group) = self.groups.get_mut(place) {
            group.push(self.rows.len());
        }
        self.rows.push((labels.clone(), std::mem::take(row)));
    }

    /// The places of the info metrics that describe a row, for each name of an info metric that has some.
    fn describing(&mut self, labels: &Labels) -> Vec<&[usize]> {
        let places: Vec<usize> =
            self.names.iter().filter_map(|name| self.numbered.find(|text| identify(name, labels, text))).collect();
        places.into_iter().filter_map(|place| self.groups.get(place)).map(Vec::as_slice).collect()
    }
}

fn identify(name: &str, labels: &Labels, text: &mut String) {
    let identifying = IDENTIFYING.into_iter().map(|label| (label, labels.get(label)));
    evenkeel_labels::LabelSet::encode_sorted([(METRIC_NAME, name)].into_iter().chain(identifying), text);
}
