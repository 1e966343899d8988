//! Cuts a template into texts and actions, and an action into words.
//!
//! Source: Go, `text/template/parse/lex.go`.

use std::ops::Range;

use crate::TemplateFault;

/// A text, or what stands between braces.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Action(Range<usize>),
}

/// A word of an action.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    /// A name: a function, or a word of the language.
    Name(String),
    /// `$name`, without the sign.
    Variable(String),
    /// `.name`, without the dot.
    Field(String),
    Dot,
    Text(String),
    Whole(i64),
    Number(f64),
    Open,
    Close,
    Pipe,
    Comma,
    Declare,
    Assign,
}

/// A word, where it stands, and whether a blank is before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    pub(crate) token: Token,
    pub(crate) range: Range<usize>,
    pub(crate) spaced: bool,
}

fn fault(range: Range<usize>, message: impl Into<String>) -> TemplateFault {
    TemplateFault { range, message: message.into() }
}

/// Cuts a template into texts and actions; comments and trimmed blanks are gone.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, TemplateFault> {
    let (mut out, mut at, mut trims) = (Vec::new(), 0, false);
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|found| at + found) {
        let mut before = text.get(at..open).unwrap_or("");
        let inner = open + 2;
        let behind = text.get(inner..).unwrap_or("");
        let trims_left = behind.starts_with('-') && behind.get(1..).is_some_and(|next| next.starts_with(blank));
        before = if trims { before.trim_start_matches(blank) } else { before };
        before = if trims_left { before.trim_end_matches(blank) } else { before };
        push(&mut out, before);
        let start = if trims_left { inner + 2 } else { inner };
        let comment = text.get(start..).is_some_and(|rest| rest.starts_with("/*"));
        let end = if comment { past_comment(text, start)? } else { past_action(text, start, open)? };
        let inside = text.get(start..end).unwrap_or("");
        trims = inside.ends_with('-') && inside.trim_end_matches('-').ends_with(blank);
        trims |= comment && inside.trim_end().ends_with("*/ -");
        if !comment {
            out.push(Piece::Action(start..if trims { end - 1 } else { end }));
        }
        at = end + 2;
    }
    let rest = text.get(at..).unwrap_or("");
    push(&mut out, if trims { rest.trim_start_matches(blank) } else { rest });
    Ok(out)
}

fn push(out: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        out.push(Piece::Text(text.to_owned()));
    }
}

const fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn past_comment(text: &str, start: usize) -> Result<usize, TemplateFault> {
    let end = text.get(start..).and_then(|rest| rest.find("*/")).map(|found| start + found + 2);
    let end = end.ok_or_else(|| fault(start..text.len(), "the comment does not end"))?;
    let rest = text.get(end..).unwrap_or("");
    let close = rest.find("}}").filter(|close| {
        let between = rest.get(..*close).unwrap_or("");
        between.is_empty() || between.trim() == "-"
    });
    close.map(|close| end + close).ok_or_else(|| fault(start..end, "a comment has to be alone between the braces"))
}

/// Where the braces close, quotes and raw texts passed over.
fn past_action(text: &str, start: usize, open: usize) -> Result<usize, TemplateFault> {
    let rest = text.get(start..).unwrap_or("");
    let (mut quote, mut escaped) = (None, false);
    for (index, c) in rest.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(q) if c == '\\' && q != '`' => escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '`' | '\'') => quote = Some(c),
            None if rest.get(index..).is_some_and(|rest| rest.starts_with("}}")) => return Ok(start + index),
            None => {}
        }
    }
    let message = if quote.is_some() { "a text in the action does not end" } else { "the braces are not closed" };
    Err(fault(open..text.len(), message))
}

/// Cuts an action into words.
pub(crate) fn words(text: &str, action: &Range<usize>) -> Result<Vec<Word>, TemplateFault> {
    let (mut out, mut at, mut spaced) = (Vec::new(), action.start, true);
    while at < action.end {
        let rest = text.get(at..action.end).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        if blank(c) {
            (at, spaced) = (at + 1, true);
            continue;
        }
        let (token, length) = word(rest, c).map_err(|message| fault(at..at + c.len_utf8(), message))?;
        out.push(Word { token, range: at..at + length, spaced });
        (at, spaced) = (at + length, false);
    }
    Ok(out)
}

