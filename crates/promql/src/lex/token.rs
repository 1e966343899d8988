//! The smallest parts of an expression.

use std::ops::Range;

use crate::BinaryOp;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Number,
    Duration,
    Text,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    At,
    /// `=`
    Equal,
    /// `=~`
    MatchRegex,
    /// `!~`
    NotMatchRegex,
    Operator(BinaryOp),
    End,
    /// Where the text cannot be read on.
    Bad,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    start: usize,
    end: usize,
}

impl Token {
    pub(crate) const fn new(kind: TokenKind, range: &Range<usize>) -> Self {
        Self { kind, start: range.start, end: range.end }
    }

    pub(crate) const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The sign that two characters begin, and its bytes.
pub(crate) fn sign(first: char, second: Option<char>) -> Option<(TokenKind, usize)> {
    let two = match (first, second.unwrap_or(' ')) {
        ('=', '=') => Some(TokenKind::Operator(BinaryOp::Equal)),
        ('=', '~') => Some(TokenKind::MatchRegex),
        ('!', '=') => Some(TokenKind::Operator(BinaryOp::NotEqual)),
        ('!', '~') => Some(TokenKind::NotMatchRegex),
        ('<', '=') => Some(TokenKind::Operator(BinaryOp::LessOrEqual)),
        ('<', '/') => Some(TokenKind::Operator(BinaryOp::TrimUpper)),
        ('>', '=') => Some(TokenKind::Operator(BinaryOp::GreaterOrEqual)),
        ('>', '/') => Some(TokenKind::Operator(BinaryOp::TrimLower)),
        _ => None,
    };
    two.map(|kind| (kind, 2)).or_else(|| Some((single(first)?, 1)))
}

/// The sign that one character is.
const fn single(sign: char) -> Option<TokenKind> {
    Some(match sign {
        '(' => TokenKind::LeftParen,
        ')' => TokenKind::RightParen,
        '{' => TokenKind::LeftBrace,
        '}' => TokenKind::RightBrace,
        '[' => TokenKind::LeftBracket,
        ']' => TokenKind::RightBracket,
        ',' => TokenKind::Comma,
        ':' => TokenKind::Colon,
        '@' => TokenKind::At,
        '=' => TokenKind::Equal,
        '+' => TokenKind::Operator(BinaryOp::Add),
        '-' => TokenKind::Operator(BinaryOp::Sub),
        '*' => TokenKind::Operator(BinaryOp::Mul),
        '/' => TokenKind::Operator(BinaryOp::Div),
        '%' => TokenKind::Operator(BinaryOp::Mod),
        '^' => TokenKind::Operator(BinaryOp::Pow),
        '<' => TokenKind::Operator(BinaryOp::Less),
        '>' => TokenKind::Operator(BinaryOp::Greater),
        _ => return None,
    })
}
