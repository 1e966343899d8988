//! Labels of what two sides give together.

use super::OutputLabels;
use crate::types::value_type;
use crate::{Binary, BinaryOp, Located, Matching, Side, ValueType};

pub(super) fn of(binary: &Binary) -> OutputLabels {
    let (left, right) = (OutputLabels::of(&binary.left), OutputLabels::of(&binary.right));
    let scalar = |expr| value_type(expr) == Some(ValueType::Scalar);
    if scalar(&binary.left) {
        return right;
    }
    if scalar(&binary.right) {
        return left;
    }
    if value_type(&binary.left).is_none() || value_type(&binary.right).is_none() {
        return OutputLabels::any();
    }
    match binary.op.value {
        BinaryOp::And | BinaryOp::Unless => left,
        BinaryOp::Or => left.union(right),
        BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div
        | BinaryOp::Mod
        | BinaryOp::Pow
        | BinaryOp::Atan2
        | BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::LessOrEqual
        | BinaryOp::Less
        | BinaryOp::GreaterOrEqual
        | BinaryOp::Greater
        | BinaryOp::TrimUpper
        | BinaryOp::TrimLower => matched(&binary.matching, left, right),
    }
}

fn matched(matching: &Matching, left: OutputLabels, right: OutputLabels) -> OutputLabels {
    // A side that is filled in has the labels of the other.
    if matching.fill_left.is_some() || matching.fill_right.is_some() {
        return filled(matching, left, right);
    }
    match matching.many {
        Some(Side::Left) => grouped(&matching.include, left, &right),
        Some(Side::Right) => grouped(&matching.include, right, &left),
        None => one_to_one(matching, left.intersection_if(right, matching)),
    }
}

fn one_to_one(matching: &Matching, mut both: OutputLabels) -> OutputLabels {
    let written = matching.labels.as_deref().unwrap_or_default();
    if matching.on {
        return both.keep(written.iter().map(|label| &*label.value));
    }
    written.iter().for_each(|label| both.remove(&label.value));
    both
}

/// The labels of the side with many, and those taken over from the other.
fn grouped(include: &[Located<String>], mut many: OutputLabels, one: &OutputLabels) -> OutputLabels {
    for label in include {
        match one.known.get(&*label.value) {
            Some(value) => many.set(&label.value, value),
            None if one.can_have(&label.value) => many.allow(&label.value),
            None => many.remove(&label.value),
        }
    }
    many
}

fn filled(matching: &Matching, left: OutputLabels, right: OutputLabels) -> OutputLabels {
    if matching.many.is_some() {
        return OutputLabels::any();
    }
    one_to_one(matching, left.union(right))
}

impl OutputLabels {
    /// What both sides have: with `ignoring`, what is ignored is not the same on both; with `on`, only that is.
    fn intersection_if(self, other: Self, matching: &Matching) -> Self {
        let written = matching.labels.as_deref().unwrap_or_default();
        let ignored: Vec<&str> =
            if matching.on { Vec::new() } else { written.iter().map(|label| &*label.value).collect() };
        let mut both = (self, other);
        for label in ignored {
            both.0.remove(label);
            both.1.remove(label);
        }
        both.0.intersection(both.1)
    }
}
