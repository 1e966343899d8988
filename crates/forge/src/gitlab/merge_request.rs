//! `merge_request`, where one was merged or approved, and `note`, where one was commented on.
//!
//! Who wrote a merge request is told by a number only. It becomes a login where the same payload says which; else it
//! stays out, and is only compared.

use super::login;
use crate::payload::Payload;
use crate::told::Place;
use crate::{Told, commit, instant};

/// What reviewers did, where GitLab says it.
const LOOKED: &[&str] = &["approved", "reviewed", "requested_changes"];

pub(super) fn changed(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let request = payload.at("/object_attributes");
    let Some(number) = request.whole("/iid") else { return Told::nothing("the merge request has no number") };
    match request.text("/action") {
        Some("merge") => merged(payload, request, number, place),
        // The approval that makes them enough is `approved`, any other `approval`.
        Some("approved" | "approval") => approved(payload, request, number, place),
        action => {
            let action = action.unwrap_or("none");
            Told::nothing(format!("events `merge_request` with the action `{action}` are not used"))
        }
    }
}

fn merged(payload: Payload<'_>, request: Payload<'_>, number: i64, place: &Place<'_>) -> Told {
    let author = request.whole("/author_id");
    let people =
        || ["/reviewers", "/assignees"].into_iter().flat_map(|list| payload.list(list)).chain([payload.at("/user")]);
    let wrote = author.and_then(|author| people().find(|person| person.whole("/id") == Some(author)));
    let looked = |reviewer: &Payload<'_>| reviewer.text("/state").is_some_and(|state| LOOKED.contains(&state));
    let reviewers: Vec<Payload<'_>> = payload.list("/reviewers").filter(looked).collect();
    let said = payload.list("/reviewers").any(|reviewer| reviewer.text("/state").is_some());
    let approves =
        |reviewer: &Payload<'_>| reviewer.text("/state") == Some("approved") && reviewer.whole("/id") != author;
    let independent = (said && author.is_some()).then(|| reviewers.iter().any(approves));
    let logins: Vec<String> = reviewers.iter().filter_map(|reviewer| login(*reviewer, "/username")).collect();
    let merge = request.text("/merge_commit_sha").or_else(|| request.text("/last_commit/id"));
    Told::one(
        place
            .of_repository("merge", &format!("!{number}"), request.text("/updated_at").and_then(instant::read))
            .whole("number", Some(number))
            .text("commit", merge.and_then(commit::hash))
            .text("branch", request.text("/target_branch"))
            .text("author", wrote.and_then(|person| login(person, "/username")).as_deref())
            .text("merged_by", login(payload, "/user/username").as_deref())
            .list("reviewers", &logins)
            .flag("independent_review", independent),
    )
}

fn approved(payload: Payload<'_>, request: Payload<'_>, number: i64, place: &Place<'_>) -> Told {
    if payload.whole("/user/id").is_some_and(|id| request.whole("/author_id") == Some(id)) {
        return Told::nothing("what authors say of their own merge requests is no review");
    }
    let Some(reviewer) = login(payload, "/user/username") else { return Told::nothing("nobody approved") };
    let of: String = request.text("/last_commit/id").unwrap_or_default().chars().take(12).collect();
    Told::one(
        place
            .of_repository(
                "code-review",
                &format!("!{number}/approval:{reviewer}:{of}"),
                request.text("/updated_at").and_then(instant::read),
            )
            .whole("number", Some(number))
            .text("reviewer", Some(&reviewer))
            .text("state", Some("approved")),
    )
}

/// All that one person says of a merge request is one review: the first comment counts.
pub(super) fn commented(payload: Payload<'_>, place: &Place<'_>) -> Told {
    let note = payload.at("/object_attributes");
    if note.text("/noteable_type") != Some("MergeRequest") || note.flag("/system") == Some(true) {
        return Told::nothing("a comment on something else than a merge request is not used");
    }
    let (Some(number), Some(reviewer)) = (payload.whole("/merge_request/iid"), login(payload, "/user/username")) else {
        return Told::nothing("the comment lacks its merge request or its author");
    };
    let by = note.whole("/author_id").or_else(|| payload.whole("/user/id"));
    if by.is_some() && by == payload.whole("/merge_request/author_id") {
        return Told::nothing("what authors say of their own merge requests is no review");
    }
    let draft = place
        .of_repository(
            "code-review",
            &format!("!{number}/comments:{reviewer}"),
            note.text("/created_at").and_then(instant::read),
        )
        .whole("number", Some(number))
        .text("reviewer", Some(&reviewer))
        .text("state", Some("commented"));
    Told::Facts(vec![draft.hint()])
}
