//! An allowance names a code that does not exist.

use evenkeel_diagnostic::{Diagnostic, did_you_mean};
use evenkeel_model::{codes, quoted};

use super::Case;

pub(super) fn check(case: &Case<'_>) -> Option<Diagnostic> {
    let code = &case.allowance.spec.code;
    let known = codes::all();
    if known.iter().any(|(known, _)| *known == &*code.value) {
        return None;
    }
    let headline = format!("no finding has the code {}", quoted(code));
    let diag = Diagnostic::finding(codes::UNKNOWN_CODE, code.span, headline).label("so nothing is allowed");
    Some(match did_you_mean(code, known.iter().map(|(code, _)| *code)) {
        Some(nearest) => diag.help(format!("did you mean `{nearest}`?")),
        None => diag.help("`evenkeel explain` lists all codes; one stands in brackets before each finding"),
    })
}
