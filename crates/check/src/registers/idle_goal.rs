//! `idle-goal`: nothing serves a goal.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports goals that name no workload and that no need is a part of.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let needs = entries(repo, RegisterKind::Need);
    let served: BTreeSet<&str> = needs.iter().filter_map(|need| need.resolved.text("goal")).collect();
    for entry in entries(repo, RegisterKind::Goal) {
        if entry.says(&["workloads"]) || served.contains(entry.resolved.name.as_ref()) {
            continue;
        }
        let headline = format!("no workload and no need serves {}", entry.called());
        let diag = Diagnostic::finding(codes::IDLE_GOAL, entry.written.name.span, headline);
        diags.push(diag.help("write into `workloads` what serves it, or name it as the `goal` of a `Need`"));
    }
}
