//! Two expressions and what stands between them: `a / on (job) group_left b`.

use super::{Parsed, Parser};
use crate::lex::TokenKind;
use crate::{Binary, BinaryOp, Expr, ExprKind, Located, Matching, Number, Side};

impl Parser<'_> {
    /// The operator, what modifies it, and the right side.
    pub(super) fn binary(&mut self, left: Expr, op: BinaryOp) -> Parsed<Expr> {
        let sign = self.bump();
        let returns_bool = self.take_word("bool");
        let matching = self.matching()?;
        let least = if op.binds_right() { op.precedence() } else { op.precedence() + 1 };
        let right = self.expr(least)?;
        let range = left.range.start..right.range.end;
        let op = Located::new(op, sign.range());
        self.build(ExprKind::Binary(Box::new(Binary { op, left, right, returns_bool, matching })), range)
    }

    fn matching(&mut self) -> Parsed<Matching> {
        let mut matching = Matching { on: self.take_word("on"), ..Matching::default() };
        if matching.on || self.take_word("ignoring") {
            matching.labels = Some(self.labels()?);
            matching.many = self.many();
            if matching.many.is_some() && self.kind() == TokenKind::LeftParen {
                matching.include = self.labels()?;
            }
        } else if self.is_word("group_left") || self.is_word("group_right") {
            return Err(self.expected("an expression").help("`on (…)` or `ignoring (…)` has to stand before it"));
        }
        self.fills(&mut matching)?;
        Ok(matching)
    }

    fn many(&mut self) -> Option<Side> {
        let left = self.take_word("group_left").then_some(Side::Left);
        left.or_else(|| self.take_word("group_right").then_some(Side::Right))
    }

    /// `fill (0)`, or `fill_left` and `fill_right`: metrics may be called so, hence only before a parenthesis.
    fn fills(&mut self, matching: &mut Matching) -> Parsed<()> {
        while self.token(1).kind == TokenKind::LeftParen {
            let (left, right) = (self.is_word("fill_left"), self.is_word("fill_right"));
            let both = self.is_word("fill") && matching.fill_left.is_none() && matching.fill_right.is_none();
            if !(both || left && matching.fill_left.is_none() || right && matching.fill_right.is_none()) {
                return Ok(());
            }
            self.at += 1;
            let value = self.fill_value()?;
            if both || left {
                matching.fill_left = Some(value.clone());
            }
            if both || right {
                matching.fill_right = Some(value);
            }
        }
        Ok(())
    }

    fn fill_value(&mut self) -> Parsed<Located<Number>> {
        let open = self.bump();
        let negative = self.take(TokenKind::Operator(BinaryOp::Sub));
        if !negative {
            self.take(TokenKind::Operator(BinaryOp::Add));
        }
        let mut number = self.number()?;
        if negative {
            number.value = number.value.negated();
        }
        self.close(TokenKind::RightParen, &open, "`)`")?;
        Ok(number)
    }
}
