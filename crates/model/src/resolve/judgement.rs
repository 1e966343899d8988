//! What is resolvable and bad: what would fail a person at three in the morning.

mod cycles;
mod paging;
mod response;

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;

use super::names::Names;
use crate::document::LastResortDocument;
use crate::{Catalogue, codes};

/// Judges the catalogue as a whole; nothing is judged while a part of it is missing.
pub(super) fn judge(
    catalogue: &Catalogue,
    last_resort: Option<&LastResortDocument>,
    routed: &BTreeSet<Arc<str>>,
    names: &mut Names<'_>,
) {
    let whole = !names.people.incomplete && !names.diags.iter().any(Diagnostic::blocks);
    response::last_resort(catalogue, last_resort, names);
    if !whole {
        return;
    }
    cycles::hard_dependencies(catalogue, names);
    paging::reachable(catalogue, names);
    response::response_plans(catalogue, routed, names);
    unused(names);
}

/// Reports what was written for people and leads to nobody.
fn unused(names: &mut Names<'_>) {
    let why = "no policy pages who is on call in it";
    let help = "name it in a step of an escalation policy, or remove it";
    names.schedules.report_unused(codes::UNUSED_SCHEDULE, why, help, names.diags);
    let help = "name it as the `escalation` of a team or of a response plan, or remove it";
    names.policies.report_unused(codes::UNUSED_POLICY, "nothing escalates by it", help, names.diags);
    let why = "no response plan names it, so nobody is told by it";
    let help = "name it as the `communication` of a response plan, or remove it";
    names.communications.report_unused(codes::UNUSED_COMMUNICATION, why, help, names.diags);
}
