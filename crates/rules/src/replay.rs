//! Rules over a long time at once, with the result of evaluating them step by step.
//!
//! Each rule is asked once for many steps, in the order of the set, and what it records is there for those behind it. That is
//! the same as step by step as long as nobody reads what is recorded later in the order, or at a later instant. Rules between
//! one that reads such and the one that records it go step by step: [`plan`] says which.

mod columns;
mod plan;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Querier, stale};
use evenkeel_model::RuleKind;
use evenkeel_promql_eval::{Point, Query, Value, VectorPoint};
use evenkeel_time::{Duration, Timestamp};

use crate::alerting::{self, Turn, to_send};
use crate::evaluate::{asked, ended, instant, vector};
use crate::outcome::{Options, Problem, RuleChange, SentAlert};
use crate::schedule::slot;
use crate::{Group, Health, Layered, Recorded, Rule, RuleSet, RuleState, State, recording};
use columns::Steps;
use plan::{Piece, pieces};

/// From when until when: later than `after`, not later than `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The instant before.
    pub after: Timestamp,
    /// The last instant.
    pub until: Timestamp,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Replayed {
    /// What was recorded.
    pub recorded: Recorded,
    /// Alerts that were sent, each with when, in the order of time and the rules.
    pub alerts: Vec<(Timestamp, SentAlert)>,
    /// What changed, in the same order.
    pub changes: Vec<RuleChange>,
    /// What could not be evaluated, in the same order.
    pub problems: Vec<Problem>,
    /// Evaluations of rules.
    pub evaluations: u64,
}

/// So many steps are taken at once.
const STEPS_MAX: i64 = 4_000;

/// Evaluates the rules at all their instants in a time.
pub fn replay(state: &mut State, set: &RuleSet, source: &dyn Querier, span: Span, options: &Options<'_>) -> Replayed {
    let mut run = Run { source, options, out: Replayed::default(), order: Vec::new() };
    let smallest = set.groups.iter().map(|group| group.interval.0).min().unwrap_or(1).max(1);
    let steps = i64::try_from(options.limits.points_max).unwrap_or(STEPS_MAX).clamp(1, STEPS_MAX);
    let pieces = pieces(set);
    let mut after = span.after;
    while after < span.until {
        let until = span.until.min(after + Duration(smallest.saturating_mul(steps)));
        for piece in &pieces {
            run.piece(piece, state, set, Span { after, until });
        }
        after = until;
    }
    for (group, known) in set.groups.iter().zip(&mut state.groups) {
        let last = slot(group.interval, span.until);
        if last > span.after {
            known.last_at = last;
            known.evaluated = true;
        }
    }
    run.finish()
}

/// Where an outcome belongs: instant, group, rule.
type Place = (Timestamp, usize, usize);

struct Run<'a> {
    source: &'a dyn Querier,
    options: &'a Options<'a>,
    out: Replayed,
    order: Vec<(Place, Outcome)>,
}

enum Outcome {
    Sent(SentAlert),
    Change(RuleChange),
    Problem(Problem),
}

/// A rule with its places.
#[derive(Clone, Copy)]
struct At<'a> {
    place: (usize, usize),
    group: &'a Group,
    rule: &'a Rule,
}

