//! The functions of templates: Go's, and those that Prometheus adds.
//!
//! Source: Go, `text/template/funcs.go`; Prometheus, `template/template.go`.

mod humanize;
mod text;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::format::sprintf;
use crate::{Given, Sample, Value};

/// What can be called.
pub const FUNCTIONS: [&str; 45] = [
    "and",
    "or",
    "not",
    "len",
    "index",
    "slice",
    "print",
    "printf",
    "println",
    "html",
    "js",
    "urlquery",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "query",
    "first",
    "label",
    "value",
    "strvalue",
    "args",
    "reReplaceAll",
    "safeHtml",
    "match",
    "title",
    "toUpper",
    "toLower",
    "graphLink",
    "tableLink",
    "sortByLabel",
    "stripPort",
    "stripDomain",
    "humanize",
    "humanize1024",
    "humanizeDuration",
    "humanizePercentage",
    "humanizeTimestamp",
    "toTime",
    "pathPrefix",
    "externalURL",
    "parseDuration",
    "urlQueryEscape",
];

/// What Prometheus has besides, or Go, and rules can do without.
pub const NOT_HERE: [&str; 4] = ["call", "tmpl", "now", "toDuration"];

/// Calls a function.
pub(crate) fn call(name: &str, args: &[Value], given: &Given<'_>) -> Result<Value, String> {
    match name {
        "not" => one(name, args).map(|value| Value::Bool(!value.is_true())),
        "len" => length(one(name, args)?),
        "index" => index(args),
        "slice" => text::slice(args),
        "print" => Ok(Value::text(print(args))),
        "println" => {
            let each: Vec<_> = args.iter().map(Value::print).collect();
            Ok(Value::text(format!("{}\n", each.join(" "))))
        }
        "printf" => {
            let (format, rest) = args.split_first().ok_or("printf is given no format")?;
            Ok(Value::text(sprintf(text_of(name, format)?, rest)))
        }
        "html" => Ok(Value::text(text::html(&print(args)))),
        "js" => Ok(Value::text(text::js(&print(args)))),
        "urlquery" | "urlQueryEscape" => Ok(Value::text(text::url_query(&print(args)))),
        "eq" | "ne" | "lt" | "le" | "gt" | "ge" => compare(name, args),
        "query" => {
            let found = (given.ask)(text_of(name, one(name, args)?)?)?;
            Ok(Value::Samples(found.into_iter().map(Arc::new).collect()))
        }
        "first" => first(one(name, args)?),
        "label" => two(name, args)
            .and_then(|(label, sample)| Ok(Value::text(sample_of(name, sample)?.labels.get(text_of(name, label)?)))),
        "value" => Ok(Value::Number(sample_of(name, one(name, args)?)?.value)),
        "strvalue" => Ok(Value::text(sample_of(name, one(name, args)?)?.labels.get("__value__"))),
        "args" => {
            let named = args.iter().enumerate().map(|(index, value)| (format!("arg{index}"), value.clone()));
            Ok(Value::Args(Arc::new(named.collect::<BTreeMap<_, _>>())))
        }
        "sortByLabel" => two(name, args).and_then(|(label, samples)| sort_by_label(text_of(name, label)?, samples)),
        "pathPrefix" => none(name, args).map(|()| Value::text(text::path_of(given.external_url))),
        "externalURL" => none(name, args).map(|()| Value::text(given.external_url)),
        "humanize" | "humanize1024" | "humanizeDuration" | "humanizePercentage" | "humanizeTimestamp" | "toTime" => {
            humanize::call(name, one(name, args)?)
        }
        _ => text::call(name, args),
    }
}

/// Where a server shows what an expression gives, as a table: what `tableLink` gives.
#[must_use]
pub fn table_link(expression: &str) -> String {
    text::link(expression, 1)
}

/// Blanks stand between values of which neither is a text.
fn print(args: &[Value]) -> String {
    let mut out = String::new();
    let mut before_is_text = true;
    for (index, value) in args.iter().enumerate() {
        let is_text = matches!(value, Value::Text(_));
        if index > 0 && !is_text && !before_is_text {
            out.push(' ');
        }
        out.push_str(&value.print());
        before_is_text = is_text;
    }
    out
}

fn none(name: &str, args: &[Value]) -> Result<(), String> {
    if args.is_empty() { Ok(()) } else { Err(format!("{name} takes nothing and is given {}", args.len())) }
}

pub(crate) fn one<'v>(name: &str, args: &'v [Value]) -> Result<&'v Value, String> {
    match args {
        [one] => Ok(one),
        _ => Err(format!("{name} takes one value and is given {}", args.len())),
    }
}

