//! What is served of an ops repo that tells nobody: metrics, rules, a catalogue, and no routing tree.
//!
//! Whoever begins with metrics has nobody to tell yet. Such a repo is served as if it had a routing tree that leads to a
//! receiver without an address: alerts are seen on the pages, and the log says that nobody is told.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::PlanHash;
use evenkeel_journal::Journal;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};

use super::plan_store::stored_files;

/// Where the routing tree stands that leads to nobody.
const PATH: &str = "alertmanager.yml";
const ROUTES: &str = "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n";

/// The plan of an ops repo that could be served but for its routing tree; `None`: something else is wrong, or nothing is.
pub(crate) fn load_untold(files: &OpsFiles, loaded: &Loaded, missing: Missing) -> Option<Loaded> {
    let blocked = loaded.diagnostics.iter().any(Diagnostic::blocks);
    let free = !files.files.iter().any(|file| file.path == PATH) && files.unread.is_empty();
    if loaded.plan.is_some() || blocked || !free {
        return None;
    }
    let mut files = files.clone();
    files.files.push(OpsFile { path: PATH.to_owned(), bytes: ROUTES.as_bytes().to_vec() });
    files.files.sort_by(|a, b| a.path.cmp(&b.path));
    Some(load(&files, missing)).filter(|untold| untold.plan.is_some())
}

/// Whether a plan is one that tells nobody. Only such a plan gives way to another: a routing tree that is gone was surely
/// not meant to go.
pub(crate) fn is_untold(plan: &Plan) -> bool {
    plan.receivers.len() == 1
        && plan.receivers.iter().all(|(name, receiver)| &**name == "nobody" && receiver.integrations.is_empty())
}

/// Whether a stored plan is one of these; its secrets, which a backup has not, are not needed to say so.
pub(crate) fn was_untold(journal: &Journal, plan: PlanHash) -> bool {
    let files = journal.get_plan(plan).ok().flatten().and_then(|stored| stored_files(&stored).ok());
    files.is_some_and(|files| files.iter().any(|file| file.path == PATH && file.text == ROUTES))
}

/// Says that nobody is told.
pub(crate) fn warn() {
    tracing::warn!("the ops repo has no routing tree: alerts are shown, and nobody is told; write `{PATH}`");
}
