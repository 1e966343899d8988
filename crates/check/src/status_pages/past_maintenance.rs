//! `past-maintenance`: planned work that nobody is shown any more.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};
use evenkeel_time::Duration;

use crate::{Repo, ending};

/// Where there is no page, work is over for as long as any page could show it.
const DAYS: u32 = 90;

/// Reports planned work that was over before the first day of the longest history.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let longest = repo.catalogue.status_pages.values().map(|page| page.history_days).max().unwrap_or(DAYS);
    for work in &repo.documents.maintenances {
        let ends = work.spec.ends;
        if ends.value + Duration::hours(24 * i64::from(longest)) > repo.at {
            continue;
        }
        let headline = format!("the maintenance {} was over by {}", quoted(&work.name.value), ending::by(ends.value));
        let diag = Diagnostic::finding(codes::PAST_MAINTENANCE, ends.span, headline);
        diags.push(diag.help("remove it; git keeps it"));
    }
}
