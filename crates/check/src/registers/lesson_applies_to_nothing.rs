//! `lesson-applies-to-nothing`: a lesson concerns nobody.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports lessons without workloads and teams.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Lesson).iter().filter(|entry| !entry.says(&["workloads", "teams"])) {
        let headline = format!("{} applies to no workload and no team", entry.called());
        let diag = Diagnostic::finding(codes::LESSON_APPLIES_TO_NOTHING, entry.written.name.span, headline);
        diags.push(diag.help("write into `workloads` or `teams` where the same could happen"));
    }
}
