//! The labels that info metrics give one row, which may change over time.

use evenkeel_labels::{LabelSet, METRIC_NAME};

use super::{Infos, Wanted};
use crate::EvalFault;
use crate::collect::Merged;
use crate::labels::Labels;
use crate::row::{Cell, Row, is_absent};
use crate::sink::{Done, Sink};

/// One row, and what may describe it.
pub(super) struct Describe<'d> {
    pub(super) wanted: &'d Wanted,
    pub(super) infos: &'d mut Infos,
    pub(super) labels: &'d Labels,
    pub(super) row: &'d Row,
}

impl Describe<'_> {
    /// Gives a row for each description that there is in turn.
    pub(super) fn run(self, out: &mut Merged<'_, '_>) -> Done {
        let Self { wanted, infos, labels, row } = self;
        let groups: Vec<Vec<usize>> = infos.describing(labels).into_iter().map(<[usize]>::to_vec).collect();
        let mut described: Vec<(Vec<usize>, Option<Row>)> = Vec::new();
        for index in 0..row.len() {
            let Some(cell) = row.cell(index) else { continue };
            let newest = groups.iter().map(|group| newest(&infos.rows, group, index));
            let chosen: Vec<usize> = newest.filter_map(Result::transpose).collect::<Result<_, _>>()?;
            if chosen.is_empty() && !wanted.allows_none() {
                continue;
            }
            let known = described.iter().position(|(known, _)| *known == chosen);
            let place = known.unwrap_or_else(|| {
                described.push((chosen, Some(Row::absent(row.len()))));
                described.len() - 1
            });
            let Some((_, Some(into))) = described.get_mut(place) else { continue };
            match cell {
                Cell::Number(value) => into.set(index, value),
                Cell::Histogram(histogram) => into.set_histogram(index, histogram.clone()),
            }
        }
        for (chosen, row) in described {
            let labels = with_labels(wanted, &infos.rows, labels, &chosen)?;
            out.row(&labels, &mut row.unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Of the info metrics that describe the same, the one with the newest sample at an instant.
fn newest(rows: &[(Labels, Row)], group: &[usize], index: usize) -> Result<Option<usize>, EvalFault> {
    let mut best: Option<(usize, f64)> = None;
    for place in group {
        let Some((labels, row)) = rows.get(*place) else { continue };
        let Some(at) = row.values.get(index).copied().filter(|at| !is_absent(*at)) else { continue };
        match best {
            Some((_, newest)) if newest > at => {}
            Some((other, newest)) if newest >= at => {
                let other = rows.get(other).map(|(labels, _)| labels.seen()).unwrap_or_default();
                let ms = crate::timing::milliseconds(at);
                return Err(EvalFault::Execution(format!(
                    "found duplicate series for info metric: existing {other} @ {ms}, new {} @ {ms}",
                    labels.seen()
                )));
            }
            _ => best = Some((*place, at)),
        }
    }
    Ok(best.map(|(place, _)| place))
}

fn with_labels(
    wanted: &Wanted,
    infos: &[(Labels, Row)],
    labels: &Labels,
    chosen: &[usize],
) -> Result<Labels, EvalFault> {
    let mut added: Vec<(&str, &str)> = Vec::new();
    for (info, _) in chosen.iter().filter_map(|place| infos.get(*place)) {
        for (name, value) in info.set.iter().filter(|(name, _)| *name != METRIC_NAME && wanted.takes(name)) {
            match added.iter().find(|(known, _)| *known == name) {
                Some((_, known)) if *known != value => {
                    return Err(EvalFault::Execution(format!("conflicting label: {name}")));
                }
                Some(_) => {}
                None if labels.get(name).is_empty() => added.push((name, value)),
                None => {}
            }
        }
    }
    let set = LabelSet::new(labels.pairs().chain(added));
    Ok(labels.with(set, labels.drop_name))
}
