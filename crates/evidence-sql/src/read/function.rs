//! Functions, aggregates and windows.

use std::ops::Range;

use evenkeel_diagnostic::did_you_mean;
use sqlparser::ast::{
    DuplicateTreatment, Expr as ParsedExpr, Function as ParsedFunction, FunctionArg, FunctionArgExpr,
    FunctionArgumentList, FunctionArguments, OrderByExpr, Spanned as _, WindowSpec, WindowType,
};

use super::Reader;
use super::scope::{Clause, name_of};
use crate::fault::Fault;
use crate::table::Sort;
use crate::tree::{Aggregate, By, Expr, Function, Kind, Node, Order, Window};

const NAMES: [&str; 18] = [
    "abs",
    "avg",
    "coalesce",
    "count",
    "lag",
    "lead",
    "length",
    "lower",
    "max",
    "min",
    "nullif",
    "refs",
    "round",
    "row_number",
    "substr",
    "sum",
    "trim",
    "upper",
];

/// An argument as it is written.
enum Argument<'a> {
    Value(&'a ParsedExpr),
    All,
}

impl Reader<'_> {
    pub(super) fn call(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        let range = self.range(parsed.span());
        match parsed {
            ParsedExpr::Function(function) => self.function(function, range),
            ParsedExpr::Substring { expr, substring_from, substring_for, special: true, shorthand: true } => {
                let from = substring_from.as_deref();
                let arguments = [Some(&**expr), from, substring_for.as_deref()];
                self.plain("substr", &arguments.into_iter().flatten().collect::<Vec<_>>(), range)
            }
            ParsedExpr::Trim { trim_where: None, trim_what: None, expr, trim_characters: None } => {
                self.plain("trim", &[expr], range)
            }
            _ => {
                let headline = format!("`{}` cannot be part of a query", self.text(range.clone()));
                self.fault(Fault::new(range, headline).help("write `substr(text, start, length)` or `trim(text)`"))
            }
        }
    }

    fn function(&mut self, parsed: &ParsedFunction, range: Range<usize>) -> Option<Expr> {
        let ParsedFunction {
            name,
            uses_odbc_syntax: false,
            parameters: FunctionArguments::None,
            args,
            within_group,
            filter: None,
            null_treatment: None,
            over,
        } = parsed
        else {
            return self.refuse(
                parsed.span(),
                "this form of a function",
                "write `CASE WHEN … THEN … END` for a filter",
            );
        };
        let ident = self.single(name)?;
        let (name, place) = (name_of(ident), self.range(ident.span));
        if !NAMES.contains(&name.as_str()) {
            return self.no_function(&name, place);
        }
        let (distinct, arguments) = match args {
            FunctionArguments::List(FunctionArgumentList { duplicate_treatment, args, clauses })
                if clauses.is_empty() && within_group.is_empty() =>
            {
                (*duplicate_treatment == Some(DuplicateTreatment::Distinct), self.arguments(args, &range)?)
            }
            FunctionArguments::None | FunctionArguments::Subquery(_) | FunctionArguments::List(_) => {
                return self.no_function(&name, place);
            }
        };
        if let Some(function) = aggregate(&name) {
            if over.is_some() {
                return self.refuse(
                    parsed.span(),
                    "an aggregate with `OVER`",
                    "of windows there are row_number, lag and lead",
                );
            }
            return self.aggregate(function, &name, distinct, &arguments, range);
        }
        let mut values = Vec::new();
        for argument in &arguments {
            match argument {
                Argument::Value(value) if !distinct => values.push(*value),
                Argument::Value(_) | Argument::All => {
                    let headline = format!("`{name}` does not take that");
                    return self.fault(Fault::new(range, headline));
                }
            }
        }
        match (window(&name), over) {
            (Some(function), Some(WindowType::WindowSpec(over))) => self.window(function, &name, &values, over, range),
            (Some(_), _) => {
                let fault = Fault::new(range, format!("`{name}` needs a window"));
                self.fault(fault.help("write `OVER (PARTITION BY … ORDER BY …)` behind it"))
            }
            (None, Some(_)) => self.refuse(parsed.span(), "`OVER` behind this", ""),
            (None, None) => self.plain(&name, &values, range),
        }
    }

    fn no_function(&mut self, name: &str, place: Range<usize>) -> Option<Expr> {
        let fault = Fault::new(place, format!("there is no function `{name}`"));
        let clock = ["now", "current_timestamp", "current_date", "current_time", "datetime", "date", "unixepoch"];
        self.fault(if clock.contains(&name) {
            fault.help("a query does not know the time: compare with `$from` and `$to`")
        } else {
            match did_you_mean(name, NAMES) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!("there are {}", NAMES.join(", "))),
            }
        })
    }

    fn arguments<'b>(&mut self, parsed: &'b [FunctionArg], range: &Range<usize>) -> Option<Vec<Argument<'b>>> {
        let mut arguments = Vec::new();
        for argument in parsed {
            arguments.push(match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Argument::Value(expr),
                FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => Argument::All,
                FunctionArg::Unnamed(
                    FunctionArgExpr::QualifiedWildcard(_) | FunctionArgExpr::WildcardWithOptions(_),
                )
                | FunctionArg::Named { .. }
                | FunctionArg::ExprNamed { .. } => {
                    return self.fault(Fault::new(range.clone(), "arguments are values, one behind the other"));
                }
            });
        }
        Some(arguments)
    }

    fn aggregate(
        &mut self,
        function: Aggregate,
        name: &str,
        distinct: bool,
        arguments: &[Argument<'_>],
        range: Range<usize>,
    ) -> Option<Expr> {
        let clause = self.frames.last()?.clause;
        let within = match clause {
            Clause::Items | Clause::Groups => None,
            Clause::Rows(within) | Clause::Within(within) => Some(within),
        };
        if let Some(within) = within {
            let fault = Fault::new(range, format!("`{name}` is of groups of rows, and cannot stand in {within}"));
            return self.fault(fault.help("write it behind `HAVING`, or take it in a query in `FROM`"));
        }
        let (argument, place) = match (function, arguments) {
            (Aggregate::Count, [Argument::All]) if !distinct => {
                self.frames.last_mut()?.aggregated = true;
                return Some(Expr::new(Node::Aggregate { function, distinct, argument: None }, Sort::Whole));
            }
            (_, [Argument::Value(argument)]) => (*argument, self.range(argument.span())),
            _ => return self.fault(Fault::new(range, format!("`{name}` takes one value"))),
        };
        self.clause(Clause::Within("an aggregate"));
        let read = self.value(argument);
        self.clause(clause);
        self.frames.last_mut()?.aggregated = true;
        let mut argument = read?;
        self.is_of_this_select(&argument, name, &range)?;
        let sort = match function {
            Aggregate::Count => Sort::Whole,
            Aggregate::Sum => {
                self.must_be_number(&argument, &place)?;
                if argument.kind == Kind::Of(Sort::Real) { Sort::Real } else { Sort::Whole }
            }
            Aggregate::Avg => {
                self.must_be_number(&argument, &place)?;
                Sort::Real
            }
            Aggregate::Refs => {
                self.must_be_whole(&argument, &place)?;
                if distinct {
                    return self.fault(Fault::new(range, "`refs` takes each number once anyway"));
                }
                Sort::Text
            }
            Aggregate::Min | Aggregate::Max => match argument.kind {
                Kind::Of(sort) => sort,
                Kind::Null | Kind::Condition => Sort::Whole,
            },
        };
        if argument.kind == Kind::Null {
            argument.turn(Sort::Whole);
        }
        Some(Expr::new(Node::Aggregate { function, distinct, argument: Some(Box::new(argument)) }, sort))
    }

    /// An aggregate over columns of an outer select alone would be one of that select.
    fn is_of_this_select(&mut self, argument: &Expr, name: &str, range: &Range<usize>) -> Option<()> {
        let own = self.frames.len().checked_sub(1)?;
        let (mut outer, mut inner) = (false, false);
        argument.walk(&mut |part| {
            if let Node::Column { level, .. } = part.node {
                if level < own { outer = true } else { inner = true }
            }
            true
        });
        if outer && !inner {
            let headline = format!("`{name}` is of columns of the query around only");
            return self.fault(Fault::new(range.clone(), headline));
        }
        Some(())
    }

    fn window(
        &mut self,
        function: Window,
        name: &str,
        values: &[&ParsedExpr],
        over: &WindowSpec,
        range: Range<usize>,
    ) -> Option<Expr> {
        let clause = self.frames.last()?.clause;
        if clause != Clause::Items {
            let fault = Fault::new(range, format!("`{name}` cannot stand here"));
            return self.fault(fault.help("take it in a query in `FROM`, and use it outside"));
        }
        let WindowSpec { window_name: None, partition_by, order_by, window_frame: None } = over else {
            return self.fault(Fault::new(range, "a window has `PARTITION BY` and `ORDER BY` only"));
        };
        if order_by.is_empty() {
            return self.fault(Fault::new(range, "a window needs an order").help("write `ORDER BY` into `OVER (…)`"));
        }
        let arguments: Option<Vec<Expr>> = values.iter().map(|value| self.value(value)).collect();
        let partition: Option<Vec<Expr>> = partition_by.iter().map(|by| self.value(by)).collect();
        let order: Option<Vec<Order>> = order_by.iter().map(|by| self.window_order(by)).collect();
        let (mut arguments, partition_by, order_by) = (arguments?, partition?, order?);
        let sort = match (function, arguments.as_mut_slice()) {
            (Window::RowNumber, []) => Sort::Whole,
            (Window::Lag | Window::Lead, [value, rest @ ..]) if rest.len() <= 2 => {
                let other = rest.get(1).map(|other| other.kind);
                let kinds: Vec<Kind> = std::iter::once(value.kind).chain(other).collect();
                if !matches!(rest.first().map(|by| &by.node), None | Some(Node::Whole(0..=1000))) {
                    return self.fault(Fault::new(range, format!("`{name}` goes by a number from 0 to 1000")));
                }
                let sort = match self.in_common(&kinds, &range)? {
                    Kind::Of(sort) => sort,
                    Kind::Null | Kind::Condition => Sort::Text,
                };
                value.turn(sort);
                if let Some(other) = rest.get_mut(1) {
                    other.turn(sort);
                }
                sort
            }
            (Window::RowNumber | Window::Lag | Window::Lead, _) => {
                return self.fault(Fault::new(range, format!("`{name}` takes another number of values")));
            }
        };
        Some(Expr::new(Node::Window { function, arguments, partition_by, order_by }, sort))
    }

    fn window_order(&mut self, parsed: &OrderByExpr) -> Option<Order> {
        let OrderByExpr { expr, options, with_fill: None } = parsed else {
            return self.refuse(parsed.expr.span(), "`WITH FILL`", "");
        };
        let by = By::Expr(self.value(expr)?);
        self.directed(by, options, expr.span())
    }

    fn plain(&mut self, name: &str, values: &[&ParsedExpr], range: Range<usize>) -> Option<Expr> {
        let read: Vec<Option<Expr>> = values.iter().map(|value| self.value(value)).collect();
        let arguments: Vec<Expr> = read.into_iter().collect::<Option<_>>()?;
        let places: Vec<Range<usize>> = values.iter().map(|value| self.range(value.span())).collect();
        let (function, fewest, most) = match name {
            "coalesce" => (Function::Coalesce, 2, 32),
            "nullif" => (Function::NullIf, 2, 2),
            "abs" => (Function::Abs, 1, 1),
            "lower" => (Function::Lower, 1, 1),
            "upper" => (Function::Upper, 1, 1),
            "length" => (Function::Length, 1, 1),
            "trim" => (Function::Trim, 1, 1),
            "substr" => (Function::Substr, 2, 3),
            "round" => (Function::Round, 1, 2),
            _ => return self.no_function(name, range),
        };
        if !(fewest..=most).contains(&arguments.len()) {
            let headline = format!("`{name}` takes {fewest} values, not {}", arguments.len());
            return self.fault(Fault::new(range, headline));
        }
        self.typed(function, arguments, &places, &range)
    }

    fn typed(
        &mut self,
        function: Function,
        mut arguments: Vec<Expr>,
        places: &[Range<usize>],
        range: &Range<usize>,
    ) -> Option<Expr> {
        let kinds: Vec<Kind> = arguments.iter().map(|argument| argument.kind).collect();
        let kind = match function {
            Function::Coalesce | Function::NullIf => {
                let kind = self.in_common(&kinds, range)?;
                if let Kind::Of(sort) = kind {
                    arguments.iter_mut().for_each(|argument| argument.turn(sort));
                }
                kind
            }
            Function::Abs => {
                self.each(&arguments, places, Self::must_be_number)?;
                kinds.first().copied()?
            }
            Function::Lower | Function::Upper | Function::Trim => {
                self.each(&arguments, places, Self::must_be_text)?;
                Kind::Of(Sort::Text)
            }
            Function::Length => {
                self.each(&arguments, places, Self::must_be_text)?;
                Kind::Of(Sort::Whole)
            }
            Function::Substr => {
                self.each(arguments.get(..1)?, places, Self::must_be_text)?;
                self.each(arguments.get(1..)?, places.get(1..)?, Self::must_be_whole)?;
                Kind::Of(Sort::Text)
            }
            Function::Round => {
                self.each(&arguments, places, Self::must_be_number)?;
                if !matches!(arguments.get(1).map(|digits| &digits.node), None | Some(Node::Whole(0..=9))) {
                    return self.fault(Fault::new(range.clone(), "`round` keeps 0 to 9 digits"));
                }
                Kind::Of(Sort::Real)
            }
        };
        Some(Expr { node: Node::Call { function, arguments }, kind })
    }

    fn each(
        &mut self,
        arguments: &[Expr],
        places: &[Range<usize>],
        check: impl Fn(&mut Self, &Expr, &Range<usize>) -> Option<()>,
    ) -> Option<()> {
        let checked: Vec<Option<()>> =
            arguments.iter().zip(places).map(|(argument, place)| check(self, argument, place)).collect();
        checked.into_iter().collect()
    }
}

fn aggregate(name: &str) -> Option<Aggregate> {
    Some(match name {
        "count" => Aggregate::Count,
        "sum" => Aggregate::Sum,
        "min" => Aggregate::Min,
        "max" => Aggregate::Max,
        "avg" => Aggregate::Avg,
        "refs" => Aggregate::Refs,
        _ => return None,
    })
}

fn window(name: &str) -> Option<Window> {
    Some(match name {
        "row_number" => Window::RowNumber,
        "lag" => Window::Lag,
        "lead" => Window::Lead,
        _ => return None,
    })
}
