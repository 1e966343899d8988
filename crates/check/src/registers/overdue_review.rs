//! `overdue-review`: something was to be looked at again by a day that is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes};

use super::entry::past;
use crate::{Repo, ending};

/// What is looked at again, and the field that says until when.
const REVIEWED: [(RegisterKind, &str); 5] = [
    (RegisterKind::Agreement, "reviewBy"),
    (RegisterKind::Decision, "revisit"),
    (RegisterKind::Knowledge, "review"),
    (RegisterKind::Obligation, "reviewBy"),
    (RegisterKind::Risk, "reviewBy"),
];

/// Reports what nobody looked at; a page that is archived stays as it is.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for (kind, field) in REVIEWED {
        for (entry, end, place) in past(repo, kind, field).filter(|(entry, ..)| !entry.resolved.flag("archived")) {
            let headline = format!("{} was to be looked at again by {}", entry.called(), ending::by(end));
            let diag = Diagnostic::finding(codes::OVERDUE_REVIEW, place, headline);
            diags.push(diag.help("see whether it still holds, change what does not, and write the next day"));
        }
    }
}
