//! Names that are looked up in the plan, and what may have been meant.

use std::sync::Arc;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_model::Plan;

/// The subject of practices that are about the whole.
pub const ORGANIZATION: &str = "organization";

/// Longer names are not compared with others.
const NAME_COMPARED_BYTES_MAX: usize = 100;
/// Units: bytes. Keys of practices, names of milestones.
const NAME_BYTES_MAX: usize = 200;

/// The known name that a wrong one is close to.
pub(crate) fn near<'a>(wrong: &str, known: impl IntoIterator<Item = &'a Arc<str>>) -> Option<Arc<str>> {
    if wrong.len() > NAME_COMPARED_BYTES_MAX {
        return None;
    }
    did_you_mean(wrong, known.into_iter().map(AsRef::as_ref)).map(Arc::from)
}

/// Whether a text can stand in one line and names something.
pub(crate) fn plain(name: &str) -> bool {
    !name.trim().is_empty() && name.len() <= NAME_BYTES_MAX && !name.chars().any(char::is_control)
}

/// Whether a practice can be about it: a workload, a team, the organisation.
pub(crate) fn is_subject(plan: &Plan, name: &str) -> bool {
    let catalogue = &plan.catalogue;
    name == ORGANIZATION || catalogue.workloads.contains_key(name) || catalogue.teams.contains_key(name)
}

/// What may be meant by the name of a subject that there is not.
pub(crate) fn near_subject(plan: &Plan, wrong: &str) -> Option<Arc<str>> {
    let organization = Arc::from(ORGANIZATION);
    let known = plan.catalogue.workloads.keys().chain(plan.catalogue.teams.keys());
    near(wrong, known.chain([&organization]))
}
