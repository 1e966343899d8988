//! Events of GitHub.
//!
//! Source: <https://docs.github.com/webhooks/webhook-events-and-payloads>.

mod checks;
mod delivery;
mod pull_request;
mod push;

use crate::Told;
use crate::payload::Payload;
use crate::told::Place;

/// What an event tells.
pub(crate) fn read(event: &str, payload: Payload<'_>, place: &Place<'_>) -> Told {
    match event {
        "push" => push::pushed(payload, place),
        "pull_request" => pull_request::merged(payload, place),
        "pull_request_review" => pull_request::reviewed(payload, place),
        "deployment_status" => delivery::deployed(payload, place),
        "release" => delivery::released(payload, place),
        "workflow_run" => checks::workflow_run(payload, place),
        "check_suite" => checks::check_suite(payload, place),
        other => Told::nothing(format!("events `{other}` are not used")),
    }
}

/// A login as it stands in facts. It is no address and no name.
fn login(payload: Payload<'_>, path: &str) -> Option<String> {
    payload.text(path).map(|login| format!("github:{login}"))
}

/// An action that an event is not used for.
fn unused(event: &str, payload: Payload<'_>) -> Told {
    let action = payload.text("/action").unwrap_or("none");
    Told::nothing(format!("events `{event}` with the action `{action}` are not used"))
}
