//! `kind: Knowledge`: a Markdown page that somebody keeps true. What is said of it stands in its front matter.

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_model::RegisterKind;
use evenkeel_model::document::{Declared, FieldDocument, RegisterDocument, Text};

use super::{DAY, named, register};
use crate::document::metadata::OWNERS;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Record, Sort, check};
use crate::yaml::Node;

/// What stands between the lines of `---`.
pub(super) static FRONT_MATTER: Record = Record {
    what: "the front matter of a knowledge page",
    fields: &[
        Field::new("kind", Sort::Text(Form::Any), "`Knowledge`.").required(),
        Field::new("name", Sort::Text(Form::Name("a knowledge page")), "What it is called.").required(),
        Field::new("owner", Sort::Text(Form::Reference(&OWNERS)), "Who keeps it true."),
        Field::new("review", DAY, "The last day before it is read again.").required(),
        Field::new("workload", named("workload"), "What it is about."),
        Field::new("archived", Sort::Bool, "Whether it is kept for the record only.").default("false"),
    ],
    rules: &[],
};

/// Says of a page where it is, beside what its front matter says.
const PATH: &str = "path";
/// Its first heading.
const TITLE: &str = "title";
/// What is the document's and not the entry's.
const OF_THE_DOCUMENT: [&str; 3] = ["kind", "name", "owner"];

/// Reads the front matter; `None` when it has no name.
pub(crate) fn knowledge(node: &Node, cx: &mut Cx) -> Option<Declared<RegisterDocument>> {
    check(node, &FRONT_MATTER, cx);
    let mut fields = Fields::declared(node, &FRONT_MATTER)?;
    let name = fields.text("name", cx).map(|name| name.map(Box::from));
    let owner = fields.text("owner", cx).map(|owner| owner.map(Box::from));
    let mut spec = register(RegisterKind::Knowledge, &mut fields, &FRONT_MATTER, cx);
    spec.fields.retain(|field, _| !OF_THE_DOCUMENT.contains(field));
    Some(Declared { name: name?, owner, spec })
}

/// Adds what the page itself says.
pub(crate) fn with_page(
    mut page: Declared<RegisterDocument>,
    path: &str,
    title: Option<Text>,
) -> Declared<RegisterDocument> {
    let start = Span { start: 0, end: 0, ..page.name.span };
    page.spec.fields.insert(PATH, FieldDocument::Text(Spanned::new(path.into(), start)));
    page.spec.fields.extend(title.map(|title| (TITLE, FieldDocument::Text(title))));
    page
}
