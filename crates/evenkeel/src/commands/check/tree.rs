//! One tree of files, read and judged.

use evenkeel_check::{Judged, Repo, addresses, judge};
use evenkeel_diagnostic::Sources;
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFiles, load};
use evenkeel_time::Timestamp;

use super::online;

/// How trees are judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judging {
    pub(super) missing: Missing,
    pub(super) at: Timestamp,
}

/// What is wrong with a tree.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) judged: Judged,
    pub(super) sources: Sources,
    /// The plan's hash, when there is a plan.
    pub(super) plan: Option<String>,
}

impl Judging {
    /// Judges the files, and asks the addresses in them when that is wanted.
    pub(super) fn tree(self, files: &OpsFiles, online: bool) -> anyhow::Result<Found> {
        let loaded = load(files, self.missing);
        let Loaded { plan, catalogue, documents, paths, sources, mut diagnostics, .. } = loaded;
        let repo = Repo::new(&documents, &catalogue, plan.as_ref(), &paths, self.at);
        if online {
            diagnostics.extend(online::findings(&addresses(&repo))?);
        }
        let judged = judge(&repo, &sources, &diagnostics);
        let plan = plan.as_ref().map(|plan| plan.hash.to_string());
        Ok(Found { judged, sources, plan })
    }
}
