//! Events of GitLab. Webhooks of a project, of a group and of the whole system say the same.
//!
//! Source: <https://docs.gitlab.com/user/project/integrations/webhook_events>.

mod delivery;
mod merge_request;
mod pipeline;
mod push;

use crate::Told;
use crate::payload::Payload;
use crate::told::Place;

/// What an event tells.
pub(crate) fn read(event: &str, payload: Payload<'_>, place: &Place<'_>) -> Told {
    match event {
        "push" => push::pushed(payload, place),
        "merge_request" => merge_request::changed(payload, place),
        "note" => merge_request::commented(payload, place),
        "deployment" => delivery::deployed(payload, place),
        "release" => delivery::released(payload, place),
        "pipeline" => pipeline::ran(payload, place),
        other => Told::nothing(format!("events `{other}` are not used")),
    }
}

/// A login as it stands in facts. It is no address and no name.
fn login(payload: Payload<'_>, path: &str) -> Option<String> {
    payload.text(path).map(|login| format!("gitlab:{login}"))
}
