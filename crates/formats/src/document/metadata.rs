//! `metadata`, which every document has.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_labels::LabelSet;
use evenkeel_model::document::Reference;
use evenkeel_model::{codes, quoted};

use super::names::own_name;
use crate::fields::{Cx, Fields};

/// What every document says about itself.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) name: Spanned<Box<str>>,
    pub(super) owner: Option<Reference>,
    pub(super) labels: LabelSet,
    pub(super) annotations: LabelSet,
}

/// Reads it; `None` when there is no usable name.
pub(super) fn metadata(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<Metadata> {
    let Some(mut fields) = fields.mapping("metadata", "`metadata`", cx) else {
        if fields.node("metadata").is_none() {
            fields.missing("metadata", cx);
        }
        return None;
    };
    let name = own_name(&mut fields, "a document", cx);
    let owner = fields.text("owner", cx).map(|owner| owner.map(Box::from));
    let labels = labels(&mut fields, "labels", cx);
    let annotations = labels_of(&mut fields, "annotations", cx);
    fields.finish(cx);
    Some(Metadata { name: name?.map(|name| Box::from(name.as_ref())), owner, labels, annotations })
}

/// Reads a mapping whose keys become label names.
fn labels(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> LabelSet {
    for (key, _) in fields.pairs(name, &mut Cx::default()) {
        let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
        let good = key.value.starts_with(letter) && key.value.chars().all(|c| letter(c) || c.is_ascii_digit());
        if !good {
            let headline = format!("{} is no label name", quoted(&key.value));
            let diag = Diagnostic::error(codes::INVALID_NAME, key.span, headline);
            cx.push(diag.help("label names are made of letters, digits and `_`, and do not start with a digit"));
        }
    }
    labels_of(fields, name, cx)
}

/// Reads a mapping of texts.
pub(super) fn labels_of(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> LabelSet {
    LabelSet::new(fields.pairs(name, cx).iter().map(|(key, value)| (key.value.as_str(), value.value)))
}
