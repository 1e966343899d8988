//! Improvements and milestones for people.

use std::fmt::Write as _;

use super::answer::{Improvement, Improvements, Milestone};
use crate::client::{Context, Table, line};

pub(super) fn taken(one: &Improvement) -> String {
    format!(
        "taken up: {} {}\n  {} of {}, {}\n",
        line(&one.id),
        line(&one.title),
        line(&one.practice),
        line(&one.subject),
        line(&one.owner)
    )
}

pub(super) fn list(answer: &Improvements, cx: &Context) -> String {
    let mut table = Table::new(["IMPROVEMENT", "OF", "BY", "TAKEN UP", "STATE", "PRACTICE", "WHAT"]);
    for one in &answer.improvements {
        table.row([
            line(&one.id),
            line(&one.subject),
            line(&one.owner),
            cx.minute(one.at.0),
            state(one, cx),
            line(&one.practice),
            line(&one.title),
        ]);
    }
    if table.len() == 0 {
        return "nothing is taken up\n".to_owned();
    }
    let mut out = table.text(cx, "");
    let plural = if table.len() == 1 { "" } else { "s" };
    let _ = writeln!(out, "{} improvement{plural}; {}", table.len(), cx.zone_note());
    out
}

fn state(one: &Improvement, cx: &Context) -> String {
    match (one.closed_at, one.reopened) {
        (Some(at), _) => format!("closed {}", cx.distance(at.0)),
        (None, 0) => "open".to_owned(),
        (None, 1) => "open again".to_owned(),
        (None, times) => format!("open again, {times} times"),
    }
}

pub(super) fn milestone(one: &Milestone) -> String {
    let at = one.window_end.0;
    format!(
        "milestone: {} as {}\n  record #{}, windows end {at}\n  compare with it: evenkeel review diff {}\n",
        line(&one.name),
        line(&one.id),
        one.seq,
        quoted(&line(&one.name))
    )
}

/// As a shell takes it for one word.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_.:/@".contains(c));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
