//! Who is paged or asked, and by whom.

use std::collections::BTreeMap;

use evenkeel_diagnostic::Span;
use evenkeel_ids::DocumentRef;

use super::resolved;
use crate::Repo;

/// Every person, team, schedule and receiver that a policy pages or that approves texts, with the first place that
/// names it.
pub(super) fn targets(repo: &Repo<'_>) -> BTreeMap<DocumentRef, Span> {
    let mut found = BTreeMap::new();
    let steps = repo.documents.policies.iter().flat_map(|policy| &policy.spec.steps);
    let audiences = repo.documents.communications.iter().flat_map(|plan| &plan.spec.audiences);
    let written = steps.flat_map(|step| &step.to).chain(audiences.flat_map(|audience| &audience.approvers));
    for reference in written {
        if let Some(target) = resolved::meant(reference) {
            found.entry(target).or_insert(reference.span);
        }
    }
    found
}
