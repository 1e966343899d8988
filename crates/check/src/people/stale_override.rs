//! `stale-override`: an override of the ops repo that is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::weekdays::moment;
use crate::Repo;

/// Reports overrides whose end has come.
pub(super) fn stale_override(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for schedule in &repo.documents.schedules {
        for over in schedule.spec.overrides.iter().filter(|one| one.from < one.until && one.until <= repo.at) {
            let headline = format!("an override of the schedule {} is over", quoted(&schedule.name.value));
            let since = moment(schedule.spec.zone.civil(over.until));
            let diag = Diagnostic::finding(codes::STALE_OVERRIDE, over.until_span, headline);
            diags.push(diag.label(format!("since {since}")).help("remove it; who was on call stays on record"));
        }
    }
}
