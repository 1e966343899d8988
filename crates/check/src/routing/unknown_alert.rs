//! `unknown-alert-in-route`: a route waits for an alert by a name that no rule has.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Span, did_you_mean};
use evenkeel_labels::Matcher;
use evenkeel_model::{RuleKind, codes, quoted};

use super::implication::Condition;
use super::tree;
use crate::Repo;

/// Suggestions cost a comparison with every name, so only the first unknown ones get them.
const SUGGESTIONS_MAX: usize = 50;
/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 100;
/// What alerts of a probe and of an expected alert are called, unless their documents say otherwise.
const OWN: [&str; 2] = ["ExpectedAlertMissing", "ProbeFailed"];

/// Reports such names, where the ops repo has alerting rules at all.
pub(super) fn unknown_alert_in_route(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(root) = tree::root(repo).filter(|_| repo.is_whole()) else { return };
    let rules = repo.documents.rule_groups.iter().flat_map(|group| &group.rules);
    let mut known: BTreeSet<&str> =
        rules.filter(|rule| rule.kind == RuleKind::Alerting).map(|rule| &*rule.name.value).collect();
    if known.is_empty() {
        return;
    }
    let probes = repo.documents.probes.iter().map(|probe| &probe.spec.labels);
    let expected = repo.documents.expected_alerts.iter().map(|alert| &alert.spec.labels);
    known.extend(probes.chain(expected).map(|labels| labels.get("alertname")).chain(OWN));
    let awaited = repo.documents.expected_alerts.iter().flat_map(|alert| &alert.spec.matchers.0);
    let awaited: BTreeSet<String> = awaited.flat_map(names).collect();
    let mut suggestions = 0;
    for route in tree::all(root) {
        for (matcher, span) in route.matchers.0.iter().zip(&route.matcher_spans) {
            let unknown = names(matcher).into_iter().filter(|name| !known.contains(&**name) && !awaited.contains(name));
            for name in unknown {
                suggestions += 1;
                let near = (suggestions <= SUGGESTIONS_MAX && name.len() <= NAME_COMPARED_BYTES_MAX)
                    .then(|| did_you_mean(&name, known.iter().copied()))
                    .flatten();
                diags.push(unknown_alert(&name, *span, near));
            }
        }
    }
}

/// The names that a matcher waits for, when it lists them.
fn names(matcher: &Matcher) -> Vec<String> {
    if matcher.name() != "alertname" || !matcher.op().wants_match() {
        return Vec::new();
    }
    let condition = Condition::of(matcher);
    let listed = condition.finite().into_iter().flatten().filter(|name| !name.is_empty());
    listed.map(str::to_owned).collect()
}

fn unknown_alert(name: &str, span: Span, near: Option<&str>) -> Diagnostic {
    let headline = format!("a route waits for the alert {}, which no rule here raises", quoted(name));
    let diag = Diagnostic::finding(codes::UNKNOWN_ALERT_IN_ROUTE, span, headline);
    match near {
        Some(near) => diag.help(format!("did you mean {}?", quoted(near))),
        None => diag.help("remove it, or allow it when the alert is raised by a rule that is kept elsewhere"),
    }
}
