//! Random expressions over random series give what Debian's Prometheus 2.42 gives.
//!
//! Where 2.x and 3.x differ by design, nothing is asked: samples and the steps of subqueries lie off the left ends of windows,
//! which 3.x leaves out. A run follows from its seed: `PROMQL_SEED`, and `PROMQL_QUERIES` for more than the test asks.

mod peer;
mod queries;
mod series;

use std::collections::BTreeMap;
use std::env;

use evenkeel_labels::LabelSet;
use evenkeel_promql_eval::{Limits, Never, Point, Query, Value, evaluate};
use evenkeel_series_notation::MemoryStore;
use evenkeel_time::{Duration, Timestamp};

use crate::chance::Chance;
use peer::{Asked, Peer};

/// What both sides give: for each series, what it is when. `None`: it fails.
pub(crate) type Given = Option<BTreeMap<LabelSet, Vec<(i64, f64)>>>;

const TOLERANCE: f64 = 1e-9;

fn number_from(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn random_expressions_give_what_prometheus_gives() {
    let (seed, count) = (number_from("PROMQL_SEED", 1), number_from("PROMQL_QUERIES", 1000));
    let mut chance = Chance::new(seed);
    let store = series::random(&mut chance);
    let folder = tempfile::tempdir().expect("a folder");
    let Some(peer) = Peer::start(folder.path(), &store) else {
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: Prometheus is not installed\n").expect("a stderr");
        return;
    };
    let (mut wrong, mut empty, mut failing) = (Vec::new(), 0, 0);
    for _ in 0..count {
        let asked = queries::random(&mut chance);
        let theirs = peer.ask(&asked);
        let ours = ask(&asked, &store);
        match &theirs {
            None => failing += 1,
            Some(series) if series.is_empty() => empty += 1,
            Some(_) => {}
        }
        if let Some(why) = apart(&theirs, &ours) {
            wrong.push(format!("{asked}\n    {why}"));
        }
    }
    let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "seed {seed}: {} of {count} are apart:\n{shown}", wrong.len());
    assert!(empty < count / 4 && failing < count / 8, "{empty} of {count} are empty, and {failing} fail");
}

fn ask(asked: &Asked, store: &MemoryStore) -> Given {
    let expr = evenkeel_promql::parse(&asked.expr).unwrap_or_else(|fault| panic!("{}: {fault}", asked.expr));
    let limits = Limits { lookback: Duration::minutes(5), ..Limits::default() };
    let query = Query {
        expr: &expr,
        text: &asked.expr,
        from: Timestamp(asked.from),
        until: Timestamp(asked.until),
        step: Duration(asked.step),
        limits: &limits,
        stop: &Never,
    };
    let answer = evaluate(&query, store).ok()?;
    let mut given = BTreeMap::new();
    match answer.value {
        Value::Scalar(values) => drop(given.insert(LabelSet::default(), values)),
        Value::Vector(points) => {
            for point in points {
                let Point::Number(value) = point.value else { continue };
                given.insert(point.labels, vec![(point.at.0, value)]);
            }
        }
        Value::Matrix(series) => {
            for series in series {
                let values = series.column.times.into_iter().zip(series.column.values);
                given.insert(series.labels, values.collect());
            }
        }
        Value::Text(_) => {}
    }
    Some(given)
}

/// In what the two are apart.
fn apart(theirs: &Given, ours: &Given) -> Option<String> {
    let (theirs, ours) = match (theirs, ours) {
        (None, None) => return None,
        // Where one side of an operator is empty, the other is not asked, and cannot fail.
        (None, Some(ours)) if ours.is_empty() => return None,
        (None, Some(_)) => return Some("theirs fails, ours does not".to_owned()),
        (Some(_), None) => return Some("ours fails, theirs does not".to_owned()),
        (Some(theirs), Some(ours)) => (theirs, ours),
    };
    for (labels, values) in theirs {
        let Some(own) = ours.get(labels) else { return Some(format!("ours lacks {labels}: {values:?}")) };
        let times = |values: &[(i64, f64)]| values.iter().map(|(at, _)| *at).collect::<Vec<_>>();
        if times(values) != times(own) {
            return Some(format!("{labels}: theirs {values:?}, ours {own:?}"));
        }
        let differ = |((_, left), (_, right)): &(&(i64, f64), &(i64, f64))| !same(*left, *right);
        if let Some(((at, left), (_, right))) = values.iter().zip(own).find(differ) {
            return Some(format!("{labels} at {at}: theirs {left}, ours {right}"));
        }
    }
    ours.keys().find(|labels| !theirs.contains_key(labels)).map(|labels| format!("theirs lacks {labels}"))
}

fn same(left: f64, right: f64) -> bool {
    if left == right || left.is_nan() && right.is_nan() {
        return true;
    }
    // Sums of numbers of either sign may cancel out, and what is left is what rounding makes of it.
    let apart = (left - right).abs();
    apart <= TOLERANCE * left.abs().max(right.abs()) || apart < 1e-9
}
