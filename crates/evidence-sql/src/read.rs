//! From the parser's tree to ours: whatever is not translated here cannot be said, and every name is looked up.
//!
//! What is wrong is noted and reading goes on as far as it makes sense, so that one look shows as much as possible.
//! A function that gives `None` has noted why.

mod block;
mod expr;
mod from;
mod function;
mod group;
mod kinds;
mod predicate;
mod query;
mod scope;
mod select;
mod with;

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Span, Token};

use crate::fault::Fault;
use crate::place::Places;
use crate::scan::{Subset, lower, scan};
use crate::select::Param;
use crate::tree::{Output, Query};
use scope::Frame;

/// How deep the parser may go; brackets alone stay far below.
const PARSER_DEPTH_MAX: usize = 100;
/// How deep an expression may be, counted in operators one inside of the other.
const DEPTH_MAX: usize = 200;

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Anything of the subset.
    Query,
    /// A block of a practice.
    Block,
}

/// A query that has a name, as others see it.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    columns: Vec<Output>,
    single_row: bool,
}

struct Reader<'a> {
    source: &'a str,
    places: Places<'a>,
    params: &'a [Param],
    purpose: Purpose,
    faults: Vec<Fault>,
    /// The selects around the one that is read, the outermost first.
    frames: Vec<Frame>,
    named: Vec<Named>,
    depth: usize,
    references: usize,
    tables: BTreeSet<&'static str>,
}

/// Reads a text.
pub(crate) fn read(
    source: &str,
    params: &[Param],
    purpose: Purpose,
) -> Result<(Query, BTreeSet<&'static str>), Vec<Fault>> {
    let places = Places::of(source);
    let tokens = scan(source, &places).map_err(|fault| vec![fault])?;
    if let Some(fault) = another_statement(tokens.first(), &places) {
        return Err(vec![fault]);
    }
    let mut parser = Parser::new(&Subset).with_recursion_limit(PARSER_DEPTH_MAX).with_tokens_with_locations(tokens);
    let parsed = parser.parse_query().map_err(|error| vec![syntax(&error, source, &places)])?;
    let behind = parser.peek_token();
    if behind.token != Token::EOF {
        let headline = format!("`{}` is not expected here", behind.token);
        return Err(vec![Fault::new(places.range(behind.span), headline).help("write one SELECT, nothing behind it")]);
    }
    let mut reader = Reader {
        source,
        places,
        params,
        purpose,
        faults: Vec::new(),
        frames: Vec::new(),
        named: Vec::new(),
        depth: 0,
        references: 0,
        tables: BTreeSet::new(),
    };
    let query = reader.whole_query(&parsed);
    let Reader { mut faults, tables, .. } = reader;
    match query {
        Some(query) if faults.is_empty() => Ok((query, tables)),
        _ => {
            faults.sort_by_key(|fault| fault.range.start);
            faults.dedup();
            Err(faults)
        }
    }
}

/// A text that begins like something that is no query.
fn another_statement(first: Option<&sqlparser::tokenizer::TokenWithSpan>, places: &Places<'_>) -> Option<Fault> {
    let first = first?;
    let begins = match &first.token {
        Token::LParen => true,
        Token::Word(word) => {
            word.quote_style.is_none() && ["SELECT", "WITH"].iter().any(|start| word.value.eq_ignore_ascii_case(start))
        }
        _ => false,
    };
    let headline = || format!("a query begins with `SELECT` or `WITH`, not with `{}`", first.token);
    (!begins).then(|| Fault::new(places.range(first.span), headline()).help("evidence is only ever read"))
}

/// What the parser says, whose messages end with a place: ` at Line: 1, Column: 5`.
fn syntax(error: &ParserError, source: &str, places: &Places<'_>) -> Fault {
    let all = 0..source.len();
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        ParserError::RecursionLimitExceeded => return Fault::new(all, "the query is nested too deep"),
    };
    let (said, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let place = place.split_once(", Column: ").and_then(|(line, column)| {
        Some(places.word_at(places.offset(Location::new(line.parse().ok()?, column.trim().parse().ok()?))))
    });
    Fault::new(place.unwrap_or(all), lower(&said.replace("Expected: ", "expected ").replace("EOF", "the end")))
}

impl Reader<'_> {
    /// The bytes of a span, with the brackets that the parser leaves off at its end.
    fn range(&self, span: Span) -> Range<usize> {
        let Range { start, mut end } = self.places.range(span);
        let mut open = unclosed(self.source.get(start..end).unwrap_or_default());
        while open > 0 {
            let rest = self.source.get(end..).unwrap_or_default();
            let behind = rest.trim_start();
            if !behind.starts_with(')') {
                break;
            }
            end += rest.len() - behind.len() + 1;
            open -= 1;
        }
        start..end
    }

    fn text(&self, range: Range<usize>) -> String {
        let text = self.source.get(range).unwrap_or_default();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= 40 { line } else { line.chars().take(39).chain(['…']).collect() }
    }

    /// Notes a fault.
    fn fault<T>(&mut self, fault: Fault) -> Option<T> {
        self.faults.push(fault);
        None
    }

    /// Notes that something is not part of the subset.
    fn refuse<T>(&mut self, span: Span, what: &str, help: &str) -> Option<T> {
        let fault = Fault::new(self.range(span), format!("{what} cannot be part of a query"));
        self.fault(if help.is_empty() { fault } else { fault.help(help) })
    }
}

/// How many brackets a text leaves open.
fn unclosed(text: &str) -> usize {
    let mut quoted = false;
    text.chars().fold(0_usize, |open, letter| {
        quoted ^= letter == '\'';
        match letter {
            '(' if !quoted => open + 1,
            ')' if !quoted => open.saturating_sub(1),
            _ => open,
        }
    })
}
