//! Text becomes tokens.
//!
//! What a `:` is depends on where it stands: in square brackets it parts range and step, elsewhere it belongs to names.
//! Words are not told apart here, since nearly every keyword may also be a name.

#![expect(clippy::wildcard_enum_match_arm, reason = "of many tokens a few fit; all others are refused")]

mod text;
mod token;

pub(crate) use text::unquote;
pub(crate) use token::{Token, TokenKind};

use std::ops::Range;

use crate::{BinaryOp, Fault};

/// Reads all tokens; the last is [`TokenKind::End`], or [`TokenKind::Bad`] where the fault is.
pub(crate) fn lex(text: &str) -> (Vec<Token>, Option<Fault>) {
    let mut lexer = Lexer { text, at: 0, in_brackets: false };
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    loop {
        match lexer.next() {
            Ok(token) => {
                tokens.push(token);
                if token.kind == TokenKind::End {
                    return (tokens, None);
                }
            }
            Err(fault) => {
                tokens.push(Token::new(TokenKind::Bad, &fault.range));
                return (tokens, Some(fault));
            }
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    in_brackets: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn next(&mut self) -> Result<Token, Fault> {
        self.skip();
        let Some(first) = self.rest().chars().next() else {
            return Ok(Token::new(TokenKind::End, &(self.at..self.at)));
        };
        let second = self.rest().chars().nth(1);
        if matches!(first, '"' | '\'' | '`') {
            return self.text(first);
        }
        if first.is_ascii_digit() || first == '.' && second.is_some_and(|c| c.is_ascii_digit()) {
            return self.number();
        }
        if first.is_ascii_alphabetic() || first == '_' || first == ':' && !self.in_brackets {
            let colons = !self.in_brackets;
            let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || colons && c == ':';
            return Ok(self.take(TokenKind::Word, length(self.rest(), part)));
        }
        self.sign(first, second)
    }

    /// Skips blanks and comments.
    fn skip(&mut self) {
        loop {
            self.at += length(self.rest(), |c| matches!(c, ' ' | '\t' | '\n' | '\r'));
            if !self.rest().starts_with('#') {
                return;
            }
            self.at += length(self.rest(), |c| !matches!(c, '\n' | '\r'));
        }
    }

    fn take(&mut self, kind: TokenKind, bytes: usize) -> Token {
        let token = Token::new(kind, &(self.at..self.at + bytes));
        self.at += bytes;
        token
    }

    fn text(&mut self, quote: char) -> Result<Token, Fault> {
        match text::length(self.rest(), quote) {
            Some(bytes) => Ok(self.take(TokenKind::Text, bytes)),
            None => Err(Fault::syntax(self.at..self.at + 1, format!("the text that {quote} begins never ends"))
                .help(if quote == '`' { "close it with another back-tick" } else { "close it on the same line" })),
        }
    }

    /// A number or a duration: everything up to what can belong to neither.
    fn number(&mut self) -> Result<Token, Fault> {
        let rest = self.rest();
        let is_hex = rest.starts_with("0x") || rest.starts_with("0X");
        let mut before = ' ';
        let bytes = length(rest, |c| {
            let sign_of_exponent = matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && !is_hex;
            before = c;
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || sign_of_exponent
        });
        let written = rest.get(..bytes).unwrap_or("");
        if crate::Number::read(written).is_some() {
            return Ok(self.take(TokenKind::Number, bytes));
        }
        if crate::Number::read_duration(written).is_some() {
            return Ok(self.take(TokenKind::Duration, bytes));
        }
        let message = format!("`{}` is neither a number nor a duration", shortened(written));
        Err(Fault::syntax(self.at..self.at + bytes, message)
            .help("durations are written from large to small with the units y w d h m s ms, such as `1h30m`"))
    }

    fn sign(&mut self, first: char, second: Option<char>) -> Result<Token, Fault> {
        if let Some((kind, bytes)) = token::sign(first, second) {
            self.in_brackets = match kind {
                TokenKind::LeftBracket => true,
                TokenKind::RightBracket => false,
                _ => self.in_brackets,
            };
            return Ok(self.take(kind, bytes));
        }
        let range = self.at..self.at + first.len_utf8();
        Err(unexpected(first, second, range))
    }
}

/// How many bytes at the beginning belong to it.
fn length(text: &str, mut belongs: impl FnMut(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// A text that fits on a line.
pub(crate) fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    let mut shown: String = text.chars().take(CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// A sign that PromQL does not have, and what was probably meant.
fn unexpected(sign: char, next: Option<char>, range: Range<usize>) -> Fault {
    let shown = if sign.is_control() { sign.escape_unicode().to_string() } else { sign.to_string() };
    let fault = Fault::syntax(range, format!("PromQL has no `{shown}`"));
    match (sign, next) {
        ('&', _) => fault.help("write `and`"),
        ('|', _) => fault.help("write `or` between expressions, `|` only inside a pattern"),
        ('!', _) => fault.help(format!("unequal is `{}`; to exclude, write `unless`", BinaryOp::NotEqual.as_str())),
        ('“' | '”' | '„' | '‘' | '’', _) => fault.help("write straight quotes, `\"`"),
        ('–' | '—' | '−', _) => fault.help("write the plain `-`"),
        ('\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{3000}', _) => fault.help("a blank that is none: write a plain one"),
        _ => fault,
    }
}
