//! A value held against what its field takes.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::{codes, quoted};

use super::check::check;
use super::form::form;
use super::{Field, Form, Least, Sort};
use crate::fields::{Cx, not_boolean, wrong};
use crate::yaml::{Node, Value};

/// What messages call a value, and what helps when it is out of its range.
#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'a str,
    hint: Option<&'static str>,
}

/// Reports what is wrong with a field's value.
pub(super) fn value(node: &Node, field: &Field, cx: &mut Cx) {
    of_sort(node, field.sort, Place { name: field.name, hint: field.hint }, cx);
}

fn of_sort(node: &Node, sort: Sort, place: Place<'_>, cx: &mut Cx) {
    let name = place.name;
    match sort {
        Sort::Text(wanted) => text(node, wanted, name, cx),
        Sort::Bool => {
            if !matches!(node.value, Value::Bool(_)) {
                cx.push(not_boolean(node, name));
            }
        }
        Sort::Whole(min, max) => whole(node, min, max, place, cx),
        Sort::List(of, least) => list(node, least, name, |item, cx| item_of(item, *of, place, cx), cx),
        Sort::OneOrMany(wanted, least) => match node.as_text() {
            Some(_) => text(node, wanted, name, cx),
            None => list(node, least, name, |item, cx| item_of(item, Sort::Text(wanted), place, cx), cx),
        },
        Sort::Map(key, of) => map(node, key, *of, name, cx),
        Sort::Record(record) => check(node, record, cx),
        Sort::Either(wanted, record) => match node.as_text() {
            Some(_) => text(node, wanted, name, cx),
            None => check(node, record, cx),
        },
        Sort::Group(wanted, what, made_of) => group(node, wanted, [name, what, made_of], cx),
        Sort::Foreign(_) => {}
    }
}

fn text(node: &Node, wanted: Form, name: &str, cx: &mut Cx) {
    match node.as_text() {
        Some(text) => form(Spanned::new(text, node.span), node, wanted, name, cx),
        None => cx.push(wrong(node, name, "text")),
    }
}

fn item_of(node: &Node, sort: Sort, place: Place<'_>, cx: &mut Cx) {
    if node.as_text() == Some("") && matches!(sort, Sort::Text(_) | Sort::Either(..) | Sort::Group(..)) {
        let headline = format!("an entry of {} is empty", quoted(place.name));
        cx.push(Diagnostic::error(codes::INVALID_VALUE, node.span, headline).help("write it, or remove the entry"));
        return;
    }
    of_sort(node, sort, place, cx);
}

fn whole(node: &Node, min: u64, max: u64, place: Place<'_>, cx: &mut Cx) {
    let Value::Int(number, _) = node.value else {
        cx.push(wrong(node, place.name, "a whole number"));
        return;
    };
    if !u64::try_from(number).is_ok_and(|number| (min..=max).contains(&number)) {
        let headline = format!("`{}` has to be between {min} and {max}", place.name);
        let diag = Diagnostic::error(codes::INVALID_VALUE, node.span, headline);
        cx.push(match place.hint {
            Some(hint) => diag.help(hint),
            None => diag,
        });
    }
}

fn list(node: &Node, least: Least, name: &str, mut item: impl FnMut(&Node, &mut Cx), cx: &mut Cx) {
    let Value::Seq(items) = &node.value else {
        cx.push(wrong(node, name, "a list"));
        return;
    };
    if items.is_empty() && least == Least::One {
        cx.push(Diagnostic::error(codes::MISSING_FIELD, node.span, format!("{} cannot be empty", quoted(name))));
    }
    items.iter().for_each(|node| item(node, cx));
}

fn map(node: &Node, key: Form, of: Sort, name: &str, cx: &mut Cx) {
    let Value::Map(entries) = &node.value else {
        cx.push(wrong(node, name, "a mapping"));
        return;
    };
    for (key_text, node) in entries {
        let written = Node { span: key_text.span, value: Value::String(key_text.value.as_str().into()) };
        form(Spanned::new(&key_text.value, key_text.span), &written, key, name, cx);
        if node.value != Value::Null {
            of_sort(node, of, Place { name: &key_text.value, hint: None }, cx);
        }
    }
}

fn group(node: &Node, wanted: Form, [name, what, made_of]: [&str; 3], cx: &mut Cx) {
    let one = |node: &Node, cx: &mut Cx| match node.as_text() {
        Some("") => {
            let headline = format!("{what} has an empty entry");
            cx.push(Diagnostic::error(codes::INVALID_VALUE, node.span, headline));
        }
        Some(text) => form(Spanned::new(text, node.span), node, wanted, name, cx),
        None => {
            let headline = format!("{what} is {made_of}, not {}", node.sort());
            cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
        }
    };
    let Value::Seq(items) = &node.value else { return one(node, cx) };
    if items.is_empty() {
        cx.push(Diagnostic::error(codes::MISSING_FIELD, node.span, format!("{what} cannot be empty")));
    }
    items.iter().for_each(|node| one(node, cx));
}
