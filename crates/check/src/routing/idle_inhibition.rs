//! `idle-inhibition`: an inhibition rule that can never inhibit anything.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{InhibitRule, codes};

use super::implication::{Certainty, Conditions, can_hold, implies};
use super::tree;
use crate::Repo;

/// Reports rules without a source or a target that could be, and those whose sources and targets are the same alerts.
pub(super) fn idle_inhibition(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(config) = tree::config(repo) else { return };
    for (rule, span) in config.inhibit_rules.iter().zip(&config.inhibit_spans) {
        let Some((why, help)) = idle(rule) else { continue };
        let headline = format!("an inhibition rule never inhibits anything, since {why}");
        diags.push(Diagnostic::finding(codes::IDLE_INHIBITION, *span, headline).help(help));
    }
}

fn idle(rule: &InhibitRule) -> Option<(String, &'static str)> {
    let (source, target) = (tree::conditions(&rule.source), tree::conditions(&rule.target));
    let impossible = |side: &Conditions<'_>| side.values().any(|all| can_hold(all) == Certainty::No);
    let alternatives = "alternatives are one matcher, such as `severity=~\"page|critical\"`";
    if impossible(&source) {
        return Some(("the matchers of its source exclude each other".to_owned(), alternatives));
    }
    if impossible(&target) {
        return Some(("the matchers of its target exclude each other".to_owned(), alternatives));
    }
    let apart = rule.equal.iter().find(|label| {
        let both = source.get(&***label).into_iter().chain(target.get(&***label)).flatten();
        can_hold(&both.cloned().collect::<Vec<_>>()) == Certainty::No
    });
    if let Some(label) = apart {
        let why = format!("source and target need different values of {}", evenkeel_model::quoted(label));
        return Some((why, "take the label out of `equal`, or let both sides have it"));
    }
    let same = all_follow(&source, &target) && all_follow(&target, &source);
    let why = "its sources and targets are the same alerts, and those do not inhibit each other";
    same.then(|| (why.to_owned(), "let the target be what is less bad, such as `severity=\"warning\"`"))
}

/// Whether whatever fits the first fits the second.
fn all_follow(first: &Conditions<'_>, second: &Conditions<'_>) -> bool {
    second.iter().all(|(label, all)| {
        let known = first.get(label).map_or(&[] as &[_], Vec::as_slice);
        all.iter().all(|one| implies(known, one) == Certainty::Yes)
    })
}