fn word(rest: &str, c: char) -> Result<(Token, usize), String> {
    let after = rest.get(c.len_utf8()..).unwrap_or("");
    let named = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let name = |length: usize| after.get(..length).unwrap_or("").to_owned();
    Ok(match c {
        '(' => (Token::Open, 1),
        ')' => (Token::Close, 1),
        '|' => (Token::Pipe, 1),
        ',' => (Token::Comma, 1),
        ':' if after.starts_with('=') => (Token::Declare, 2),
        '=' => (Token::Assign, 1),
        '$' => (Token::Variable(name(named(after))), 1 + named(after)),
        '.' if named(after) > 0 && !after.starts_with(|c: char| c.is_ascii_digit()) => {
            (Token::Field(name(named(after))), 1 + named(after))
        }
        '.' if !after.starts_with(|c: char| c.is_ascii_digit()) => (Token::Dot, 1),
        '"' => quoted(rest)?,
        '`' => {
            let end = after.find('`').ok_or("a raw text does not end")?;
            (Token::Text(after.get(..end).unwrap_or("").to_owned()), end + 2)
        }
        '\'' => character(rest)?,
        _ if c.is_alphabetic() || c == '_' => {
            let length = named(rest);
            (Token::Name(rest.get(..length).unwrap_or("").to_owned()), length)
        }
        _ if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => number(rest)?,
        _ => return Err(format!("`{c}` is nothing that an action can have")),
    })
}

fn number(rest: &str) -> Result<(Token, usize), String> {
    let part = |(index, c): (usize, char)| {
        let before = rest.get(..index).unwrap_or("");
        let sign = matches!(c, '+' | '-') && (index == 0 || before.ends_with(['e', 'E']));
        sign || c.is_ascii_alphanumeric() || matches!(c, '.' | '_')
    };
    let length = rest.char_indices().find(|found| !part(*found)).map_or(rest.len(), |(index, _)| index);
    let text = rest.get(..length).unwrap_or("");
    let plain = text.replace('_', "");
    let unsigned = plain.trim_start_matches(['+', '-']);
    let sign = if plain.starts_with('-') { -1 } else { 1 };
    let radix = [("0x", 16), ("0X", 16), ("0b", 2), ("0o", 8)];
    if let Some((prefix, radix)) = radix.into_iter().find(|(prefix, _)| unsigned.starts_with(prefix)) {
        let digits = unsigned.get(prefix.len()..).unwrap_or("");
        let whole = i64::from_str_radix(digits, radix).map_err(|_| format!("`{text}` is no number"))?;
        return Ok((Token::Whole(sign * whole), length));
    }
    if let Ok(whole) = plain.parse() {
        return Ok((Token::Whole(whole), length));
    }
    let number = plain.parse().ok().filter(|_| unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
    number.map(|number| (Token::Number(number), length)).ok_or_else(|| format!("`{text}` is no number"))
}

fn quoted(rest: &str) -> Result<(Token, usize), String> {
    let (mut out, mut chars) = (String::new(), rest.char_indices().skip(1));
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Ok((Token::Text(out), index + 1)),
            '\\' => out.push(escape(&mut chars)?),
            _ => out.push(c),
        }
    }
    Err("a text does not end".to_owned())
}

fn escape(chars: &mut impl Iterator<Item = (usize, char)>) -> Result<char, String> {
    let (_, c) = chars.next().ok_or("a text ends in the middle of an escape")?;
    let mut code = |digits: usize, radix: u32, first: u32| {
        let mut code = first;
        for _ in 0..digits {
            let digit = chars.next().and_then(|(_, digit)| digit.to_digit(radix)).ok_or("an escape is no character")?;
            code = code * radix + digit;
        }
        char::from_u32(code).ok_or_else(|| "an escape is no character".to_owned())
    };
    Ok(match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '\\' | '"' | '\'' => c,
        'x' => code(2, 16, 0)?,
        'u' => code(4, 16, 0)?,
        'U' => code(8, 16, 0)?,
        '0'..='7' => code(2, 8, c.to_digit(8).unwrap_or(0))?,
        _ => return Err(format!("`\\{c}` is no escape")),
    })
}

/// A character is the number of it.
fn character(rest: &str) -> Result<(Token, usize), String> {
    let mut chars = rest.char_indices().skip(1);
    let found = match chars.next() {
        Some((_, '\\')) => escape(&mut chars)?,
        Some((_, c)) if c != '\'' => c,
        Some(_) | None => return Err("a character does not end".to_owned()),
    };
    match chars.next() {
        Some((index, '\'')) => Ok((Token::Whole(i64::from(u32::from(found))), index + 1)),
        Some(_) | None => Err("a character does not end".to_owned()),
    }
}
