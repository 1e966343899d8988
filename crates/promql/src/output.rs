//! Which labels the result of an expression can have.
//!
//! What is said here holds for every store: "closed" means that no series of the result can have another label. Where
//! that is not certain the answer is "open". The metric's name is no label here.

mod aggregate;
mod binary;
mod call;

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_labels::MatchOp;

use crate::{Expr, ExprKind, METRIC_NAME, Selector};

/// A set of label names.
pub(crate) type Names = BTreeSet<Box<str>>;

/// The labels that a result can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelNames {
    /// These at most.
    Closed(BTreeSet<Box<str>>),
    /// Any but these.
    Open {
        /// What no series of the result has.
        without: BTreeSet<Box<str>>,
    },
}

/// What is known about the labels of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputLabels {
    /// Which there can be.
    pub names: LabelNames,
    /// Labels that every series of the result has, with the value they have.
    pub known: BTreeMap<Box<str>, Box<str>>,
}

impl OutputLabels {
    /// What the result of the expression can have.
    #[must_use]
    pub fn of(expr: &Expr) -> Self {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Text(_) => Self::none(),
            ExprKind::Selector(selector) | ExprKind::Range { selector, .. } => Self::of_selector(selector),
            ExprKind::Subquery { expr, .. } | ExprKind::Paren(expr) | ExprKind::Unary { expr, .. } => Self::of(expr),
            ExprKind::Binary(binary) => binary::of(binary),
            ExprKind::Aggregate(aggregate) => aggregate::of(aggregate),
            ExprKind::Call(call) => call::of(call),
        }
    }

    /// No label at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { names: LabelNames::Closed(Names::new()), known: BTreeMap::new() }
    }

    /// Nothing is known.
    #[must_use]
    pub const fn any() -> Self {
        Self { names: LabelNames::Open { without: Names::new() }, known: BTreeMap::new() }
    }

    fn of_selector(selector: &Selector) -> Self {
        let mut labels = Self::any();
        let equal = selector.matchers.iter().filter(|matcher| matcher.op == MatchOp::Equal);
        for matcher in equal.filter(|matcher| matcher.name.value != METRIC_NAME) {
            let (name, value) = (&*matcher.name.value, &*matcher.value.value);
            if value.is_empty() {
                labels.remove(name);
            } else {
                labels.known.insert(name.into(), value.into());
            }
        }
        labels
    }

    /// Whether a series of the result can have the label.
    #[must_use]
    pub fn can_have(&self, name: &str) -> bool {
        match &self.names {
            LabelNames::Closed(names) => names.contains(name),
            LabelNames::Open { without } => !without.contains(name),
        }
    }

    /// Every series is given the label with that value; an empty value takes it away.
    pub fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.remove(name);
        } else {
            self.allow(name);
            self.known.insert(name.into(), value.into());
        }
    }

    /// Series may have the label with any value.
    pub fn allow(&mut self, name: &str) {
        self.known.remove(name);
        match &mut self.names {
            LabelNames::Closed(names) => {
                names.insert(name.into());
            }
            LabelNames::Open { without } => {
                without.remove(name);
            }
        }
    }

    /// No series has the label.
    pub fn remove(&mut self, name: &str) {
        self.known.remove(name);
        match &mut self.names {
            LabelNames::Closed(names) => {
                names.remove(name);
            }
            LabelNames::Open { without } => {
                without.insert(name.into());
            }
        }
    }

    /// Whether no series can have labels of both: one certainly has what the other certainly does not.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        let apart = |one: &Self, two: &Self| {
            one.known.iter().any(|(name, value)| match two.known.get(name) {
                Some(theirs) => theirs != value,
                None => !two.can_have(name),
            })
        };
        apart(self, other) || apart(other, self)
    }

    /// What series of either can have.
    pub(crate) fn union(self, other: Self) -> Self {
        let names = match (self.names, other.names) {
            (LabelNames::Closed(one), LabelNames::Closed(two)) => LabelNames::Closed(&one | &two),
            (LabelNames::Open { without: one }, LabelNames::Open { without: two }) => {
                LabelNames::Open { without: &one & &two }
            }
            (LabelNames::Closed(names), LabelNames::Open { without })
            | (LabelNames::Open { without }, LabelNames::Closed(names)) => {
                LabelNames::Open { without: &without - &names }
            }
        };
        let known = self.known.into_iter().filter(|(name, value)| other.known.get(name) == Some(value)).collect();
        Self { names, known }
    }

    /// What series can have that have the same labels on both sides.
    pub(crate) fn intersection(self, other: Self) -> Self {
        let names = match (self.names, other.names) {
            (LabelNames::Closed(one), LabelNames::Closed(two)) => LabelNames::Closed(&one & &two),
            (LabelNames::Open { without: one }, LabelNames::Open { without: two }) => {
                LabelNames::Open { without: &one | &two }
            }
            (LabelNames::Closed(names), LabelNames::Open { without })
            | (LabelNames::Open { without }, LabelNames::Closed(names)) => LabelNames::Closed(&names - &without),
        };
        let mut known = self.known;
        known.extend(other.known);
        let mut both = Self { names, known };
        both.forget_impossible();
        both
    }

    fn forget_impossible(&mut self) {
        let names = &self.names;
        self.known.retain(|name, _| match names {
            LabelNames::Closed(names) => names.contains(name),
            LabelNames::Open { without } => !without.contains(name),
        });
    }

    /// Only these of the labels stay.
    pub(crate) fn keep<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Names = names.into_iter().filter(|name| self.can_have(name)).map(Box::from).collect();
        let mut kept = Self { names: LabelNames::Closed(names), known: self.known.clone() };
        kept.forget_impossible();
        kept
    }
}
