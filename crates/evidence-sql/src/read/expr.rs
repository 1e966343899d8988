//! Expressions: values and conditions.

use std::ops::Range;

use sqlparser::ast::{
    BinaryOperator, CaseWhen, CastKind, DataType, Expr as ParsedExpr, Spanned as _, UnaryOperator, Value, ValueWithSpan,
};

use super::{DEPTH_MAX, Reader};
use crate::fault::Fault;
use crate::table::Sort;
use crate::tree::{Expr, Kind, Node, Op};

impl Reader<'_> {
    /// An expression that is a value.
    pub(super) fn value(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        let expr = self.expr(parsed)?;
        if expr.kind == Kind::Condition {
            let range = self.range(parsed.span());
            return self.no_value(range);
        }
        Some(expr)
    }

    /// An expression that is true or false.
    pub(super) fn condition(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        let expr = self.expr(parsed)?;
        if expr.kind == Kind::Condition {
            return Some(expr);
        }
        let range = self.range(parsed.span());
        let text = self.text(range.clone());
        let headline = format!("`{text}` is a {}, not a condition", expr.kind.as_str());
        let fault = Fault::new(range, headline);
        self.fault(if expr.kind == Kind::Of(Sort::Whole) { fault.help(format!("write `{text} = 1`")) } else { fault })
    }

    pub(super) fn expr(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        if self.depth >= DEPTH_MAX {
            let fault = Fault::new(self.range(parsed.span()), "the query is nested too deep");
            return self.fault(fault);
        }
        self.depth += 1;
        let read = self.expr_of(parsed);
        self.depth -= 1;
        read
    }

    fn expr_of(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        match parsed {
            ParsedExpr::Identifier(ident) => {
                let alias = matches!(self.frames.last()?.clause, super::scope::Clause::Groups)
                    .then(|| self.returned(ident).map(|(_, item)| item.expr.clone()))
                    .flatten();
                match alias {
                    Some(expr) if !self.is_column(ident) => Some(expr),
                    _ => self.column(None, ident),
                }
            }
            ParsedExpr::CompoundIdentifier(parts) => match parts.as_slice() {
                [qualifier, ident] => self.column(Some(qualifier), ident),
                _ => self.refuse(parsed.span(), "a name of several parts", "write `alias.column`"),
            },
            ParsedExpr::Nested(inner) => self.expr(inner),
            ParsedExpr::Value(ValueWithSpan { value, span }) => {
                let range = self.range(*span);
                self.literal_value(value, range)
            }
            ParsedExpr::UnaryOp { op, expr } => self.unary(*op, expr, parsed),
            ParsedExpr::BinaryOp { left, op, right } => self.binary(left, op, right, parsed),
            ParsedExpr::Case { case_token: _, end_token: _, operand, conditions, else_result } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), self.range(parsed.span()))
            }
            ParsedExpr::Cast { kind: CastKind::Cast, expr, data_type, format: None } => {
                self.cast(expr, data_type, self.range(parsed.span()))
            }
            ParsedExpr::IsNull(_)
            | ParsedExpr::IsNotNull(_)
            | ParsedExpr::Between { .. }
            | ParsedExpr::In { .. }
            | ParsedExpr::Like { .. }
            | ParsedExpr::Exists { .. }
            | ParsedExpr::Subquery(_) => self.predicate(parsed),
            ParsedExpr::Function(_) | ParsedExpr::Substring { .. } | ParsedExpr::Trim { .. } => self.call(parsed),
            _ => {
                let range = self.range(parsed.span());
                let headline = format!("`{}` cannot be part of a query", self.text(range.clone()));
                self.fault(Fault::new(range, headline))
            }
        }
    }

    fn literal_value(&mut self, value: &Value, range: Range<usize>) -> Option<Expr> {
        match value {
            Value::SingleQuotedString(text) => Some(Expr::new(Node::Text(text.clone()), Sort::Text)),
            Value::Number(digits, false) => {
                if let Ok(whole) = digits.parse::<i64>() {
                    return Some(Expr::new(Node::Whole(whole), Sort::Whole));
                }
                let fraction = digits.contains(['.', 'e', 'E']);
                match digits.parse::<f64>() {
                    Ok(real) if fraction && real.is_finite() => Some(Expr::new(Node::Real(real), Sort::Real)),
                    _ => self.fault(Fault::new(range, format!("`{digits}` is too large a number"))),
                }
            }
            Value::Boolean(truth) => Some(Expr::condition(Node::Truth(*truth))),
            Value::Null => Some(Expr { node: Node::Null, kind: Kind::Null }),
            Value::Placeholder(written) => self.parameter(written, range),
            _ => {
                let headline = format!("`{}` cannot be part of a query", self.text(range.clone()));
                self.fault(Fault::new(range, headline).help("write text in single quotes"))
            }
        }
    }

    fn unary(&mut self, op: UnaryOperator, inner: &ParsedExpr, parsed: &ParsedExpr) -> Option<Expr> {
        let range = self.range(inner.span());
        match op {
            UnaryOperator::Not => Some(Expr::condition(Node::Not(Box::new(self.condition(inner)?)))),
            UnaryOperator::Plus => {
                let expr = self.value(inner)?;
                self.must_be_number(&expr, &range)?;
                Some(expr)
            }
            UnaryOperator::Minus => {
                let expr = self.value(inner)?;
                self.must_be_number(&expr, &range)?;
                let kind = expr.kind;
                Some(match expr.node {
                    Node::Whole(number) => Expr { node: Node::Whole(-number), kind },
                    Node::Real(number) => Expr { node: Node::Real(-number), kind },
                    node => Expr { node: Node::Minus(Box::new(Expr { node, kind })), kind },
                })
            }
            _ => self.refuse(parsed.span(), &format!("`{op}`"), ""),
        }
    }

    fn binary(
        &mut self,
        left: &ParsedExpr,
        op: &BinaryOperator,
        right: &ParsedExpr,
        parsed: &ParsedExpr,
    ) -> Option<Expr> {
        let Some(op) = operator(op) else {
            return self.refuse(parsed.span(), &format!("`{op}`"), "");
        };
        if matches!(op, Op::And | Op::Or) {
            let (left, right) = (self.condition(left), self.condition(right));
            let (left, right) = (Box::new(left?), Box::new(right?));
            return Some(Expr::condition(Node::Binary { op, left, right }));
        }
        let places = (self.range(left.span()), self.range(right.span()), self.range(parsed.span()));
        let (left, right) = (self.expr(left), self.expr(right));
        let (left, right) = (left?, right?);
        let kind = match op {
            Op::And | Op::Or => Kind::Condition,
            Op::Equal | Op::Unequal | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
                self.comparable(&left, &right, &places)?;
                Kind::Condition
            }
            Op::Plus | Op::Minus | Op::Times | Op::Divide => {
                self.must_be_number(&left, &places.0)?;
                self.must_be_number(&right, &places.1)?;
                self.in_common(&[left.kind, right.kind], &places.2)?
            }
            Op::Remainder => {
                self.must_be_whole(&left, &places.0)?;
                self.must_be_whole(&right, &places.1)?;
                Kind::Of(Sort::Whole)
            }
            Op::Concatenate => {
                self.must_be_text(&left, &places.0)?;
                self.must_be_text(&right, &places.1)?;
                Kind::Of(Sort::Text)
            }
        };
        if matches!(op, Op::Divide | Op::Remainder) && !never_zero(&right) {
            let text = self.text(places.1.clone());
            let fault = Fault::new(places.1, format!("`{text}` may be 0, by which nothing can be divided"));
            return self.fault(fault.help(format!("write `NULLIF({text}, 0)`")));
        }
        Some(Expr { node: Node::Binary { op, left: Box::new(left), right: Box::new(right) }, kind })
    }

    fn comparable(
        &mut self,
        left: &Expr,
        right: &Expr,
        places: &(Range<usize>, Range<usize>, Range<usize>),
    ) -> Option<()> {
        for (expr, range) in [(left, &places.0), (right, &places.1)] {
            if expr.kind == Kind::Condition {
                let headline = format!("`{}` is a condition, and cannot be compared", self.text(range.clone()));
                let help = "flags are 0 or 1: write `flag = 1`";
                return self.fault(Fault::new(range.clone(), headline).help(help));
            }
            if expr.kind == Kind::Null {
                let fault = Fault::new(places.2.clone(), "nothing is equal or unequal to NULL");
                return self.fault(fault.help("write `IS NULL` or `IS NOT NULL`"));
            }
        }
        if left.kind.is_text() == right.kind.is_text() {
            self.is_word(left, right, &places.1)?;
            return self.is_word(right, left, &places.0);
        }
        let headline = format!("`{}` compares text with a number", self.text(places.2.clone()));
        self.fault(Fault::new(places.2.clone(), headline))
    }

    fn case(
        &mut self,
        operand: Option<&ParsedExpr>,
        conditions: &[CaseWhen],
        otherwise: Option<&ParsedExpr>,
        range: Range<usize>,
    ) -> Option<Expr> {
        let of = operand.map(|operand| Some((self.value(operand)?, self.range(operand.span()))));
        let of = match of {
            Some(None) => return None,
            Some(found) => found,
            None => None,
        };
        let mut branches = Vec::new();
        for CaseWhen { condition, result } in conditions {
            let when = match &of {
                None => self.condition(condition),
                Some((operand, place)) => self.value(condition).and_then(|when| {
                    let here = self.range(condition.span());
                    self.comparable(operand, &when, &(place.clone(), here.clone(), here))?;
                    Some(when)
                }),
            };
            let then = self.value(result);
            branches.push((when, then));
        }
        let otherwise = match otherwise.map(|otherwise| self.value(otherwise)) {
            Some(None) => return None,
            Some(found) => found,
            None => None,
        };
        let branches: Option<Vec<(Expr, Expr)>> =
            branches.into_iter().map(|(when, then)| Some((when?, then?))).collect();
        let mut branches = branches?;
        let kinds: Vec<Kind> =
            branches.iter().map(|(_, then)| then.kind).chain(otherwise.as_ref().map(|expr| expr.kind)).collect();
        let kind = self.in_common(&kinds, &range)?;
        let mut otherwise = otherwise.map(Box::new);
        if let Kind::Of(sort) = kind {
            branches.iter_mut().for_each(|(_, then)| then.turn(sort));
            if let Some(otherwise) = &mut otherwise {
                otherwise.turn(sort);
            }
        }
        let operand = of.map(|(operand, _)| Box::new(operand));
        Some(Expr { node: Node::Case { operand, branches, otherwise }, kind })
    }

    fn cast(&mut self, inner: &ParsedExpr, to: &DataType, range: Range<usize>) -> Option<Expr> {
        let to = match to {
            DataType::BigInt(None) => Sort::Whole,
            DataType::Text => Sort::Text,
            DataType::DoublePrecision => Sort::Real,
            _ => {
                let headline = format!("`{to}` is no type to turn something into");
                let help = "there are `BIGINT`, `TEXT` and `DOUBLE PRECISION`";
                return self.fault(Fault::new(range, headline).help(help));
            }
        };
        let within = self.range(inner.span());
        let expr = self.value(inner)?;
        match (expr.kind, to) {
            (Kind::Of(Sort::Text), Sort::Whole | Sort::Real) => {
                let headline = format!("`{}` is text, which is not turned into a number", self.text(within.clone()));
                return self.fault(Fault::new(within, headline));
            }
            (Kind::Of(Sort::Real), Sort::Text) => {
                let headline =
                    format!("`{}` has a fraction, which engines print differently", self.text(within.clone()));
                let help = "write `CAST(CAST(… AS BIGINT) AS TEXT)`";
                return self.fault(Fault::new(within, headline).help(help));
            }
            (Kind::Of(_) | Kind::Null | Kind::Condition, _) => {}
        }
        Some(Expr::new(Node::Cast { expr: Box::new(expr), to }, to))
    }
}

