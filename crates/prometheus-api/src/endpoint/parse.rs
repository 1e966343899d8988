//! `parse_query`: the tree of an expression, as Prometheus's pages draw it.
//!
//! Source: Prometheus `web/api/v1`, `translateAST`.

use evenkeel_labels::METRIC_NAME;
use evenkeel_promql::{
    Aggregate, At, Binary, BinaryOp, Call, Expr, ExprKind, Extension, LabelMatcher, Located, Number, Selector, Side,
    Timing, ValueType, Window,
};

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::form::Params;
use crate::json::Json;
use crate::parameter::expression;

/// Answers `parse_query`.
pub(crate) fn parse(params: &Params) -> Result<Success, ApiFault> {
    let expr = expression(params.text("query"))?;
    let mut json = data();
    node(&mut json, &expr);
    Ok(Success::plain(json))
}

fn node(json: &mut Json, expr: &Expr) {
    match &expr.kind {
        ExprKind::Number(number) => {
            json.object(&[("type", &|json| json.text("numberLiteral")), ("val", &|json| json.value(number.value))]);
        }
        ExprKind::Text(text) => {
            json.object(&[("type", &|json| json.text("stringLiteral")), ("val", &|json| json.text(text))]);
        }
        ExprKind::Selector(selector) => {
            json.raw("{\"type\":\"vectorSelector\",");
            selected(json, selector);
            json.raw("}");
        }
        ExprKind::Range { selector, window } => {
            json.raw("{\"type\":\"matrixSelector\",\"range\":");
            json.whole(millis(Some(window)));
            json.raw(",");
            selected(json, selector);
            json.raw("}");
        }
        ExprKind::Subquery { expr, window, step, timing } => json.object(&[
            ("type", &|json| json.text("subquery")),
            ("expr", &|json| node(json, expr)),
            ("range", &|json| json.whole(millis(Some(window)))),
            ("offset", &|json| json.whole(millis(timing.offset.as_ref()))),
            ("step", &|json| json.whole(millis(step.as_ref()))),
            ("timestamp", &|json| timestamp(json, timing)),
            ("startOrEnd", &|json| start_or_end(json, timing)),
        ]),
        ExprKind::Paren(inner) => {
            json.object(&[("type", &|json| json.text("parenExpr")), ("expr", &|json| node(json, inner))]);
        }
        ExprKind::Unary { negative, expr } => json.object(&[
            ("type", &|json| json.text("unaryExpr")),
            ("op", &|json| json.text(if *negative { "-" } else { "+" })),
            ("expr", &|json| node(json, expr)),
        ]),
        ExprKind::Binary(binary) => binary_node(json, binary),
        ExprKind::Aggregate(aggregate) => aggregate_node(json, aggregate),
        ExprKind::Call(call) => call_node(json, call),
    }
}

fn selected(json: &mut Json, selector: &Selector) {
    let (timing, name) = (&selector.timing, selector.name.as_ref().map(|name| &*name.value));
    json.field("name", |json| json.text(name.unwrap_or_default()));
    json.raw(",\"offset\":");
    json.whole(millis(timing.offset.as_ref()));
    json.raw(",\"matchers\":");
    let written = selector.matchers.iter().map(|LabelMatcher { name, op, value }| (&*name.value, *op, &*value.value));
    let named = name.map(|name| (METRIC_NAME, evenkeel_labels::MatchOp::Equal, name));
    json.list(written.chain(named), |json, (name, op, value)| {
        json.object(&[
            ("name", &|json| json.text(name)),
            ("value", &|json| json.text(value)),
            ("type", &|json| json.text(op.as_str())),
        ]);
    });
    json.raw(",\"timestamp\":");
    timestamp(json, timing);
    json.raw(",\"startOrEnd\":");
    start_or_end(json, timing);
    json.raw(",\"anchored\":");
    json.bool(timing.extension == Some(Extension::Anchored));
    json.raw(",\"smoothed\":");
    json.bool(timing.extension == Some(Extension::Smoothed));
}

fn binary_node(json: &mut Json, binary: &Binary) {
    json.object(&[
        ("type", &|json| json.text("binaryExpr")),
        ("op", &|json| json.text(binary.op.value.as_str())),
        ("lhs", &|json| node(json, &binary.left)),
        ("rhs", &|json| node(json, &binary.right)),
        ("matching", &|json| matching(json, binary)),
        ("bool", &|json| json.bool(binary.returns_bool)),
    ]);
}

