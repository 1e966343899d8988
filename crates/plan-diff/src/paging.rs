//! Who is paged for what: the ways that alerts take, and where they lead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;
use evenkeel_model::{Plan, Route, Rule, RuleKind};
use evenkeel_oncall::{State, policy_for, recipients};
use evenkeel_time::Timestamp;

use crate::reach::{Known, reachable};

/// Alerts that lead elsewhere than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagingChange {
    /// Names of the alerts that share the change, in order.
    pub alerts: Vec<Arc<str>>,
    /// Where they led, in the order of the routing tree; empty: there was no such alert.
    pub before: Vec<Way>,
    /// Where they lead; empty: there is no such alert any more.
    pub after: Vec<Way>,
}

/// Where alerts that take a route lead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// The route's key.
    pub route: Arc<str>,
    /// Who is told.
    pub receiver: Arc<str>,
    /// The response plan, and how bad its incidents are; `None`: a notice and nothing more.
    pub incident: Option<(Arc<str>, evenkeel_severity::Severity)>,
    /// Whom each step of escalation pages, who that is at the instant of comparing, and how long it waits.
    pub steps: Vec<Box<str>>,
}

/// Where an alert led, and where it leads.
type Ways<'a> = (&'a Vec<Way>, &'a Vec<Way>);

/// Compares the ways of every alert that a rule of either plan raises.
pub(crate) fn paging(before: &Plan, after: &Plan, at: Timestamp) -> Vec<PagingChange> {
    let (was, is) = (ways(before, at), ways(after, at));
    let nothing = Vec::new();
    let names: BTreeSet<&Arc<str>> = was.keys().chain(is.keys()).copied().collect();
    let mut changes: BTreeMap<Ways<'_>, Vec<Arc<str>>> = BTreeMap::new();
    for name in names {
        let (before, after) = (was.get(name).unwrap_or(&nothing), is.get(name).unwrap_or(&nothing));
        if before != after {
            changes.entry((before, after)).or_default().push(Arc::clone(name));
        }
    }
    let mut changes: Vec<PagingChange> = changes
        .into_iter()
        .map(|((before, after), alerts)| PagingChange { alerts, before: before.clone(), after: after.clone() })
        .collect();
    changes.sort_by(|a, b| a.alerts.cmp(&b.alerts));
    changes
}

/// The ways of each alert, by its name: those of all rules that raise it.
fn ways(plan: &Plan, at: Timestamp) -> BTreeMap<&Arc<str>, Vec<Way>> {
    let mut known: BTreeMap<&Arc<str>, Way> = BTreeMap::new();
    let mut ways: BTreeMap<&Arc<str>, Vec<Way>> = BTreeMap::new();
    for rule in plan.catalogue.rules.iter().filter(|rule| rule.kind == RuleKind::Alerting) {
        let of_alert = ways.entry(&rule.name).or_default();
        for route in routes(plan, rule) {
            let way = known.entry(&route.key).or_insert_with(|| way(plan, route, at));
            if !of_alert.contains(way) {
                of_alert.push(way.clone());
            }
        }
    }
    ways
}

fn routes<'a>(plan: &'a Plan, rule: &Rule) -> Vec<&'a Route> {
    let is_template = |value: &str| value.contains("{{");
    let own = rule.labels.iter().filter(|(_, value)| !is_template(value));
    let labels = LabelSet::new(own.chain([("alertname", &*rule.name)]));
    let templated = rule.labels.iter().filter(|(_, value)| is_template(value)).map(|(name, _)| name).collect();
    reachable(&plan.routes, &Known { labels: &labels, templated: &templated })
}

fn way(plan: &Plan, route: &Route, at: Timestamp) -> Way {
    let response = plan.catalogue.response_plan_for(&route.receiver);
    let incident =
        response.map(|plan_of| (Arc::clone(&plan_of.name), evenkeel_incident::severity(&plan.catalogue, plan_of).0));
    let choice = response.and_then(|found| policy_for(plan, &found.name, found.owner.as_ref()));
    let steps = choice.map(|choice| {
        let step = |step: &evenkeel_model::EscalationStep| {
            let to: Vec<String> = step.to.iter().map(|to| reached(plan, to, at)).collect();
            format!("{} ({}), then {}", to.join(", "), choice.because, step.wait).into()
        };
        choice.policy.steps.iter().map(step).collect()
    });
    let (route, receiver) = (Arc::clone(&route.key), Arc::clone(&route.receiver));
    Way { route, receiver, incident, steps: steps.unwrap_or_default() }
}

/// The target, and whom it leads to where that is not the same.
fn reached(plan: &Plan, to: &DocumentRef, at: Timestamp) -> String {
    let (found, _) = recipients(plan, &State::default(), to, at);
    let people: Vec<String> = found.iter().map(|one| one.to.name().to_string()).collect();
    match (people.as_slice(), to) {
        ([], _) => format!("{to} = nobody"),
        (_, DocumentRef::Person(_) | DocumentRef::Receiver(_)) => to.to_string(),
        (people, _) => format!("{to} = {}", people.join(" and ")),
    }
}
