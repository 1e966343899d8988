//! Tokens become a tree: operators by precedence, everything else by what it begins with.
//!
//! One pass, no way back. Nesting and the tree's height are bounded, so that nothing that walks the tree can run out
//! of stack; what is larger is not called wrong but [`FaultKind::TooLarge`].

#![expect(clippy::wildcard_enum_match_arm, reason = "of many tokens a few fit; all others are refused")]

mod aggregation;
mod binary;
mod call;
mod labels;
mod modifier;
mod selector;
mod window;

use std::ops::Range;

use crate::lex::{Token, TokenKind, lex, shortened, unquote};
use crate::{AggregateOp, BinaryOp, Expr, ExprKind, Fault, FaultKind, Located, Number};

/// Longer texts are not read.
const BYTES_MAX: usize = 256 * 1024;
/// Parentheses, calls and the like inside each other.
const NESTING_MAX: usize = 160;
/// Nodes on the longest way down a tree.
const HEIGHT_MAX: u16 = 600;

/// What stands for itself and is never a metric's name.
const RESERVED: [&str; 6] = ["bool", "on", "ignoring", "group_left", "group_right", "atan2"];

type Parsed<T> = Result<T, Fault>;

/// Reads an expression.
///
/// # Errors
/// The first fault of syntax, or [`FaultKind::TooLarge`].
pub fn parse(text: &str) -> Result<Expr, Fault> {
    if text.len() > BYTES_MAX {
        return Err(Fault::new(FaultKind::TooLarge, 0..0, "it is longer than 256 KiB"));
    }
    let (tokens, bad) = lex(text);
    let mut parser = Parser { text, tokens, bad, at: 0, nesting: 0 };
    if parser.kind() == TokenKind::End {
        return Err(Fault::syntax(0..text.len(), "there is no expression"));
    }
    let expr = parser.expr(0)?;
    if parser.kind() == TokenKind::End { Ok(expr) } else { Err(parser.left_over()) }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Why the tokens end early.
    bad: Option<Fault>,
    at: usize,
    nesting: usize,
}

impl<'a> Parser<'a> {
    fn token(&self, ahead: usize) -> Token {
        let end = self.text.len()..self.text.len();
        let last = self.tokens.last().copied().unwrap_or(Token::new(TokenKind::End, &end));
        self.tokens.get(self.at + ahead).copied().unwrap_or(last)
    }

    fn kind(&self) -> TokenKind {
        self.token(0).kind
    }

    fn range(&self) -> Range<usize> {
        self.token(0).range()
    }

