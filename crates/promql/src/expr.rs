//! The tree of an expression. Every node knows its bytes; trees compare by what they say.

use std::ops::Range;

use evenkeel_labels::MatchOp;

use crate::{Aggregate, BinaryOp, Function, Located, METRIC_NAME, Number, Window};

/// An expression with its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is written.
    pub range: Range<usize>,
    /// Nodes on the longest way down, this one counted.
    pub(crate) height: u16,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `5`, `-1.5`, `5m`
    Number(Number),
    /// `"text"`
    Text(String),
    /// `up{job="web"}`
    Selector(Selector),
    /// `up{job="web"}[5m]`; what follows the bracket is in the selector's timing.
    Range {
        /// What is selected.
        selector: Selector,
        /// How far back.
        window: Window,
    },
    /// `expr[1h:5m]`
    Subquery {
        /// What is asked again and again.
        expr: Box<Expr>,
        /// How far back.
        window: Window,
        /// Between two answers; `None`: the server's.
        step: Option<Window>,
        /// `offset` and `@`.
        timing: Timing,
    },
    /// `(expr)`
    Paren(Box<Expr>),
    /// `+expr`, or `-expr` when negative; of a number it is part of the number.
    Unary {
        /// `-`
        negative: bool,
        /// What it stands before.
        expr: Box<Expr>,
    },
    /// `a + b`
    Binary(Box<Binary>),
    /// `sum by (job) (expr)`
    Aggregate(Box<Aggregate>),
    /// `rate(expr)`
    Call(Call),
}

/// What is read from the store: a name and conditions on labels.
#[derive(Debug, Clone)]
pub struct Selector {
    /// The metric's name, when it stands before the braces.
    pub name: Option<Located<String>>,
    /// What stands in the braces; a lone `"name"` is `__name__="name"`.
    pub matchers: Vec<LabelMatcher>,
    /// When it is read.
    pub timing: Timing,
    /// Where name and braces stand.
    pub range: Range<usize>,
}

impl PartialEq for Selector {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.matchers == other.matchers && self.timing == other.timing
    }
}

impl Selector {
    /// The metric's name, when exactly one is selected.
    #[must_use]
    pub fn metric(&self) -> Option<&str> {
        let outside = self.name.as_ref().map(|name| &*name.value);
        let inside = |matcher: &&LabelMatcher| matcher.name.value == METRIC_NAME && matcher.op == MatchOp::Equal;
        outside.or_else(|| self.matchers.iter().find(inside).map(|matcher| &*matcher.value.value))
    }

    /// The place of the metric's name, else of all of it.
    #[must_use]
    pub fn metric_range(&self) -> Range<usize> {
        let inside = |matcher: &&LabelMatcher| matcher.name.value == METRIC_NAME && matcher.op == MatchOp::Equal;
        let outside = self.name.as_ref().map(|name| &name.range);
        let found = outside.or_else(|| self.matchers.iter().find(inside).map(|matcher| &matcher.value.range));
        found.unwrap_or(&self.range).clone()
    }
}

/// One condition on a label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelMatcher {
    /// The label.
    pub name: Located<String>,
    /// How it is compared.
    pub op: MatchOp,
    /// The value or pattern.
    pub value: Located<String>,
}

impl LabelMatcher {
    /// The place of all of it.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.name.range.start..self.value.range.end
    }
}

/// When something is read: `offset`, `@`, and how a range's ends count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timing {
    /// `offset 5m`
    pub offset: Option<Window>,
    /// `@ 1700000000`
    pub at: Option<At>,
    /// `anchored` or `smoothed`
    pub extension: Option<Extension>,
}

/// `@`: a fixed instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum At {
    /// Seconds since 1970.
    Seconds(Number),
    /// `start()` of the query.
    Start,
    /// `end()` of the query.
    End,
}

/// How the ends of a range count (experimental).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// `anchored`
    Anchored,
    /// `smoothed`
    Smoothed,
}

/// Two expressions and an operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Binary {
    /// The operator with its place.
    pub op: Located<BinaryOp>,
    /// The left side.
    pub left: Expr,
    /// The right side.
    pub right: Expr,
    /// `bool`: 0 and 1 rather than a filter.
    pub returns_bool: bool,
    /// How series of both sides find each other.
    pub matching: Matching,
}

/// `on (…) group_left (…) fill (0)`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matching {
    /// `on` rather than `ignoring`.
    pub on: bool,
    /// The labels of `on` or `ignoring`; `None`: neither is written.
    pub labels: Option<Vec<Located<String>>>,
    /// Which side has many series for one of the other; `None`: neither.
    pub many: Option<Side>,
    /// The labels of `group_left (…)`, taken over from the other side.
    pub include: Vec<Located<String>>,
    /// What a missing left side counts as (experimental).
    pub fill_left: Option<Located<Number>>,
    /// What a missing right side counts as (experimental).
    pub fill_right: Option<Located<Number>>,
}

/// A side of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `group_left`: the left side has many.
    Left,
    /// `group_right`: the right side has many.
    Right,
}

/// A call of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Its name as written.
    pub name: Located<String>,
    /// What it takes and gives; `None`: no such function is known.
    pub function: Option<&'static Function>,
    /// What it is given.
    pub args: Vec<Expr>,
}

impl Expr {
    /// The node with its place; how high it stands follows from its children.
    pub(crate) fn new(kind: ExprKind, range: Range<usize>) -> Self {
        let mut expr = Self { kind, range, height: 0 };
        expr.height = expr.children().iter().map(|child| child.height).max().unwrap_or(0).saturating_add(1);
        expr
    }

    /// The expressions right inside this one, in the order of the text.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Selector(_) | ExprKind::Range { .. } => Vec::new(),
            ExprKind::Subquery { expr, .. } | ExprKind::Paren(expr) | ExprKind::Unary { expr, .. } => vec![expr],
            ExprKind::Binary(binary) => vec![&binary.left, &binary.right],
            ExprKind::Aggregate(aggregate) => aggregate.parameter.iter().chain([&aggregate.expr]).collect(),
            ExprKind::Call(call) => call.args.iter().collect(),
        }
    }

    /// The expression without parentheses round it.
    #[must_use]
    pub fn bare(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }
}
