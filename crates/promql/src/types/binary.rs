//! What may stand on both sides of an operator.

use std::collections::BTreeSet;

use super::ValueType;
use crate::{Binary, Fault};

pub(super) fn visit(binary: &Binary, faults: &mut Vec<Fault>) -> Option<ValueType> {
    let left = super::visit(&binary.left, faults);
    let right = super::visit(&binary.right, faults);
    let op = binary.op.value;
    let place = || binary.op.range.clone();
    for (side, given) in [(&binary.left, left), (&binary.right, right)] {
        if let Some(given @ (ValueType::Range | ValueType::Text)) = given {
            let message =
                format!("`{}` takes scalars and instant vectors, and this is {}", op.as_str(), given.described());
            let fault = Fault::typed(side.range.clone(), message);
            let is_range = given == ValueType::Range;
            let help = "a function such as `rate(…)` or `avg_over_time(…)` makes one value of many";
            faults.push(if is_range { fault.help(help) } else { fault });
        }
    }
    if binary.returns_bool && !op.is_comparison() {
        faults.push(Fault::typed(place(), format!("`bool` belongs to comparisons, and `{}` is none", op.as_str())));
    }
    let scalar = |given| given == Some(ValueType::Scalar);
    if op.is_comparison() && !binary.returns_bool && scalar(left) && scalar(right) {
        faults.push(
            Fault::typed(place(), "two scalars are compared without `bool`")
                .help(format!("write `{} bool` for 0 or 1, or `vector(…)` round one side", op.as_str())),
        );
    }
    if op.is_set() && (scalar(left) || scalar(right)) {
        faults.push(
            Fault::typed(
                place(),
                format!("`{}` takes instant vectors on both sides, and one is a scalar", op.as_str()),
            )
            .help("`vector(…)` makes an instant vector of a number"),
        );
    }
    check_matching(binary, scalar(left) || scalar(right), faults);
    match (left, right) {
        (Some(ValueType::Scalar), Some(ValueType::Scalar)) => Some(ValueType::Scalar),
        (None, None | Some(ValueType::Scalar)) | (Some(ValueType::Scalar), None) => None,
        _ => Some(ValueType::Vector),
    }
}

fn check_matching(binary: &Binary, with_scalar: bool, faults: &mut Vec<Fault>) {
    let matching = &binary.matching;
    let op = binary.op.value;
    let written = matching.labels.as_deref().unwrap_or_default();
    let on: BTreeSet<&str> = written.iter().filter(|_| matching.on).map(|label| &*label.value).collect();
    for label in matching.include.iter().filter(|label| on.contains(&*label.value)) {
        let message = format!("`{}` is both in `on` and in `group_left` or `group_right`", label.value);
        faults.push(Fault::typed(label.range.clone(), message));
    }
    let fill = matching.fill_left.as_ref().or(matching.fill_right.as_ref());
    if with_scalar {
        if let Some(label) = written.first() {
            let message = "series are matched only between instant vectors, and one side is a scalar";
            faults.push(Fault::typed(label.range.clone(), message));
        }
        if let Some(fill) = fill {
            faults.push(Fault::typed(fill.range.clone(), "`fill` is for instant vectors, and one side is a scalar"));
        }
    } else if op.is_set() {
        if matching.many.is_some() {
            let message = format!("`{}` takes no `group_left` or `group_right`", op.as_str());
            faults.push(Fault::typed(binary.op.range.clone(), message));
        }
        if let Some(fill) = fill {
            faults.push(Fault::typed(fill.range.clone(), format!("`{}` takes no `fill`", op.as_str())));
        }
    }
}
