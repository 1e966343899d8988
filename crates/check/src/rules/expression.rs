//! `promql-syntax`, `promql-type`, `unknown-function`: what Prometheus would refuse to load.

use evenkeel_diagnostic::{Diagnostic, Severity};
use evenkeel_model::codes;
use evenkeel_promql::{Expr, Fault, FaultKind, ValueType, check_types, value_type};

use super::reading::{Query, Rules};
use super::subject::Subject;

/// Faults of type that are said of one expression.
const FAULTS_MAX: usize = 10;

/// How places begin that a template or a dashboard fills in.
const PLACEHOLDERS: [&str; 7] = ["{{", "${", "$", "[[", "<%", "%(", "{%"];

/// Words of VictoriaMetrics's language, which its own rule files may be written in without saying so.
const METRICSQL: [&str; 6] = ["default", "if", "ifnot", "keep_metric_names", "limit", "with"];

pub(super) fn expressions(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for query in rules.queries().filter(|query| query.is_promql) {
        match &query.read {
            Ok(expr) => {
                let faults = check_types(expr);
                diags.extend(faults.iter().take(FAULTS_MAX).map(|fault| weighed(query, typed(query, fault))));
                if faults.is_empty() {
                    diags.extend(no_number(query, expr));
                }
            }
            Err(fault) => diags.push(weighed(query, unread(query, fault))),
        }
    }
}

/// What an objective asks may be meant for another server than Prometheus: nothing about it blocks.
fn weighed(query: &Query<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match query.of {
        Subject::Objective(_) => Diagnostic { severity: Severity::Finding, ..diagnostic },
        Subject::Alert(_) | Subject::Recording(_) | Subject::Step(_) | Subject::Kpi(_) => diagnostic,
    }
}

/// A KPI is one number, now. How many series a vector has shows only when it is asked.
fn no_number(query: &Query<'_>, expr: &Expr) -> Option<Diagnostic> {
    let Subject::Kpi(_) = query.of else { return None };
    let given = value_type(expr)?;
    let help = match given {
        ValueType::Scalar | ValueType::Vector => return None,
        ValueType::Range => "make one value of it, such as with `avg_over_time(…)` or `increase(…)`",
        ValueType::Text => "write a query that gives a number",
    };
    let place = query.text.place(expr.range.clone());
    let headline = format!("the expression of {} gives {}, which is no number", query.of, given.described());
    Some(Diagnostic::error(codes::PROMQL_TYPE, place, headline).help(help))
}

fn typed(query: &Query<'_>, fault: &Fault) -> Diagnostic {
    let place = query.text.place(fault.range.clone());
    let diagnostic = if fault.kind == FaultKind::UnknownFunction {
        Diagnostic::finding(codes::UNKNOWN_FUNCTION, place, format!("{}: {}", query.of, fault.message))
    } else {
        let headline = format!("the expression of {} does not fit together: {}", query.of, fault.message);
        Diagnostic::error(codes::PROMQL_TYPE, place, headline)
    };
    helped(diagnostic, fault)
}

fn unread(query: &Query<'_>, fault: &Fault) -> Diagnostic {
    let place = query.text.place(fault.range.clone());
    let code = codes::PROMQL_SYNTAX;
    if fault.kind == FaultKind::TooLarge {
        let headline = format!("the expression of {} is too large to be checked: {}", query.of, fault.message);
        return Diagnostic::finding(code, place, headline);
    }
    if let Some(placeholder) = placeholder(&query.text.text, fault) {
        let headline =
            format!("the expression of {} has a `{placeholder}` to be filled in and cannot be checked", query.of);
        return Diagnostic::finding(code, place, headline)
            .help("keep what comes out in the ops repo rather than the template");
    }
    let headline = format!("the expression of {} is not PromQL: {}", query.of, fault.message);
    if is_metricsql(&query.text.text, fault) {
        return Diagnostic::finding(code, place, headline)
            .label("MetricsQL has this, Prometheus does not")
            .help("for VictoriaMetrics write `type: prometheus` in the group, and it is not held against Prometheus");
    }
    helped(Diagnostic::error(code, place, headline), fault)
}

fn helped(diagnostic: Diagnostic, fault: &Fault) -> Diagnostic {
    match &fault.help {
        Some(help) => diagnostic.help(help.clone()),
        None => diagnostic,
    }
}

/// The sign at the fault that begins something to be filled in.
fn placeholder(text: &str, fault: &Fault) -> Option<&'static str> {
    let starts = [fault.range.start.checked_sub(1), Some(fault.range.start)];
    let rests: Vec<&str> = starts.into_iter().flatten().filter_map(|start| text.get(start..)).collect();
    PLACEHOLDERS.into_iter().find(|sign| rests.iter().any(|rest| rest.starts_with(sign)))
}

fn is_metricsql(text: &str, fault: &Fault) -> bool {
    let before = text.get(..fault.range.start).unwrap_or("");
    let at = text.get(fault.range.clone()).unwrap_or("");
    let is_word = METRICSQL.iter().any(|word| at.eq_ignore_ascii_case(word));
    let begins = before.trim_start().to_ascii_lowercase();
    is_word || begins.starts_with("with (") || begins.starts_with("with(")
}
