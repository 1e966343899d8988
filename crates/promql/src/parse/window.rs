//! Lengths of time in brackets and behind `offset`.

use super::{Parsed, Parser};
use crate::lex::TokenKind;
use crate::{BinaryOp, Fault, Located, Window, WindowKind, WindowOp};

impl Parser<'_> {
    /// In brackets: arithmetic, and never zero or less.
    pub(super) fn positive_window(&mut self) -> Parsed<Window> {
        let window = self.window(0)?;
        match window.value.seconds() {
            Some(seconds) if seconds <= 0.0 || seconds.is_nan() => {
                Err(Fault::syntax(window.range, "a range or step has to be longer than nothing"))
            }
            _ => Ok(window),
        }
    }

    /// Behind `offset`: one length, with or without a sign, since operators behind it belong to the expression.
    pub(super) fn offset_window(&mut self) -> Parsed<Window> {
        match self.kind() {
            TokenKind::Number
            | TokenKind::Duration
            | TokenKind::LeftParen
            | TokenKind::Word
            | TokenKind::Operator(BinaryOp::Add | BinaryOp::Sub) => self.window_operand(true),
            _ => Err(self.expected("a duration").help("such as `offset 5m`")),
        }
    }

    fn window(&mut self, least: u8) -> Parsed<Window> {
        self.nested(|parser| {
            let mut left = parser.window_operand(false)?;
            let mut operations = 0_u16;
            while let Some((op, sign)) = parser.window_op().filter(|(_, op)| op.precedence() >= least) {
                parser.at += 1;
                let right =
                    parser.window(if sign.binds_right() { sign.precedence() } else { sign.precedence() + 1 })?;
                let range = left.range.start..right.range.end;
                left = Located::new(WindowKind::Arithmetic(op, Box::new(left), Box::new(right)), range);
                operations += 1;
                if operations > super::HEIGHT_MAX / 4 {
                    return Err(Fault::new(
                        crate::FaultKind::TooLarge,
                        left.range,
                        "a duration has too many operations",
                    ));
                }
            }
            Ok(left)
        })
    }

    fn window_op(&self) -> Option<(WindowOp, BinaryOp)> {
        let TokenKind::Operator(sign) = self.kind() else { return None };
        let op = match sign {
            BinaryOp::Add => WindowOp::Add,
            BinaryOp::Sub => WindowOp::Sub,
            BinaryOp::Mul => WindowOp::Mul,
            BinaryOp::Div => WindowOp::Div,
            BinaryOp::Mod => WindowOp::Mod,
            BinaryOp::Pow => WindowOp::Pow,
            _ => return None,
        };
        Some((op, sign))
    }

    /// A length; `single`: its sign binds to the literal alone.
    fn window_operand(&mut self, single: bool) -> Parsed<Window> {
        let token = self.token(0);
        match token.kind {
            TokenKind::Number | TokenKind::Duration => {
                let number = self.number()?;
                Ok(Located::new(WindowKind::Literal(number.value), number.range))
            }
            TokenKind::Operator(sign @ (BinaryOp::Add | BinaryOp::Sub)) => {
                self.signed_window(sign == BinaryOp::Sub, single)
            }
            TokenKind::LeftParen => {
                self.at += 1;
                let inner = self.window(0)?;
                self.close(TokenKind::RightParen, &token, "`)`")?;
                Ok(Located::new(WindowKind::Paren(Box::new(inner)), token.range().start..self.end()))
            }
            TokenKind::Word => self.window_word(),
            _ => Err(self.expected("a duration").help("such as `5m`")),
        }
    }

    fn signed_window(&mut self, negative: bool, single: bool) -> Parsed<Window> {
        let start = self.bump().range().start;
        let inner =
            self.nested(
                |parser| {
                    if single { parser.window_operand(true) } else { parser.window(BinaryOp::Pow.precedence()) }
                },
            )?;
        let range = start..inner.range.end;
        let value = match inner.value {
            WindowKind::Literal(number) => WindowKind::Literal(if negative { number.negated() } else { number }),
            _ => WindowKind::Signed(negative, Box::new(inner)),
        };
        Ok(Located::new(value, range))
    }

    /// `step()`, `range()`, `min_of(a, b)`, `max_of(a, b)`; the first 3.x called the last two `min` and `max`.
    fn window_word(&mut self) -> Parsed<Window> {
        let word = self.word().unwrap_or("").to_ascii_lowercase();
        let start = self.range().start;
        if !matches!(&*word, "step" | "range" | "min" | "max" | "min_of" | "max_of") {
            return Err(self.expected("a duration").help("such as `5m`"));
        }
        self.at += 1;
        let open = self.token(0);
        if !self.take(TokenKind::LeftParen) {
            return Err(self.expected("`(`"));
        }
        let value = match &*word {
            "step" => WindowKind::Step,
            "range" => WindowKind::Range,
            "min" | "min_of" => self.pair(WindowKind::MinOf)?,
            _ => self.pair(WindowKind::MaxOf)?,
        };
        self.close(TokenKind::RightParen, &open, "`)`")?;
        Ok(Located::new(value, start..self.end()))
    }

    fn pair(&mut self, both: fn(Box<Window>, Box<Window>) -> WindowKind) -> Parsed<WindowKind> {
        let first = self.window(0)?;
        if !self.take(TokenKind::Comma) {
            return Err(self.expected("`,`"));
        }
        Ok(both(Box::new(first), Box::new(self.window(0)?)))
    }
}
