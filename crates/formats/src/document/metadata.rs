//! `metadata`, which every document has.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_labels::LabelSet;
use evenkeel_model::document::Reference;
use evenkeel_model::{codes, quoted};

use super::names::entry_name;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Record, Sort};

/// What can own things.
pub(super) const OWNERS: [&str; 2] = ["team", "person"];

/// `metadata`.
pub(crate) static METADATA: Record = Record {
    what: "`metadata`",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a document")), "What it is called; unique within its kind.")
            .required(),
        Field::new("owner", Sort::Text(Form::Reference(&OWNERS)), "Who answers for it."),
        Field::new("labels", LABELS, "What it can be told apart by; of what raises alerts, their labels."),
        Field::new("annotations", TEXTS, "What else is to be known; of what raises alerts, their annotations."),
    ],
    rules: &[],
};

/// Labels and their values.
pub(super) const LABELS: Sort = Sort::Map(Form::LabelName, &Sort::Text(Form::LabelValue));
/// Texts by any key.
pub(super) const TEXTS: Sort = Sort::Map(Form::Any, &Sort::Text(Form::Any));

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
    let mut fields = fields.record("metadata")?;
    let name = entry_name(&mut fields, cx);
    let owner = fields.text("owner", cx).map(|owner| owner.map(Box::from));
    let labels = labels_of(&mut fields, "labels", cx);
    let annotations = labels_of(&mut fields, "annotations", cx);
    Some(Metadata { name: name?.map(|name| Box::from(name.as_ref())), owner, labels, annotations })
}

/// Reports an owner that is no reference, for kinds whose owners nobody looks up later.
pub(super) fn check_owner(head: &Metadata, cx: &mut Cx) {
    let is_owner =
        |text: &str| OWNERS.iter().any(|kind| text.split_once(':').is_some_and(|(k, n)| k == *kind && !n.is_empty()));
    if let Some(owner) = head.owner.as_ref().filter(|owner| !is_owner(&owner.value)) {
        let headline = format!("{} is no reference that can stand here", quoted(&owner.value));
        let diag = Diagnostic::error(codes::INVALID_REFERENCE, owner.span, headline);
        cx.push(diag.help("write one of `team:…`, `person:…`"));
    }
}

/// Reads a mapping of texts.
pub(super) fn labels_of(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> LabelSet {
    LabelSet::new(fields.pairs(name, cx).iter().map(|(key, value)| (key.value.as_str(), value.value)))
}
