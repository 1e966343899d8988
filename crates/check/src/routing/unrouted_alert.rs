//! `unrouted-alert`: an alert that only the root's receiver is told of, where the tree has routes for others.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, Span, did_you_mean};
use evenkeel_model::document::{RouteDocument, RuleDocument};
use evenkeel_model::{RuleKind, codes, quoted};

use super::implication::{Condition, Conditions};
use super::tree;
use crate::Repo;

/// Asking routes takes time, so all rules together get so many questions; what is left is not judged.
const QUESTIONS_MAX: usize = 3_000_000;
/// Longer values are not compared with others.
const VALUE_COMPARED_BYTES_MAX: usize = 64;
/// So many values are compared with one that may be misspelt.
const VALUES_COMPARED_MAX: usize = 200;

/// The name that every alert has as a label.
const NAME: &str = "alertname";

/// Reports alerts of which it is certain that no route below the root waits for them. What labels an alert has from its
/// expression nobody knows here, so a route that asks for such a one may always be meant.
pub(super) fn unrouted_alert(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(root) = tree::root(repo).filter(|root| !root.routes.is_empty()) else { return };
    let mut routes = Routes::of(root);
    for rule in repo.documents.rule_groups.iter().flat_map(|group| &group.rules) {
        if rule.kind == RuleKind::Alerting && routes.certainly_none_takes(rule) {
            diags.push(unrouted(rule, root, &mut routes));
        }
    }
}

/// The labels of a rule that are known before it fires: written without a template.
type Known<'a> = BTreeMap<&'a str, &'a str>;

struct Routes<'a> {
    /// Of each route directly below the root.
    wants: Vec<Conditions<'a>>,
    /// The values that routes wait for, by label.
    values: BTreeMap<&'a str, BTreeSet<String>>,
    /// Which routes rules with these labels may come to, their names left open.
    asked: BTreeMap<Known<'a>, Vec<usize>>,
    left: usize,
}

impl<'a> Routes<'a> {
    fn of(root: &'a RouteDocument) -> Self {
        let wants: Vec<Conditions<'_>> = root.routes.iter().map(|route| tree::conditions(&route.matchers)).collect();
        let mut values: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (label, condition) in wants.iter().flatten().flat_map(|(label, all)| all.iter().map(|one| (*label, one))) {
            let finite = condition.finite().into_iter().flatten().filter(|value| !value.is_empty());
            values.entry(label).or_default().extend(finite.map(str::to_owned));
        }
        Self { wants, values, asked: BTreeMap::new(), left: QUESTIONS_MAX }
    }

    fn certainly_none_takes(&mut self, rule: &'a RuleDocument) -> bool {
        self.none_takes(known(rule), &rule.name.value)
    }

    fn none_takes(&mut self, known: Known<'a>, name: &str) -> bool {
        let Some(open) = self.open(known) else { return false };
        let named = BTreeMap::from([(NAME, name)]);
        let taken = open.iter().filter_map(|index| self.wants.get(*index)).any(|wants| may_take(wants, &named));
        let asked = open.len();
        self.left = self.left.saturating_sub(asked);
        !taken
    }

    /// The routes that an alert with these labels may come to, by its other labels; `None` when it was asked too much.
    fn open(&mut self, known: Known<'a>) -> Option<Vec<usize>> {
        if let Some(open) = self.asked.get(&known) {
            return Some(open.clone()).filter(|open| open.len() <= self.left);
        }
        self.left = self.left.checked_sub(self.wants.len())?;
        let wants = self.wants.iter().enumerate();
        let open: Vec<usize> = wants.filter(|(_, wants)| may_take(wants, &known)).map(|(index, _)| index).collect();
        self.asked.insert(known, open.clone());
        Some(open)
    }

    /// The label that is probably misspelt, since with the value that may be meant a route would take the alert.
    fn misspelt(&mut self, rule: &'a RuleDocument) -> Option<(Span, String)> {
        for (label, value) in rule.labels.iter().filter(|(_, value)| is_plain(&value.value)) {
            let Some(values) = self.values.get(&*label.value).filter(|values| !values.contains(&*value.value)) else {
                continue;
            };
            if value.value.len() > VALUE_COMPARED_BYTES_MAX {
                continue;
            }
            let candidates = values.iter().take(VALUES_COMPARED_MAX).map(String::as_str);
            let Some(meant) = did_you_mean(&value.value, candidates).map(str::to_owned) else { continue };
            let mut corrected: BTreeMap<&str, &str> = known(rule);
            corrected.insert(&label.value, &meant);
            corrected.insert(NAME, &rule.name.value);
            if self.wants.iter().any(|wants| may_take(wants, &corrected)) {
                return Some((value.span, format!("{}=\"{meant}\"", label.value)));
            }
        }
        None
    }
}

/// Whether a route may take an alert with these labels; of others nothing is known.
fn may_take(wants: &Conditions<'_>, known: &BTreeMap<&str, &str>) -> bool {
    let mut asked = known.iter().filter_map(|(label, value)| Some((wants.get(label)?, value)));
    asked.all(|(conditions, value)| conditions.iter().all(|one: &Condition<'_>| one.takes(value)))
}

fn known(rule: &RuleDocument) -> Known<'_> {
    let plain = rule.labels.iter().filter(|(label, value)| *label.value != *NAME && is_plain(&value.value));
    plain.map(|(label, value)| (&*label.value, &*value.value)).collect()
}

fn is_plain(value: &str) -> bool {
    !value.contains("{{")
}

fn unrouted<'a>(rule: &'a RuleDocument, root: &RouteDocument, routes: &mut Routes<'a>) -> Diagnostic {
    let headline = format!("no route but the root's takes the alert {}", quoted(&rule.name.value));
    if let Some((span, meant)) = routes.misspelt(rule) {
        let diag = Diagnostic::finding(codes::UNROUTED_ALERT, span, headline).label("no route waits for this value");
        return diag.help(format!("did you mean {}?", quoted(&meant)));
    }
    let diag = Diagnostic::finding(codes::UNROUTED_ALERT, rule.name.span, headline);
    let help = "add a route that takes it, or give it a label that a route waits for";
    match &root.receiver {
        Some(receiver) => diag.related(receiver.span, "so this receiver alone is told of it").help(help),
        None => diag.help(help),
    }
}
