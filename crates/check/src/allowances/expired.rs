//! An allowance's time is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::Case;
use crate::ending;

pub(super) fn check(case: &Case<'_>) -> Option<Diagnostic> {
    let (allowance, outcome) = (case.allowance, case.outcome);
    if !outcome.is_over {
        return None;
    }
    let until = &allowance.spec.until;
    let headline = format!("the allowance {} ended {}", quoted(&allowance.name), ending::when(until.value));
    let code = quoted(&allowance.spec.code);
    let (label, help) = match outcome.again {
        0 if outcome.findings > 0 => (format!("another allowance takes its {code} away"), "remove it".to_owned()),
        0 if case.whole => (format!("no {code} is found any more"), "remove the allowance".to_owned()),
        0 => (String::new(), format!("mend what has {code}, or say again until when and why it is allowed")),
        count => (
            format!("{count} {code} {} said again", if count == 1 { "is" } else { "are" }),
            "mend what it allowed, or say again until when and why it is allowed".to_owned(),
        ),
    };
    Some(Diagnostic::finding(codes::EXPIRED_ALLOWANCE, until.span, headline).label(label).help(help))
}
