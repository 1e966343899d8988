//! An expression asked at one instant, for what Evenkeel itself wants to know.

use evenkeel_metric::Querier;
use evenkeel_promql::parse;
use evenkeel_promql_eval::{Point, Query, Stop, Value, evaluate};
use evenkeel_time::{Duration, Timestamp};

use super::query_limits;

/// The values of all series that an expression gives, or its one number.
pub(crate) fn instant(query: &str, at: Timestamp, source: &dyn Querier, stop: &dyn Stop) -> Result<Vec<Point>, String> {
    let expr = parse(query).map_err(|fault| fault.message)?;
    let limits = query_limits();
    let question = Query { expr: &expr, text: query, from: at, until: at, step: Duration::ZERO, limits: &limits, stop };
    let answer = evaluate(&question, source).map_err(|fault| fault.to_string())?;
    match answer.value {
        Value::Vector(points) => Ok(points.into_iter().map(|point| point.value).collect()),
        Value::Scalar(points) => Ok(points.into_iter().map(|(_, value)| Point::Number(value)).collect()),
        Value::Text(_) | Value::Matrix(_) => Err("the expression gives neither a vector nor a number".to_owned()),
    }
}