/// How series of both sides find each other; nothing if a side is a number.
fn matching(json: &mut Json, binary: &Binary) {
    if is_scalar(&binary.left) || is_scalar(&binary.right) {
        return json.raw("null");
    }
    let matching = &binary.matching;
    let card = match (binary.op.value, matching.many) {
        (BinaryOp::And | BinaryOp::Or | BinaryOp::Unless, _) => "many-to-many",
        (_, Some(Side::Left)) => "many-to-one",
        (_, Some(Side::Right)) => "one-to-many",
        (_, None) => "one-to-one",
    };
    let fill = |json: &mut Json, value: &Option<Located<Number>>| match value {
        Some(number) => json.float(number.value.value),
        None => json.raw("null"),
    };
    json.object(&[
        ("card", &|json| json.text(card)),
        ("labels", &|json| names(json, matching.labels.as_deref().unwrap_or_default())),
        ("on", &|json| json.bool(matching.on)),
        ("include", &|json| names(json, &matching.include)),
        ("fillValues", &|json| {
            json.object(&[
                ("lhs", &|json| fill(json, &matching.fill_left)),
                ("rhs", &|json| fill(json, &matching.fill_right)),
            ]);
        }),
    ]);
}

fn aggregate_node(json: &mut Json, aggregate: &Aggregate) {
    let grouping = aggregate.grouping.as_ref();
    json.object(&[
        ("type", &|json| json.text("aggregation")),
        ("op", &|json| json.text(aggregate.op.value.as_str())),
        ("expr", &|json| node(json, &aggregate.expr)),
        ("param", &|json| match &aggregate.parameter {
            Some(parameter) => node(json, parameter),
            None => json.raw("null"),
        }),
        ("grouping", &|json| names(json, grouping.map_or(&[], |grouping| &grouping.labels))),
        ("without", &|json| json.bool(grouping.is_some_and(|grouping| grouping.without))),
    ]);
}

fn call_node(json: &mut Json, call: &Call) {
    let types = call.function.map_or(&[][..], |function| function.args);
    // As Go counts it: so many arguments may be left out or added, or -1 for any number.
    let more = call.function.map_or(0, |function| match function.args_max {
        None => -1,
        Some(most) => i64::try_from(most - function.args_min.min(most)).unwrap_or(0),
    });
    json.object(&[
        ("type", &|json| json.text("call")),
        ("func", &|json| {
            json.object(&[
                ("name", &|json| json.text(&call.name.value)),
                ("argTypes", &|json| json.list(types, |json, kind| json.text(type_name(*kind)))),
                ("variadic", &|json| json.whole(more)),
                ("returnType", &|json| {
                    json.text(call.function.map_or("", |function| type_name(function.returns)));
                }),
            ]);
        }),
        ("args", &|json| json.list(&call.args, node)),
    ]);
}

fn names(json: &mut Json, names: &[Located<String>]) {
    json.list(names, |json, name| json.text(&name.value));
}

/// A length of time that is written as a number; zero for arithmetic, which only an evaluation knows.
#[expect(clippy::cast_possible_truncation, reason = "lengths of time are at most 292 years")]
fn millis(window: Option<&Window>) -> i64 {
    window.and_then(|window| window.value.seconds()).map_or(0, |seconds| (seconds * 1_000.0).round() as i64)
}

#[expect(clippy::cast_possible_truncation, reason = "what is too far away is cut off")]
fn timestamp(json: &mut Json, timing: &Timing) {
    match timing.at {
        Some(At::Seconds(number)) => json.whole((number.value * 1_000.0).round() as i64),
        Some(At::Start | At::End) | None => json.raw("null"),
    }
}

fn start_or_end(json: &mut Json, timing: &Timing) {
    match timing.at {
        Some(At::Start) => json.text("start"),
        Some(At::End) => json.text("end"),
        Some(At::Seconds(_)) | None => json.raw("null"),
    }
}

const fn type_name(kind: ValueType) -> &'static str {
    match kind {
        ValueType::Scalar => "scalar",
        ValueType::Vector => "vector",
        ValueType::Range => "matrix",
        ValueType::Text => "string",
    }
}

fn is_scalar(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) => true,
        ExprKind::Paren(inner) | ExprKind::Unary { expr: inner, .. } => is_scalar(inner),
        ExprKind::Binary(binary) => is_scalar(&binary.left) && is_scalar(&binary.right),
        ExprKind::Call(call) => call.function.is_some_and(|function| function.returns == ValueType::Scalar),
        ExprKind::Text(_)
        | ExprKind::Selector(_)
        | ExprKind::Range { .. }
        | ExprKind::Subquery { .. }
        | ExprKind::Aggregate(_) => false,
    }
}
