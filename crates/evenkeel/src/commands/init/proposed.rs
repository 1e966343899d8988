//! A test for each response plan, out of what really becomes of an alert that comes to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{SourceId, Span, Spanned};
use evenkeel_import::ProposedCase;
use evenkeel_labels::{MatchOp, Matcher};
use evenkeel_model::document::{CaseAlert, Expectation, RoutingCase, Text};
use evenkeel_model::{Plan, RuleKind};
use evenkeel_ops_source::Loaded;
use evenkeel_routing_test::{Played, play};
use evenkeel_time::{Civil, Duration, Timestamp, Zone};

/// Alerts that are tried for one response plan.
const TRIED_MAX: usize = 20;
/// Response plans that get a test.
const PLANS_MAX: usize = 100;
/// The person paged first answers after this time, so that a test says who that is and ends.
const ANSWERED_AFTER: Duration = Duration::minutes(1);
const WATCHED_FOR: Duration = Duration::minutes(30);

type Labels = BTreeMap<String, String>;

/// A case for each response plan that some alert comes to, by the plan's name.
pub(super) fn proposed(loaded: &Loaded, at: Timestamp) -> Vec<ProposedCase> {
    let Some(plan) = &loaded.plan else { return Vec::new() };
    let (plan, rules) = (Arc::new(plan.clone()), rules(loaded));
    let names = plan.catalogue.response_plans.keys().take(PLANS_MAX);
    names.filter_map(|name| case(&plan, name, &rules, at)).collect()
}

fn case(plan: &Arc<Plan>, name: &Arc<str>, rules: &[Labels], now: Timestamp) -> Option<ProposedCase> {
    let tried = candidates(plan, name, rules);
    let hours = [hour_of_next_day(now, 3), hour_of_next_day(now, 12)];
    let tried = hours.iter().flat_map(|at| tried.iter().map(move |labels| (*at, labels)));
    tried.take(2 * TRIED_MAX).find_map(|(at, labels)| {
        let played = play(plan, &routing_case(at, labels)).ok()?;
        outcome(name, at, labels, &played)
    })
}

fn outcome(name: &Arc<str>, at: Timestamp, labels: &Labels, played: &Played) -> Option<ProposedCase> {
    let incident = played.incidents.iter().find(|incident| incident.response_plan == *name)?;
    let pages = played.pages.iter().map(|page| (page.to.name().to_string(), page.after.to_string()));
    Some(ProposedCase {
        response_plan: name.to_string(),
        at: at.to_string(),
        labels: labels.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        acknowledged_after: ANSWERED_AFTER.to_string(),
        watched_for: WATCHED_FOR.to_string(),
        receivers: played.receivers.iter().map(|receiver| receiver.to_string()).collect(),
        severity: incident.severity.to_string(),
        pages: pages.collect(),
    })
}

/// Alerts that may come to a response plan: those of rules first, then what its routes ask for.
fn candidates(plan: &Plan, name: &Arc<str>, rules: &[Labels]) -> Vec<Labels> {
    let mut found = Vec::new();
    let attached: BTreeSet<&Arc<str>> = plan
        .catalogue
        .attached
        .iter()
        .filter(|(_, attached)| *attached == name)
        .map(|(receiver, _)| receiver)
        .collect();
    for (index, route) in plan.routes.routes.iter().enumerate() {
        if !attached.contains(&route.receiver) || found.len() >= TRIED_MAX {
            continue;
        }
        let matchers = matchers_to(plan, index);
        let wanted = wanted(&matchers);
        let of_rules = rules.iter().map(|rule| wanted.iter().chain(rule).map(pair).collect::<Labels>());
        let takes = |labels: &Labels| {
            matchers.iter().all(|one| one.matches_value(labels.get(one.name()).map_or("", String::as_str)))
        };
        found.extend(of_rules.filter(takes).take(3));
        let named = ("alertname".to_owned(), "SomethingIsWrong".to_owned());
        found.extend([[named].into_iter().chain(wanted.iter().map(pair)).collect()].into_iter().filter(takes));
    }
    found
}

