//! `goal-without-kpi`: nothing shows whether a goal comes about.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports goals that nobody measures.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Goal).iter().filter(|entry| !entry.says(&["kpis"])) {
        let headline = format!("nothing shows whether {} comes about", entry.called());
        let diag = Diagnostic::finding(codes::GOAL_WITHOUT_KPI, entry.written.name.span, headline);
        diags.push(diag.help("write into `kpis` what is measured"));
    }
}
