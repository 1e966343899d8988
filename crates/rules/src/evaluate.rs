//! One evaluation of all groups that are due.

use evenkeel_alert_template::Sample as TemplateSample;
use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Querier, Sample, stale};
use evenkeel_model::RuleKind;
use evenkeel_promql::{Expr, parse};
use evenkeel_promql_eval::{Answer, Point, Query, Value, VectorPoint};
use evenkeel_time::{Duration, Timestamp};

use crate::alerting::{self, Turn, to_send};
use crate::outcome::{Evaluated, GroupRun, Options, Problem, RuleChange};
use crate::schedule::due;
use crate::{AlertState, Group, Health, Layered, Recorded, Rule, RuleSet, RuleState, State, recording};

/// Evaluates the groups that are due at `now`, each at its own instant, in the order of the set.
///
/// What a rule records is seen by those behind it, of its group and of the next ones. `state` has to be of this set:
/// [`State::adopt`]. When what comes back cannot be made durable, the state has to be restored from the records: it is
/// ahead of them.
pub fn evaluate(
    state: &mut State,
    set: &RuleSet,
    source: &dyn Querier,
    now: Timestamp,
    options: &Options<'_>,
) -> Evaluated {
    let mut runs: Vec<GroupRun> = Vec::new();
    for (place, (group, known)) in set.groups.iter().zip(&state.groups).enumerate() {
        let due = due(group.interval, known.last_at, now);
        runs.extend(due.map(|due| GroupRun { group: place, at: due.at, missed: due.missed, samples: 0 }));
    }
    // Groups of other intervals may be due at other instants: what came first is seen by what comes later.
    runs.sort_by_key(|run| (run.at, run.group));
    cycle(state, set, source, now, runs, options)
}

/// Evaluates all groups at an instant, whatever their intervals: how unit tests go.
pub fn evaluate_all(
    state: &mut State,
    set: &RuleSet,
    source: &dyn Querier,
    at: Timestamp,
    options: &Options<'_>,
) -> Evaluated {
    let runs = (0..set.groups.len()).map(|group| GroupRun { group, at, missed: 0, samples: 0 }).collect();
    cycle(state, set, source, at, runs, options)
}

fn cycle(
    state: &mut State,
    set: &RuleSet,
    source: &dyn Querier,
    now: Timestamp,
    runs: Vec<GroupRun>,
    options: &Options<'_>,
) -> Evaluated {
    let mut cycle = Cycle { source, options, fresh: Recorded::default(), out: Evaluated::default() };
    cycle.gone(state, now);
    for mut run in runs {
        let (Some(group), Some(known)) = (set.groups.get(run.group), state.groups.get_mut(run.group)) else { continue };
        known.last_at = run.at;
        known.evaluated = true;
        known.evaluations += 1;
        known.missed += run.missed;
        for (rule, known_rule) in group.rules.iter().zip(&mut known.rules) {
            let samples = cycle.rule(group, rule, known_rule, run.at);
            known.failures += u64::from(samples.is_none());
            run.samples += samples.unwrap_or(0);
        }
        (options.finished)(run.group);
        cycle.out.runs.push(run);
    }
    cycle.out
}

/// One evaluation under way.
struct Cycle<'a> {
    source: &'a dyn Querier,
    options: &'a Options<'a>,
    fresh: Recorded,
    out: Evaluated,
}

