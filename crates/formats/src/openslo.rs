//! Service level objectives of OpenSLO.
//!
//! Source: the specification, version 1; of `v1alpha` what means the same is read and nothing is said about the rest.
//! Nothing here is executed by OpenSLO's files alone, so what is wrong in them is a finding.

mod indicator;
mod part;
mod slo;
mod window;

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::{Documents, SloReference, Text};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, Fields, nearest};
use crate::yaml::Node;

/// The kinds of version 1.
const KINDS: [&str; 7] =
    ["AlertCondition", "AlertNotificationTarget", "AlertPolicy", "DataSource", "SLI", "SLO", "Service"];

/// Whether a document is one of OpenSLO's.
pub(crate) fn is_ours(node: &Node) -> bool {
    node.get("apiVersion").and_then(Node::as_text).is_some_and(|version| version.starts_with("openslo/"))
}

/// Reads one document. `text` is the whole file's.
pub(crate) fn document(node: &Node, path: &str, text: &str, out: &mut Documents, cx: &mut Cx) {
    let before = cx.diags.len();
    let alpha = node.get("apiVersion").and_then(Node::as_text).is_some_and(|version| version.contains("alpha"));
    one(node, &Reading { path: Arc::from(path), text, alpha }, out, cx);
    out.incomplete |= cx.diags.iter().skip(before).any(Diagnostic::blocks);
}

/// How a document is read.
struct Reading<'t> {
    path: Arc<str>,
    text: &'t str,
    /// Version `v1alpha`.
    alpha: bool,
}

impl Reading<'_> {
    fn finish(&self, fields: &Fields<'_>, cx: &mut Cx) {
        if !self.alpha {
            fields.finish_foreign(cx);
        }
    }
}

/// Reads a document, by itself or inside another one.
fn one(node: &Node, reading: &Reading<'_>, out: &mut Documents, cx: &mut Cx) -> Option<(&'static str, Text)> {
    let mut fields = Fields::of(node, "a document of OpenSLO", cx)?;
    fields.node("apiVersion");
    let kind = fields.text("kind", cx);
    let Some(kind) = kind else {
        cx.push(invalid(start(fields.span), "a document of OpenSLO has no `kind`").help(kinds()));
        return None;
    };
    let (name, events_min) = metadata(&mut fields, kind.value, cx);
    let spec = fields.mapping("spec", "`spec`", cx);
    reading.finish(&fields, cx);
    let Some(known) = KINDS.into_iter().find(|known| *known == kind.value) else {
        cx.blank(node);
        let diag = invalid(kind.span, format!("OpenSLO has no kind called {}", quoted(kind.value)));
        cx.push(match nearest(kind.value, KINDS) {
            Some(near) => diag.help(format!("did you mean `{near}`?")),
            None => diag.help(kinds()),
        });
        return None;
    };
    let name = name?;
    match (known, spec) {
        ("SLO", Some(mut spec)) => slo::slo(name.clone(), events_min, &mut spec, reading, out, cx),
        (_, Some(mut spec)) => part::part(known, name.clone(), &mut spec, reading, out, cx),
        // A service may say nothing but its name.
        (_, None) => part::bare(known, name.clone(), out),
    }
    Some((known, name))
}

fn kinds() -> String {
    format!("the kinds are {}", KINDS.map(|kind| format!("`{kind}`")).join(", "))
}

/// How many events an objective needs before anything is said; OpenSLO has no word for it.
const EVENTS_MIN: &str = "evenkeel/minimum-events";

/// The name, and the least number of events.
fn metadata(fields: &mut Fields<'_>, kind: &str, cx: &mut Cx) -> (Option<Text>, Option<f64>) {
    let place = start(fields.span);
    let mut metadata = fields.mapping("metadata", "`metadata`", cx);
    let name = metadata.as_mut().and_then(|metadata| metadata.text("name", cx));
    if name.is_none() {
        let diag = invalid(place, format!("the {kind} has no `metadata.name`"));
        cx.push(diag.help("give it a name, by which others can refer to it"));
    }
    let annotations = metadata.as_mut().and_then(|metadata| metadata.node("annotations"));
    let events_min = annotations.and_then(|annotations| annotations.get(EVENTS_MIN)).and_then(|node| {
        let number = node.as_text().and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite());
        if number.is_none_or(|number| number < 0.0) {
            let diag = invalid(node.span, format!("`{EVENTS_MIN}` is no number of events"));
            cx.push(diag.help("write how many events there have to be before anything is said, such as `\"100\"`"));
        }
        number.filter(|number| *number >= 0.0)
    });
    (name.map(|name| name.map(Box::from)), events_min)
}

/// What is wrong in a document of OpenSLO's.
fn invalid(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::finding(codes::INVALID_SLO, span, headline)
}

fn start(span: Span) -> Span {
    Span { end: span.start, ..span }
}

/// Reads the name of another document.
fn reference(fields: &mut Fields<'_>, field: &'static str, kind: &'static str, cx: &mut Cx) -> Option<SloReference> {
    fields.text(field, cx).map(|name| SloReference { kind, name: name.map(Box::from) })
}

/// Reads one of a list that refers to other documents, by `field` or by their name, or has them inside.
fn referred(
    node: &Node,
    field: &'static str,
    kind: &'static str,
    reading: &Reading<'_>,
    out: &mut Documents,
    cx: &mut Cx,
) -> Option<SloReference> {
    if let Some(name) = node.as_text() {
        return Some(SloReference { kind, name: Spanned::new(name.into(), node.span) });
    }
    if node.get(field).is_some() {
        return reference(&mut Fields::of(node, "a reference", cx)?, field, kind, cx);
    }
    if node.get("kind").is_some() {
        return one(node, reading, out, cx).map(|(kind, name)| SloReference { kind, name });
    }
    let diag = invalid(start(node.span), format!("neither `{field}` nor a whole {kind} is given"));
    cx.push(diag.help(format!("write `{field}:` and the name of a document of kind `{kind}`")));
    None
}
