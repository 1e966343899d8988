//! What became of facts, for people.

use super::answer::{Fact, Recorded};
use crate::client::line;

/// More facts are counted only.
const SHOWN_MAX: usize = 20;

pub(super) fn recorded(answer: &Recorded) -> String {
    let lines = answer.facts.iter().take(SHOWN_MAX).map(one);
    let more = answer.facts.len().saturating_sub(SHOWN_MAX);
    let more = (more > 0).then(|| format!("and {more} more\n"));
    lines.chain(more).collect()
}

fn one(fact: &Fact) -> String {
    let word = match fact.told.as_str() {
        "recorded" => "recorded".to_owned(),
        "superseded" => "recorded anew".to_owned(),
        "known" => "known already".to_owned(),
        other => line(other),
    };
    format!("{word}: {} {} {}\n", line(&fact.id), line(&fact.kind), line(&fact.key))
}
