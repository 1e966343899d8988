//! Names in documents: what an entry is called, and what it refers to.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::{Name, Reference};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, Fields};

/// Longer names are refused, as DNS refuses longer labels.
const NAME_BYTES_MAX: usize = 63;

/// Reads `name`, which `metadata` and each entry of a list of named ones has to have. `what` is whose name it is.
pub(crate) fn own_name(fields: &mut Fields<'_>, what: &str, cx: &mut Cx) -> Option<Name> {
    let name = fields.text("name", cx);
    fields.require("name", cx);
    name.map(|name| checked(name, what, cx))
}

/// The name; one that is not made as names are is reported and stays what it is.
pub(crate) fn checked(name: Spanned<&str>, what: &str, cx: &mut Cx) -> Name {
    if !is_name(name.value) {
        let headline = format!("{} is no name for {what}", quoted(name.value));
        let help = "names are made of lower-case letters, digits and `-`, up to 63, such as `orders-health`";
        cx.push(Diagnostic::error(codes::INVALID_NAME, name.span, headline).help(help));
    }
    name.map(Arc::from)
}

/// A name as a DNS label has it.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= NAME_BYTES_MAX
        && text.starts_with(plain)
        && text.ends_with(plain)
        && text.chars().all(|c| plain(c) || c == '-')
}

/// Reads the name of another document.
pub(crate) fn named(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Name> {
    fields.text(name, cx).map(|text| text.map(Arc::from))
}

/// Reads a list of names, or one name by itself.
pub(super) fn names(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Name> {
    texts_or_one(fields, name, cx).into_iter().map(|text| text.map(Arc::from)).collect()
}

/// Reads a list of references with their kinds, or one by itself.
pub(super) fn references(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Reference> {
    texts_or_one(fields, name, cx).into_iter().map(|text| text.map(Box::from)).collect()
}

fn texts_or_one<'n>(fields: &mut Fields<'n>, name: &'static str, cx: &mut Cx) -> Vec<Spanned<&'n str>> {
    if fields.node(name).is_some_and(|node| node.as_text().is_some()) {
        return fields.text(name, cx).into_iter().collect();
    }
    fields.texts(name, cx)
}
