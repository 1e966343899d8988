//! Fenced blocks that are steps.

use std::ops::Range;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, Written};
use evenkeel_model::document::{Name, StepBlock, Text};
use evenkeel_model::{Expectation, StepLanguage, codes, quoted};
use evenkeel_time::Duration;

use super::expectation::expectation;
use super::info::{Word, words};
use super::markdown::Block;
use super::place::offset;
use super::template::uses;
use crate::document::names::checked;
use crate::fields::{Cx, nearest};

/// What a step may be given.
const ATTRIBUTES: [&str; 4] = ["expect", "idempotent", "step", "timeout"];
/// Methods that a request may have.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Reads the steps of a procedure; of two with one name the first stays.
pub(super) fn steps(blocks: &[Block], cx: &mut Cx) -> Vec<StepBlock> {
    let mut steps: Vec<StepBlock> = Vec::new();
    let mut known = std::collections::BTreeMap::<Arc<str>, Span>::new();
    for block in blocks {
        let Some(step) = step(block, cx) else { continue };
        if let Some(first) = known.get(&step.name.value) {
            let headline = format!("there is a second step named {}", quoted(&step.name.value));
            let diag = Diagnostic::error(codes::DUPLICATE_NAME, step.name.span, headline);
            cx.push(diag.related(*first, "first here").help("rename one of the two"));
            continue;
        }
        known.insert(Arc::clone(&step.name.value), step.name.span);
        steps.push(step);
    }
    steps
}

/// The line behind a fence, in words with their places.
struct Line {
    language: Option<Text>,
    attributes: Vec<(Text, Option<Text>)>,
}

fn step(block: &Block, cx: &mut Cx) -> Option<StepBlock> {
    let faults = &mut Cx::default();
    let line = line(block, faults);
    let named = |name: &str| line.attributes.iter().find(|(known, _)| *known.value == *name);
    if named("step").is_none() {
        missed(&line, cx);
        return None;
    }
    cx.diags.append(&mut faults.diags);
    unknown(&line, cx);
    let name = value(&line, "step", cx);
    let name = name.map(|text| checked(Spanned::new(&*text.value, text.span), "a step", cx));
    let language = language(line.language.as_ref(), block, cx);
    let timeout = value(&line, "timeout", cx).and_then(|text| timeout(text, cx));
    let expect = value(&line, "expect", cx);
    let idempotent = flag(&line, "idempotent", cx);
    let (name, language) = (name?, language?);
    let body = block.written();
    content(block, &name, language, &body, cx);
    let mut used: Vec<Name> = names_in(&body.text, |range| body.place(range));
    if let Some(text) = expect {
        let start = text.span.start;
        let inside = |range: Range<usize>| Span {
            start: start + offset(range.start),
            end: start + offset(range.end),
            ..text.span
        };
        used.extend(names_in(&text.value, inside));
    }
    let expect = expect.and_then(|text| expected(text, cx));
    let heading = block.heading.clone();
    Some(StepBlock { name, language, timeout, expect, idempotent, heading, body, uses: used })
}

fn line(block: &Block, cx: &mut Cx) -> Line {
    let info = &block.info;
    let text = |range: &Range<usize>| {
        let start = info.span.start + offset(range.start);
        let span = Span { start, end: start + offset(range.len()), ..info.span };
        Spanned::new(Box::from(info.value.get(range.clone()).unwrap_or("")), span)
    };
    let words = words(&info.value);
    let (first, rest) = match words.split_first() {
        Some((first, rest)) if first.value.is_none() && !ATTRIBUTES.contains(&&*text(&first.name).value) => {
            (Some(first), rest)
        }
        Some(_) | None => (None, words.as_slice()),
    };
    for open in words.iter().filter(|word| word.open) {
        let headline = format!("the quote of {} is not closed", quoted(&text(&open.name).value));
        cx.push(Diagnostic::error(codes::INVALID_VALUE, text(&open.name).span, headline));
    }
    let pair = |word: &Word| (text(&word.name), word.value.as_ref().map(&text));
    let mut attributes: Vec<(Text, Option<Text>)> = Vec::with_capacity(rest.len());
    for (name, value) in rest.iter().map(pair) {
        if let Some((first, _)) = attributes.iter().find(|(known, _)| known.value == name.value) {
            let headline = format!("the attribute {} is there twice", quoted(&name.value));
            let diag = Diagnostic::error(codes::DUPLICATE_KEY, name.span, headline);
            cx.push(diag.related(first.span, "first here").help("remove one of the two"));
            continue;
        }
        attributes.push((name, value));
    }
    Line { language: first.map(|word| text(&word.name)), attributes }
}

/// A block that is no step, but looks as if it was meant as one, would silently be left out.
fn missed(line: &Line, cx: &mut Cx) {
    for (name, _) in line.attributes.iter().filter(|(_, value)| value.is_some()) {
        let diag = match &*name.value {
            "timeout" | "expect" => {
                let headline = format!("a block with {} is no step without `step=`", quoted(&name.value));
                Diagnostic::error(codes::MISSING_FIELD, name.span, headline)
                    .help("give it a name, such as `step=restart`")
            }
            other if nearest(other, ["step"]).is_some() => {
                let headline = format!("a step has no attribute {}", quoted(other));
                Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, name.span, headline).help("did you mean `step`?")
            }
            _ => continue,
        };
        cx.push(diag);
        return;
    }
}

fn unknown(line: &Line, cx: &mut Cx) {
    for (name, _) in line.attributes.iter().filter(|(name, _)| !ATTRIBUTES.contains(&&*name.value)) {
        let headline = format!("a step has no attribute {}", quoted(&name.value));
        let diag = Diagnostic::error(codes::UNKNOWN_ATTRIBUTE, name.span, headline);
        cx.push(match nearest(&name.value, ATTRIBUTES) {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help("a step takes `step`, `timeout`, `expect` and `idempotent`"),
        });
    }
}

