//! `metadata`, which every document has.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_labels::LabelSet;
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, Fields};

/// Longer names are refused, as DNS refuses longer labels.
const NAME_BYTES_MAX: usize = 63;

/// What every document says about itself.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) name: Spanned<Box<str>>,
    pub(super) owner: Option<Spanned<Box<str>>>,
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
    let name = fields.text("name", cx);
    fields.require("name", cx);
    if let Some(name) = name.filter(|name| !is_name(name.value)) {
        refuse_name(name.value, name.span, cx);
    }
    let owner = fields.text("owner", cx).map(|owner| owner.map(Box::from));
    let labels = labels(&mut fields, "labels", cx);
    let annotations = labels_of(&mut fields, "annotations", cx);
    fields.finish(cx);
    Some(Metadata { name: name?.map(Box::from), owner, labels, annotations })
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

/// A name as a DNS label has it.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= NAME_BYTES_MAX
        && text.starts_with(plain)
        && text.ends_with(plain)
        && text.chars().all(|c| plain(c) || c == '-')
}

fn refuse_name(name: &str, span: Span, cx: &mut Cx) {
    let headline = format!("{} is no name for a document", quoted(name));
    let help = "names are made of lower-case letters, digits and `-`, up to 63, such as `orders-health`";
    cx.push(Diagnostic::error(codes::INVALID_NAME, span, headline).help(help));
}
