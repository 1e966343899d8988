//! Calls of functions, and arguments in parentheses.

use super::{Parsed, Parser};
use crate::lex::TokenKind;
use crate::{Call, Expr, ExprKind, Fault, Located, function};

/// Keywords that are names of metrics too, but never of functions.
const NO_FUNCTION: [&str; 8] = ["by", "without", "offset", "and", "or", "unless", "anchored", "smoothed"];

impl Parser<'_> {
    pub(super) fn call(&mut self) -> Parsed<Expr> {
        let word = self.bump();
        let name = self.written(word);
        if name.contains(':') || NO_FUNCTION.iter().any(|keyword| name.eq_ignore_ascii_case(keyword)) {
            return Err(self.expected("an operator or the end"));
        }
        let args = self.arguments()?;
        let range = word.range().start..self.end();
        let function = function::find(name);
        let name = Located::new(name.to_owned(), word.range());
        self.build(ExprKind::Call(Call { name, function, args }), range)
    }

    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        let open = self.token(0);
        if !self.take(TokenKind::LeftParen) {
            return Err(self.expected("`(`"));
        }
        let mut args = Vec::new();
        if self.take(TokenKind::RightParen) {
            return Ok(args);
        }
        loop {
            args.push(self.expr(0)?);
            let comma = self.token(0);
            if !self.take(TokenKind::Comma) {
                self.close(TokenKind::RightParen, &open, "an operator, `,` or `)`")?;
                return Ok(args);
            }
            if self.kind() == TokenKind::RightParen {
                return Err(Fault::syntax(comma.range(), "no argument follows the `,`").help("take the `,` away"));
            }
        }
    }
}
