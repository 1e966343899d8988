//! Alerts that wake somebody and do not say what helps.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::{LabelSet, Matcher, Matchers};
use evenkeel_model::document::RuleDocument;
use evenkeel_model::{Plan, Route, codes, quoted};

use super::annotation::{alerts, is_template, named};
use crate::Repo;

/// Reports alerting rules that name no procedure and cannot come to a response plan that does.
pub(crate) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let plans = repo.documents.response_plans.iter();
    let helps = plans.filter(|plan| plan.spec.procedure.is_some()).count() > 0;
    // Where a response plan helps and nobody knows the routes, nobody knows whom it helps.
    if !repo.is_whole() || helps && repo.plan.is_none() {
        return;
    }
    for (_, rule) in alerts(repo.documents).filter(|(_, rule)| named(rule).next().is_none()) {
        let known = Known::of(rule);
        let led = helps && repo.plan.is_some_and(|plan| known.may_come_to_help(plan));
        if led || known.is_expected(repo) {
            continue;
        }
        let headline = format!("the alert {} does not say what helps", quoted(&rule.name.value));
        let diag = Diagnostic::finding(codes::ALERT_WITHOUT_PROCEDURE, rule.name.span, headline);
        diags.push(diag.help(if helps {
            "write `runbook_url` into its annotations, or route it to a response plan with a `procedure`"
        } else {
            "write `runbook_url` into its annotations, with an address or a path in the ops repo"
        }));
    }
}

/// What is known of an alert's labels before it fires. Those that the expression gives are not.
struct Known<'a> {
    name: &'a str,
    labels: LabelSet,
    /// Labels that are surely there, with a value that is not known.
    templates: BTreeSet<&'a str>,
}

/// Whether something holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    No,
    Perhaps,
    Surely,
}

impl<'a> Known<'a> {
    fn of(rule: &'a RuleDocument) -> Self {
        let (templates, fixed): (Vec<_>, Vec<_>) = rule.labels.iter().partition(|(_, value)| is_template(&value.value));
        let fixed = fixed.into_iter().map(|(name, value)| (&*name.value, &*value.value));
        let name = ("alertname", &*rule.name.value);
        let templates = templates.into_iter().map(|(name, _)| &*name.value).collect();
        Self { name: &rule.name.value, labels: LabelSet::new(fixed.chain([name])), templates }
    }

    fn holds(&self, matchers: &Matchers) -> Holds {
        matchers.0.iter().map(|matcher| self.one(matcher)).min().unwrap_or(Holds::Surely)
    }

    fn one(&self, matcher: &Matcher) -> Holds {
        let value = self.labels.get(matcher.name());
        let unknown = value.is_empty() || self.templates.contains(matcher.name());
        match matcher.matches_value(value) {
            _ if unknown => Holds::Perhaps,
            true => Holds::Surely,
            false => Holds::No,
        }
    }

    /// Whether a route that it may take leads to a response plan with a procedure.
    fn may_come_to_help(&self, plan: &Plan) -> bool {
        let mut found = Vec::new();
        if let Some(root) = plan.routes.routes.first() {
            self.descend(plan, root, &mut found);
        }
        let helps = |route: &&Route| {
            let response = plan.catalogue.response_plan_for(&route.receiver);
            response.is_some_and(|response| response.procedure.is_some())
        };
        found.iter().any(helps)
    }

    /// The routes at which it may end. Source: as `RouteTree::matching`, where not everything is known.
    fn descend<'r>(&self, plan: &'r Plan, route: &'r Route, found: &mut Vec<&'r Route>) {
        let mut taken = false;
        for child in route.children.iter().filter_map(|index| plan.routes.routes.get(*index)) {
            let holds = self.holds(&child.matchers);
            if holds == Holds::No {
                continue;
            }
            self.descend(plan, child, found);
            taken |= holds == Holds::Surely;
            if holds == Holds::Surely && !child.continue_matching {
                break;
            }
        }
        if !taken {
            found.push(route);
        }
    }

    /// Whether its absence is what is bad, as with `Watchdog`: nobody acts when it fires.
    fn is_expected(&self, repo: &Repo<'_>) -> bool {
        let named = |matchers: &Matchers| {
            matchers.0.iter().any(|matcher| matcher.name() == "alertname" && matcher.value() == self.name)
        };
        let expected = repo.documents.expected_alerts.iter().map(|expected| &expected.spec.matchers);
        expected.filter(|matchers| named(matchers)).any(|matchers| self.holds(matchers) != Holds::No)
    }
}
