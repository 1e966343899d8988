//! `query` and `query_range`.

use evenkeel_promql::Expr;
use evenkeel_promql_eval::{Answer, EvalFault, EvalFaultKind, Limits, Point, Query, Value, evaluate_with};
use evenkeel_time::{Duration, Timestamp};

use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::json::Json;
use crate::parameter::{expression, instant, instant_or, length, limit, parse_error};
use crate::{ApiFault, ErrorType};

/// Answers `query`.
pub(crate) fn at_instant(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let limit = limit(params)?;
    let at = instant_or(params, "time", cx.now)?;
    let (timeout, limits) = bounds(params, cx)?;
    let text = params.text("query");
    let expr = expression(text)?;
    let asked = Asked { expr: &expr, text, from: at, until: at, step: Duration::ZERO };
    let answer = run(&asked, &limits, timeout, cx)?;
    Ok(written(answer, at, limit, params))
}

/// Answers `query_range`.
pub(crate) fn range(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let limit = limit(params)?;
    let required = |name: &str| instant(params.text(name)).map_err(|why| ApiFault::parameter(name, why));
    let (from, until) = (required("start")?, required("end")?);
    if until < from {
        return Err(ApiFault::parameter("end", "end timestamp must not be before start time"));
    }
    let step = length(params.text("step")).map_err(|why| ApiFault::parameter("step", why))?;
    if step <= Duration::ZERO {
        let why = "zero or negative query resolution step widths are not accepted. Try a positive integer";
        return Err(ApiFault::parameter("step", why));
    }
    let most = i64::try_from(cx.options.limits.points_max).unwrap_or(i64::MAX);
    if (until - from).0 / step.0 > most {
        return Err(ApiFault::bad(EvalFault::TooManySteps(cx.options.limits.points_max).to_string()));
    }
    let (timeout, limits) = bounds(params, cx)?;
    let text = params.text("query");
    let expr = expression(text)?;
    let answer = run(&Asked { expr: &expr, text, from, until, step }, &limits, timeout, cx)?;
    Ok(written(answer, from, limit, params))
}

/// How long a query may take, and what it may cost.
fn bounds(params: &Params, cx: &Context<'_>) -> Result<(Duration, Limits), ApiFault> {
    let mut timeout = cx.options.timeout;
    if let Some(text) = params.get("timeout") {
        let asked = length(text).map_err(|why| ApiFault::parameter("timeout", why))?;
        timeout = timeout.min(asked);
    }
    let mut limits = cx.options.limits.clone();
    if let Some(text) = params.get("lookback_delta") {
        let lookback =
            length(text).map_err(|why| ApiFault::bad(format!("error parsing lookback delta duration: {why}")))?;
        // Zero says the server's own, as in Prometheus.
        if lookback > Duration::ZERO {
            limits.lookback = lookback;
        }
    }
    Ok((timeout, limits))
}

struct Asked<'a> {
    expr: &'a Expr,
    text: &'a str,
    from: Timestamp,
    until: Timestamp,
    step: Duration,
}

fn run(asked: &Asked<'_>, limits: &Limits, timeout: Duration, cx: &Context<'_>) -> Result<Answer, ApiFault> {
    let stop = (cx.deadline)(timeout);
    let Asked { expr, text, from, until, step } = *asked;
    let query = Query { expr, text, from, until, step, limits, stop: &*stop };
    evaluate_with(&query, cx.source, cx.workers).map_err(|fault| api_fault(text, &fault))
}

fn api_fault(text: &str, fault: &EvalFault) -> ApiFault {
    if let EvalFault::Invalid { message, range } = fault {
        if message.starts_with("invalid expression type") {
            return ApiFault::parameter("query", message);
        }
        return ApiFault::parameter("query", parse_error(text, range.start, message));
    }
    let kind = match fault.kind() {
        EvalFaultKind::BadData => ErrorType::BadData,
        EvalFaultKind::Execution => ErrorType::Execution,
        EvalFaultKind::Timeout => ErrorType::Timeout,
    };
    ApiFault { kind, text: fault.to_string() }
}

fn written(answer: Answer, at: Timestamp, limit: Option<usize>, params: &Params) -> Success {
    let mut json = data();
    let truncated = value(&mut json, &answer.value, at, limit);
    if params.get("stats").is_some() {
        stats(&mut json, &answer);
    }
    json.raw("}");
    let mut success = Success::cut(json, truncated);
    success.warnings.splice(0..0, answer.warnings);
    success.infos = answer.infos;
    success
}

/// Writes type and result, and says whether there was more than the limit.
fn value(json: &mut Json, value: &Value, at: Timestamp, limit: Option<usize>) -> bool {
    let most = limit.unwrap_or(usize::MAX);
    match value {
        Value::Scalar(points) => {
            json.raw("{\"resultType\":\"scalar\",\"result\":");
            let (at, value) = points.first().copied().unwrap_or((at.0, f64::NAN));
            json.point(at, value);
            false
        }
        Value::Text(text) => {
            json.raw("{\"resultType\":\"string\",\"result\":[");
            json.seconds(at.0);
            json.raw(",");
            json.text(text);
            json.raw("]");
            false
        }
        Value::Vector(points) => {
            json.raw("{\"resultType\":\"vector\",\"result\":");
            json.list(points.iter().take(most), |json, point| {
                json.raw("{\"metric\":");
                json.labels(&point.labels);
                match &point.value {
                    Point::Number(value) => {
                        json.raw(",\"value\":");
                        json.point(point.at.0, *value);
                    }
                    Point::Histogram(histogram) => {
                        json.raw(",\"histogram\":[");
                        json.seconds(point.at.0);
                        json.raw(",");
                        json.histogram(histogram);
                        json.raw("]");
                    }
                }
                json.raw("}");
            });
            points.len() > most
        }
        Value::Matrix(series) => {
            json.raw("{\"resultType\":\"matrix\",\"result\":");
            json.list(series.iter().take(most), |json, series| {
                json.raw("{\"metric\":");
                json.labels(&series.labels);
                column(json, &series.column);
                json.raw("}");
            });
            series.len() > most
        }
    }
}

fn column(json: &mut Json, column: &evenkeel_metric::Column) {
    if !column.times.is_empty() {
        json.raw(",\"values\":");
        json.list(column.times.iter().zip(&column.values), |json, (at, value)| json.point(*at, *value));
    }
    if !column.histograms.is_empty() {
        json.raw(",\"histograms\":");
        json.list(&column.histograms, |json, (at, histogram)| {
            json.raw("[");
            json.seconds(*at);
            json.raw(",");
            json.histogram(histogram);
            json.raw("]");
        });
    }
}

/// What a query read. Times are not measured; clients that show them show zero.
fn stats(json: &mut Json, answer: &Answer) {
    json.raw(",\"stats\":{\"timings\":{");
    let timings =
        ["evalTotalTime", "resultSortTime", "queryPreparationTime", "innerEvalTime", "execQueueTime", "execTotalTime"];
    for (index, name) in timings.into_iter().enumerate() {
        json.raw(if index == 0 { "" } else { "," });
        json.field(name, |json| json.raw("0"));
    }
    json.raw("},\"samples\":{\"totalQueryableSamples\":");
    json.whole(answer.samples_read.cast_signed());
    json.raw(",\"peakSamples\":");
    json.whole(answer.samples_peak.cast_signed());
    json.raw("}}");
}
