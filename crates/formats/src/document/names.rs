//! Names in documents: what an entry is called, and what it refers to.

use std::sync::Arc;

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::{Name, Reference};

use crate::fields::{Cx, Fields};

/// Reads `name`, which `metadata` and each entry of a list of named ones has to have.
pub(super) fn entry_name(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<Name> {
    named(fields, "name", cx)
}

/// Reads the `name` of what has no declaration; `what` is whose it is.
pub(crate) fn own_name(fields: &mut Fields<'_>, what: &str, cx: &mut Cx) -> Option<Name> {
    let name = fields.text("name", cx);
    fields.require("name", cx);
    name.map(|name| checked(name, what, cx))
}

/// The name; one that is not made as names are is reported and stays what it is.
pub(crate) fn checked(name: Spanned<&str>, what: &str, cx: &mut Cx) -> Name {
    crate::shape::form::name::check(name, what, cx);
    shared(name)
}

/// Reads the name of another document.
pub(crate) fn named(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Name> {
    fields.text(name, cx).map(shared)
}

/// A name as written.
pub(super) fn shared(text: Spanned<&str>) -> Name {
    text.map(Arc::from)
}

/// Reads a list of names, or one name by itself.
pub(super) fn names(fields: &mut Fields<'_>, name: &'static str) -> Vec<Name> {
    fields.one_or_many(name).into_iter().map(shared).collect()
}

/// Reads a list of references with their kinds, or one by itself.
pub(super) fn references(fields: &mut Fields<'_>, name: &'static str) -> Vec<Reference> {
    fields.one_or_many(name).into_iter().map(|text| text.map(Box::from)).collect()
}
