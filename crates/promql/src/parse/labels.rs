//! Lists of labels: `(job, "http.method")`.

use super::{Parsed, Parser};
use crate::Located;
use crate::lex::TokenKind;

impl Parser<'_> {
    /// Labels in parentheses; the last may be followed by a comma.
    pub(super) fn labels(&mut self) -> Parsed<Vec<Located<String>>> {
        let open = self.token(0);
        if !self.take(TokenKind::LeftParen) {
            return Err(self.expected("`(` and labels"));
        }
        let mut labels = Vec::new();
        while !self.take(TokenKind::RightParen) {
            labels.push(self.label()?);
            if !self.take(TokenKind::Comma) {
                self.close(TokenKind::RightParen, &open, "`,` or `)`")?;
                break;
            }
        }
        Ok(labels)
    }

    fn label(&mut self) -> Parsed<Located<String>> {
        match self.kind() {
            TokenKind::Text => self.text(),
            TokenKind::Word => {
                let token = self.bump();
                Ok(Located::new(self.written(token).to_owned(), token.range()))
            }
            _ => Err(self.expected("a label's name")),
        }
    }
}
