//! What stands behind an expression: `[5m]`, `[1h:5m]`, `offset 1d`, `@ end()`, `anchored`.

use std::ops::Range;

use super::{Parsed, Parser};
use crate::lex::{Token, TokenKind};
use crate::{At, BinaryOp, Expr, ExprKind, Extension, Fault, Selector, Timing, Window};

impl Parser<'_> {
    pub(super) fn modified(&mut self, mut expr: Expr) -> Parsed<Expr> {
        loop {
            expr = match self.kind() {
                TokenKind::LeftBracket => self.bracket(expr)?,
                TokenKind::At => self.at(expr)?,
                TokenKind::Word if self.is_word("offset") => self.offset(expr)?,
                TokenKind::Word if self.is_word("anchored") => self.extension(expr, Extension::Anchored)?,
                TokenKind::Word if self.is_word("smoothed") => self.extension(expr, Extension::Smoothed)?,
                _ => return Ok(expr),
            };
        }
    }

    fn bracket(&mut self, expr: Expr) -> Parsed<Expr> {
        let open = self.bump();
        let window = self.positive_window()?;
        if self.take(TokenKind::Colon) {
            let step = if self.kind() == TokenKind::RightBracket { None } else { Some(self.positive_window()?) };
            self.close(TokenKind::RightBracket, &open, "`]`")?;
            let range = expr.range.start..self.end();
            let timing = Timing::default();
            return self.build(ExprKind::Subquery { expr: Box::new(expr), window, step, timing }, range);
        }
        self.close(TokenKind::RightBracket, &open, "`:` or `]`")?;
        self.ranged(expr, window, open)
    }

    fn ranged(&mut self, expr: Expr, window: Window, open: Token) -> Parsed<Expr> {
        let range = expr.range.start..self.end();
        let bracket = open.range().start..self.end();
        let ExprKind::Selector(selector) = expr.kind else {
            let written = self.text.get(window.range.clone()).unwrap_or("5m");
            return Err(Fault::syntax(bracket, "a range is taken of a selector only")
                .help(format!("a subquery takes one of any expression: `[{written}:]`")));
        };
        if selector.timing.offset.as_ref().is_some_and(|offset| offset.value.seconds() != Some(0.0)) {
            return Err(Fault::syntax(bracket, "the range has to stand before `offset`"));
        }
        if matches!(selector.timing.at, Some(At::Seconds(_))) {
            return Err(Fault::syntax(bracket, "the range has to stand before `@`"));
        }
        self.build(ExprKind::Range { selector, window }, range)
    }

    fn offset(&mut self, expr: Expr) -> Parsed<Expr> {
        let word = self.bump();
        let offset = self.offset_window()?;
        self.timed(expr, &word.range(), "`offset`", |timing| {
            let free = timing.offset.as_ref().is_none_or(|before| before.value.seconds() == Some(0.0));
            timing.offset = Some(offset);
            free
        })
    }

    fn at(&mut self, expr: Expr) -> Parsed<Expr> {
        let sign = self.bump();
        let at = self.instant()?;
        self.timed(expr, &sign.range(), "`@`", |timing| timing.at.replace(at).is_none())
    }

    fn instant(&mut self) -> Parsed<At> {
        for (word, at) in [("start", At::Start), ("end", At::End)] {
            if self.take_word(word) {
                let open = self.token(0);
                if !self.take(TokenKind::LeftParen) {
                    return Err(self.expected("`()`"));
                }
                self.close(TokenKind::RightParen, &open, "`)`")?;
                return Ok(at);
            }
        }
        let start = self.range().start;
        let negative = self.take(TokenKind::Operator(BinaryOp::Sub));
        if !negative {
            self.take(TokenKind::Operator(BinaryOp::Add));
        }
        let is_number = matches!(self.kind(), TokenKind::Number | TokenKind::Duration | TokenKind::Word);
        let number =
            if is_number { self.number() } else { Err(self.expected("seconds since 1970, `start()` or `end()`")) };
        let number = number?.value;
        let number = if negative { number.negated() } else { number };
        // Beyond this, Prometheus's own milliseconds overflow.
        if !number.value.is_finite() || number.value.abs() >= 9_223_372_036_854_775_807.0 {
            return Err(Fault::syntax(start..self.end(), "no instant is that far away"));
        }
        Ok(At::Seconds(number))
    }

    fn extension(&mut self, expr: Expr, extension: Extension) -> Parsed<Expr> {
        let word = self.bump();
        if matches!(expr.kind, ExprKind::Subquery { .. }) {
            return Err(Fault::syntax(word.range(), "subqueries are neither `anchored` nor `smoothed`"));
        }
        let shown = if extension == Extension::Anchored { "`anchored`" } else { "`smoothed`" };
        self.timed(expr, &word.range(), shown, |timing| {
            let other = timing.extension.is_some_and(|before| before != extension);
            timing.extension = Some(extension);
            !other
        })
    }

    /// Sets what `set` sets, which says whether that was free.
    fn timed(
        &self,
        mut expr: Expr,
        place: &Range<usize>,
        what: &str,
        set: impl FnOnce(&mut Timing) -> bool,
    ) -> Parsed<Expr> {
        let timing = match &mut expr.kind {
            ExprKind::Selector(Selector { timing, .. })
            | ExprKind::Range { selector: Selector { timing, .. }, .. }
            | ExprKind::Subquery { timing, .. } => timing,
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Paren(_)
            | ExprKind::Unary { .. }
            | ExprKind::Binary(_)
            | ExprKind::Aggregate(_)
            | ExprKind::Call(_) => {
                return Err(Fault::syntax(
                    place.clone(),
                    format!("{what} stands right behind a selector or a subquery"),
                )
                .help("put it behind each selector inside"));
            }
        };
        if !set(timing) {
            return Err(Fault::syntax(place.clone(), format!("{what} is set already, or excluded by what is")));
        }
        expr.range.end = self.end();
        Ok(expr)
    }
}
