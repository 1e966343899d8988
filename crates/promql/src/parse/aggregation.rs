//! Aggregations, with `by` or `without` before or behind what is aggregated.

use std::ops::Range;

use super::{Parsed, Parser};
use crate::{Aggregate, AggregateOp, Expr, ExprKind, Fault, Grouping, Located};

impl Parser<'_> {
    pub(super) fn aggregation(&mut self, op: AggregateOp) -> Parsed<Expr> {
        let word = self.bump();
        let before = self.grouping()?;
        let args = self.arguments()?;
        let closed = self.end();
        let grouping = if before.is_some() { before } else { self.grouping()? };
        let range = word.range().start..self.end();
        let call = word.range().start..closed;
        let wanted = if op.parameter().is_some() { 2 } else { 1 };
        let count = args.len();
        let mut args = args.into_iter();
        let parameter = if op.parameter().is_some() { args.next() } else { None };
        let (Some(expr), true) = (args.next(), count == wanted) else {
            return Err(wrong_count(op, count, call));
        };
        let op = Located::new(op, word.range());
        self.build(ExprKind::Aggregate(Box::new(Aggregate { op, grouping, parameter, expr })), range)
    }

    fn grouping(&mut self) -> Parsed<Option<Grouping>> {
        let without = self.is_word("without");
        if !without && !self.is_word("by") {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(Grouping { without, labels: self.labels()? }))
    }
}

fn wrong_count(op: AggregateOp, count: usize, range: Range<usize>) -> Fault {
    let name = op.as_str();
    let message = match (op.parameter().is_some(), count) {
        (_, 0) => format!("`{name}` is given nothing to aggregate"),
        (true, 1) => format!("`{name}` takes a parameter before the expression"),
        (true, _) => format!("`{name}` takes a parameter and one expression, and is given {count} arguments"),
        (false, _) => format!("`{name}` takes one expression, and is given {count}"),
    };
    let fault = Fault::syntax(range, message);
    match op {
        AggregateOp::Topk | AggregateOp::Bottomk | AggregateOp::Limitk => {
            fault.help(format!("such as `{name}(5, up)`"))
        }
        AggregateOp::Quantile => fault.help("such as `quantile(0.9, up)`"),
        AggregateOp::LimitRatio => fault.help("such as `limit_ratio(0.1, up)`"),
        AggregateOp::CountValues => fault.help("such as `count_values(\"version\", build_info)`"),
        AggregateOp::Sum
        | AggregateOp::Avg
        | AggregateOp::Count
        | AggregateOp::Min
        | AggregateOp::Max
        | AggregateOp::Group
        | AggregateOp::Stddev
        | AggregateOp::Stdvar => fault.help(format!("to group, write `{name} by (job) (…)`")),
    }
}
