//! `deployment` and `release`.

use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant, production};

/// A deployment is one thing with one outcome, told as it comes about. That it began is said before how it ended, and is no
/// news where that came first.
pub(super) fn deployed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let outcome = match payload.text("/status") {
        Some("running") => "started",
        Some("success") => "succeeded",
        Some("failed") => "failed",
        Some(_) | None => return Told::nothing("a deployment in this state is not used"),
    };
    if place.workload.is_none() {
        return Told::nothing("a deployment needs a workload; name one for this repository in the event source");
    }
    let (Some(id), Some(environment)) = (payload.whole("/deployment_id"), payload.text("/environment")) else {
        return Told::nothing("the deployment lacks its id or its environment");
    };
    let tier = payload.text("/environment_tier");
    let production = tier.map_or_else(|| production::by_name(environment), |tier| tier == "production");
    let address = payload.text("/commit_url").and_then(|address| address.rsplit('/').next());
    let draft = place
        .fact("deployment", &format!("/deployment:{id}"), payload.text("/status_changed_at").and_then(instant::read))
        .text("environment", Some(environment))
        .flag("production", Some(production))
        .text("version", payload.text("/ref").and_then(production::version))
        .text("commit", address.and_then(commit::hash))
        .text("outcome", Some(outcome));
    Told::Facts(vec![if outcome == "started" { draft.hint() } else { draft.full() }])
}

pub(super) fn released(payload: Payload<'_>, place: &Place<'_>) -> Told {
    if payload.text("/action") != Some("create") {
        let action = payload.text("/action").unwrap_or("none");
        return Told::nothing(format!("events `release` with the action `{action}` are not used"));
    }
    let Some(tag) = payload.text("/tag") else { return Told::nothing("the release has no tag") };
    let at = payload.text("/released_at").or_else(|| payload.text("/created_at")).and_then(instant::read);
    Told::one(
        place
            .of_repository("release", &format!("/release:{tag}"), at)
            .text("version", Some(tag))
            .text("commit", payload.text("/commit/id").and_then(commit::hash)),
    )
}
