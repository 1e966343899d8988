//! A script is run: its series are loaded, its expressions evaluated, and what they give compared.

use std::panic::{AssertUnwindSafe, catch_unwind};

use evenkeel_promql::Expr;
use evenkeel_promql_eval::{Answer, EvalFault, Limits, Never, Point, Query, Value, VectorPoint, evaluate};
use evenkeel_series_notation::MemoryStore;
use evenkeel_time::{Duration, Timestamp};

use crate::classic::native;
use crate::compare::compare;
use crate::expect::Says;
use crate::script::{Command, Eval, When, read};

/// An evaluation that was run, and why it is not as expected.
pub(crate) struct Ran {
    pub(crate) line: usize,
    pub(crate) expr: String,
    pub(crate) failed: Option<String>,
    /// Whether series were loaded that this store cannot keep.
    pub(crate) unsupported: bool,
}

/// Runs a script.
pub(crate) fn run(text: &str, limits: &Limits) -> Result<Vec<Ran>, String> {
    let mut store = MemoryStore::new();
    let mut ran = Vec::new();
    let mut unsupported = false;
    for command in read(text)? {
        match command {
            Command::Clear => {
                store.clear();
                unsupported = false;
            }
            Command::LoadWithStarts => unsupported = true,
            Command::Load { step, with_custom, series } => {
                for series in &series {
                    store.load(series, Timestamp(0), step);
                }
                if with_custom {
                    for (labels, histograms) in native(&series) {
                        for (place, histogram) in histograms {
                            let at = Timestamp(step.0 * i64::try_from(place).expect("few"));
                            store.append_histogram(&labels, at, histogram);
                        }
                    }
                }
            }
            Command::Eval(eval) => {
                let checked = catch_unwind(AssertUnwindSafe(|| check(&eval, &store, limits)));
                let failed = checked.unwrap_or_else(|_| Err("it panics".to_owned())).err();
                ran.push(Ran { line: eval.line, expr: eval.expr, failed, unsupported });
            }
        }
    }
    Ok(ran)
}

fn check(eval: &Eval, store: &MemoryStore, limits: &Limits) -> Result<(), String> {
    let expr = match evenkeel_promql::parse(&eval.expr) {
        Ok(expr) => expr,
        Err(fault) => return failed(eval, &fault.to_string()),
    };
    let answer = match ask(&expr, eval.when, store, limits) {
        Ok(answer) => answer,
        Err(fault) => return failed(eval, &fault.to_string()),
    };
    if let Some(says) = &eval.expect.fail {
        return Err(format!("expected to fail with {}, and did not", says.shown()));
    }
    remarks("warning", &answer.warnings, &eval.expect.warn, eval.expect.no_warn)?;
    remarks("info", &answer.infos, &eval.expect.info, eval.expect.no_info)?;
    compare(&answer.value, &eval.expect, eval.when)?;
    in_range(eval, &expr, &answer, store, limits).map_err(|why| format!("in a range: {why}"))
}

fn failed(eval: &Eval, fault: &str) -> Result<(), String> {
    match &eval.expect.fail {
        Some(says) if says.fits(fault) => Ok(()),
        Some(says) => Err(format!("expected to fail with {}, got `{fault}`", says.shown())),
        None => Err(format!("it fails: {fault}")),
    }
}

fn remarks(kind: &str, given: &[String], wanted: &[Says], none: bool) -> Result<(), String> {
    if none && !given.is_empty() {
        return Err(format!("expected no {kind}, got {given:?}"));
    }
    if let Some(says) = wanted.iter().find(|says| !given.iter().any(|text| says.fits(text))) {
        return Err(format!("expected the {kind} {}, got {given:?}", says.shown()));
    }
    match given.iter().find(|text| !wanted.iter().any(|says| says.fits(text))) {
        Some(text) if !wanted.is_empty() => Err(format!("the {kind} `{text}` is not expected")),
        _ => Ok(()),
    }
}

fn ask(expr: &Expr, when: When, store: &MemoryStore, limits: &Limits) -> Result<Answer, EvalFault> {
    let (from, until, step) = match when {
        When::At(at) => (at, at, 0),
        When::Range { from, until, step } => (from, until, step),
    };
    // Without its text, so that remarks have no places.
    let query = Query {
        expr,
        text: "",
        from: Timestamp(from),
        until: Timestamp(until),
        step: Duration(step),
        limits,
        stop: &Never,
    };
    evaluate(&query, store)
}

/// What an expression gives at an instant it also gives in the middle of a range.
fn in_range(eval: &Eval, expr: &Expr, alone: &Answer, store: &MemoryStore, limits: &Limits) -> Result<(), String> {
    const MINUTE: i64 = 60_000;
    let When::At(at) = eval.when else { return Ok(()) };
    let of_context = ["start()", "end()", "range()", "step()"].iter().any(|call| eval.expr.contains(call));
    let other = eval.expect.range.is_some() || eval.expect.text.is_some();
    if of_context || other || eval.expect.ordered {
        return Ok(());
    }
    let when = When::Range { from: at - MINUTE, until: at + MINUTE, step: MINUTE };
    let answer = ask(expr, when, store, limits).map_err(|fault| fault.to_string())?;
    let Value::Matrix(series) = answer.value else { return Err("it gives no matrix".to_owned()) };
    let points = series.iter().flat_map(|series| {
        let column = &series.column;
        let number = column.times.iter().position(|time| *time == at).map(|place| Point::Number(column.values[place]));
        let histogram = column.histograms.iter().find(|(time, _)| *time == at);
        let values = number.into_iter().chain(histogram.map(|(_, histogram)| Point::Histogram(histogram.clone())));
        values.map(|value| VectorPoint { labels: series.labels.clone(), at: Timestamp(at), value })
    });
    let points: Vec<VectorPoint> = points.collect();
    let value = match (&alone.value, points.first()) {
        (Value::Scalar(_), Some(VectorPoint { value: Point::Number(value), .. })) => Value::Scalar(vec![(at, *value)]),
        _ => Value::Vector(points),
    };
    compare(&value, &eval.expect, eval.when)
}
