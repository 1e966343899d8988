//! What the check finds in an ops repo that serves goes on record, by code and file.

use evenkeel_check::{Repo, found, judge};
use evenkeel_engine::{Input, Submission};
use evenkeel_ops_source::Loaded;
use evenkeel_record::Actor;

use super::clock::wall_now;

/// Says what is found; no record comes of it when that was found before.
pub(crate) fn of(loaded: &Loaded) -> Submission {
    let Loaded { plan, catalogue, documents, paths, sources, diagnostics, .. } = loaded;
    let repo = Repo::new(documents, catalogue, plan.as_ref(), paths, wall_now());
    let found = found(&judge(&repo, sources, diagnostics), sources);
    Submission { actor: Actor("ops-repo".into()), input: Input::NoteFindings(found) }
}
