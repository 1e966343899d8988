//! The front matter of lenses and practices, field by field.

use evenkeel_diagnostic::{SourceId, Span, Spanned};
use evenkeel_model::document::{LensDocument, PracticeDocument, QuestionDocument, Text};

use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// No practice needs more occasions.
const SAMPLE_MAX: u64 = 1_000_000;

/// Reads the front matter of a lens.
pub(super) fn lens(node: &Node, source: SourceId, cx: &mut Cx) -> LensDocument {
    let span = Span { source, start: 0, end: 0 };
    let mut lens = LensDocument { path: "".into(), span, name: None, title: None, questions: Vec::new() };
    let Some(mut fields) = Fields::of(node, "the front matter of a lens", cx) else { return lens };
    fields.node("kind");
    lens.name = required(&mut fields, "name", cx);
    lens.title = required(&mut fields, "title", cx);
    if fields.node("questions").is_none() {
        fields.missing("questions", cx);
    }
    lens.questions = fields.list("questions", cx).iter().filter_map(|node| question(node, cx)).collect();
    fields.finish(cx);
    lens
}

fn question(node: &Node, cx: &mut Cx) -> Option<QuestionDocument> {
    let mut fields = Fields::of(node, "a question", cx)?;
    let id = required(&mut fields, "id", cx);
    let title = required(&mut fields, "title", cx);
    let area = required(&mut fields, "area", cx);
    fields.finish(cx);
    Some(QuestionDocument { id: id?, title, area })
}

/// Reads the front matter of a practice.
pub(super) fn practice(node: &Node, source: SourceId, cx: &mut Cx) -> PracticeDocument {
    let mut practice = empty(source);
    let Some(mut fields) = Fields::of(node, "the front matter of a practice", cx) else { return practice };
    let (fields, practice_fields) = (&mut fields, &mut practice);
    fields.node("kind");
    practice_fields.key = required(fields, "key", cx);
    practice_fields.aliases = fields.texts("aliases", cx).into_iter().map(owned).collect();
    practice_fields.title = required(fields, "title", cx);
    practice_fields.question = required(fields, "question", cx);
    practice_fields.subject = required(fields, "subject", cx);
    practice_fields.further = fields.boolean("further", cx).unwrap_or(false);
    practice_fields.risk = required(fields, "risk", cx);
    practice_fields.window = period(fields, "window", cx);
    practice_fields.freshness = period(fields, "freshness", cx);
    let span = fields.node("sample").map(|node| node.span);
    practice_fields.sample =
        fields.whole("sample", SAMPLE_MAX, cx).zip(span).map(|(sample, span)| Spanned::new(sample, span));
    practice_fields.tolerance = text(fields, "tolerance", cx);
    practice_fields.attestation = text(fields, "attestation", cx);
    practice_fields.mechanism = text(fields, "mechanism", cx);
    practice_fields.next = fields.pairs("next", cx).into_iter().map(pair).collect();
    fields.finish(cx);
    practice
}

fn empty(source: SourceId) -> PracticeDocument {
    PracticeDocument {
        path: "".into(),
        span: Span { source, start: 0, end: 0 },
        faulty: false,
        key: None,
        aliases: Vec::new(),
        title: None,
        question: None,
        subject: None,
        further: false,
        risk: None,
        window: None,
        sample: None,
        freshness: None,
        tolerance: None,
        attestation: None,
        mechanism: None,
        next: Vec::new(),
        blocks: Vec::new(),
        prose: "".into(),
    }
}

fn required(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Text> {
    let text = text(fields, name, cx);
    fields.require(name, cx);
    text
}

fn text(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Text> {
    fields.text(name, cx).map(owned)
}

fn owned(text: Spanned<&str>) -> Text {
    text.map(Box::from)
}

fn pair((key, value): (&Spanned<String>, Spanned<&str>)) -> (Text, Text) {
    (Spanned::new(key.value.as_str().into(), key.span), owned(value))
}

/// A duration above zero, with its place.
fn period(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Spanned<evenkeel_time::Duration>> {
    let span = fields.node(name)?.span;
    fields.period(name, cx).map(|duration| Spanned::new(duration, span))
}
