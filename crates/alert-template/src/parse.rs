//! Pieces and words become a tree.
//!
//! Source: Go, `text/template/parse/parse.go`.

use std::ops::Range;

use crate::TemplateFault;
use crate::function::{FUNCTIONS, NOT_HERE};
use crate::lex::{Piece, Token, Word, pieces, words};
use crate::tree::{Base, Command, Node, Operand, Pipeline};

/// Deeper is refused.
const DEPTH_MAX: usize = 50;

/// Variables that every template of a rule has.
const GIVEN: [&str; 5] = ["", "labels", "externalLabels", "externalURL", "value"];

/// Reads a template.
pub(crate) fn parse(text: &str) -> Result<Vec<Node>, TemplateFault> {
    let mut parser = Parser { text, pieces: pieces(text)?.into_iter(), variables: Vec::new(), depth: 0, loops: 0 };
    parser.variables.extend(GIVEN.map(Box::from));
    let (nodes, end) = parser.nodes()?;
    match end {
        End::Over => Ok(nodes),
        End::Else(place, _) => Err(fault(place, "`else` without `if`, `with` or `range`")),
        End::Closed(place) => Err(fault(place, "`end` without `if`, `with` or `range`")),
    }
}

fn fault(range: Range<usize>, message: impl Into<String>) -> TemplateFault {
    TemplateFault { range, message: message.into() }
}

struct Parser<'t> {
    text: &'t str,
    pieces: std::vec::IntoIter<Piece>,
    variables: Vec<Box<str>>,
    depth: usize,
    loops: usize,
}

/// What ended a list of nodes.
enum End {
    Over,
    /// With the words behind it.
    Else(Range<usize>, Vec<Word>),
    Closed(Range<usize>),
}

