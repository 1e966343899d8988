//! One test: its series are there bit by bit, its rules are evaluated, and what is expected is looked at in between.
//!
//! Source: Prometheus 3, `cmd/promtool/unittest.go`, `testGroup.test`.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_labels::LabelSet;
use evenkeel_metric::Sample;
use evenkeel_model::document::{RuleTest, Text};
use evenkeel_model::{codes, quoted};
use evenkeel_promql_eval::{Limits, Never};
use evenkeel_rules::{Evaluated, Layered, Options, Recorded, State, evaluate_all};
use evenkeel_series_notation::{MemoryStore, Value, parse_labels, parse_values};
use evenkeel_time::{Duration, Timestamp};

use crate::run::Common;
use crate::{alerts, samples};

/// So often rules are evaluated in one test; more is said to be too much.
const EVALUATIONS_MAX: i64 = 1_000_000;

/// One test under way.
pub(crate) struct Scene<'a> {
    test: &'a RuleTest,
    common: &'a Common<'a>,
    start: Timestamp,
    series: Vec<Loading>,
    store: MemoryStore,
    recorded: Recorded,
    state: State,
    limits: Limits,
    external: LabelSet,
    failures: Vec<Diagnostic>,
}

/// A series, and how many of its values are there.
struct Loading {
    labels: LabelSet,
    values: Vec<Value>,
    loaded: usize,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(test: &'a RuleTest, common: &'a Common<'a>) -> Self {
        let start = test.start.unwrap_or_default();
        let limits = Limits { subquery_step: common.interval, experimental: true, ..Limits::default() };
        let external = set(&test.external_labels);
        let state = State::new(common.set, start - common.interval);
        let mut scene = Self {
            test,
            common,
            start,
            series: Vec::new(),
            store: MemoryStore::new(),
            recorded: Recorded::default(),
            state,
            limits,
            external,
            failures: Vec::new(),
        };
        scene.read_series();
        scene
    }

    fn read_series(&mut self) {
        for series in &self.test.series {
            let labels = parse_labels(&series.series.text).map_err(|fault| (&series.series, fault));
            let values = parse_values(&series.values.text).map_err(|fault| (&series.values, fault));
            match (labels, values) {
                (Ok(labels), Ok(values)) => self.series.push(Loading { labels, values, loaded: 0 }),
                (Err((text, fault)), _) | (_, Err((text, fault))) => {
                    let place = text.place(fault.range);
                    self.failures.push(Diagnostic::error(codes::INVALID_RULE_TEST, place, fault.message));
                }
            }
        }
    }

    /// Plays it; what came out otherwise than expected comes back.
    pub(crate) fn play(mut self) -> Vec<Diagnostic> {
        let ends =
            self.test.alerts.iter().map(|alert| alert.at).chain(self.test.expressions.iter().map(|expr| expr.at));
        let end = ends.max().unwrap_or(Duration::ZERO);
        if !self.failures.is_empty() || self.takes_too_long(end) {
            return self.failures;
        }
        let mut at = Duration::ZERO;
        while at <= end {
            self.load(at);
            let evaluated = self.evaluate(at);
            if !evaluated.problems.is_empty() {
                self.failed(&evaluated, at);
                return self.failures;
            }
            let next = at + self.common.interval;
            for test in self.test.alerts.iter().filter(|test| at <= test.at && test.at < next) {
                self.failures.extend(alerts::judge(test, self.common.set, &self.state));
            }
            at = next;
        }
        for test in &self.test.expressions {
            let layered = Layered::new(&self.store, &self.recorded);
            let asked = self.start + test.at;
            self.failures.extend(samples::judge(test, asked, &layered, &self.limits, self.common.fuzzy));
        }
        self.failures
    }

    fn takes_too_long(&mut self, end: Duration) -> bool {
        let too_long = end.0 / self.common.interval.0 > EVALUATIONS_MAX;
        if too_long {
            let headline = format!("the test takes more than {EVALUATIONS_MAX} evaluations");
            let diag = Diagnostic::error(codes::FAILED_CASE, self.test.span, headline);
            self.failures.push(diag.help("ask earlier, or make `evaluation_interval` longer"));
        }
        too_long
    }

    /// The values up to an instant are there.
    fn load(&mut self, until: Duration) {
        let step = self.test.interval.filter(|step| step.0 > 0).unwrap_or(self.common.interval);
        for series in &mut self.series {
            while let Some(value) = series.values.get(series.loaded) {
                let offset = step * i64::try_from(series.loaded).unwrap_or(i64::MAX);
                if offset > until {
                    break;
                }
                let at = self.start + offset;
                match value {
                    Value::Absent => {}
                    Value::Number(value) => self.store.append(&series.labels, Sample { at, value: *value }),
                    Value::Histogram { histogram, .. } => {
                        self.store.append_histogram(&series.labels, at, (**histogram).clone());
                    }
                }
                series.loaded += 1;
            }
        }
    }

    fn evaluate(&mut self, at: Duration) -> Evaluated {
        let options = Options {
            limits: &self.limits,
            stop: &Never,
            external_labels: &self.external,
            external_url: self.test.external_url.as_ref().map_or("", |url| &url.value),
            resend_after: Duration::minutes(1),
            annotate_after: Duration::ZERO,
            finished: &|_| {},
        };
        let layered = Layered::new(&self.store, &self.recorded);
        let evaluated = evaluate_all(&mut self.state, self.common.set, &layered, self.start + at, &options);
        self.recorded.append(&evaluated.recorded);
        evaluated
    }

    /// A rule that fails ends the test.
    fn failed(&mut self, evaluated: &Evaluated, at: Duration) {
        for problem in &evaluated.problems {
            let headline = format!("the rule {} fails at {at}: {}", quoted(&problem.rule.name), problem.error);
            let place = self.test.name.as_ref().map_or(self.test.span, |name| name.span);
            let diag = Diagnostic::error(codes::FAILED_CASE, place, headline);
            self.failures.push(diag.help(format!(
                "it is in the group {} of {}",
                quoted(&problem.rule.group),
                problem.rule.file
            )));
        }
    }
}

pub(crate) fn set(pairs: &[(Text, Text)]) -> LabelSet {
    LabelSet::new(pairs.iter().map(|(name, value)| (&*name.value, &*value.value)))
}
