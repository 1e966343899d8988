//! There are so many allowances that not all of them are looked at.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::Case;

pub(super) fn check(case: &Case<'_>) -> Option<Diagnostic> {
    let allowance = case.allowance;
    if !case.outcome.cut_short {
        return None;
    }
    let code = quoted(&allowance.spec.code);
    let headline = format!("the allowance {} is one of too many for {code}", quoted(&allowance.name));
    let diag = Diagnostic::finding(codes::TOO_MANY_ALLOWANCES, allowance.name.span, headline);
    Some(diag.label("not looked at everywhere").help("put them together: one allowance may name many paths"))
}
