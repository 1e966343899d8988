//! Lenses of one's own that lie in the ops repo. Nobody is paged by them, so that nothing about them blocks.

use evenkeel_diagnostic::{Diagnostic, Severity, Sources};
use evenkeel_lens::resolve;

use crate::{Check, Repo};

pub(crate) const CHECKS: &[Check] = &[lenses];

fn lenses(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if repo.documents.lens.is_empty() {
        return;
    }
    // The texts are for a lens's hash, which nobody asks for here.
    let resolved = resolve(&repo.documents.lens, &Sources::default());
    let finding = |diag: Diagnostic| Diagnostic { severity: Severity::Finding, ..diag };
    diags.extend(resolved.diagnostics.into_iter().map(finding));
}
