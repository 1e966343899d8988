//! `expired-exception`: leave to do otherwise is over.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{RegisterKind, codes, quoted};

use super::entry::past;
use crate::{Repo, ending};

/// Reports exceptions that hold no longer.
pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for (entry, end, place) in past(repo, RegisterKind::Exception, "expires") {
        let headline = format!("{} ended {}", entry.called(), ending::when(end));
        let from = ["standard", "obligation"].into_iter().find_map(|field| {
            entry.resolved.text(field).map(|name| format!("do as the {field} {} says and remove it", quoted(name)))
        });
        let help = format!("{}, or have it allowed anew", from.as_deref().unwrap_or("remove it"));
        diags.push(Diagnostic::finding(codes::EXPIRED_EXCEPTION, place, headline).help(help));
    }
}
