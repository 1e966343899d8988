//! `metadata`, which every document has.

use evenkeel_diagnostic::Spanned;
use evenkeel_labels::LabelSet;
use evenkeel_model::document::Reference;

use super::names::entry_name;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Record, Sort};

/// `metadata`.
pub(crate) static METADATA: Record = Record {
    what: "`metadata`",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a document")), "What it is called; unique within its kind.")
            .required(),
        Field::new("owner", Sort::Text(Form::Reference(&["team", "person"])), "Who answers for it."),
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

/// Reads a mapping of texts.
pub(super) fn labels_of(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> LabelSet {
    LabelSet::new(fields.pairs(name, cx).iter().map(|(key, value)| (key.value.as_str(), value.value)))
}
