//! `push`: commits came to a branch. If a message tells of a merge, that is hinted at.

use super::login;
use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant};
use evenkeel_time::Timestamp;

pub(super) fn pushed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let reference = payload.text("/ref").unwrap_or_default();
    let Some(branch) = reference.strip_prefix("refs/heads/") else {
        return Told::nothing("a push of something else than a branch is not used");
    };
    let Some(after) = payload.text("/after").and_then(commit::hash) else {
        return Told::nothing("a branch was deleted");
    };
    let pushed_at = payload.whole("/repository/pushed_at").map(|seconds| Timestamp(seconds.saturating_mul(1000)));
    let at = pushed_at.or_else(|| instant::read(payload.text("/head_commit/timestamp")?));
    let commits = i64::try_from(payload.list("/commits").count()).ok();
    let push = place
        .of_repository("push", &format!("@{branch}:{after}"), at)
        .text("branch", Some(branch))
        .text("commit", Some(after))
        .whole("commits", commits)
        .flag("forced", payload.flag("/forced"));
    let number = payload.text("/head_commit/message").and_then(commit::pull_request);
    let merge = number.map(|number| {
        place
            .of_repository("merge", &format!("#{number}"), at)
            .whole("number", Some(number))
            .text("commit", Some(after))
            .text("branch", Some(branch))
            .text("merged_by", login(payload, "/sender/login").as_deref())
            .hint()
    });
    Told::Facts([push.full()].into_iter().chain(merge).collect())
}
