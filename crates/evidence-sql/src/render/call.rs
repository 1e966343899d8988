//! Functions, aggregates and windows.

use super::{Dialect, Writer};
use crate::table::Sort;
use crate::tree::{Aggregate, Expr, Function, Kind, Node, Order, Window};

/// Beyond this no text goes; PostgreSQL counts letters in 32 bits.
const LETTERS_MAX: i64 = 1_000_000_000;

impl Writer {
    pub(super) fn call(&mut self, function: Function, arguments: &[Expr]) {
        let name = match function {
            Function::Coalesce => "coalesce",
            Function::NullIf => "nullif",
            Function::Abs => "abs",
            Function::Lower => "lower",
            Function::Upper => "upper",
            Function::Trim => "trim",
            Function::Length => return self.length(arguments),
            Function::Substr => return self.substr(arguments),
            Function::Round => return self.round(arguments),
        };
        self.out.push_str(name);
        self.out.push('(');
        self.list(arguments, ", ", Self::expr);
        self.out.push(')');
    }

    fn length(&mut self, arguments: &[Expr]) {
        let (before, behind) = match self.dialect {
            Dialect::Sqlite => ("length(", ")"),
            Dialect::Postgres => ("CAST(length(", ") AS BIGINT)"),
        };
        for argument in arguments {
            self.wrapped(before, argument, behind);
        }
    }

    /// From the first letter at the earliest, and of no letters at the least: beyond that the engines differ.
    fn substr(&mut self, arguments: &[Expr]) {
        self.out.push_str("substr(");
        for (argument, least) in arguments.iter().zip([None, Some(1), Some(0)]) {
            let Some(least) = least else {
                self.expr(argument);
                continue;
            };
            self.out.push_str(", ");
            if let Node::Whole(number) = argument.node {
                self.out.push_str(&number.clamp(least, LETTERS_MAX).to_string());
                continue;
            }
            self.wrapped("CAST(CASE WHEN ", argument, &format!(" < {least} THEN {least} WHEN "));
            self.wrapped("", argument, &format!(" > {LETTERS_MAX} THEN {LETTERS_MAX} ELSE "));
            self.wrapped("", argument, " END AS INTEGER)");
        }
        self.out.push(')');
    }

    fn round(&mut self, arguments: &[Expr]) {
        let Some((number, digits)) = arguments.split_first() else { return };
        let digits = match digits.first().map(|digits| &digits.node) {
            Some(Node::Whole(digits)) => *digits,
            _ => 0,
        };
        match self.dialect {
            Dialect::Sqlite => self.wrapped("evenkeel_round(", number, &format!(", {digits})")),
            Dialect::Postgres => {
                self.wrapped("CAST(round(CAST(", number, &format!(" AS NUMERIC), {digits}) AS DOUBLE PRECISION)"));
            }
        }
    }

    pub(super) fn aggregate(&mut self, function: Aggregate, distinct: bool, argument: Option<&Expr>) {
        let Some(argument) = argument else {
            self.out.push_str("count(*)");
            return;
        };
        let of = if distinct { "(DISTINCT " } else { "(" };
        let real = argument.kind == Kind::Of(Sort::Real);
        match (function, self.dialect) {
            (Aggregate::Count, _) => self.wrapped(&format!("count{of}"), argument, ")"),
            (Aggregate::Min, _) => self.wrapped(&format!("min{of}"), argument, ")"),
            (Aggregate::Max, _) => self.wrapped(&format!("max{of}"), argument, ")"),
            (Aggregate::Sum, Dialect::Postgres) if !real => {
                self.wrapped(&format!("CAST(sum{of}"), argument, ") AS BIGINT)");
            }
            (Aggregate::Sum, _) => self.wrapped(&format!("sum{of}"), argument, ")"),
            // Like this the last digit is the same in both.
            (Aggregate::Avg, Dialect::Postgres) if !real => {
                self.wrapped(&format!("(CAST(sum{of}"), argument, ") AS DOUBLE PRECISION)");
                self.wrapped(&format!(" / NULLIF(count{of}"), argument, "), 0))");
            }
            (Aggregate::Avg, _) => self.wrapped(&format!("avg{of}"), argument, ")"),
            (Aggregate::Refs, Dialect::Sqlite) => self.wrapped("refs(", argument, ")"),
            (Aggregate::Refs, Dialect::Postgres) => {
                self.wrapped("(array_to_string((array_agg(DISTINCT ", argument, "");
                self.wrapped(" ORDER BY ", argument, " DESC)");
                self.wrapped(" FILTER (WHERE ", argument, " IS NOT NULL))[1:10], ',') COLLATE \"C\")");
            }
        }
    }

    pub(super) fn window(&mut self, function: Window, arguments: &[Expr], partition_by: &[Expr], order_by: &[Order]) {
        self.out.push_str(match function {
            Window::RowNumber => "row_number(",
            Window::Lag => "lag(",
            Window::Lead => "lead(",
        });
        for (argument, at) in arguments.iter().zip(0..) {
            if at > 0 {
                self.out.push_str(", ");
            }
            match (at, &argument.node) {
                // How far is a number of 32 bits to PostgreSQL.
                (1, Node::Whole(by)) => self.out.push_str(&by.to_string()),
                _ => self.expr(argument),
            }
        }
        self.out.push_str(") OVER (");
        if !partition_by.is_empty() {
            self.out.push_str("PARTITION BY ");
            self.list(partition_by, ", ", Self::expr);
        }
        self.order(if partition_by.is_empty() { "ORDER BY " } else { " ORDER BY " }, order_by);
        self.out.push(')');
    }
}