impl Run<'_> {
    fn piece(&mut self, piece: &Piece, state: &mut State, set: &RuleSet, span: Span) {
        let find = |place: &(usize, usize)| {
            let group = set.groups.get(place.0)?;
            Some(At { place: *place, group, rule: group.rules.get(place.1)? })
        };
        let rules: Vec<At<'_>> = piece.rules.iter().filter_map(find).collect();
        if !piece.stepwise {
            for at in rules {
                self.columnar(at, state, span);
            }
            return;
        }
        let mut instants: Vec<Timestamp> = rules.iter().flat_map(|rule| instants(rule.group.interval, span)).collect();
        instants.sort();
        instants.dedup();
        for now in instants {
            for at in rules.iter().filter(|at| slot(at.group.interval, now) == now) {
                self.step(*at, state, now);
            }
        }
    }

    /// One rule over all its instants.
    fn columnar(&mut self, at: At<'_>, state: &mut State, span: Span) {
        let Some(answer) = self.answers(at, span) else {
            instants(at.group.interval, span).for_each(|now| self.step(at, state, now));
            return;
        };
        let Some(known) = known(state, at.place) else { return };
        let offset = at.group.query_offset;
        let mut steps = Steps::of(answer);
        let mut now = slot(at.group.interval, span.after) + at.group.interval;
        while now <= span.until {
            // Where nothing is, and nothing was, nothing happens.
            if known.alerts.is_empty() && known.series.is_empty() {
                let Some(next) = steps.next_at() else { break };
                now = now.max(next + offset);
                if now > span.until {
                    break;
                }
            }
            let points = steps.take(now - offset);
            self.taken(at, known, now, Ok(points));
            now = now + at.group.interval;
        }
        let count = instants(at.group.interval, span).count();
        self.out.evaluations += u64::try_from(count).unwrap_or(0);
        known.evaluated_at = instants(at.group.interval, span).last().or(known.evaluated_at);
        if matches!(known.health, Health::Unknown) {
            known.health = Health::Good;
        }
    }

    /// The answers at all instants; `None`: they have to be asked for one by one.
    fn answers(&self, at: At<'_>, span: Span) -> Option<Vec<evenkeel_promql_eval::Series>> {
        let interval = at.group.interval;
        let expr = at.rule.expr.as_ref().ok()?;
        let first = slot(interval, span.after) + interval;
        let last = slot(interval, span.until);
        if first > last {
            return Some(Vec::new());
        }
        let layered = Layered::new(self.source, &self.out.recorded);
        let query = Query {
            expr,
            text: &at.rule.text,
            from: first - at.group.query_offset,
            until: last - at.group.query_offset,
            step: interval,
            limits: self.options.limits,
            stop: self.options.stop,
        };
        let answer = evenkeel_promql_eval::evaluate(&query, &layered).ok()?;
        if let Value::Matrix(series) = answer.value { Some(series) } else { None }
    }

    /// One rule at one instant.
    fn step(&mut self, at: At<'_>, state: &mut State, now: Timestamp) {
        let Some(known) = known(state, at.place) else { return };
        self.out.evaluations += 1;
        let layered = Layered::as_of(self.source, &self.out.recorded, now);
        let expr = at.rule.expr.as_ref().map_err(ToString::to_string);
        let asked = now - at.group.query_offset;
        let answer = expr.and_then(|expr| instant(expr, &at.rule.text, asked, &layered, self.options));
        let points = answer.and_then(|answer| vector(answer.value));
        self.taken(at, known, now, points);
    }

    /// What follows from an answer.
    fn taken(&mut self, at: At<'_>, known: &mut RuleState, now: Timestamp, points: Result<Vec<VectorPoint>, String>) {
        let place = (now, at.place.0, at.place.1);
        known.evaluated_at = Some(now);
        let samples = points.and_then(|points| match at.rule.kind {
            RuleKind::Alerting => self.alerts(at, known, now, points),
            RuleKind::Recording => recording::take(at.rule, at.group.limit, points),
        });
        if at.rule.kind == RuleKind::Alerting {
            let mut sent = Vec::new();
            to_send(at.rule, &mut known.alerts, now, at.group.interval, self.options, &mut sent);
            self.order.extend(sent.into_iter().map(|alert| (place, Outcome::Sent(alert))));
        }
        match samples {
            Ok(samples) => {
                known.health = Health::Good;
                let at = now - at.group.query_offset;
                for gone in ended(&known.series, &samples) {
                    self.out.recorded.push(gone.clone(), at, &Point::Number(stale()));
                }
                for (labels, point) in &samples {
                    self.out.recorded.push(labels.clone(), at, point);
                }
                known.series = samples.into_iter().map(|(labels, _)| labels).collect();
            }
            Err(error) => {
                known.health = Health::Failed(error.as_str().into());
                self.order.push((place, Outcome::Problem(Problem { rule: at.rule.key.clone(), at: now, error })));
            }
        }
    }

    fn alerts(
        &mut self,
        at: At<'_>,
        known: &mut RuleState,
        now: Timestamp,
        points: Vec<VectorPoint>,
    ) -> Result<Vec<(LabelSet, Point)>, String> {
        let layered = Layered::as_of(self.source, &self.out.recorded, now);
        let ask = |query: &str| asked(query, now, &layered, self.options);
        let turn = Turn { rule: at.rule, at: now, limit: at.group.limit, options: self.options, ask: &ask };
        let alerts = alerting::take(&turn, &mut known.alerts, points)?;
        if !alerts.is_empty() {
            let change = RuleChange { rule: at.rule.key.clone(), at: now, alerts };
            self.order.push(((now, at.place.0, at.place.1), Outcome::Change(change)));
        }
        Ok(alerting::points(&known.alerts))
    }

    /// Everything in the order of time and the rules.
    fn finish(mut self) -> Replayed {
        self.order.sort_by_key(|(place, _)| *place);
        for ((at, ..), outcome) in self.order {
            match outcome {
                Outcome::Sent(alert) => self.out.alerts.push((at, alert)),
                Outcome::Change(change) => self.out.changes.push(change),
                Outcome::Problem(problem) => self.out.problems.push(problem),
            }
        }
        self.out
    }
}

fn known(state: &mut State, place: (usize, usize)) -> Option<&mut RuleState> {
    state.groups.get_mut(place.0)?.rules.get_mut(place.1)
}

/// The instants of an interval in a time.
fn instants(interval: Duration, span: Span) -> impl Iterator<Item = Timestamp> {
    let first = slot(interval, span.after) + interval;
    std::iter::successors(Some(first), move |at| Some(*at + interval)).take_while(move |at| *at <= span.until)
}
