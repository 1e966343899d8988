//! An allowance is for errors, and errors cannot be allowed.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::Case;

pub(super) fn check(case: &Case<'_>) -> Option<Diagnostic> {
    let (allowance, outcome) = (case.allowance, case.outcome);
    if outcome.errors == 0 || outcome.findings > 0 {
        return None;
    }
    let code = &allowance.spec.code;
    let headline = format!("the allowance {} is for errors, which cannot be allowed", quoted(&allowance.name));
    let label = match outcome.errors {
        1 => "this is an error here".to_owned(),
        count => format!("these are {count} errors here"),
    };
    let help = "an error keeps the plan from being taken: mend it, and remove the allowance";
    Some(Diagnostic::finding(codes::ALLOWED_ERROR, code.span, headline).label(label).help(help))
}
