//! Which rules can be asked for many steps at once, and which have to go step by step.

use std::collections::BTreeMap;

use evenkeel_model::RuleKind;
use evenkeel_promql::{Expr, ExprKind, Selector, Timing, selectors};

use crate::{Rule, RuleSet};

/// What alerting rules record.
const OF_ALERTS: [&str; 2] = ["ALERTS", "ALERTS_FOR_STATE"];

/// Rules that follow each other, and how they go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Places: group, rule.
    pub(super) rules: Vec<(usize, usize)>,
    pub(super) stepwise: bool,
}

/// Cuts the set into pieces, in its order.
pub(super) fn pieces(set: &RuleSet) -> Vec<Piece> {
    let places: Vec<((usize, usize), &Rule)> = set
        .groups
        .iter()
        .enumerate()
        .flat_map(|(group, rules)| rules.rules.iter().enumerate().map(move |(place, rule)| ((group, place), rule)))
        .collect();
    let last = Last::of(places.iter().map(|(_, rule)| *rule));
    let mut out: Vec<Piece> = Vec::new();
    // Up to which rule it goes step by step.
    let mut until: Option<usize> = None;
    for (index, (place, rule)) in places.iter().enumerate() {
        let needed = last.read_by(rule).filter(|last| *last >= index);
        let alone = looks_ahead(rule).then_some(index);
        let open = until.filter(|until| *until >= index);
        let stepwise = needed.max(alone).max(open);
        match out.last_mut() {
            Some(piece) if piece.stepwise == stepwise.is_some() && (open.is_some() || stepwise.is_none()) => {
                piece.rules.push(*place);
            }
            _ => out.push(Piece { rules: vec![*place], stepwise: stepwise.is_some() }),
        }
        until = stepwise;
    }
    out
}

/// By name, the last rule that records it; and the last rule that records anything.
struct Last<'a> {
    by_name: BTreeMap<&'a str, usize>,
    any: Option<usize>,
}

impl<'a> Last<'a> {
    fn of(rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut last = Self { by_name: BTreeMap::new(), any: None };
        for (index, rule) in rules.enumerate() {
            match rule.kind {
                RuleKind::Alerting => OF_ALERTS.iter().for_each(|name| _ = last.by_name.insert(name, index)),
                RuleKind::Recording => _ = last.by_name.insert(&**rule.name(), index),
            }
            last.any = Some(index);
        }
        last
    }

    /// The last rule of which a rule may read what it records.
    fn read_by(&self, rule: &Rule) -> Option<usize> {
        let Ok(expr) = &rule.expr else { return None };
        if rule.asks() {
            return self.any;
        }
        let of = |selector: &Selector| match selector.metric() {
            Some(name) => self.by_name.get(name).copied(),
            None => self.any,
        };
        selectors(expr).iter().filter_map(|usage| of(usage.selector)).max()
    }
}

/// Whether an answer at an instant may depend on what is recorded later, or on which instants are asked for together.
fn looks_ahead(rule: &Rule) -> bool {
    rule.expr.as_ref().is_ok_and(|expr| any_ahead(expr))
}

fn any_ahead(expr: &Expr) -> bool {
    let here = match &expr.kind {
        ExprKind::Selector(selector) | ExprKind::Range { selector, .. } => ahead(&selector.timing),
        ExprKind::Subquery { timing, .. } => ahead(timing),
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Paren(_)
        | ExprKind::Unary { .. }
        | ExprKind::Binary(_)
        | ExprKind::Aggregate(_)
        | ExprKind::Call(_) => false,
    };
    here || expr.children().into_iter().any(any_ahead)
}

fn ahead(timing: &Timing) -> bool {
    let forward = |seconds: Option<f64>| seconds.is_none_or(|seconds| seconds < 0.0);
    timing.at.is_some() || timing.offset.as_ref().is_some_and(|offset| forward(offset.value.seconds()))
}
