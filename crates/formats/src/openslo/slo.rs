//! `kind: SLO`.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned, Written};
use evenkeel_model::document::{Documents, IndicatorDocument, ObjectiveDocument, PromiseDocument, SloReference, Text};
use evenkeel_model::{BudgetMethod, Comparison, ObjectiveForm, quoted};

use super::{Reading, indicator, invalid, reference, referred, start, window};
use crate::fields::{Cx, Fields, nearest};
use crate::yaml::{Node, Value};

/// How a budget is counted.
const METHODS: [&str; 3] = ["Occurrences", "RatioTimeslices", "Timeslices"];
/// How a value is compared.
const OPERATORS: [&str; 4] = ["gt", "gte", "lt", "lte"];

/// Reads an SLO.
pub(super) fn slo(
    name: Text,
    events_min: Option<f64>,
    spec: &mut Fields<'_>,
    reading: &Reading<'_>,
    out: &mut Documents,
    cx: &mut Cx,
) {
    let place = name.span;
    spec.node("description");
    let mut slo = Slo::default();
    let service = spec.text("service", cx);
    match service {
        Some(service) => {
            slo.references.push(SloReference { kind: "Service", name: service.map(Box::from) });
        }
        None => missing(place, "`service`", "say which service it is about", cx),
    }
    let shared = slo.measured(spec, reading, cx);
    let measured = shared.any;
    let method = spec.text("budgetingMethod", cx);
    if let Some(method) = method.filter(|_| !reading.alpha) {
        word(method, "budgetingMethod", &METHODS, cx);
    }
    let window = window::window(spec, reading, cx);
    let objectives = spec.list("objectives", cx);
    if objectives.is_empty() {
        missing(place, "`objectives`", "write what share of events has to be good", cx);
    }
    let each: Vec<bool> = objectives.iter().map(|node| slo.objective(node, reading, cx)).collect();
    if !measured && !each.iter().all(|measured| *measured) && !reading.alpha {
        missing(place, "an indicator", "write `indicator` or `indicatorRef`", cx);
    }
    let mut policies = Vec::new();
    for node in spec.list("alertPolicies", cx) {
        let policy = referred(node, "alertPolicyRef", "AlertPolicy", reading, out, cx);
        policies.extend(policy.as_ref().map(|policy| policy.name.value.clone()));
        slo.references.extend(policy);
    }
    reading.finish(spec, cx);
    out.objectives.push(ObjectiveDocument {
        name,
        service: service.map(|service| service.map(Box::from)),
        window: window.length,
        window_text: window.text,
        rolling: window.rolling,
        calendar: window.calendar,
        targets: slo.targets,
        promises: slo.promises,
        method: match method.map(|method| method.value) {
            Some("Timeslices") => BudgetMethod::Timeslices,
            Some("RatioTimeslices") => BudgetMethod::RatioTimeslices,
            Some(_) | None => BudgetMethod::Occurrences,
        },
        indicator: shared.indicator,
        indicator_ref: shared.by_name,
        events_min,
        policies,
        sloth: None,
        file: Arc::clone(&reading.path),
        form: ObjectiveForm::OpenSlo,
        references: slo.references,
        queries: slo.queries,
    });
}

fn missing(place: Span, what: &str, help: &str, cx: &mut Cx) {
    cx.push(invalid(place, format!("the SLO has no {}", what.trim_start_matches("an "))).help(help));
}

