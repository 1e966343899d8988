//! Readers ask for what is declared, as it is declared, and for all of it.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::SourceId;
use evenkeel_model::document::Documents;

use super::{Record, Sort};
use crate::document::{DOCUMENT, METADATA, document, kinds};
use crate::fields::{Cx, asked};
use crate::yaml;

fn address(record: &'static Record) -> usize {
    std::ptr::from_ref(record).addr()
}

fn collect(record: &'static Record, found: &mut BTreeMap<usize, &'static Record>) {
    if found.insert(address(record), record).is_none() {
        record.fields.iter().for_each(|field| collect_sort(field.sort, found));
    }
}

fn collect_sort(sort: Sort, found: &mut BTreeMap<usize, &'static Record>) {
    match sort {
        Sort::Record(record) | Sort::Either(_, record) => collect(record, found),
        Sort::List(of, _) | Sort::Map(_, of) => collect_sort(*of, found),
        Sort::Text(_) | Sort::Bool | Sort::Whole(..) | Sort::OneOrMany(..) | Sort::Group(..) | Sort::Foreign(_) => {}
    }
}

/// Whether a field of that sort can be asked for so.
fn fits(access: &str, sort: Sort) -> bool {
    match access {
        "entry" => true,
        "text" => matches!(sort, Sort::Text(_)),
        "boolean" => matches!(sort, Sort::Bool),
        "number" => matches!(sort, Sort::Whole(..)),
        "list" => matches!(sort, Sort::List(Sort::Text(_), _)),
        "pairs" => matches!(sort, Sort::Map(_, Sort::Text(_))),
        "lists" => matches!(sort, Sort::Map(_, Sort::OneOrMany(..))),
        "record" => matches!(sort, Sort::Record(_)),
        "records" => matches!(sort, Sort::List(Sort::Record(_), _)),
        "item" => matches!(sort, Sort::Either(..) | Sort::Group(..)),
        "items" => matches!(sort, Sort::List(Sort::Either(..) | Sort::Group(..), _)),
        "one or many" => matches!(sort, Sort::OneOrMany(..)),
        _ => false,
    }
}

/// Where it is enough that somebody looks: the value is handed on to the reader of its kind.
fn is_handed_on(sort: Sort) -> bool {
    matches!(sort, Sort::Record(_) | Sort::Foreign(_))
}

#[test]
fn readers_ask_for_exactly_what_is_declared() {
    for kind in kinds() {
        for spec in sample::record(kind.spec) {
            let text = format!(
                "{{apiVersion: evenkeel/v1, kind: {}, metadata: {}, spec: {spec}}}",
                kind.name,
                sample::record(&METADATA).concat()
            );
            let mut cx = Cx::default();
            let nodes = yaml::parse(SourceId(0), &text, &mut cx.diags).expect("the sample is YAML");
            nodes.iter().for_each(|node| document(node, &text, &mut Documents::default(), &mut cx));
            let errors: Vec<_> = cx.diags.iter().filter(|diag| diag.blocks()).collect();
            assert!(errors.is_empty(), "{text}\n{errors:?}");
        }
    }
    let mut records = BTreeMap::new();
    collect(&DOCUMENT, &mut records);
    kinds().iter().for_each(|kind| collect(kind.spec, &mut records));
    let mut fetched = BTreeSet::new();
    for (at, what, name, access) in asked::all() {
        let field = records.get(&at).and_then(|record| record.fields.iter().find(|field| field.name == name));
        let field = field.unwrap_or_else(|| panic!("{what} is asked for `{name}` and does not declare it"));
        assert!(fits(access, field.sort), "{what} is asked for `{name}` as {access}, and it is {:?}", field.sort);
        if access != "entry" || is_handed_on(field.sort) {
            fetched.insert((at, name));
        }
    }
    for (at, record) in records {
        for field in record.fields {
            let name = field.name;
            assert!(fetched.contains(&(at, name)), "{} declares `{name}` and nobody asks for it", record.what);
        }
    }
}
