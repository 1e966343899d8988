//! Operators between two vectors: rows find each other by their labels, one to one or many to one.
//!
//! The side that has one row for each key is kept; the rows of the other side are streamed past it. What Prometheus refuses
//! at an instant is refused: the keys of rows are compared once, and where they have values only if two rows share a key.
//! Source: Prometheus `VectorBinop`.

use evenkeel_labels::LabelSet;
use evenkeel_promql::{Binary, BinaryOp, Expr, Side};

use super::elements::{Operand, Operation};
use super::makes_another_metric;
use super::numbers;
use crate::EvalFault;
use crate::collect::{Kept, Merged, Same};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::{KeyLabels, Labels, Numbered, is_metadata};
use crate::row::{ABSENT, Mask, Row, is_absent};
use crate::sink::{Done, Sink};
use crate::split;

/// The labels by which rows of both sides find each other.
pub(super) fn key_labels(binary: &Binary) -> KeyLabels {
    let labels = binary.matching.labels.iter().flatten().map(|label| &*label.value);
    if binary.matching.on { KeyLabels::only(labels) } else { KeyLabels::without(labels) }
}

/// Streams what an operator gives for two vectors.
pub(super) fn stream(ev: &Evaluator<'_>, binary: &Binary, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    let swapped = binary.matching.many == Some(Side::Right);
    let (many, one) = if swapped { (&binary.right, &binary.left) } else { (&binary.left, &binary.right) };
    let mut join = Join::new(ev, binary, expr);
    ev.stream(one, grid, &mut |labels: &Labels, row: &mut Row| join.add_one(labels, row))?;
    if join.ones.rows.is_empty() && join.fill_one.is_none() {
        return Ok(());
    }
    let mut out = Merged::new(ev, Same::Merge);
    if ev.workers.count() > 1 {
        let mut kept = split::rows(ev, many, grid, &|_, _| {})?;
        for (labels, mut row) in std::mem::take(&mut kept.rows) {
            join.row(&labels, &mut row, &mut out)?;
        }
    } else {
        ev.stream(many, grid, &mut |labels: &Labels, row: &mut Row| join.row(labels, row, &mut out))?;
    }
    join.fill_rest(&mut out)?;
    out.flush(sink)
}

/// A key that rows of the one side have.
#[derive(Default)]
struct Group {
    /// Their places among the kept rows.
    ones: Vec<usize>,
    /// Where one of them has a value.
    present: Option<Mask>,
    /// Where a row of the many side has met one: for one to one, where a second is refused; and for filling the rest.
    matched: Option<Mask>,
}

struct Join<'j, 'q> {
    ev: &'j Evaluator<'q>,
    binary: &'j Binary,
    expr: &'j Expr,
    key: KeyLabels,
    numbered: Numbered,
    groups: Vec<Group>,
    ones: Kept<'j, 'q>,
    swapped: bool,
    /// What a row of the many side that finds no other is joined with.
    fill_one: Option<f64>,
    /// What a row of the one side that finds no other is joined with.
    fill_many: Option<f64>,
    /// When two rows of the one side have the same key and a value. It is a fault only if the many side has a value then.
    refused: Option<(Mask, EvalFault)>,
}

impl<'j, 'q> Join<'j, 'q> {
    fn new(ev: &'j Evaluator<'q>, binary: &'j Binary, expr: &'j Expr) -> Self {
        let fill = |fill: &Option<evenkeel_promql::Located<evenkeel_promql::Number>>| {
            fill.as_ref().map(|number| number.value.value)
        };
        Self {
            ev,
            binary,
            expr,
            key: key_labels(binary),
            numbered: Numbered::default(),
            groups: Vec::new(),
            ones: Kept::new(ev),
            swapped: binary.matching.many == Some(Side::Right),
            // Prometheus turns the sides round, and leaves the values where they are.
            fill_one: fill(&binary.matching.fill_right),
            fill_many: fill(&binary.matching.fill_left),
            refused: None,
        }
    }

    fn group(&mut self, labels: &Labels) -> usize {
        let (place, new) = self.numbered.number(|text| self.key.encode(labels, text));
        if new {
            self.groups.push(Group::default());
        }
        place
    }