impl Parser<'_> {
    fn nodes(&mut self) -> Result<(Vec<Node>, End), TemplateFault> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let action = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text.into()));
                    continue;
                }
                Piece::Action(action) => action,
            };
            let words = words(self.text, &action)?;
            let key = words
                .first()
                .and_then(|word| if let Token::Name(name) = &word.token { Some(name.as_str()) } else { None });
            let rest = words.get(1..).unwrap_or(&[]);
            match key {
                Some("end") if rest.is_empty() => return Ok((nodes, End::Closed(action))),
                Some("else") => return Ok((nodes, End::Else(action, rest.to_vec()))),
                Some("if") => nodes.push(self.choice(false, rest, &action)?),
                Some("with") => nodes.push(self.choice(true, rest, &action)?),
                Some("range") => nodes.push(self.range(rest, &action)?),
                Some("break") if rest.is_empty() && self.loops > 0 => nodes.push(Node::Break),
                Some("continue") if rest.is_empty() && self.loops > 0 => nodes.push(Node::Continue),
                Some(word @ ("define" | "template" | "block")) => {
                    return Err(fault(action, format!("`{word}` is not there in the texts of rules here")));
                }
                _ => nodes.push(Node::Action(self.pipeline(&words, &action, false)?)),
            }
        }
        Ok((nodes, End::Over))
    }

    /// A block up to its `else` or `end`; variables declared in it end with it.
    fn block(&mut self, opened: &Range<usize>) -> Result<(Vec<Node>, End), TemplateFault> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(fault(opened.clone(), "blocks lie too deep in one another"));
        }
        let declared = self.variables.len();
        let (nodes, end) = self.nodes()?;
        self.variables.truncate(declared);
        self.depth -= 1;
        match end {
            End::Over => Err(fault(opened.clone(), "there is no `end` for this")),
            End::Else(..) | End::Closed(_) => Ok((nodes, end)),
        }
    }

    fn choice(&mut self, with: bool, words: &[Word], place: &Range<usize>) -> Result<Node, TemplateFault> {
        let declared = self.variables.len();
        let mut branches = Vec::new();
        let (mut condition, mut opened) = (self.pipeline(words, place, false)?, place.clone());
        let otherwise = loop {
            let (body, end) = self.block(&opened)?;
            branches.push((condition, body));
            match end {
                End::Else(place, rest) if rest.is_empty() => {
                    let (body, end) = self.block(&place)?;
                    if let End::Else(place, _) = end {
                        return Err(fault(place, "a second `else`"));
                    }
                    break body;
                }
                End::Else(place, rest) => {
                    let word = if with { "with" } else { "if" };
                    let known = |first: &Word| first.token == Token::Name(word.to_owned());
                    let Some((_, rest)) = rest.split_first().filter(|(first, _)| known(first)) else {
                        return Err(fault(place, format!("behind `else` stands nothing, or `{word}`")));
                    };
                    condition = self.pipeline(rest, &place, false)?;
                    opened = place;
                }
                End::Closed(_) | End::Over => break Vec::new(),
            }
        };
        self.variables.truncate(declared);
        Ok(Node::Choice { with, branches, otherwise })
    }

    fn range(&mut self, words: &[Word], place: &Range<usize>) -> Result<Node, TemplateFault> {
        let declared = self.variables.len();
        let over = self.pipeline(words, place, true)?;
        self.loops += 1;
        let (body, end) = self.block(place)?;
        self.loops -= 1;
        let otherwise = match end {
            End::Else(place, rest) if rest.is_empty() => match self.block(&place)? {
                (body, End::Closed(_)) => body,
                (_, End::Else(place, _)) => return Err(fault(place, "a second `else`")),
                (_, End::Over) => Vec::new(),
            },
            End::Else(place, _) => return Err(fault(place, "behind the `else` of `range` stands nothing")),
            End::Closed(_) | End::Over => Vec::new(),
        };
        self.variables.truncate(declared);
        Ok(Node::Range { over, body, otherwise })
    }

    fn pipeline(&mut self, words: &[Word], place: &Range<usize>, range: bool) -> Result<Pipeline, TemplateFault> {
        let (variables, assigns, words) = declared(words, range);
        for name in variables.iter().filter(|_| assigns) {
            if !self.variables.contains(name) {
                return Err(fault(place.clone(), format!("nobody declares the variable `${name}`")));
            }
        }
        let commands = self.commands(words, place)?;
        if !assigns {
            self.variables.extend(variables.iter().cloned());
        }
        Ok(Pipeline { variables, assigns, commands })
    }

    fn commands(&mut self, words: &[Word], place: &Range<usize>) -> Result<Vec<Command>, TemplateFault> {
        let mut commands = Vec::new();
        let (mut operands, mut rest): (Vec<Operand>, &[Word]) = (Vec::new(), words);
        loop {
            match rest.split_first() {
                Some((Word { token: Token::Pipe, range, .. }, after)) => {
                    if operands.is_empty() {
                        return Err(fault(range.clone(), "there is nothing before this `|`"));
                    }
                    commands.push(Command(std::mem::take(&mut operands)));
                    rest = after;
                }
                Some(_) => {
                    let (operand, after) = self.operand(rest)?;
                    operands.push(operand);
                    rest = after;
                }
                None if operands.is_empty() => return Err(fault(place.clone(), "there is no value here")),
                None => break,
            }
        }
        commands.push(Command(operands));
        for command in commands.iter().skip(1) {
            let first = command.0.first().map(|operand| (&operand.base, operand.fields.is_empty()));
            if !matches!(first, Some((Base::Function(_), true))) {
                return Err(fault(place.clone(), "behind `|` has to stand a function"));
            }
        }
        Ok(commands)
    }

    fn operand<'w>(&mut self, words: &'w [Word]) -> Result<(Operand, &'w [Word]), TemplateFault> {
        let Some((word, mut rest)) = words.split_first() else { return Err(fault(0..0, "there is no value here")) };
        let mut fields = Vec::new();
        let base = match &word.token {
            Token::Name(name) => name_base(name, word)?,
            Token::Variable(name) if self.variables.iter().any(|known| **known == **name) => {
                Base::Variable(name.as_str().into())
            }
            Token::Variable(name) => return Err(unknown_variable(name, &self.variables, word)),
            Token::Field(name) => {
                fields.push(Box::from(name.as_str()));
                Base::Dot
            }
            Token::Dot => Base::Dot,
            Token::Text(text) => Base::Text(text.as_str().into()),
            Token::Whole(whole) => Base::Whole(*whole),
            Token::Number(number) => Base::Number(*number),
            Token::Open => {
                let (inside, after) = enclosed(word, rest)?;
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    return Err(fault(word.range.clone(), "parentheses lie too deep in one another"));
                }
                let commands = self.commands(inside, &word.range)?;
                self.depth -= 1;
                rest = after;
                Base::Parenthesis(Box::new(Pipeline { commands, ..Pipeline::default() }))
            }
            Token::Close | Token::Pipe | Token::Comma | Token::Declare | Token::Assign => {
                return Err(fault(word.range.clone(), "this cannot stand here"));
            }
        };
        while let Some((Word { token: Token::Field(name), spaced: false, .. }, after)) = rest.split_first() {
            fields.push(Box::from(name.as_str()));
            rest = after;
        }
        Ok((Operand { base, fields }, rest))
    }
}