impl Cycle<'_> {
    /// What rules that are gone left behind ends.
    fn gone(&mut self, state: &mut State, now: Timestamp) {
        for (key, mut alert) in std::mem::take(&mut state.orphans) {
            if alert.state == AlertState::Firing {
                alert.resolved_at = Some(now);
                self.out.alerts.push(alerting::sent("", &alert, now, self.options));
            }
            alert.state = AlertState::Inactive;
            self.out.changes.push(RuleChange { rule: key, at: now, alerts: vec![alerting::change(&alert)] });
        }
        for labels in std::mem::take(&mut state.stale) {
            write(&mut self.out.recorded, &labels, now, &Point::Number(stale()));
        }
    }

    /// Evaluates one rule; how many samples it gave, or `None` when it failed.
    fn rule(&mut self, group: &Group, rule: &Rule, known: &mut RuleState, at: Timestamp) -> Option<usize> {
        known.evaluated_at = Some(at);
        let taken = self.answer(group, rule, at).and_then(|answer| match rule.kind {
            RuleKind::Alerting => self.alerts(group, rule, known, at, answer),
            RuleKind::Recording => recording::take(rule, group.limit, answer),
        });
        if rule.kind == RuleKind::Alerting {
            to_send(rule, &mut known.alerts, at, group.interval, self.options, &mut self.out.alerts);
        }
        match taken {
            Ok(samples) => {
                known.health = Health::Good;
                self.keep(samples, known, at - group.query_offset)
            }
            Err(error) => {
                known.health = Health::Failed(error.as_str().into());
                self.out.problems.push(Problem { rule: rule.key.clone(), at, error });
                None
            }
        }
    }

    fn answer(&mut self, group: &Group, rule: &Rule, at: Timestamp) -> Result<Vec<VectorPoint>, String> {
        let expr = rule.expr.as_ref().map_err(ToString::to_string)?;
        let layered = Layered::new(self.source, &self.fresh);
        let source: &dyn Querier = if self.fresh.is_empty() { self.source } else { &layered };
        let answer = instant(expr, &rule.text, at - group.query_offset, source, self.options)?;
        self.out.samples_read += answer.samples_read;
        vector(answer.value)
    }

    fn alerts(
        &mut self,
        group: &Group,
        rule: &Rule,
        known: &mut RuleState,
        at: Timestamp,
        answer: Vec<VectorPoint>,
    ) -> Result<Vec<(LabelSet, Point)>, String> {
        let layered = Layered::new(self.source, &self.fresh);
        let ask = |query: &str| asked(query, at, &layered, self.options);
        let turn = Turn { rule, at, limit: group.limit, options: self.options, ask: &ask };
        let alerts = alerting::take(&turn, &mut known.alerts, answer)?;
        if !alerts.is_empty() {
            self.out.changes.push(RuleChange { rule: rule.key.clone(), at, alerts });
        }
        Ok(alerting::points(&known.alerts))
    }

    /// Writes what a rule gave, and the marks of what it does not give any more.
    fn keep(&mut self, samples: Vec<(LabelSet, Point)>, known: &mut RuleState, at: Timestamp) -> Option<usize> {
        let count = samples.len();
        for gone in ended(&known.series, &samples) {
            write(&mut self.out.recorded, gone, at, &Point::Number(stale()));
            self.fresh.push(gone.clone(), at, &Point::Number(stale()));
        }
        for (labels, point) in &samples {
            write(&mut self.out.recorded, labels, at, point);
            self.fresh.push(labels.clone(), at, point);
        }
        known.series = samples.into_iter().map(|(labels, _)| labels).collect();
        Some(count)
    }
}

/// Those of the series before, sorted, that are not among the present ones, sorted.
pub(crate) fn ended<'a>(before: &'a [LabelSet], now: &[(LabelSet, Point)]) -> Vec<&'a LabelSet> {
    let mut now = now.iter().peekable();
    let mut gone = Vec::new();
    for labels in before {
        while now.next_if(|(known, _)| known < labels).is_some() {}
        if now.peek().is_none_or(|(known, _)| known != labels) {
            gone.push(labels);
        }
    }
    gone
}

fn write(batch: &mut Batch, labels: &LabelSet, at: Timestamp, point: &Point) {
    batch.begin(labels.iter());
    match point {
        Point::Number(value) => batch.sample(Sample { at, value: *value }),
        Point::Histogram(histogram) => batch.histogram(at, (**histogram).clone()),
    }
}

/// Asks an expression at an instant.
pub(crate) fn instant(
    expr: &Expr,
    text: &str,
    at: Timestamp,
    source: &dyn Querier,
    options: &Options<'_>,
) -> Result<Answer, String> {
    let query =
        Query { expr, text, from: at, until: at, step: Duration::ZERO, limits: options.limits, stop: options.stop };
    evenkeel_promql_eval::evaluate(&query, source).map_err(|fault| fault.to_string())
}

/// The samples of an answer; a number is one without labels.
pub(crate) fn vector(value: Value) -> Result<Vec<VectorPoint>, String> {
    match value {
        Value::Vector(points) => Ok(points),
        Value::Scalar(points) => {
            let point = |(at, value): (i64, f64)| VectorPoint {
                labels: LabelSet::default(),
                at: Timestamp(at),
                value: Point::Number(value),
            };
            Ok(points.into_iter().map(point).collect())
        }
        Value::Text(_) | Value::Matrix(_) => Err("rule result is not a vector or scalar".to_owned()),
    }
}

/// What a template asks.
pub(crate) fn asked(
    query: &str,
    at: Timestamp,
    source: &dyn Querier,
    options: &Options<'_>,
) -> Result<Vec<TemplateSample>, String> {
    let expr = parse(query).map_err(|fault| fault.message)?;
    let points = vector(instant(&expr, query, at, source, options)?.value)?;
    let sample = |point: VectorPoint| TemplateSample {
        labels: point.labels,
        value: if let Point::Number(value) = point.value { value } else { 0.0 },
    };
    Ok(points.into_iter().map(sample).collect())
}