/// The value of an attribute, which it has to have where it is there.
fn value<'l>(line: &'l Line, name: &str, cx: &mut Cx) -> Option<&'l Text> {
    let (key, value) = line.attributes.iter().find(|(known, _)| *known.value == *name)?;
    let value = value.as_ref().filter(|value| !value.value.trim().is_empty());
    if value.is_none() {
        let headline = format!("`{name}` needs a value");
        let example = match name {
            "timeout" => "such as `timeout=60s`",
            "expect" => "such as `expect=\"> 100\"`",
            _ => "such as `step=restart`",
        };
        cx.push(Diagnostic::error(codes::INVALID_VALUE, key.span, headline).help(example));
    }
    value
}

fn flag(line: &Line, name: &str, cx: &mut Cx) -> bool {
    let Some((key, value)) = line.attributes.iter().find(|(known, _)| *known.value == *name) else { return false };
    if value.is_some() {
        let diag = Diagnostic::error(codes::INVALID_VALUE, key.span, format!("`{name}` takes no value"));
        cx.push(diag.help(format!("write `{name}` alone, or nothing")));
    }
    true
}

fn language(written: Option<&Text>, block: &Block, cx: &mut Cx) -> Option<StepLanguage> {
    let Some(text) = written else {
        let start = Span { end: block.info.span.start, ..block.info.span };
        let diag = Diagnostic::error(codes::UNKNOWN_STEP_LANGUAGE, start, "a step needs a language");
        cx.push(diag.help("write one of `sh`, `promql`, `sql` and `http` behind the fence"));
        return None;
    };
    let found = StepLanguage::ALL.into_iter().find(|language| language.as_str() == &*text.value);
    if found.is_none() {
        let headline = format!("no step is written in {}", quoted(&text.value));
        let diag = Diagnostic::error(codes::UNKNOWN_STEP_LANGUAGE, text.span, headline);
        let near = match &*text.value.to_ascii_lowercase() {
            "bash" | "shell" | "console" | "zsh" | "ksh" | "sh" => Some("sh"),
            "postgresql" | "psql" | "mysql" | "sqlite" => Some("sql"),
            "https" | "curl" => Some("http"),
            lower => nearest(lower, StepLanguage::ALL.map(StepLanguage::as_str)),
        };
        cx.push(match near {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help("the languages are `sh`, `promql`, `sql` and `http`"),
        });
    }
    found
}

fn timeout(text: &Text, cx: &mut Cx) -> Option<Spanned<Duration>> {
    match text.value.parse::<Duration>() {
        Ok(duration) if duration > Duration::ZERO => Some(Spanned::new(duration, text.span)),
        Ok(_) => {
            cx.push(Diagnostic::error(codes::ZERO_INTERVAL, text.span, "`timeout` cannot be zero"));
            None
        }
        Err(_) => {
            let diag = Diagnostic::error(codes::INVALID_DURATION, text.span, "`timeout` is not a duration");
            cx.push(diag.help("write numbers with units from large to small, such as `30s`, `5m` or `1h30m`"));
            None
        }
    }
}

fn expected(text: &Text, cx: &mut Cx) -> Option<Spanned<Expectation>> {
    let found = expectation(&text.value);
    if found.is_none() {
        let headline = format!("{} says nothing that an outcome can be compared with", quoted(&text.value));
        let diag = Diagnostic::error(codes::INVALID_EXPECTATION, text.span, headline);
        cx.push(diag.help("write a sign and a number, such as `expect=\"> 100\"` or `expect=0`"));
    }
    found.map(|expectation| Spanned::new(expectation, text.span))
}

/// Reports a body that cannot be run.
fn content(block: &Block, name: &Name, language: StepLanguage, body: &Written, cx: &mut Cx) {
    if !block.closed {
        let headline = format!("the block of the step {} is not closed", quoted(&name.value));
        let diag = Diagnostic::error(codes::UNCLOSED_STEP, name.span, headline);
        let diag = diag.label("everything from here on would be run");
        cx.push(diag.help("end it with a line of as many back-ticks as it begins with"));
    } else if body.text.trim().is_empty() {
        let headline = format!("the step {} has nothing to run", quoted(&name.value));
        cx.push(Diagnostic::error(codes::EMPTY_STEP, name.span, headline));
    } else if language == StepLanguage::Http {
        request(name, body, cx);
    }
}

/// A request begins with a method and an address.
fn request(name: &Name, body: &Written, cx: &mut Cx) {
    let blank = body.text.len() - body.text.trim_start().len();
    let line = body.text.trim_start().lines().next().unwrap_or("").trim_end();
    let (method, address) = line.split_once(' ').unwrap_or((line, ""));
    let address = address.trim();
    let goes_out = ["http://", "https://", "{{"].iter().any(|start| address.starts_with(start));
    if METHODS.contains(&method) && goes_out {
        return;
    }
    let headline = format!("the step {} does not begin with a method and an address", quoted(&name.value));
    let diag = Diagnostic::error(codes::INVALID_REQUEST, body.place(blank..blank + line.len()), headline);
    cx.push(
        diag.help("write such as `POST https://orders.example.com/restart`, then headers, an empty line, and the body"),
    );
}

fn names_in(text: &str, place: impl Fn(Range<usize>) -> Span) -> Vec<Name> {
    let name = |range: Range<usize>| Some(Spanned::new(Arc::from(text.get(range.clone())?), place(range)));
    uses(text).into_iter().filter_map(name).collect()
}