/// Whether a divisor cannot be zero.
fn never_zero(expr: &Expr) -> bool {
    use crate::tree::Function;
    match &expr.node {
        Node::Whole(number) => *number != 0,
        Node::Real(number) => *number != 0.0,
        Node::Cast { expr, to: Sort::Real } => never_zero(expr),
        Node::Call { function: Function::NullIf, arguments } => {
            matches!(arguments.get(1).map(|zero| &zero.node), Some(Node::Whole(0)))
                || matches!(arguments.get(1).map(|zero| &zero.node), Some(Node::Real(zero)) if *zero == 0.0)
        }
        _ => false,
    }
}

const fn operator(op: &BinaryOperator) -> Option<Op> {
    Some(match op {
        BinaryOperator::And => Op::And,
        BinaryOperator::Or => Op::Or,
        BinaryOperator::Eq => Op::Equal,
        BinaryOperator::NotEq => Op::Unequal,
        BinaryOperator::Lt => Op::Less,
        BinaryOperator::LtEq => Op::LessOrEqual,
        BinaryOperator::Gt => Op::Greater,
        BinaryOperator::GtEq => Op::GreaterOrEqual,
        BinaryOperator::Plus => Op::Plus,
        BinaryOperator::Minus => Op::Minus,
        BinaryOperator::Multiply => Op::Times,
        BinaryOperator::Divide => Op::Divide,
        BinaryOperator::Modulo => Op::Remainder,
        BinaryOperator::StringConcat => Op::Concatenate,
        _ => return None,
    })
}
