//! `pull_request`, where one was merged, and `pull_request_review`.

use super::{login, unused};
use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant};

pub(super) fn merged(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let request = payload.at("/pull_request");
    if payload.text("/action") != Some("closed") {
        return unused("pull_request", payload);
    }
    if request.flag("/merged") != Some(true) {
        return Told::nothing("a pull request was closed without being merged");
    }
    let Some(number) = request.whole("/number") else { return Told::nothing("the pull request has no number") };
    let size =
        request.whole("/additions").zip(request.whole("/deletions")).map(|(more, less)| more.saturating_add(less));
    Told::one(
        place
            .of_repository("merge", &format!("#{number}"), request.text("/merged_at").and_then(instant::read))
            .whole("number", Some(number))
            .text("commit", request.text("/merge_commit_sha").and_then(commit::hash))
            .text("branch", request.text("/base/ref"))
            .text("author", login(request, "/user/login").as_deref())
            .text("merged_by", login(request, "/merged_by/login").as_deref())
            .whole("size", size)
            .whole("files", request.whole("/changed_files")),
    )
}

pub(super) fn reviewed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    if payload.text("/action") != Some("submitted") {
        return unused("pull_request_review", payload);
    }
    let review = payload.at("/review");
    let state = match review.text("/state").map(str::to_ascii_lowercase).as_deref() {
        Some("approved") => "approved",
        Some("changes_requested") => "changes-requested",
        Some("commented") => "commented",
        Some(_) | None => return Told::nothing("a review in this state is not used"),
    };
    let (Some(number), Some(id), Some(reviewer)) =
        (payload.whole("/pull_request/number"), review.whole("/id"), login(review, "/user/login"))
    else {
        return Told::nothing("the review lacks its number or its author");
    };
    // GitHub makes a review of whatever an author answers.
    if Some(&reviewer) == login(payload, "/pull_request/user/login").as_ref() {
        return Told::nothing("what authors say of their own pull requests is no review");
    }
    Told::one(
        place
            .of_repository(
                "code-review",
                &format!("#{number}/review:{id}"),
                review.text("/submitted_at").and_then(instant::read),
            )
            .whole("number", Some(number))
            .text("reviewer", Some(&reviewer))
            .text("state", Some(state)),
    )
}
