//! `workflow_run` and `check_suite`: how a pipeline went.
//!
//! GitHub Actions tells of each run in both events. The run says more, and tells its attempts apart, so suites count
//! from other programs only.

use super::unused;
use crate::payload::Payload;
use crate::told::{Draft, Place};
use crate::{Told, commit, instant};

pub(super) fn workflow_run(payload: Payload<'_>, place: &Place<'_>) -> Told {
    if payload.text("/action") != Some("completed") {
        return unused("workflow_run", payload);
    }
    let run = payload.at("/workflow_run");
    let Some(id) = run.whole("/id") else { return Told::nothing("the run has no id") };
    let attempt = run.whole("/run_attempt").unwrap_or(1);
    let ended = run.text("/updated_at").and_then(instant::read);
    let took =
        ended.zip(run.text("/run_started_at").and_then(instant::read)).map(|(end, start)| (end - start).0.max(0));
    let draft = place.of_repository("pipeline", &format!("/run:{id}:{attempt}"), ended).whole("duration_ms", took);
    pipeline(draft, run)
}

pub(super) fn check_suite(payload: Payload<'_>, place: &Place<'_>) -> Told {
    if payload.text("/action") != Some("completed") {
        return unused("check_suite", payload);
    }
    let suite = payload.at("/check_suite");
    if suite.text("/app/slug") == Some("github-actions") {
        return Told::nothing("suites of GitHub Actions are told by `workflow_run`; send those events");
    }
    let Some(id) = suite.whole("/id") else { return Told::nothing("the suite has no id") };
    let ended = suite.text("/updated_at").and_then(instant::read);
    pipeline(place.of_repository("pipeline", &format!("/check-suite:{id}"), ended), suite)
}

fn pipeline(draft: Draft, of: Payload<'_>) -> Told {
    let outcome = match of.text("/conclusion") {
        Some("success") => "success",
        Some("failure" | "timed_out" | "startup_failure") => "failure",
        Some("cancelled") => "cancelled",
        Some(_) | None => return Told::nothing("a run with this conclusion is not used"),
    };
    Told::one(draft.text("commit", of.text("/head_sha").and_then(commit::hash)).text("outcome", Some(outcome)))
}
