//! `goal-without-kpi`: nothing shows whether a goal comes about.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::{Entry, entries};
use crate::Repo;

/// Reports goals that nobody measures.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let measured: BTreeSet<&str> = repo.documents.kpis.iter().map(|kpi| &*kpi.spec.goal.value).collect();
    let goals = entries(repo, RegisterKind::Goal);
    let unmeasured = |entry: &&Entry<'_>| !entry.says(&["kpis"]) && !measured.contains(&*entry.resolved.name);
    for entry in goals.iter().filter(unmeasured) {
        let headline = format!("nothing shows whether {} comes about", entry.called());
        let diag = Diagnostic::finding(codes::GOAL_WITHOUT_KPI, entry.written.name.span, headline);
        diags.push(diag.help("write a `Kpi` that names it as its `goal`, or write into `kpis` what is measured"));
    }
}
