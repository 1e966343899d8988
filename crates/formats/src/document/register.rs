//! Registers: what an organisation wants, owes, fears, decided, agreed, knows and does again and again.
//!
//! Each kind is a table in a file of its own; one reader goes by any of them. What a field's form says is also how its
//! value is kept: a day as an instant, the name of something else as what is looked up.

mod agreement;
mod cadence;
mod data_class;
mod decision;
mod exception;
mod goal;
mod improvement;
pub(crate) mod knowledge;
mod lesson;
mod need;
mod obligation;
mod operating_model;
mod request;
mod risk;
mod skill;
mod standard;
mod support_plan;
mod training;

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_model::RegisterKind;
use evenkeel_model::document::{FieldDocument, Referred, RegisterDocument};

use crate::fields::{Cx, Fields};
use crate::shape::form::moment::end_of;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// Every kind but pages of knowledge, which are Markdown; by name.
pub(super) static KINDS: [&Kind; 17] = [
    &agreement::KIND,
    &cadence::KIND,
    &data_class::KIND,
    &decision::KIND,
    &exception::KIND,
    &goal::KIND,
    &improvement::KIND,
    &lesson::KIND,
    &need::KIND,
    &obligation::KIND,
    &operating_model::KIND,
    &request::KIND,
    &risk::KIND,
    &skill::KIND,
    &standard::KIND,
    &support_plan::KIND,
    &training::KIND,
];

/// The name of one of these.
const fn named(what: &'static str) -> Sort {
    Sort::Text(Form::Named(what))
}

/// The names of some of these, or one by itself.
const fn names(what: &'static str) -> Sort {
    Sort::OneOrMany(Form::Named(what), Least::None)
}

/// A day, or an instant.
const DAY: Sort = Sort::Text(Form::DayOrInstant);
/// Texts for people, or one by itself.
const PROSES: Sort = Sort::OneOrMany(Form::Prose(1024), Least::None);
/// A path in the ops repo, or an address.
const SOURCE: Sort = Sort::Text(Form::PathOrUrl);
/// How much, roughly.
const LEVEL: Sort = Sort::Text(Form::Word(&["low", "medium", "high"]));
/// The workloads that an entry is about.
const WORKLOADS: Field = Field::new("workloads", names("workload"), "The workloads that it is about.");

/// Reads the fields of an entry by its declaration; `at` is where it is written.
pub(super) fn register(
    kind: RegisterKind,
    fields: &mut Fields<'_>,
    record: &'static Record,
    cx: &mut Cx,
) -> RegisterDocument {
    let place = Span { end: fields.span.start, ..fields.span };
    let read = record.fields.iter().filter_map(|field| {
        let value = value(fields, field, cx).or_else(|| default(field, place))?;
        Some((field.name, value))
    });
    RegisterDocument { kind, fields: read.collect() }
}

fn value(fields: &mut Fields<'_>, field: &Field, cx: &mut Cx) -> Option<FieldDocument> {
    let name = field.name;
    match field.sort {
        Sort::Text(Form::Named(what)) => {
            let among = Referred::of_word(what)?;
            fields.text(name, cx).map(|text| FieldDocument::Name(among, text.map(Arc::from)))
        }
        Sort::Text(Form::DayOrInstant) => {
            let text = fields.text(name, cx)?;
            end_of(text.value).map(|at| FieldDocument::At(Spanned::new(at, text.span)))
        }
        Sort::Text(Form::Duration | Form::Period | Form::Patience) => {
            fields.duration(name, cx).map(FieldDocument::Lasts)
        }
        Sort::Text(_) => fields.text(name, cx).map(|text| FieldDocument::Text(text.map(Box::from))),
        Sort::Bool => {
            let flag = fields.boolean(name, cx)?;
            fields.node(name).map(|node| FieldDocument::Flag(Spanned::new(flag, node.span)))
        }
        Sort::Whole(..) => {
            let number = fields.number(name)?;
            fields.node(name).map(|node| FieldDocument::Whole(Spanned::new(number, node.span)))
        }
        Sort::OneOrMany(Form::Named(what), _) => {
            let among = Referred::of_word(what)?;
            let all: Vec<_> = fields.one_or_many(name).into_iter().map(|text| text.map(Arc::from)).collect();
            (!all.is_empty()).then_some(FieldDocument::Names(among, all))
        }
        Sort::OneOrMany(..) => {
            let all: Vec<_> = fields.one_or_many(name).into_iter().map(|text| text.map(Box::from)).collect();
            (!all.is_empty()).then_some(FieldDocument::Texts(all))
        }
        Sort::List(..) | Sort::Map(..) | Sort::Record(_) | Sort::Either(..) | Sort::Group(..) | Sort::Foreign(_) => {
            None
        }
    }
}

/// What stands in for a field that is not there.
fn default(field: &Field, place: Span) -> Option<FieldDocument> {
    let text = field.default?;
    Some(match field.sort {
        Sort::Bool => FieldDocument::Flag(Spanned::new(text == "true", place)),
        Sort::Whole(..) => FieldDocument::Whole(Spanned::new(text.parse().ok()?, place)),
        Sort::Text(_)
        | Sort::OneOrMany(..)
        | Sort::List(..)
        | Sort::Map(..)
        | Sort::Record(_)
        | Sort::Either(..)
        | Sort::Group(..)
        | Sort::Foreign(_) => FieldDocument::Text(Spanned::new(text.into(), place)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields that the reader does not know would be taken and lost.
    #[test]
    fn every_declared_field_is_of_a_sort_that_is_read() {
        let records = KINDS.iter().map(|kind| kind.spec).chain([&knowledge::FRONT_MATTER]);
        for field in records.flat_map(|record| record.fields) {
            let read = match field.sort {
                Sort::Text(Form::Named(what)) | Sort::OneOrMany(Form::Named(what), _) => {
                    Referred::of_word(what).is_some()
                }
                Sort::Text(_) | Sort::OneOrMany(..) | Sort::Bool | Sort::Whole(..) => true,
                Sort::List(..)
                | Sort::Map(..)
                | Sort::Record(_)
                | Sort::Either(..)
                | Sort::Group(..)
                | Sort::Foreign(_) => false,
            };
            assert!(read, "{field:?}");
        }
    }

    #[test]
    fn every_kind_is_a_register() {
        let names = KINDS.map(|kind| kind.name);
        assert!(names.is_sorted() && names.iter().all(|name| RegisterKind::named(name).is_some()));
        assert_eq!(names.len() + 1, RegisterKind::ALL.len());
    }
}
