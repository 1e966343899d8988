//! What functions and aggregations are given.

use evenkeel_diagnostic::did_you_mean;

use super::ValueType;
use crate::{Aggregate, Call, Expr, ExprKind, Fault, FaultKind, Function, functions};

pub(super) fn visit(call: &Call, faults: &mut Vec<Fault>) -> Option<ValueType> {
    let Some(function) = call.function else {
        faults.push(unknown(call));
        for arg in &call.args {
            super::visit(arg, faults);
        }
        return None;
    };
    check_count(call, function, faults);
    for (index, arg) in call.args.iter().enumerate() {
        let wanted = function.args.get(index).or(function.args.last());
        if function.name == "info" && index == 1 {
            check_info(arg, faults);
        } else if let Some(wanted) = wanted {
            expect(arg, *wanted, function.name, faults);
        }
    }
    Some(function.returns)
}

pub(super) fn visit_aggregate(aggregate: &Aggregate, faults: &mut Vec<Fault>) {
    let op = aggregate.op.value;
    if let Some((parameter, wanted)) = aggregate.parameter.as_ref().zip(op.parameter()) {
        expect(parameter, wanted, op.as_str(), faults);
    }
    expect(&aggregate.expr, ValueType::Vector, op.as_str(), faults);
}

fn unknown(call: &Call) -> Fault {
    let name = &call.name.value;
    let message = format!("there is no function `{}`", crate::lex::shortened(name));
    let fault = Fault::new(FaultKind::UnknownFunction, call.name.range.clone(), message);
    match did_you_mean(name, functions().iter().map(|function| function.name)) {
        Some(meant) if name.len() < 60 => fault.help(format!("did you mean `{meant}`?")),
        Some(_) | None => fault,
    }
}

fn check_count(call: &Call, function: &Function, faults: &mut Vec<Fault>) {
    let count = call.args.len();
    let wanted = match (function.args_min, function.args_max) {
        (least, Some(most)) if least == most => plural(least),
        (least, _) if count < least => format!("at least {}", plural(least)),
        (_, Some(most)) => format!("at most {}", plural(most)),
        (least, None) => format!("at least {}", plural(least)),
    };
    if count < function.args_min || function.args_max.is_some_and(|most| count > most) {
        let message = format!("`{}` takes {wanted}, and is given {count}", function.name);
        faults.push(Fault::typed(call.name.range.clone(), message));
    }
}

fn plural(count: usize) -> String {
    match count {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        _ => format!("{count} arguments"),
    }
}

fn expect(arg: &Expr, wanted: ValueType, of: &str, faults: &mut Vec<Fault>) {
    let Some(given) = super::visit(arg, faults).filter(|given| *given != wanted) else { return };
    let message = format!("`{of}` takes {} here, and this is {}", wanted.described(), given.described());
    let fault = Fault::typed(arg.range.clone(), message);
    let help = match (wanted, given) {
        (ValueType::Range, ValueType::Vector) => Some(if matches!(arg.kind, ExprKind::Selector(_)) {
            "add how far back to look, such as `[5m]`"
        } else {
            "a subquery makes one, such as `(…)[1h:5m]`"
        }),
        (ValueType::Vector, ValueType::Range) => Some("take the `[…]` away, or a function such as `rate(…)` round it"),
        (ValueType::Vector, ValueType::Scalar) => Some("`vector(…)` makes one of a number"),
        (ValueType::Scalar, ValueType::Vector) => Some("`scalar(…)` makes a number of a vector with one series"),
        (ValueType::Text, _) => Some("put it in quotes"),
        _ => None,
    };
    faults.push(match help {
        Some(help) => fault.help(help),
        None => fault,
    });
}

/// The second argument of `info` says which labels to take: a selector without a name, and it may select everything.
fn check_info(arg: &Expr, faults: &mut Vec<Fault>) {
    let fits = matches!(&arg.kind, ExprKind::Selector(selector) if selector.name.is_none());
    if !fits {
        let message = "`info` takes matchers of labels here, without a metric's name";
        faults.push(Fault::typed(arg.range.clone(), message).help("such as `{data=~\"version|region\"}`"));
    }
}
