//! What the tests of an ops repo touch: routes, response plans, alerting rules.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_model::document::Documents;
use evenkeel_model::{Plan, Rule, RuleKind};

use crate::play::Played;

/// Of one sort of thing, what tests touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Covered {
    /// Touched, by name.
    pub tested: BTreeSet<Arc<str>>,
    /// Touched by no test, by name.
    pub untested: BTreeSet<Arc<str>>,
}

/// What the tests of an ops repo touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Routes that some case's alerts took, by key.
    pub routes: Covered,
    /// Response plans by which some case opened an incident.
    pub response_plans: Covered,
    /// Alerting rules that a case or a unit test names.
    pub rules: Covered,
    /// Recording rules that a unit test reads, by itself or through others. Whoever runs unit tests fills it in.
    pub recordings: Covered,
}

impl Covered {
    /// Parts all there is into what is touched and what is not.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = Arc<str>>, touched: &BTreeSet<Arc<str>>) -> Self {
        let (tested, untested) = all.into_iter().partition(|name| touched.contains(name));
        Self { tested, untested }
    }

    /// How much of it is touched. Units: per cent, rounded down; 100 where there is nothing.
    #[must_use]
    pub fn percent(&self) -> usize {
        let all = self.tested.len() + self.untested.len();
        (self.tested.len() * 100).checked_div(all).unwrap_or(100)
    }
}

impl Coverage {
    /// What cases, as they were played, and unit tests touch.
    #[must_use]
    pub fn of<'a>(plan: &Plan, documents: &Documents, played: impl IntoIterator<Item = &'a Played>) -> Self {
        let (mut routes, mut response_plans) = (BTreeSet::new(), BTreeSet::new());
        for one in played {
            routes.extend(one.routes.iter().cloned());
            response_plans.extend(one.incidents.iter().map(|incident| Arc::clone(&incident.response_plan)));
        }
        Self {
            routes: Covered::of(plan.routes.routes.iter().map(|route| Arc::clone(&route.key)), &routes),
            response_plans: Covered::of(plan.catalogue.response_plans.keys().cloned(), &response_plans),
            rules: Self::of_rules(&plan.catalogue.rules, documents),
            recordings: Covered::default(),
        }
    }

    /// What is touched of the alerting rules.
    #[must_use]
    pub fn of_rules(rules: &[Rule], documents: &Documents) -> Covered {
        let alerting = rules.iter().filter(|rule| rule.kind == RuleKind::Alerting);
        Covered::of(alerting.map(|rule| Arc::clone(&rule.name)), &named(documents))
    }

    /// The least of routes, response plans and alerting rules. Units: per cent.
    #[must_use]
    pub fn percent(&self) -> usize {
        self.routes.percent().min(self.response_plans.percent()).min(self.rules.percent())
    }
}

/// Alerts that tests name.
fn named(documents: &Documents) -> BTreeSet<Arc<str>> {
    let units = documents.rule_tests.iter().flat_map(|file| &file.tests).flat_map(|test| &test.alerts);
    let units = units.map(|test| Arc::from(&*test.alert.value));
    let cases = documents.routing_tests.iter().flat_map(|document| &document.spec.cases);
    let labels = cases.flat_map(|case| &case.alerts).flat_map(|alert| &alert.labels);
    let names = labels.filter(|(name, _)| &*name.value == "alertname").map(|(_, value)| Arc::from(&*value.value));
    units.chain(names).collect()
}