fn pair((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}

/// Everything that an alert has to match to come to a route, from the root down.
fn matchers_to(plan: &Plan, index: usize) -> Vec<&Matcher> {
    let routes = &plan.routes.routes;
    let mut matchers: Vec<&Matcher> = Vec::new();
    let mut at = Some(index);
    while let Some(index) = at {
        matchers.extend(routes.get(index).into_iter().flat_map(|route| &route.matchers.0));
        // Parents stand before their children, so this ends at the root.
        at = routes.iter().take(index).position(|route| route.children.contains(&index));
    }
    matchers
}

/// Labels that matchers ask for, as far as these name a value.
fn wanted(matchers: &[&Matcher]) -> Labels {
    let value = |matcher: &Matcher| match matcher.op() {
        MatchOp::Equal => Some(matcher.value().to_owned()),
        MatchOp::Regex => first_alternative(matcher.value()).filter(|value| matcher.matches_value(value)),
        MatchOp::NotEqual | MatchOp::NotRegex => None,
    };
    let wanted = matchers.iter().rev().filter_map(|matcher| Some((matcher.name().to_owned(), value(matcher)?)));
    wanted.filter(|(_, value)| !value.is_empty()).collect()
}

/// A text that a regular expression takes, if that is easy to see: `^(foo|bar.*)$` takes `foo`.
fn first_alternative(pattern: &str) -> Option<String> {
    let inner = pattern.trim_start_matches(['^', '(']).trim_end_matches(['$', ')']);
    let plain = |text: &str| text.replace(".*", "").replace(".+", "x").replace("\\.", ".");
    let mut alternatives = inner.split('|').map(|text| plain(text.trim_start_matches("?:")));
    alternatives.find(|text| !text.is_empty() && !text.contains(|c: char| "\\()[]{}*+?^$".contains(c)))
}

/// The labels of alerting rules as far as they are known before a rule fires.
fn rules(loaded: &Loaded) -> Vec<Labels> {
    let rules = loaded.documents.rule_groups.iter().flat_map(|group| &group.rules);
    let alerts = rules.filter(|rule| rule.kind == RuleKind::Alerting);
    let labels = alerts.map(|rule| {
        let plain = rule.labels.iter().filter(|(_, value)| !value.value.contains("{{") && !value.value.is_empty());
        let mut labels: Labels = plain.map(|(name, value)| (name.value.to_string(), value.value.to_string())).collect();
        labels.insert("alertname".to_owned(), rule.name.value.to_string());
        labels
    });
    labels.collect()
}

fn hour_of_next_day(now: Timestamp, hour: u16) -> Timestamp {
    let day = Zone::UTC.civil(now).plus_days(1);
    Zone::UTC.instant(Civil { minute: hour * 60, ..day })
}

fn routing_case(at: Timestamp, labels: &Labels) -> RoutingCase {
    let nowhere = Span { source: SourceId(0), start: 0, end: 0 };
    let text = |text: &String| -> Text { Spanned::new(text.as_str().into(), nowhere) };
    let labels = labels.iter().map(|(name, value)| (text(name), text(value))).collect();
    RoutingCase {
        span: nowhere,
        name: Spanned::new("proposed".into(), nowhere),
        at,
        alerts: vec![CaseAlert { labels, annotations: Vec::new() }],
        acknowledged_after: Some(ANSWERED_AFTER),
        watched_for: WATCHED_FOR,
        expect: Expectation { span: nowhere, receivers: None, incident: None, pages: None },
    }
}

#[cfg(test)]
mod tests {
    use super::first_alternative;

    #[test]
    fn a_text_that_a_pattern_takes_is_found_where_that_is_easy() {
        for (pattern, text) in [("^(foo1|foo2)$", "foo1"), ("foo.*|bar", "foo"), ("(?:a|b)", "a"), ("a\\.b", "a.b")] {
            assert_eq!(first_alternative(pattern).as_deref(), Some(text), "{pattern}");
        }
        for pattern in ["", "[a-z]+", ".*", "a{2}"] {
            assert_eq!(first_alternative(pattern), None, "{pattern}");
        }
    }
}
