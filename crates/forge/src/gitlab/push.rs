//! `push`: commits came to a branch. If a message tells of a merge, that is hinted at.
//!
//! GitLab does not say when it was pushed, so it is the time of the commit that is the branch's last now: a delivery
//! that is repeated has to say the same.

use super::login;
use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant};

pub(super) fn pushed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let Some(branch) = payload.text("/ref").and_then(|name| name.strip_prefix("refs/heads/")) else {
        return Told::nothing("a push of something else than a branch is not used");
    };
    let Some(after) = payload.text("/after").and_then(commit::hash) else {
        return Told::nothing("a branch was deleted");
    };
    let last = payload.list("/commits").find(|commit| commit.text("/id") == Some(after));
    let at = last.and_then(|last| instant::read(last.text("/timestamp")?));
    let push = place
        .of_repository("push", &format!("@{branch}:{after}"), at)
        .text("branch", Some(branch))
        .text("commit", Some(after))
        .whole("commits", payload.whole("/total_commits_count"))
        .flag("protected", payload.flag("/ref_protected"));
    let message = last.and_then(|last| last.text("/message"));
    let number = message.and_then(|message| commit::merge_request(message, place.repository));
    let merge = number.map(|number| {
        place
            .of_repository("merge", &format!("!{number}"), at)
            .whole("number", Some(number))
            .text("commit", Some(after))
            .text("branch", Some(branch))
            .text("merged_by", login(payload, "/user_username").as_deref())
            .hint()
    });
    Told::Facts([push.full()].into_iter().chain(merge).collect())
}
