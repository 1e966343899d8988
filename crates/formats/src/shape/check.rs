//! A mapping held against its declaration: unknown and missing fields, what excludes or needs each other.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::codes;

use super::value::value;
use super::{Record, Rule, Sort};
use crate::fields::{Cx, Entries, unknown_fields};
use crate::yaml::{Node, Value};

/// Reports everything at and below the node that is not as declared.
pub(crate) fn check(node: &Node, record: &'static Record, cx: &mut Cx) {
    let Value::Map(entries) = &node.value else {
        let headline = format!("{} has to be a mapping, not {}", record.what, node.sort());
        cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
        return;
    };
    let known: Vec<&'static str> = record.fields.iter().map(|field| field.name).collect();
    unknown_fields(record.what, entries, &known, Diagnostic::error, codes::UNKNOWN_FIELD, cx);
    for field in record.fields {
        match entry(entries, field.name) {
            Some((_, node)) if !is_absent(node, field.sort) => value(node, field, cx),
            Some(_) | None if field.required => missing(node, record, field.name, cx),
            Some(_) | None => {}
        }
    }
    record.rules.iter().for_each(|one| rule(node, entries, record, one, cx));
}

fn entry<'n>(entries: &'n Entries, name: &str) -> Option<&'n (Spanned<String>, Node)> {
    entries.iter().find(|(key, _)| key.value == name)
}

/// Whether a value that is there says nothing.
pub(super) fn is_absent(node: &Node, sort: Sort) -> bool {
    let takes_text = matches!(sort, Sort::Text(_) | Sort::OneOrMany(..) | Sort::Either(..) | Sort::Group(..));
    node.value == Value::Null || (takes_text && node.as_text() == Some(""))
}

fn missing(node: &Node, record: &Record, name: &str, cx: &mut Cx) {
    let headline = format!("{} needs `{name}`", record.what);
    cx.push(Diagnostic::error(codes::MISSING_FIELD, start(node), headline));
}

fn start(node: &Node) -> Span {
    Span { end: node.span.start, ..node.span }
}

fn rule(node: &Node, entries: &Entries, record: &Record, rule: &Rule, cx: &mut Cx) {
    let given = |names: &[&'static str]| -> Vec<(&'static str, Span)> {
        let there = |name: &&'static str| {
            let (key, node) = entry(entries, name)?;
            let says = node.value != Value::Null && node.as_text() != Some("");
            says.then_some((*name, key.span))
        };
        names.iter().filter_map(there).collect()
    };
    match rule {
        Rule::Some(names) => {
            if let (true, Some(first)) = (given(names).is_empty(), names.first()) {
                missing(node, record, first, cx);
            }
        }
        Rule::One(names, headline) => {
            if given(names).is_empty() {
                let known: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let diag = Diagnostic::error(codes::MISSING_FIELD, start(node), *headline);
                cx.push(diag.help(format!("write one of {}", known.join(", "))));
            }
            exclusive(&given(names), cx);
        }
        Rule::NotBoth(one, other) => exclusive(&given(&[one, other]), cx),
        Rule::Needs(field, also) => {
            let list_is_empty = entry(entries, field).is_some_and(|(_, node)| node.value == Value::Seq(Vec::new()));
            if !given(&[field]).is_empty() && !list_is_empty && given(&[also]).is_empty() {
                missing(node, record, also, cx);
            }
        }
    }
}

fn exclusive(given: &[(&'static str, Span)], cx: &mut Cx) {
    let Some(((one, first), others)) = given.split_first() else { return };
    for (other, second) in others {
        let headline = format!("`{one}` and `{other}` exclude each other");
        let diag = Diagnostic::error(codes::CONFLICTING_FIELDS, *second, headline);
        cx.push(diag.related(*first, "the other one"));
    }
}