pub(crate) fn two<'v>(name: &str, args: &'v [Value]) -> Result<(&'v Value, &'v Value), String> {
    match args {
        [one, two] => Ok((one, two)),
        _ => Err(format!("{name} takes two values and is given {}", args.len())),
    }
}

pub(crate) fn text_of<'v>(name: &str, value: &'v Value) -> Result<&'v str, String> {
    let Value::Text(text) = value else {
        return Err(format!("{name} wants a text and is given a value of type {}", value.type_name()));
    };
    Ok(text)
}

fn sample_of<'v>(name: &str, value: &'v Value) -> Result<&'v Sample, String> {
    let Value::Sample(sample) = value else {
        return Err(format!("{name} wants a sample and is given a value of type {}", value.type_name()));
    };
    Ok(sample)
}

fn first(value: &Value) -> Result<Value, String> {
    let Value::Samples(samples) = value else {
        return Err(format!("first wants an answer to a query and is given a value of type {}", value.type_name()));
    };
    let first = samples.first().ok_or("first() called on vector with no elements")?;
    Ok(Value::Sample(Arc::clone(first)))
}

fn sort_by_label(label: &str, value: &Value) -> Result<Value, String> {
    let Value::Samples(samples) = value else {
        return Err(format!(
            "sortByLabel wants an answer to a query and is given a value of type {}",
            value.type_name()
        ));
    };
    let mut sorted: Vec<_> = samples.iter().cloned().collect();
    sorted.sort_by(|a, b| a.labels.get(label).cmp(b.labels.get(label)));
    Ok(Value::Samples(sorted.into()))
}

fn length(value: &Value) -> Result<Value, String> {
    let length = match value {
        Value::Text(text) => text.len(),
        Value::Labels(labels) => labels.len(),
        Value::Samples(samples) => samples.len(),
        Value::Args(args) => args.len(),
        Value::Nil
        | Value::Bool(_)
        | Value::Whole(_)
        | Value::Number(_)
        | Value::Sample(_)
        | Value::Instant(_)
        | Value::Root => return Err(format!("a value of type {} has no length", value.type_name())),
    };
    Ok(Value::Whole(i64::try_from(length).unwrap_or(i64::MAX)))
}

fn index(args: &[Value]) -> Result<Value, String> {
    let (item, indexes) = args.split_first().ok_or("index is given nothing")?;
    let mut item = item.clone();
    for index in indexes {
        item = match (&item, index) {
            (Value::Labels(labels), Value::Text(name)) => Value::text(labels.get(name)),
            (Value::Args(args), Value::Text(name)) => args.get(&**name).cloned().unwrap_or(Value::Nil),
            (Value::Samples(samples), Value::Whole(at)) => {
                let found = usize::try_from(*at).ok().and_then(|at| samples.get(at));
                Value::Sample(Arc::clone(found.ok_or_else(|| format!("index out of range: {at}"))?))
            }
            (Value::Text(text), Value::Whole(at)) => {
                let found = usize::try_from(*at).ok().and_then(|at| text.as_bytes().get(at));
                Value::Whole(i64::from(*found.ok_or_else(|| format!("index out of range: {at}"))?))
            }
            (item, index) => {
                return Err(format!(
                    "cannot index a value of type {} with one of type {}",
                    item.type_name(),
                    index.type_name()
                ));
            }
        };
    }
    Ok(item)
}

/// Values of different sorts are not compared, a whole number and another one neither. `eq` takes several to compare with.
fn compare(name: &str, args: &[Value]) -> Result<Value, String> {
    let (left, rest) = args.split_first().ok_or_else(|| format!("{name} is given nothing"))?;
    if rest.is_empty() || (name != "eq" && rest.len() > 1) {
        return Err(format!("{name} is given {} values", args.len()));
    }
    let mut equal = false;
    for right in rest {
        let order = order(left, right)?;
        let holds = match name {
            "eq" => order == Some(Ordering::Equal),
            "ne" => order != Some(Ordering::Equal),
            "lt" => order == Some(Ordering::Less),
            "le" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            "gt" => order == Some(Ordering::Greater),
            _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        };
        equal |= holds;
    }
    Ok(Value::Bool(equal))
}

fn order(left: &Value, right: &Value) -> Result<Option<Ordering>, String> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Ok(left.partial_cmp(right)),
        (Value::Whole(left), Value::Whole(right)) => Ok(Some(left.cmp(right))),
        (Value::Text(left), Value::Text(right)) => Ok(Some(left.cmp(right))),
        (Value::Bool(left), Value::Bool(right)) => Ok(Some(left.cmp(right))),
        (Value::Nil, Value::Nil) => Ok(Some(Ordering::Equal)),
        _ => Err(format!("incompatible types for comparison: {} and {}", left.type_name(), right.type_name())),
    }
}
