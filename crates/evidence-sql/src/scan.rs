//! The first look at a query: its size, its tokens, how deep it is nested.
//!
//! It comes before parsing, so that no text however large or deep costs the parser time or stack, and so that only
//! signs that the subset has reach it at all.

use sqlparser::dialect::Dialect;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use crate::fault::Fault;
use crate::place::Places;

/// Most bytes of a query.
pub(crate) const BYTES_MAX: usize = 64 * 1024;
/// Most signs and words of a query.
const TOKENS_MAX: usize = 8192;
/// Most operators of a query: chains of them are deep without a bracket.
const OPERATORS_MAX: usize = 1000;
/// Deepest brackets.
const NESTING_MAX: usize = 32;

/// Plain names, names in double quotes, parameters that begin with `$`; nothing that one engine alone has.
#[derive(Debug)]
pub(crate) struct Subset;

impl Dialect for Subset {
    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '"'
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_ascii_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_ascii_alphanumeric() || ch == '_'
    }

    fn supports_dollar_placeholder(&self) -> bool {
        true
    }
}

/// The tokens of a query, without a semicolon at its end.
pub(crate) fn scan(source: &str, places: &Places<'_>) -> Result<Vec<TokenWithSpan>, Fault> {
    if source.len() > BYTES_MAX {
        let headline = format!("the query has {} bytes, {BYTES_MAX} are the most", source.len());
        return Err(Fault::new(0..source.len(), headline));
    }
    if let Some(at) = source.find('\0') {
        return Err(Fault::new(at..at + 1, "a NUL character cannot be part of a query"));
    }
    let mut tokens = Tokenizer::new(&Subset, source).tokenize_with_location().map_err(|error| {
        let at = places.offset(error.location);
        Fault::new(places.word_at(at.min(source.len())), format!("this cannot be read: {}", lower(&error.message)))
    })?;
    tokens.retain(|token| !matches!(token.token, Token::Whitespace(_) | Token::EOF));
    if tokens.last().is_some_and(|token| token.token == Token::SemiColon) {
        tokens.pop();
    }
    if tokens.is_empty() {
        return Err(Fault::new(0..source.len(), "there is no query").help("write one SELECT"));
    }
    let all = 0..source.len();
    if tokens.len() > TOKENS_MAX {
        return Err(Fault::new(all, format!("the query has more than {TOKENS_MAX} words and signs")));
    }
    if tokens.iter().filter(|token| deepens(&token.token)).count() > OPERATORS_MAX {
        return Err(Fault::new(all, format!("the query has more than {OPERATORS_MAX} operators")));
    }
    nesting(&tokens, places)?;
    Ok(tokens)
}

fn nesting(tokens: &[TokenWithSpan], places: &Places<'_>) -> Result<(), Fault> {
    let mut depth = 0_usize;
    for token in tokens {
        let fault = |headline: String| Fault::new(places.range(token.span), headline);
        match &token.token {
            Token::LParen if depth == NESTING_MAX => {
                return Err(fault(format!("brackets are nested more than {NESTING_MAX} deep")));
            }
            Token::LParen => depth += 1,
            Token::RParen => depth = depth.saturating_sub(1),
            Token::SemiColon => {
                return Err(fault("there is a second statement".to_owned()).help("write one SELECT, nothing behind it"));
            }
            other if allowed(other) => {}
            other => return Err(fault(format!("`{other}` cannot be part of a query"))),
        }
    }
    Ok(())
}

fn allowed(token: &Token) -> bool {
    match token {
        Token::Word(word) => matches!(word.quote_style, None | Some('"')),
        Token::Number(_, long) => !long,
        Token::SingleQuotedString(_)
        | Token::Placeholder(_)
        | Token::Comma
        | Token::Period
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::Gt
        | Token::LtEq
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::StringConcat => true,
        _ => false,
    }
}

/// Whether it may make the tree one deeper without a bracket.
fn deepens(token: &Token) -> bool {
    const WORDS: [&str; 11] =
        ["AND", "OR", "NOT", "IS", "IN", "LIKE", "BETWEEN", "UNION", "EXCEPT", "INTERSECT", "CASE"];
    match token {
        Token::Word(word) => {
            word.quote_style.is_none() && WORDS.iter().any(|known| word.value.eq_ignore_ascii_case(known))
        }
        Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::Gt
        | Token::LtEq
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::StringConcat => true,
        _ => false,
    }
}

/// A message of the parser as ours begin.
pub(crate) fn lower(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
