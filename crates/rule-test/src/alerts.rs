//! Which alerts fire, compared with which should.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::LabelSet;
use evenkeel_model::document::AlertTest;
use evenkeel_model::{RuleKind, codes, quoted};
use evenkeel_rules::{AlertState, RuleSet, State};

use crate::scene::set;

/// Of alerts that are missing, or too many, so many are shown; the others are counted.
const SHOWN_MAX: usize = 5;

/// Labels and annotations of a firing alert.
type Firing = (LabelSet, LabelSet);

/// What fires otherwise than expected.
pub(crate) fn judge(test: &AlertTest, rules: &RuleSet, state: &State) -> Option<Diagnostic> {
    let mut fires = firing(&test.alert.value, rules, state);
    let mut wanted: Vec<Firing> = test
        .expected
        .iter()
        .map(|expected| {
            let labels = set(&expected.labels);
            let named = labels.iter().chain([("alertname", &*test.alert.value)]);
            (LabelSet::new(named), set(&expected.annotations))
        })
        .collect();
    fires.sort();
    wanted.sort();
    if fires == wanted {
        return None;
    }
    let missing = without(&wanted, &fires);
    let extra = without(&fires, &wanted);
    let name = quoted(&test.alert.value);
    let headline = match (missing.as_slice(), extra.as_slice()) {
        ([], extra) => format!("the alert {name} fires at {} and should not, {} times", test.at, extra.len()),
        (missing, []) => format!("the alert {name} should fire at {} and does not, {} times", test.at, missing.len()),
        (_, _) => format!("the alert {name} fires at {} otherwise than expected", test.at),
    };
    let mut help = Vec::new();
    help.extend(list("expected and not there", &missing));
    help.extend(list("there and not expected", &extra));
    Some(
        Diagnostic::error(codes::FAILED_CASE, test.span, headline)
            .label(differs(&missing, &extra))
            .help(help.join("; ")),
    )
}

/// The alerts of that name that fire, whichever group has them.
fn firing(name: &str, rules: &RuleSet, state: &State) -> Vec<Firing> {
    let mut found = Vec::new();
    for (group, known) in rules.groups.iter().zip(&state.groups) {
        for (rule, known) in group.rules.iter().zip(&known.rules) {
            if rule.kind == RuleKind::Alerting && **rule.name() == *name {
                let firing = known.alerts.values().filter(|alert| alert.state == AlertState::Firing);
                found.extend(firing.map(|alert| (alert.labels.clone(), alert.annotations.clone())));
            }
        }
    }
    found
}

/// Those of `all` that are not in `others`, both sorted; of equal ones as many as there are more.
fn without(all: &[Firing], others: &[Firing]) -> Vec<Firing> {
    let mut others = others.iter().peekable();
    let mut left = Vec::new();
    for one in all {
        while others.next_if(|other| *other < one).is_some() {}
        if others.next_if(|other| *other == one).is_none() {
            left.push(one.clone());
        }
    }
    left
}

fn list(what: &str, alerts: &[Firing]) -> Option<String> {
    if alerts.is_empty() {
        return None;
    }
    let shown: Vec<String> = alerts.iter().take(SHOWN_MAX).map(shown).collect();
    let more = alerts.len().saturating_sub(SHOWN_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Some(format!("{what}: {}{more}", shown.join(", ")))
}

fn shown((labels, annotations): &Firing) -> String {
    if annotations.is_empty() { labels.to_string() } else { format!("{labels} with {annotations}") }
}

/// In what the one that is missing differs from the one that is there instead.
fn differs(missing: &[Firing], extra: &[Firing]) -> String {
    let ([missing], [extra]) = (missing, extra) else { return "expected here".to_owned() };
    let mut all = Vec::new();
    for (what, wanted, found) in [("label", &missing.0, &extra.0), ("annotation", &missing.1, &extra.1)] {
        let names: std::collections::BTreeSet<&str> = wanted.iter().chain(found.iter()).map(|(name, _)| name).collect();
        let differing = names.into_iter().filter(|name| wanted.get(name) != found.get(name));
        all.extend(differing.map(|name| match (wanted.get(name), found.get(name)) {
            ("", found) => format!("the {what} {} is {} and not expected", quoted(name), quoted(found)),
            (_, "") => format!("the {what} {} is not there", quoted(name)),
            (_, found) => format!("the {what} {} is {}", quoted(name), quoted(found)),
        }));
    }
    all.join(", ")
}