/// `$a, $b :=` or `$a =` before a pipeline.
fn declared(words: &[Word], range: bool) -> (Vec<Box<str>>, bool, &[Word]) {
    let variable =
        |word: &Word| if let Token::Variable(name) = &word.token { Some(Box::from(name.as_str())) } else { None };
    match words {
        [first, sign, rest @ ..] if matches!(sign.token, Token::Declare | Token::Assign) => match variable(first) {
            Some(name) => (vec![name], sign.token == Token::Assign, rest),
            None => (Vec::new(), false, words),
        },
        [first, comma, second, sign, rest @ ..]
            if range && comma.token == Token::Comma && matches!(sign.token, Token::Declare | Token::Assign) =>
        {
            match (variable(first), variable(second)) {
                (Some(one), Some(two)) => (vec![one, two], sign.token == Token::Assign, rest),
                _ => (Vec::new(), false, words),
            }
        }
        _ => (Vec::new(), false, words),
    }
}

/// The words up to the parenthesis that closes, and those behind it.
fn enclosed<'w>(open: &Word, words: &'w [Word]) -> Result<(&'w [Word], &'w [Word]), TemplateFault> {
    let mut depth = 1;
    for (index, word) in words.iter().enumerate() {
        if word.token == Token::Open {
            depth += 1;
        } else if word.token == Token::Close {
            depth -= 1;
        }
        if depth == 0 {
            return Ok((words.get(..index).unwrap_or(&[]), words.get(index + 1..).unwrap_or(&[])));
        }
    }
    Err(fault(open.range.clone(), "the parenthesis is not closed"))
}

fn name_base(name: &str, word: &Word) -> Result<Base, TemplateFault> {
    match name {
        "true" => return Ok(Base::Bool(true)),
        "false" => return Ok(Base::Bool(false)),
        "nil" => return Ok(Base::Nil),
        _ => {}
    }
    if let Some(known) = FUNCTIONS.iter().find(|known| **known == name) {
        return Ok(Base::Function(known));
    }
    let message = if NOT_HERE.contains(&name) {
        format!("the function `{name}` is not there in the texts of rules here")
    } else {
        format!("there is no function `{name}`")
    };
    Err(fault(word.range.clone(), message))
}

fn unknown_variable(name: &str, known: &[Box<str>], word: &Word) -> TemplateFault {
    let near = known.iter().find(|known| !known.is_empty() && known.eq_ignore_ascii_case(name));
    let meant = near.map_or_else(String::new, |near| format!(", but `${near}`"));
    fault(word.range.clone(), format!("there is no variable `${name}`{meant}"))
}
