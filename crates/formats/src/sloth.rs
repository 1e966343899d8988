//! Service level objectives of Sloth: `version: prometheus/v1`, and the Kubernetes resource `PrometheusServiceLevel`.
//!
//! Source: Sloth, `pkg/prometheus/api/v1`, `pkg/kubernetes/api/sloth/v1`. Queries have `{{.window}}` where a range belongs.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned, Written};
use evenkeel_model::document::{
    AlertTexts, Documents, IndicatorDocument, ObjectiveDocument, PromiseDocument, SlothDocument, Text,
};
use evenkeel_model::{BudgetMethod, ObjectiveForm, codes};
use evenkeel_time::Duration;

use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value, written};

/// How a file says that it is Sloth's.
const VERSION: &str = "prometheus/v1";
/// How a resource says it.
const RESOURCE: &str = "sloth.slok.dev/v1";
/// Over what time Sloth's objectives hold where its command line does not say otherwise.
const WINDOW: Duration = Duration::hours(30 * 24);

/// Whether a document is one of Sloth's.
pub(crate) fn is_ours(node: &Node) -> bool {
    let says = |key: &str, value: &str| node.get(key).and_then(Node::as_text) == Some(value);
    (says("version", VERSION) && node.get("slos").is_some()) || says("apiVersion", RESOURCE)
}

/// Reads one document. `text` is the whole file's.
pub(crate) fn document(node: &Node, path: &str, text: &str, out: &mut Documents, cx: &mut Cx) {
    let Some(mut fields) = Fields::of(node, "a file of Sloth", cx) else { return };
    let file = File { path: Arc::from(path), text };
    if fields.node("apiVersion").is_some() {
        fields.node("kind");
        fields.ignored(&["metadata", "status"], cx);
        let spec = fields.mapping("spec", "`spec`", cx);
        fields.finish_foreign(cx);
        if let Some(mut spec) = spec {
            self::spec(&mut spec, &file, &Names { page: "pageAlert", ticket: "ticketAlert" }, out, cx);
        }
    } else {
        fields.node("version");
        spec(&mut fields, &file, &Names { page: "page_alert", ticket: "ticket_alert" }, out, cx);
    }
}

struct File<'t> {
    path: Arc<str>,
    text: &'t str,
}

/// What fields are called in the file and in the resource.
struct Names {
    page: &'static str,
    ticket: &'static str,
}

fn spec(fields: &mut Fields<'_>, file: &File<'_>, names: &Names, out: &mut Documents, cx: &mut Cx) {
    let service = fields.text("service", cx).map(|service| service.map(Box::from));
    if service.is_none() {
        let diag = invalid(start(fields.span), "a file of Sloth has no `service`");
        cx.push(diag.help("say which service its objectives are about"));
    }
    let labels = texts(fields, "labels", cx);
    let nodes = fields.list("slos", cx);
    fields.ignored(&["sloPlugins", "slo_plugins"], cx);
    fields.finish_foreign(cx);
    let read: Vec<_> = nodes.iter().filter_map(|node| slo(node, service.as_ref(), &labels, file, names, cx)).collect();
    out.objectives.extend(read);
}

fn slo(
    node: &Node,
    service: Option<&Text>,
    labels: &[(Text, Text)],
    file: &File<'_>,
    names: &Names,
    cx: &mut Cx,
) -> Option<ObjectiveDocument> {
    let mut fields = Fields::of(node, "an SLO", cx)?;
    let name = fields.text("name", cx);
    fields.node("description");
    let target = objective(&mut fields, cx);
    let own = texts(&mut fields, "labels", cx);
    let indicator = fields.mapping("sli", "`sli`", cx).and_then(|mut sli| indicator(&mut sli, file.text, cx));
    let mut sloth = SlothDocument { labels: [labels, &own].concat(), ..SlothDocument::default() };
    match fields.mapping("alerting", "`alerting`", cx) {
        Some(mut alerting) => alerts(&mut alerting, names, &mut sloth, cx),
        None => (sloth.page, sloth.ticket) = (Some(AlertTexts::default()), Some(AlertTexts::default())),
    }
    fields.ignored(&["plugins"], cx);
    fields.finish_foreign(cx);
    let Some(name) = name else {
        cx.push(invalid(start(node.span), "an SLO of Sloth has no `name`").help("give it one"));
        return None;
    };
    let prefix = service.map_or("", |service| &service.value);
    let full = if prefix.is_empty() { name.value.to_owned() } else { format!("{prefix}-{}", name.value) };
    let promise = target.map(|target| PromiseDocument {
        name: None,
        target: target.value,
        threshold: None,
        slice_target: None,
        slice: None,
        indicator: None,
        indicator_ref: None,
    });
    let queries = indicator.as_ref().map(queries).unwrap_or_default();
    Some(ObjectiveDocument {
        file: Arc::clone(&file.path),
        form: ObjectiveForm::Sloth,
        name: Spanned::new(full.into(), name.span),
        service: service.cloned(),
        window: Some(WINDOW),
        window_text: None,
        rolling: true,
        calendar: None,
        targets: target.into_iter().collect(),
        promises: promise.into_iter().collect(),
        method: BudgetMethod::Occurrences,
        indicator,
        indicator_ref: None,
        events_min: None,
        policies: Vec::new(),
        sloth: Some(sloth),
        references: Vec::new(),
        queries,
    })
}

