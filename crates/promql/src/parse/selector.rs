//! Selectors: `up{job="web", instance!~"test.*"}`, `{"http.requests", "http.method"="GET"}`.

use evenkeel_labels::MatchOp;

use super::{Parsed, Parser};
use crate::lex::TokenKind;
use crate::{
    BinaryOp, Expr, ExprKind, Fault, LabelMatcher, Located, METRIC_NAME, Selector, Timing, label_name, pattern,
};

impl Parser<'_> {
    /// The braces, when they follow; there are some when there is no name.
    pub(super) fn selector(&mut self, name: Option<Located<String>>) -> Parsed<Expr> {
        let start = name.as_ref().map_or(self.range().start, |name| name.range.start);
        let matchers = if self.kind() == TokenKind::LeftBrace { self.matchers()? } else { Vec::new() };
        let range = start..self.end();
        let selector = Selector { name, matchers, timing: Timing::default(), range: range.clone() };
        self.build(ExprKind::Selector(selector), range)
    }

    fn matchers(&mut self) -> Parsed<Vec<LabelMatcher>> {
        let open = self.bump();
        let mut matchers = Vec::new();
        while !self.take(TokenKind::RightBrace) {
            if self.kind() == TokenKind::End {
                return Err(Fault::syntax(open.range(), "`{` is never closed"));
            }
            matchers.push(self.matcher()?);
            if !self.take(TokenKind::Comma) {
                self.close(TokenKind::RightBrace, &open, "`,` or `}`")?;
                break;
            }
        }
        Ok(matchers)
    }

    fn matcher(&mut self) -> Parsed<LabelMatcher> {
        let quoted = self.kind() == TokenKind::Text;
        let name = self.matched_label()?;
        let Some(op) = self.match_op() else {
            let names_metric = quoted && matches!(self.kind(), TokenKind::Comma | TokenKind::RightBrace);
            if names_metric {
                let label = Located::new(METRIC_NAME.to_owned(), name.range.clone());
                return Ok(LabelMatcher { name: label, op: MatchOp::Equal, value: name });
            }
            let fault = self.expected("one of `=`, `!=`, `=~`, `!~`");
            let doubled = self.kind() == TokenKind::Operator(BinaryOp::Equal);
            return Err(if doubled { fault.help("labels are compared with a single `=`") } else { fault });
        };
        self.at += 1;
        if matches!(self.kind(), TokenKind::Word | TokenKind::Number | TokenKind::Duration) {
            let written = self.written(self.token(0));
            return Err(self.expected("a quoted value").help(format!("write `\"{written}\"`")));
        }
        let value = self.text()?;
        if op.takes_regex() {
            pattern::check(&value.value).map_err(|message| {
                Fault::syntax(value.range.clone(), format!("the pattern for `{}` is none: {message}", name.value))
            })?;
        }
        Ok(LabelMatcher { name, op, value })
    }

    fn matched_label(&mut self) -> Parsed<Located<String>> {
        if self.kind() == TokenKind::Text {
            return self.text();
        }
        let Some(word) = self.word() else { return Err(self.expected("a label's name or `}`")) };
        if !label_name::is_plain_label(word) {
            return Err(self.expected("a label's name").help("a name with `:` in it has to stand in quotes"));
        }
        let token = self.bump();
        Ok(Located::new(word.to_owned(), token.range()))
    }

    fn match_op(&self) -> Option<MatchOp> {
        match self.kind() {
            TokenKind::Equal => Some(MatchOp::Equal),
            TokenKind::Operator(BinaryOp::NotEqual) => Some(MatchOp::NotEqual),
            TokenKind::MatchRegex => Some(MatchOp::Regex),
            TokenKind::NotMatchRegex => Some(MatchOp::NotRegex),
            _ => None,
        }
    }
}
