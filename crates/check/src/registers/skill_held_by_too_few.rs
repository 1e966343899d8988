//! `skill-held-by-too-few`: fewer people have a skill than are needed.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::entries;
use crate::Repo;

/// Reports skills that a holiday takes away.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for entry in entries(repo, RegisterKind::Skill) {
        let wanted = entry.resolved.whole("minimum").unwrap_or(1);
        let have = entry.names("people").len();
        if u64::try_from(have).is_ok_and(|have| have >= wanted) {
            continue;
        }
        let who = match have {
            0 => "nobody has".to_owned(),
            1 => "one person has".to_owned(),
            _ => format!("{have} people have"),
        };
        let headline = format!("{who} {}, and {wanted} should", entry.called());
        let diag = Diagnostic::finding(codes::SKILL_HELD_BY_TOO_FEW, entry.place("people"), headline);
        diags.push(diag.help("train somebody and name them in `people`, or say in `minimum` that fewer are enough"));
    }
}
