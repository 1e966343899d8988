//! Rules, series in memory, and time that is set.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Querier};
use evenkeel_model::document::Language;
use evenkeel_model::{Pace, Rule, RuleKind};
use evenkeel_promql_eval::{Limits, Never};
use evenkeel_rules::{
    AlertState, Defaults, Evaluated, Layered, Options, Recorded, ResidentOptions, RuleSet, State, evaluate,
};
use evenkeel_series_notation::{MemoryStore, parse_series};
use evenkeel_time::{Duration, Timestamp};

pub(crate) const MINUTE: i64 = 60_000;

/// A rule of the group `g` that raises the alert `name`.
pub(crate) fn alert(name: &str, expr: &str) -> Rule {
    Rule {
        file: "rules.yml".into(),
        group: "g".into(),
        pace: Pace::default(),
        language: Language::PromQl,
        kind: RuleKind::Alerting,
        name: name.into(),
        expr: expr.into(),
        holds_for: Duration::ZERO,
        keep_firing_for: Duration::ZERO,
        labels: LabelSet::default(),
        unlabelled: Vec::new(),
        annotations: LabelSet::default(),
    }
}

/// A rule of the group `g` that records `name`.
pub(crate) fn record(name: &str, expr: &str) -> Rule {
    Rule { kind: RuleKind::Recording, ..alert(name, expr) }
}

pub(crate) fn of_group(group: &str, interval: Duration, rule: Rule) -> Rule {
    Rule { group: Arc::from(group), pace: Pace { interval: Some(interval), ..rule.pace }, ..rule }
}

pub(crate) fn labels(pairs: &[(&str, &str)]) -> LabelSet {
    LabelSet::new(pairs.iter().copied())
}

pub(crate) fn store(series: &[&str], step: Duration) -> MemoryStore {
    let mut store = MemoryStore::new();
    for text in series {
        store.load(&parse_series(text).expect("a series"), Timestamp(0), step);
    }
    store
}

/// Options that every test has.
pub(crate) struct Given {
    pub(crate) limits: Limits,
    pub(crate) external: LabelSet,
    pub(crate) annotate_after: Duration,
}

impl Default for Given {
    fn default() -> Self {
        Self { limits: Limits::default(), external: LabelSet::default(), annotate_after: Duration::ZERO }
    }
}

impl Given {
    pub(crate) fn options(&self) -> Options<'_> {
        Options {
            limits: &self.limits,
            stop: &Never,
            external_labels: &self.external,
            external_url: "https://keel.example.com",
            resend_after: Duration::minutes(1),
            annotate_after: self.annotate_after,
            finished: &|_| {},
        }
    }
}

/// Rules over a store, evaluated step by step; what they record is kept beside it.
pub(crate) struct Lab {
    pub(crate) set: RuleSet,
    pub(crate) state: State,
    pub(crate) store: MemoryStore,
    pub(crate) recorded: Recorded,
    pub(crate) given: Given,
}

impl Lab {
    /// As of an instant before zero, so that zero is the first evaluation.
    pub(crate) fn new(rules: &[Rule], series: &[&str]) -> Self {
        let set = RuleSet::new(rules, Defaults::default());
        let state = State::new(&set, Timestamp(-1));
        let store = store(series, Duration::minutes(1));
        Self { set, state, store, recorded: Recorded::default(), given: Given::default() }
    }

    pub(crate) fn at(&mut self, minutes: i64) -> Evaluated {
        self.at_ms(minutes * MINUTE)
    }

    pub(crate) fn at_ms(&mut self, now: i64) -> Evaluated {
        let layered = Layered::new(&self.store, &self.recorded);
        let out = evaluate(&mut self.state, &self.set, &layered, Timestamp(now), &self.given.options());
        self.recorded.append(&out.recorded);
        out
    }

    /// The alerts of the rule at that place, each as its state and labels.
    pub(crate) fn states(&self, rule: usize) -> Vec<(&'static str, String)> {
        let rule = self.state.rule(0, rule).expect("a rule");
        let active = rule.alerts.values().filter(|alert| alert.state != AlertState::Inactive);
        active.map(|alert| (alert.state.as_str(), alert.labels.to_string())).collect()
    }

    /// What was recorded under a name: labels, and the values with their minutes.
    pub(crate) fn series(&self, name: &str) -> Vec<(String, Vec<(i64, f64)>)> {
        dump(&Layered::new(&MemoryStore::new(), &self.recorded), name)
    }
}

/// All of a metric: labels, and the values with their minutes; the mark of an end is -1.
pub(crate) fn dump(source: &dyn Querier, name: &str) -> Vec<(String, Vec<(i64, f64)>)> {
    let matcher = evenkeel_labels::Matcher::new("__name__", evenkeel_labels::MatchOp::Equal, name).expect("a matcher");
    let selection = evenkeel_metric::Selection {
        matchers: vec![matcher],
        after: Timestamp(i64::MIN / 4),
        until: Timestamp(i64::MAX / 4),
    };
    let selected = source.select(&selection).expect("series");
    let mut out = Vec::new();
    for (place, labels) in selected.labels().iter().enumerate() {
        let mut column = Column::default();
        selected.read(place, &mut column).expect("samples");
        let value = |value: f64| if evenkeel_metric::is_stale(value) { -1.0 } else { value };
        let samples = column.times.iter().zip(&column.values).map(|(at, number)| (at / MINUTE, value(*number)));
        let labels = labels.only(|label| label != "__name__");
        out.push((labels.to_string(), samples.collect()));
    }
    out
}

pub(crate) fn small_residence() -> ResidentOptions {
    ResidentOptions { late: Duration::minutes(2), ..ResidentOptions::default() }
}