    /// Keeps a row of the one side. Two with the same key may have no value at the same instant.
    fn add_one(&mut self, labels: &Labels, row: &mut Row) -> Done {
        let place = self.group(labels);
        let Some(group) = self.groups.get_mut(place) else { return Ok(()) };
        let mask = Mask::of(row);
        let clash = mask.common(group.present.get_or_insert_with(|| Mask::none(row.len())));
        if let Some(present) = &mut group.present {
            present.add(&mask);
        }
        match &mut self.refused {
            _ if clash.is_empty() => {}
            Some((instants, _)) => instants.add(&clash),
            None => {
                let known = group.ones.iter().filter_map(|known| self.ones.rows.get(*known));
                let other = known.filter(|(_, known)| Mask::of(known).meets(&mask)).map(|(labels, _)| labels).next();
                let side = if self.swapped { "left" } else { "right" };
                let fault = EvalFault::Execution(format!(
                    "found duplicate series for the match group {} on the {side} hand-side of the operation: [{}, {}]\
                     ;many-to-many matching not allowed: matching labels must be unique on one side",
                    keyed(labels, &self.key),
                    labels.seen(),
                    other.map(Labels::seen).unwrap_or_default()
                ));
                if self.fill_one.is_some() || self.fill_many.is_some() {
                    return Err(fault);
                }
                self.refused = Some((clash, fault));
            }
        }
        group.ones.push(self.ones.rows.len());
        self.ones.row(labels, row)
    }

    /// Joins a row of the many side with those it finds.
    fn row(&mut self, labels: &Labels, row: &mut Row, out: &mut Merged<'_, '_>) -> Done {
        if let Some((instants, fault)) = &self.refused
            && instants.meets(&Mask::of(row))
        {
            return Err(fault.clone());
        }
        let found = self.numbered.find(|text| self.key.encode(labels, text));
        let place = match found {
            Some(place) => place,
            None if self.fill_one.is_some() => self.group(labels),
            None => return Ok(()),
        };
        let Some(mut group) = self.groups.get_mut(place).map(std::mem::take) else { return Ok(()) };
        let result = self.join_group(labels, row, &mut group, out);
        if let Some(slot) = self.groups.get_mut(place) {
            *slot = group;
        }
        result
    }

    fn join_group(&mut self, labels: &Labels, row: &mut Row, group: &mut Group, out: &mut Merged<'_, '_>) -> Done {
        let fills = self.fill_one.is_some() || self.fill_many.is_some();
        let mut unmet = (fills || self.binary.matching.many.is_none()).then(|| Mask::of(row));
        let is_last_use = group.ones.len() == 1 && self.fill_one.is_none();
        for place in &group.ones {
            let Some((one_labels, one)) = self.ones.rows.get(*place) else { continue };
            if let Some(unmet) = &mut unmet {
                let met = Mask::of(row).common(&Mask::of(one));
                self.note_match(&mut group.matched, &met)?;
                unmet.take_away(&met);
            }
            if is_last_use {
                self.operate(row, one);
                self.emit(labels, one_labels, row, out)?;
            } else {
                let mut joined = row.clone();
                self.operate(&mut joined, one);
                self.emit(labels, one_labels, &mut joined, out)?;
            }
        }
        if let (Some(fill), Some(unmet)) = (self.fill_one, unmet.filter(|mask| !mask.is_empty())) {
            self.note_match(&mut group.matched, &unmet)?;
            self.operate(row, &filled(&unmet, row.len(), fill));
            let one_labels = labels.with(keyed(labels, &self.key), false);
            self.emit(labels, &one_labels, row, out)?;
        }
        Ok(())
    }

    /// Joins what rows of the one side have left with what the many side counts as.
    fn fill_rest(&mut self, out: &mut Merged<'_, '_>) -> Done {
        let Some(fill) = self.fill_many else { return Ok(()) };
        let groups = std::mem::take(&mut self.groups);
        for group in &groups {
            for place in &group.ones {
                let Some((one_labels, one)) = self.ones.rows.get(*place) else { continue };
                let mut rest = Mask::of(one);
                if let Some(matched) = &group.matched {
                    rest.take_away(matched);
                }
                if rest.is_empty() {
                    continue;
                }
                let mut joined = filled(&rest, one.len(), fill);
                self.operate(&mut joined, one);
                let labels = one_labels.with(keyed(one_labels, &self.key), false);
                self.emit(&labels, one_labels, &mut joined, out)?;
            }
        }
        Ok(())
    }

