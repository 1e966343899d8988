//! Nothing is found that an allowance allows.
//!
//! Where something keeps the plan from being resolved, or could not be read, nobody knows what else would be found.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::Case;

/// Findings about allowances stay.
const ABOUT_ALLOWANCES: [&str; 5] = [
    codes::ALLOWED_ERROR,
    codes::EXPIRED_ALLOWANCE,
    codes::TOO_MANY_ALLOWANCES,
    codes::UNKNOWN_CODE,
    codes::UNUSED_ALLOWANCE,
];

/// Looked for only when addresses are asked.
const ONLINE: [&str; 2] = [codes::DEAD_ADDRESS, codes::UNREACHABLE_ADDRESS];

pub(super) fn check(case: &Case<'_>) -> Option<Diagnostic> {
    let (allowance, outcome) = (case.allowance, case.outcome);
    let code = &allowance.spec.code;
    let about_allowances = ABOUT_ALLOWANCES.contains(&&*code.value);
    let unknown = !(case.whole || about_allowances) || ONLINE.contains(&&*code.value);
    if outcome.findings > 0 || outcome.errors > 0 || unknown {
        return None;
    }
    let headline = format!("the allowance {} allows nothing", quoted(&allowance.name));
    let diag = Diagnostic::finding(codes::UNUSED_ALLOWANCE, allowance.name.span, headline);
    let (label, help) = if about_allowances {
        (format!("{} cannot be allowed", quoted(code)), "remove the allowance")
    } else if allowance.spec.paths.is_empty() && allowance.spec.names.is_empty() {
        (format!("no {} is found", quoted(code)), "remove the allowance")
    } else {
        (format!("no {} is found there", quoted(code)), "remove the allowance, or look at its `in` and `names`")
    };
    Some(diag.label(label).help(help))
}