    /// Where what was read last ends.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |token| token.range().end)
    }

    fn written(&self, token: Token) -> &'a str {
        self.text.get(token.range()).unwrap_or("")
    }

    /// The word that comes next, if one does.
    fn word(&self) -> Option<&'a str> {
        (self.kind() == TokenKind::Word).then(|| self.written(self.token(0)))
    }

    fn is_word(&self, keyword: &str) -> bool {
        self.word().is_some_and(|word| word.eq_ignore_ascii_case(keyword))
    }

    fn bump(&mut self) -> Token {
        let token = self.token(0);
        self.at += 1;
        token
    }

    fn take(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.at += 1;
        }
        found
    }

    fn take_word(&mut self, keyword: &str) -> bool {
        let found = self.is_word(keyword);
        if found {
            self.at += 1;
        }
        found
    }

    /// What closes `open`.
    fn close(&mut self, kind: TokenKind, open: &Token, or: &str) -> Parsed<()> {
        if self.take(kind) {
            return Ok(());
        }
        if self.kind() == TokenKind::End {
            return Err(Fault::syntax(open.range(), format!("`{}` is never closed", self.written(*open))));
        }
        Err(self.expected(or))
    }

    fn expected(&self, what: &str) -> Fault {
        let token = self.token(0);
        match token.kind {
            TokenKind::Bad => self.bad(),
            TokenKind::End => {
                let last = self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).copied();
                let range = last.map_or(token.range(), Token::range);
                Fault::syntax(range, format!("the expression ends where {what} is expected"))
            }
            _ => {
                let found = shortened(self.written(token));
                Fault::syntax(token.range(), format!("expected {what}, found `{found}`"))
            }
        }
    }

    fn bad(&self) -> Fault {
        self.bad.clone().unwrap_or_else(|| Fault::syntax(self.range(), "the text cannot be read from here on"))
    }

    /// What stands where an operator or the end should.
    fn left_over(&self) -> Fault {
        let token = self.token(0);
        let shown = shortened(self.written(token));
        match token.kind {
            TokenKind::Bad => self.bad(),
            TokenKind::RightParen | TokenKind::RightBrace | TokenKind::RightBracket => {
                Fault::syntax(token.range(), format!("`{shown}` closes nothing"))
            }
            TokenKind::Equal => {
                self.expected("an operator").help("`==` compares values; `=` compares labels, in braces")
            }
            TokenKind::MatchRegex | TokenKind::NotMatchRegex => {
                self.expected("an operator").help("labels are compared in braces, such as `up{job=~\"web.*\"}`")
            }
            TokenKind::Comma => self.expected("an operator").help("`,` parts arguments inside parentheses only"),
            _ if self.is_word("by") || self.is_word("without") => self
                .expected("an operator")
                .help("`by` and `without` stand right before or behind an aggregation's parentheses"),
            _ if self.is_word("on") || self.is_word("ignoring") || self.is_word("bool") => {
                self.expected("an operator").help(format!("`{shown}` stands behind an operator"))
            }
            _ => self.expected("an operator or the end"),
        }
    }

    fn build(&self, kind: ExprKind, range: Range<usize>) -> Parsed<Expr> {
        let expr = Expr::new(kind, range);
        if expr.height > HEIGHT_MAX {
            return Err(Fault::new(FaultKind::TooLarge, expr.range, "it has more than 600 operations in a row"));
        }
        Ok(expr)
    }

    /// Goes one level down for the time of `inner`.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting == NESTING_MAX {
            return Err(Fault::new(FaultKind::TooLarge, self.range(), "it is nested more than 160 deep"));
        }
        self.nesting += 1;
        let parsed = inner(self);
        self.nesting -= 1;
        parsed
    }

    /// An expression whose operators bind at least as tightly as `least`.
    fn expr(&mut self, least: u8) -> Parsed<Expr> {
        self.nested(|parser| {
            let mut left = parser.operand()?;
            while let Some(op) = parser.operator().filter(|op| op.precedence() >= least) {
                left = parser.binary(left, op)?;
            }
            Ok(left)
        })
    }

    fn operator(&self) -> Option<BinaryOp> {
        match self.kind() {
            TokenKind::Operator(op) => Some(op),
            TokenKind::Word => self.word().and_then(BinaryOp::from_word),
            _ => None,
        }
    }

    fn operand(&mut self) -> Parsed<Expr> {
        match self.kind() {
            TokenKind::Operator(BinaryOp::Add) => self.signed(false),
            TokenKind::Operator(BinaryOp::Sub) => self.signed(true),
            _ => {
                let primary = self.primary()?;
                self.modified(primary)
            }
        }
    }

    /// A sign binds as `*` does: `-2 ^ 2` is `-(2 ^ 2)`.
    fn signed(&mut self, negative: bool) -> Parsed<Expr> {
        let sign = self.bump();
        let expr = self.expr(BinaryOp::Pow.precedence())?;
        let range = sign.range().start..expr.range.end;
        match expr.kind {
            ExprKind::Number(number) => {
                let number = if negative { number.negated() } else { number };
                self.build(ExprKind::Number(number), range)
            }
            _ => self.build(ExprKind::Unary { negative, expr: Box::new(expr) }, range),
        }
    }

    fn primary(&mut self) -> Parsed<Expr> {
        match self.kind() {
            TokenKind::Number | TokenKind::Duration => {
                let number = self.number()?;
                self.build(ExprKind::Number(number.value), number.range)
            }
            TokenKind::Text => {
                let text = self.text()?;
                self.build(ExprKind::Text(text.value), text.range)
            }
            TokenKind::LeftParen => self.paren(),
            TokenKind::LeftBrace => self.selector(None),
            TokenKind::Word => self.named(),
            _ => Err(self.expected("an expression")),
        }
    }

    fn number(&mut self) -> Parsed<Located<Number>> {
        let token = self.token(0);
        let written = self.written(token);
        let number = match token.kind {
            TokenKind::Number => Number::read(written),
            TokenKind::Duration => Number::read_duration(written),
            TokenKind::Word => Number::read(written).filter(|_| written.len() == 3),
            _ => None,
        };
        let Some(number) = number else { return Err(self.expected("a number")) };
        self.at += 1;
        Ok(Located::new(number, token.range()))
    }

    fn text(&mut self) -> Parsed<Located<String>> {
        let token = self.token(0);
        if token.kind != TokenKind::Text {
            return Err(self.expected("a quoted text"));
        }
        let value = unquote(self.written(token), &token.range())?;
        self.at += 1;
        Ok(Located::new(value, token.range()))
    }

    fn paren(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let inner = self.expr(0)?;
        self.close(TokenKind::RightParen, &open, "an operator or `)`")?;
        self.build(ExprKind::Paren(Box::new(inner)), open.range().start..self.end())
    }

    /// What begins with a word: a number, an aggregation, a call or a metric.
    fn named(&mut self) -> Parsed<Expr> {
        let word = self.word().unwrap_or("");
        let next = self.token(1);
        if word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("nan") {
            let number = self.number()?;
            return self.build(ExprKind::Number(number.value), number.range);
        }
        if RESERVED.iter().any(|reserved| word.eq_ignore_ascii_case(reserved)) {
            return Err(self.expected("an expression"));
        }
        if let Some(op) = AggregateOp::from_word(word) {
            let follows = self.written(next);
            let grouped = follows.eq_ignore_ascii_case("by") || follows.eq_ignore_ascii_case("without");
            if next.kind == TokenKind::LeftParen || next.kind == TokenKind::Word && grouped {
                return self.aggregation(op);
            }
        }
        if next.kind == TokenKind::LeftParen {
            return self.call();
        }
        let name = self.bump();
        self.selector(Some(Located::new(word.to_owned(), name.range())))
    }
}