/// The target: a percentage.
fn objective(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<Spanned<f64>> {
    let place = start(fields.span);
    let Some(node) = fields.node("objective") else {
        cx.push(invalid(place, "an SLO of Sloth has no `objective`").help("write a percentage: `objective: 99.9`"));
        return None;
    };
    let number =
        node.as_text().and_then(|text| text.parse::<f64>().ok()).filter(|_| !matches!(node.value, Value::Bool(_)));
    let Some(percent) = number.filter(|percent| *percent > 0.0 && *percent <= 100.0) else {
        cx.push(invalid(node.span, "`objective` is no percentage").help("write a number up to 100: `objective: 99.9`"));
        return None;
    };
    // Rounded, so that 99.9 is 0.999 and not a little more.
    Some(Spanned::new((percent * 1e9).round() / 1e11, node.span))
}

fn indicator(sli: &mut Fields<'_>, text: &str, cx: &mut Cx) -> Option<IndicatorDocument> {
    let place = start(sli.span);
    let raw = sli.mapping("raw", "`raw`", cx).and_then(|mut raw| {
        let query = ["error_ratio_query", "errorRatioQuery"].into_iter().find_map(|name| asked(&mut raw, name, text));
        raw.finish_foreign(cx);
        query.map(|query| IndicatorDocument::Ratio { query, good: false })
    });
    let events = sli.mapping("events", "`events`", cx).and_then(|mut events| {
        let part = ["error_query", "errorQuery"].into_iter().find_map(|name| asked(&mut events, name, text));
        let total = ["total_query", "totalQuery"].into_iter().find_map(|name| asked(&mut events, name, text));
        events.finish_foreign(cx);
        Some(IndicatorDocument::Events { part: part?, good: false, total: total? })
    });
    let plugin = sli.node("plugin").is_some();
    sli.finish_foreign(cx);
    if raw.is_none() && events.is_none() && !plugin {
        let diag = invalid(place, "an SLO of Sloth measures nothing");
        cx.push(diag.help("write `events` with `error_query` and `total_query`, or `raw` with `error_ratio_query`"));
    }
    raw.or(events)
}

/// A query, in which `{{.window}}` stands where a range belongs.
fn asked(fields: &mut Fields<'_>, name: &'static str, text: &str) -> Option<Written> {
    fields.node(name).and_then(|node| written(node, text)).filter(|written| !written.text.trim().is_empty())
}

fn queries(indicator: &IndicatorDocument) -> Vec<Written> {
    match indicator {
        IndicatorDocument::Events { part, total, .. } => vec![part.clone(), total.clone()],
        IndicatorDocument::Ratio { query, .. } | IndicatorDocument::Threshold { query } => vec![query.clone()],
    }
}

fn alerts(alerting: &mut Fields<'_>, names: &Names, sloth: &mut SlothDocument, cx: &mut Cx) {
    sloth.alert = alerting.text("name", cx).map(|name| Box::from(name.value));
    sloth.common = common(alerting, cx);
    sloth.page = alert(alerting, names.page, cx);
    sloth.ticket = alert(alerting, names.ticket, cx);
    alerting.finish_foreign(cx);
}

/// One of the two alerts; `None`: it is disabled.
fn alert(alerting: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<AlertTexts> {
    let Some(mut fields) = alerting.mapping(name, "an alert", cx) else { return Some(AlertTexts::default()) };
    let disabled = fields.boolean("disable", cx).unwrap_or(false);
    let texts = common(&mut fields, cx);
    fields.finish_foreign(cx);
    (!disabled).then_some(texts)
}

fn common(fields: &mut Fields<'_>, cx: &mut Cx) -> AlertTexts {
    AlertTexts { labels: texts(fields, "labels", cx), annotations: texts(fields, "annotations", cx) }
}

fn texts(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<(Text, Text)> {
    let owned = |text: &str, span: Span| Spanned::new(Box::from(text), span);
    let pairs = fields.pairs(name, cx);
    pairs.into_iter().map(|(key, value)| (owned(&key.value, key.span), owned(value.value, value.span))).collect()
}

fn invalid(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::finding(codes::INVALID_SLO, span, headline)
}

fn start(span: Span) -> Span {
    Span { end: span.start, ..span }
}