    /// In one-to-one matching a key is met once at an instant.
    fn note_match(&self, matched: &mut Option<Mask>, met: &Mask) -> Done {
        match matched {
            Some(matched) if self.binary.matching.many.is_none() && matched.meets(met) => {
                let message =
                    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)";
                return Err(EvalFault::Execution(message.to_owned()));
            }
            Some(matched) => matched.add(met),
            None => *matched = Some(met.clone()),
        }
        Ok(())
    }

    /// Computes a row in place; nothing is left where a side has no value.
    fn operate(&self, many: &mut Row, one: &Row) {
        let (op, returns_bool) = (self.binary.op.value, self.binary.returns_bool);
        if many.has_histograms() || one.has_histograms() || !(op.is_comparison() || makes_another_metric(op)) {
            return self.operate_mixed(many, one);
        }
        match (op, numbers::arithmetic(op)) {
            (BinaryOp::Mul, _) => self.each(many, one, |a, b| a * b),
            (BinaryOp::Div, _) => self.each(many, one, |a, b| a / b),
            (BinaryOp::Add, _) => self.each(many, one, |a, b| a + b),
            (BinaryOp::Sub, _) => self.each(many, one, |a, b| a - b),
            (_, Some(compute)) => self.each(many, one, compute),
            (_, None) if returns_bool => self.each(many, one, |a, b| f64::from(numbers::holds(op, a, b))),
            (_, None) => self.each(many, one, |a, b| if numbers::holds(op, a, b) { a } else { ABSENT }),
        }
    }

    #[inline]
    fn each(&self, many: &mut Row, one: &Row, compute: impl Fn(f64, f64) -> f64) {
        for (slot, other) in many.values.iter_mut().zip(&one.values) {
            let (left, right) = if self.swapped { (*other, *slot) } else { (*slot, *other) };
            *slot = if is_absent(left) || is_absent(right) { ABSENT } else { compute(left, right) };
        }
    }

    fn operate_mixed(&self, many: &mut Row, one: &Row) {
        let (op, returns_bool) = (self.binary.op.value, self.binary.returns_bool);
        let operation = Operation { op, returns_bool };
        self.ev.with_notes(self.expr, None, |notes| {
            for index in 0..many.len() {
                let result = match (many.cell(index).map(Operand::from), one.cell(index).map(Operand::from)) {
                    (Some(a), Some(b)) if self.swapped => operation.apply(&b, &a, notes),
                    (Some(a), Some(b)) => operation.apply(&a, &b, notes),
                    _ => None,
                };
                match result {
                    Some(Operand::Number(value)) => many.set(index, value),
                    Some(Operand::Histogram(histogram)) => many.set_histogram(index, histogram),
                    None => many.clear(index),
                }
            }
        });
    }

    fn emit(&self, many: &Labels, one: &Labels, joined: &mut Row, out: &mut Merged<'_, '_>) -> Done {
        if joined.is_empty() {
            return Ok(());
        }
        let labels = self.result_labels(many, one);
        match out.row(&labels, joined) {
            Err(EvalFault::Execution(_)) if self.binary.matching.many.is_some() => Err(EvalFault::Execution(
                "multiple matches for labels: grouping labels must ensure unique matches".to_owned(),
            )),
            other => other,
        }
    }

    /// Source: Prometheus `resultMetric`.
    fn result_labels(&self, many: &Labels, one: &Labels) -> Labels {
        let matching = &self.binary.matching;
        let drops = makes_another_metric(self.binary.op.value) || self.binary.returns_bool && !self.ev.delayed();
        let is_included = |name: &str| matching.include.iter().any(|label| label.value == name);
        let listed = |name: &str| matching.labels.iter().flatten().any(|label| label.value == name);
        let keeps = |name: &str| {
            if is_included(name) || drops && is_metadata(name) {
                return false;
            }
            matching.many.is_some() || listed(name) == matching.on
        };
        if matching.include.is_empty() && !many.drop_name && many.set.iter().all(|(name, _)| keeps(name)) {
            return many.clone().dropping(self.binary.returns_bool);
        }
        let mut pairs: Vec<(&str, &str)> = many.pairs().filter(|(name, _)| keeps(name)).collect();
        for label in &matching.include {
            let (name, value) = (&*label.value, one.get(&label.value));
            let place = pairs.partition_point(|(known, _)| *known < name);
            pairs.insert(place, (name, value));
        }
        let set = LabelSet::new(pairs);
        Labels::new(set, self.ev.delayed()).dropping(self.binary.returns_bool || many.drop_name && self.ev.delayed())
    }
}

/// The labels of a row that are its key.
fn keyed(labels: &Labels, key: &KeyLabels) -> LabelSet {
    LabelSet::new(labels.pairs().filter(|(name, _)| key.has(name)))
}

/// A number where the mask is.
fn filled(mask: &Mask, count: usize, number: f64) -> Row {
    let values = (0..count).map(|index| if mask.has(index) { number } else { ABSENT }).collect();
    Row { values, histograms: Vec::new() }
}
