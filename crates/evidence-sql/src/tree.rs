//! A query as far as the subset goes, with every name looked up. What is not here cannot be said.

mod walk;

use crate::table::{Sort, Table};

/// A query: one or more selects put under one another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) with: Vec<Cte>,
    pub(crate) first: Core,
    pub(crate) rest: Vec<Union>,
    pub(crate) order_by: Vec<Order>,
    pub(crate) limit: Option<i64>,
    pub(crate) offset: Option<i64>,
    /// What it returns.
    pub(crate) columns: Vec<Output>,
}

/// A further select of a query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    /// Whether rows that are there already are kept.
    pub(crate) all: bool,
    pub(crate) core: Core,
}

/// A query that has a name inside of another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cte {
    pub(crate) name: String,
    pub(crate) query: Query,
}

/// A column of what a query returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) sort: Sort,
    /// The words it may hold; empty: any.
    pub(crate) words: &'static [&'static str],
}

/// One select.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Core {
    pub(crate) distinct: bool,
    pub(crate) items: Vec<Item>,
    pub(crate) from: Vec<From>,
    pub(crate) filter: Option<Expr>,
    pub(crate) group_by: Vec<Expr>,
    pub(crate) having: Option<Expr>,
    /// Whether its rows are groups of rows.
    pub(crate) grouped: bool,
}

/// An expression that is returned.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) expr: Expr,
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct From {
    pub(crate) join: Join,
    pub(crate) alias: String,
    pub(crate) relation: Relation,
    pub(crate) on: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    First,
    Inner,
    Left,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Relation {
    Table(&'static Table),
    Cte(String),
    Query(Box<Query>),
}

/// An expression of an order, where `Item` stands for one of what is returned, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) by: By,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum By {
    Item(usize),
    Expr(Expr),
}

/// What an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Of(Sort),
    /// `NULL` by itself, which may stand for any of those.
    Null,
    /// True, false or unknown.
    Condition,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    pub(crate) node: Node,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// `level` says of which select it is, counted from the outermost.
    Column {
        level: usize,
        alias: String,
        name: String,
    },
    Text(String),
    Whole(i64),
    Real(f64),
    Null,
    Truth(bool),
    Parameter(String),
    Minus(Box<Expr>),
    Not(Box<Expr>),
    Binary {
        op: Op,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    IsNull {
        expr: Box<Expr>,
        negated: bool,
    },
    Between {
        expr: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    InList {
        expr: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
    InQuery {
        expr: Box<Expr>,
        query: Box<Query>,
        negated: bool,
    },
    /// Whether it is one of the subjects that are asked for; stands only in what is narrowed to them.
    Among(Box<Expr>),
    /// Where the time looked at begins for the subject of that name; stands only in what is narrowed to subjects that
    /// begin each at their own.
    Begin(Box<Expr>),
    Exists {
        query: Box<Query>,
        negated: bool,
    },
    Scalar(Box<Query>),
    Like {
        expr: Box<Expr>,
        pattern: Box<Expr>,
        escape: Option<char>,
        negated: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Cast {
        expr: Box<Expr>,
        to: Sort,
    },
    Call {
        function: Function,
        arguments: Vec<Expr>,
    },
    Aggregate {
        function: Aggregate,
        distinct: bool,
        argument: Option<Box<Expr>>,
    },
    Window {
        function: Window,
        arguments: Vec<Expr>,
        partition_by: Vec<Expr>,
        order_by: Vec<Order>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    And,
    Or,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
    Concatenate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Coalesce,
    NullIf,
    Abs,
    Lower,
    Upper,
    Length,
    Trim,
    Substr,
    Round,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Count,
    Sum,
    Min,
    Max,
    Avg,
    Refs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    RowNumber,
    Lag,
    Lead,
}

impl Op {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Concatenate => "||",
        }
    }
}

impl Expr {
    pub(crate) const fn new(node: Node, sort: Sort) -> Self {
        Self { node, kind: Kind::Of(sort) }
    }

    pub(crate) const fn condition(node: Node) -> Self {
        Self { node, kind: Kind::Condition }
    }

    /// What is joined by `AND`.
    pub(crate) fn conjuncts(&self) -> Vec<&Self> {
        match &self.node {
            Node::Binary { op: Op::And, left, right } => {
                left.conjuncts().into_iter().chain(right.conjuncts()).collect()
            }
            _ => vec![self],
        }
    }

    /// What it says is equal, where that is all.
    pub(crate) fn equal(&self) -> Option<(&Self, &Self)> {
        match &self.node {
            Node::Binary { op: Op::Equal, left, right } => Some((left, right)),
            _ => None,
        }
    }

    /// The same value as another sort: only from a whole number to one with a fraction, and of `NULL`.
    pub(crate) fn turned(self, to: Sort) -> Self {
        match (self.kind, to) {
            (Kind::Null, _) | (Kind::Of(Sort::Whole), Sort::Real) => {
                Self::new(Node::Cast { expr: Box::new(self), to }, to)
            }
            (Kind::Of(_) | Kind::Condition, _) => self,
        }
    }
}
