//! Expressions, each in brackets of its own.

use super::{Bind, Dialect, Writer};
use crate::table::Sort;
use crate::tree::{Expr, Kind, Node, Query};

impl Writer {
    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.node {
            Node::Column { alias, name, .. } => self.column(alias, name),
            Node::Text(text) => self.text(text),
            Node::Whole(number) => self.whole(*number),
            Node::Real(number) => self.real(*number),
            Node::Null => self.out.push_str("NULL"),
            Node::Truth(truth) => self.out.push_str(if *truth { "TRUE" } else { "FALSE" }),
            Node::Parameter(name) => self.parameter(name, expr.kind),
            Node::Minus(inner) => self.wrapped("(-", inner, ")"),
            Node::Not(inner) => self.wrapped("(NOT ", inner, ")"),
            Node::Binary { op, left, right } => {
                self.wrapped("(", left, " ");
                self.out.push_str(op.as_str());
                self.wrapped(" ", right, ")");
            }
            Node::Among(inner) => {
                self.wrapped("(", inner, "");
                self.among();
                self.out.push(')');
            }
            Node::Begin(inner) => self.begin(inner),
            Node::IsNull { expr, negated } => {
                self.wrapped("(", expr, if *negated { " IS NOT NULL)" } else { " IS NULL)" });
            }
            Node::Between { expr, low, high, negated } => {
                self.wrapped("(", expr, if *negated { " NOT BETWEEN " } else { " BETWEEN " });
                self.wrapped("", low, " AND ");
                self.wrapped("", high, ")");
            }
            Node::InList { expr, list, negated } => {
                self.wrapped("(", expr, if *negated { " NOT IN (" } else { " IN (" });
                self.list(list, ", ", Self::expr);
                self.out.push_str("))");
            }
            Node::InQuery { expr, query, negated } => {
                self.wrapped("(", expr, if *negated { " NOT IN (" } else { " IN (" });
                self.query(query);
                self.out.push_str("))");
            }
            Node::Exists { query, negated } => self.exists(query, *negated),
            Node::Scalar(query) => {
                self.out.push('(');
                self.query(query);
                self.out.push(')');
            }
            Node::Like { expr, pattern, escape, negated } => self.like(expr, pattern, *escape, *negated),
            Node::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref());
            }
            Node::Cast { expr, to } => self.cast(expr, *to),
            Node::Call { function, arguments } => self.call(*function, arguments),
            Node::Aggregate { function, distinct, argument } => {
                self.aggregate(*function, *distinct, argument.as_deref());
            }
            Node::Window { function, arguments, partition_by, order_by } => {
                self.window(*function, arguments, partition_by, order_by);
            }
        }
    }

    pub(super) fn wrapped(&mut self, before: &str, expr: &Expr, behind: &str) {
        self.out.push_str(before);
        self.expr(expr);
        self.out.push_str(behind);
    }

    fn whole(&mut self, number: i64) {
        self.out.push_str(&match self.dialect {
            Dialect::Sqlite if number < 0 => format!("({number})"),
            Dialect::Sqlite => number.to_string(),
            // By itself it would be of 32 bits, and so would what is computed with it.
            Dialect::Postgres => format!("CAST({number} AS BIGINT)"),
        });
    }

    fn real(&mut self, number: f64) {
        self.out.push_str(&match self.dialect {
            Dialect::Sqlite => format!("({number:?})"),
            Dialect::Postgres => format!("CAST({number:?} AS DOUBLE PRECISION)"),
        });
    }

    fn begin(&mut self, subject: &Expr) {
        match self.dialect {
            Dialect::Sqlite => self.wrapped("evenkeel_begin(", subject, ")"),
            Dialect::Postgres => {
                self.out.push_str("CAST(CAST(CAST(");
                self.bind(Bind::Begins);
                self.wrapped(" AS TEXT) AS JSONB) ->> ", subject, " AS BIGINT)");
            }
        }
    }

    fn parameter(&mut self, name: &str, kind: Kind) {
        if name == "seq" {
            return self.bind(Bind::Seq);
        }
        if self.dialect == Dialect::Sqlite {
            return self.bind(Bind::Param(name.to_owned()));
        }
        let (before, behind) = match kind {
            Kind::Of(Sort::Whole) => ("CAST(", " AS BIGINT)"),
            Kind::Of(Sort::Real) => ("CAST(", " AS DOUBLE PRECISION)"),
            Kind::Of(Sort::Text) | Kind::Null | Kind::Condition => ("(CAST(", " AS TEXT) COLLATE \"C\")"),
        };
        self.out.push_str(before);
        self.bind(Bind::Param(name.to_owned()));
        self.out.push_str(behind);
    }

    fn exists(&mut self, query: &Query, negated: bool) {
        self.out.push_str(if negated { "(NOT EXISTS (" } else { "(EXISTS (" });
        self.query(query);
        self.out.push_str("))");
    }

    fn like(&mut self, expr: &Expr, pattern: &Expr, escape: Option<char>, negated: bool) {
        self.wrapped("(", expr, if negated { " NOT LIKE " } else { " LIKE " });
        self.expr(pattern);
        match (escape, self.dialect) {
            (Some('\''), _) => self.out.push_str(" ESCAPE ''''"),
            (Some(letter), _) => self.out.push_str(&format!(" ESCAPE '{letter}'")),
            // PostgreSQL would take a backslash to escape.
            (None, Dialect::Postgres) => self.out.push_str(" ESCAPE ''"),
            (None, Dialect::Sqlite) => {}
        }
        self.out.push(')');
    }

    fn case(&mut self, operand: Option<&Expr>, branches: &[(Expr, Expr)], otherwise: Option<&Expr>) {
        self.out.push_str("(CASE");
        if let Some(operand) = operand {
            self.wrapped(" ", operand, "");
        }
        for (when, then) in branches {
            self.wrapped(" WHEN ", when, " THEN ");
            self.expr(then);
        }
        if let Some(otherwise) = otherwise {
            self.wrapped(" ELSE ", otherwise, "");
        }
        self.out.push_str(" END)");
    }

    fn cast(&mut self, expr: &Expr, to: Sort) {
        match (self.dialect, to) {
            (Dialect::Sqlite, Sort::Whole) => self.wrapped("CAST(", expr, " AS INTEGER)"),
            (Dialect::Sqlite, Sort::Real) => self.wrapped("CAST(", expr, " AS REAL)"),
            (Dialect::Sqlite, Sort::Text) => self.wrapped("CAST(", expr, " AS TEXT)"),
            // By itself it would round, where SQLite cuts off.
            (Dialect::Postgres, Sort::Whole) if expr.kind == Kind::Of(Sort::Real) => {
                self.wrapped("CAST(trunc(", expr, ") AS BIGINT)");
            }
            (Dialect::Postgres, Sort::Whole) => self.wrapped("CAST(", expr, " AS BIGINT)"),
            (Dialect::Postgres, Sort::Real) => self.wrapped("CAST(", expr, " AS DOUBLE PRECISION)"),
            (Dialect::Postgres, Sort::Text) => self.wrapped("(CAST(", expr, " AS TEXT) COLLATE \"C\")"),
        }
    }
}
