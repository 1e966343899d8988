//! `training-for-nobody`: nothing says who is to be trained.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::entries;
use crate::Repo;

/// Reports trainings whose skill names nobody who has it, and nothing that needs it.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let skills = entries(repo, RegisterKind::Skill);
    for entry in entries(repo, RegisterKind::Training) {
        let skill = entry.resolved.text("skill");
        let skill = skills.iter().find(|known| Some(known.resolved.name.as_ref()) == skill);
        let Some(skill) = skill.filter(|skill| !skill.says(&["people", "workloads", "procedures"])) else { continue };
        let headline = format!("nothing says who is to take {}", entry.called());
        let diag = Diagnostic::finding(codes::TRAINING_FOR_NOBODY, entry.place("skill"), headline);
        let diag = diag.related(skill.written.name.span, "names no people, and nothing that needs it");
        let name = quoted(&skill.resolved.name);
        diags.push(diag.help(format!("write into the skill {name} its `people`, `workloads` or `procedures`")));
    }
}
