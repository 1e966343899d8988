//! `deployment_status` and `release`.

use super::unused;
use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant, production};

/// A deployment is one thing with one outcome, told as it comes about. That it began is said before how it ended, and is no
/// news where that came first.
pub(super) fn deployed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let (deployment, status) = (payload.at("/deployment"), payload.at("/deployment_status"));
    let outcome = match status.text("/state") {
        Some("in_progress") => "started",
        Some("success") => "succeeded",
        Some("failure" | "error") => "failed",
        Some(_) | None => return Told::nothing("a deployment in this state is not used"),
    };
    if place.workload.is_none() {
        return Told::nothing("a deployment needs a workload; name one for this repository in the event source");
    }
    let (Some(id), Some(environment)) = (deployment.whole("/id"), deployment.text("/environment")) else {
        return Told::nothing("the deployment lacks its id or its environment");
    };
    let at = status.text("/updated_at").or_else(|| status.text("/created_at")).and_then(instant::read);
    let flagged = deployment.flag("/production_environment").filter(|production| *production);
    let draft = place
        .fact("deployment", &format!("/deployment:{id}"), at)
        .text("environment", Some(environment))
        .flag("production", Some(flagged.unwrap_or_else(|| production::by_name(environment))))
        .text("version", deployment.text("/ref").and_then(production::version))
        .text("commit", deployment.text("/sha").and_then(commit::hash))
        .text("outcome", Some(outcome));
    Told::Facts(vec![if outcome == "started" { draft.hint() } else { draft.full() }])
}

/// Every release is published once, a prerelease too.
pub(super) fn released(payload: Payload<'_>, place: &Place<'_>) -> Told {
    if payload.text("/action") != Some("published") {
        return unused("release", payload);
    }
    let release = payload.at("/release");
    let Some(tag) = release.text("/tag_name") else { return Told::nothing("the release has no tag") };
    Told::one(
        place
            .of_repository("release", &format!("/release:{tag}"), release.text("/published_at").and_then(instant::read))
            .text("version", Some(tag))
            .text("commit", release.text("/target_commitish").and_then(commit::hash)),
    )
}