fn word(text: Spanned<&str>, field: &str, known: &[&'static str], cx: &mut Cx) {
    if known.contains(&text.value) {
        return;
    }
    let diag = invalid(text.span, format!("`{field}` is none of the words that it takes: {}", quoted(text.value)));
    cx.push(match nearest(text.value, known.iter().copied()) {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help(format!(
            "write one of {}",
            known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        )),
    });
}

fn comparison(op: &str) -> Option<Comparison> {
    Some(match op {
        "lt" => Comparison::Less,
        "lte" => Comparison::AtMost,
        "gt" => Comparison::Greater,
        "gte" => Comparison::AtLeast,
        _ => return None,
    })
}

/// What is measured: by name, or said here.
struct Measured {
    any: bool,
    by_name: Option<Box<str>>,
    indicator: Option<IndicatorDocument>,
}

/// What is collected while an SLO is read.
#[derive(Default)]
struct Slo {
    targets: Vec<Spanned<f64>>,
    promises: Vec<PromiseDocument>,
    references: Vec<SloReference>,
    queries: Vec<Written>,
}

impl Slo {
    /// Reads `indicator` or `indicatorRef`.
    fn measured(&mut self, fields: &mut Fields<'_>, reading: &Reading<'_>, cx: &mut Cx) -> Measured {
        let by_name = reference(fields, "indicatorRef", "SLI", cx);
        let inside = fields.node("indicator");
        let mut measured = Measured {
            any: by_name.is_some() || inside.is_some(),
            by_name: by_name.as_ref().map(|reference| reference.name.value.clone()),
            indicator: None,
        };
        self.references.extend(by_name);
        let Some(node) = inside else { return measured };
        if reading.alpha {
            indicator::queries(node, reading.text, true, 0, &mut self.queries);
        } else if let Some(mut spec) = Fields::of(node, "an indicator", cx).and_then(|mut indicator| {
            ["metadata", "kind", "apiVersion"].iter().for_each(|name| _ = indicator.node(name));
            let spec = indicator.mapping("spec", "`spec`", cx);
            indicator.finish_foreign(cx);
            spec
        }) {
            let (queries, indicator) = indicator::spec(&mut spec, reading, cx);
            self.queries.extend(queries);
            measured.indicator = indicator;
            spec.finish_foreign(cx);
        }
        measured
    }

    /// Reads one of `objectives`; whether it has an indicator of its own.
    fn objective(&mut self, node: &Node, reading: &Reading<'_>, cx: &mut Cx) -> bool {
        let Some(mut fields) = Fields::of(node, "an objective", cx) else { return true };
        ["compositeWeight", "description"].iter().for_each(|name| _ = fields.node(name));
        let name = fields.any_text("displayName", cx).map(|name| Box::from(name.value));
        let value = fields.node("value").and_then(Node::as_text).map(Box::from);
        let slice_target = fields.node("timeSliceTarget").and_then(Node::as_text).and_then(|text| text.parse().ok());
        let slice = fields.node("timeSliceWindow").and_then(Node::as_text).and_then(window::parsed);
        let op = fields.text("op", cx);
        if let Some(op) = op.filter(|_| !reading.alpha) {
            word(op, "op", &OPERATORS, cx);
        }
        let measured = self.measured(&mut fields, reading, cx);
        if let Some(ratio) = fields.node("ratioMetrics").filter(|_| reading.alpha) {
            indicator::queries(ratio, reading.text, true, 0, &mut self.queries);
        }
        let before = self.targets.len();
        self.target(&mut fields, cx);
        reading.finish(&fields, cx);
        let any = measured.any;
        if let Some(target) = self.targets.get(before) {
            let threshold = op.and_then(|op| comparison(op.value)).zip(value);
            self.promises.push(PromiseDocument {
                name,
                target: target.value,
                threshold,
                slice_target,
                slice,
                indicator: measured.indicator,
                indicator_ref: measured.by_name,
            });
        }
        any
    }

    fn target(&mut self, fields: &mut Fields<'_>, cx: &mut Cx) {
        let place = start(fields.span);
        match (fields.node("target"), fields.node("targetPercent")) {
            (None, None) => {
                let diag = invalid(place, "an objective has no target");
                cx.push(diag.help("write `target: 0.999`, or `targetPercent: 99.9`"));
            }
            (Some(_), Some(percent)) => {
                let diag = invalid(percent.span, "an objective has both `target` and `targetPercent`");
                cx.push(diag.help("remove one of the two"));
            }
            (Some(node), None) => self.ratio(node, "target", 1.0, cx),
            (None, Some(node)) => self.ratio(node, "targetPercent", 100.0, cx),
        }
    }

    fn ratio(&mut self, node: &Node, field: &str, whole: f64, cx: &mut Cx) {
        let number = node.as_text().and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite());
        match number.filter(|_| !matches!(node.value, Value::Bool(_))) {
            Some(number) if (0.0..=whole).contains(&number) => {
                // Rounded, so that 99.9 per cent is 0.999 and not a little more.
                let target = if whole > 1.0 { (number * 1e9).round() / (whole * 1e9) } else { number };
                self.targets.push(Spanned::new(target, node.span));
            }
            Some(number) if field == "target" && number <= 100.0 && number > 1.0 => {
                let diag = invalid(node.span, "`target` is a ratio, and this is more than all");
                cx.push(diag.help("write `targetPercent` for a percentage, or a `target` from 0 to 1"));
            }
            Some(_) | None => {
                let headline = format!("`{field}` is no number from 0 to {whole}");
                cx.push(invalid(node.span, headline).help("write `target: 0.999`, or `targetPercent: 99.9`"));
            }
        }
    }
}
