//! The rules of the ops repo, ready to be evaluated.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_alert_template::{Given, Template};
use evenkeel_labels::LabelSet;
use evenkeel_model::document::Language;
use evenkeel_model::{Rule as ModelRule, RuleKind};
use evenkeel_promql::{Expr, check_types, parse};
use evenkeel_time::Duration;

/// What counts where a group says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defaults {
    /// Between two evaluations.
    pub interval: Duration,
    /// So far before the instant of an evaluation its data is asked for.
    pub query_offset: Duration,
}

impl Default for Defaults {
    /// As Prometheus has it: a minute, and no offset.
    fn default() -> Self {
        Self { interval: Duration::minutes(1), query_offset: Duration::ZERO }
    }
}

/// All rules, in the order in which they are evaluated: that of the files, the groups in them, the rules in those.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// The groups; those without rules are left out.
    pub groups: Vec<Group>,
}

/// Rules that are evaluated one after the other at the same instants.
#[derive(Debug, Clone)]
pub struct Group {
    /// The file's path.
    pub file: Arc<str>,
    /// Its name; unique in the file.
    pub name: Arc<str>,
    /// Between two evaluations. More than zero.
    pub interval: Duration,
    /// So far before the instant of an evaluation its data is asked for, and its samples are.
    pub query_offset: Duration,
    /// So many alerts or series one rule may give; 0: any number.
    pub limit: usize,
    /// Its rules, in their order.
    pub rules: Vec<Rule>,
}

/// By what a rule is known again after the ops repo changed: whoever renames it has a new one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleKey {
    /// The file's path.
    pub file: Arc<str>,
    /// The group's name.
    pub group: Arc<str>,
    /// The name of the alert, or of the metric.
    pub name: Arc<str>,
    /// The labels as written: of alerts with one name they tell which is which.
    pub labels: LabelSet,
    /// Of several with all that the same, which; from 0.
    pub nth: u32,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// By what it is known.
    pub key: RuleKey,
    /// What it makes.
    pub kind: RuleKind,
    /// The expression as written.
    pub text: Arc<str>,
    /// The expression; else why there is none that can be evaluated.
    pub expr: Result<Arc<Expr>, Arc<str>>,
    /// How long the expression has to hold before the alert fires.
    pub holds_for: Duration,
    /// How long the alert fires on once the expression does not hold any more.
    pub keep_firing_for: Duration,
    /// Labels that are set.
    pub labels: Vec<(Box<str>, Filled)>,
    /// Labels that are taken away.
    pub unlabelled: Vec<Box<str>>,
    /// Annotations.
    pub annotations: Vec<(Box<str>, Filled)>,
}

/// A text that may have to be filled in.
#[derive(Debug, Clone)]
pub struct Filled(Result<Template, Arc<str>>);

impl Filled {
    fn of(text: &str) -> Self {
        Self(Template::parse(text).map_err(|fault| fault.message.into()))
    }

    /// As it is written; empty where it cannot be read.
    #[must_use]
    pub fn written(&self) -> &str {
        self.0.as_ref().map_or("", Template::text)
    }

    /// Whether it is always the same.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.0.as_ref().is_ok_and(Template::is_plain)
    }

    /// The text; what cannot be filled in says so, as in Prometheus.
    pub(crate) fn text(&self, given: &Given<'_>) -> String {
        let filled = match &self.0 {
            Ok(template) => template.expand(given),
            Err(fault) => Err(fault.to_string()),
        };
        filled.unwrap_or_else(|error| format!("<error expanding template: {error}>"))
    }
}

impl RuleSet {
    /// Makes the plan's rules ready. A rule whose expression cannot be read is kept, and fails at every evaluation.
    #[must_use]
    pub fn new(rules: &[ModelRule], defaults: Defaults) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut seen: BTreeMap<RuleKey, u32> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| rule.language != Language::LogQl) {
            let place = *places.entry((&rule.file, &rule.group)).or_insert_with(|| {
                groups.push(Group::of(rule, defaults));
                groups.len() - 1
            });
            let mut read = Rule::of(rule);
            let nth = seen.entry(read.key.clone()).or_default();
            read.key.nth = *nth;
            *nth += 1;
            if let Some(group) = groups.get_mut(place) {
                group.rules.push(read);
            }
        }
        Self { groups }
    }

    /// How many rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.rules.len()).sum()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Group {
    fn of(rule: &ModelRule, defaults: Defaults) -> Self {
        let interval = rule.pace.interval.filter(|interval| interval.0 > 0).unwrap_or(defaults.interval);
        Self {
            file: Arc::clone(&rule.file),
            name: Arc::clone(&rule.group),
            interval,
            query_offset: rule.pace.query_offset.unwrap_or(defaults.query_offset),
            limit: usize::try_from(rule.pace.limit).unwrap_or(usize::MAX),
            rules: Vec::new(),
        }
    }
}

impl Rule {
    fn of(rule: &ModelRule) -> Self {
        let alerts = rule.kind == RuleKind::Alerting;
        let filled = |labels: &LabelSet| -> Vec<(Box<str>, Filled)> {
            labels.iter().map(|(name, text)| (name.into(), Filled::of(text))).collect()
        };
        // What a recording rule's label says is never a template.
        let plain = |labels: &LabelSet| -> Vec<(Box<str>, Filled)> {
            labels.iter().map(|(name, text)| (name.into(), Filled(Ok(Template::plain(text))))).collect()
        };
        Self {
            key: RuleKey {
                file: Arc::clone(&rule.file),
                group: Arc::clone(&rule.group),
                name: Arc::clone(&rule.name),
                labels: rule.labels.clone(),
                nth: 0,
            },
            kind: rule.kind,
            text: Arc::clone(&rule.expr),
            expr: read(&rule.expr),
            holds_for: rule.holds_for,
            keep_firing_for: rule.keep_firing_for,
            labels: if alerts { filled(&rule.labels) } else { plain(&rule.labels) },
            unlabelled: rule.unlabelled.clone(),
            annotations: filled(&rule.annotations),
        }
    }

    /// Whether its texts may ask for anything.
    pub(crate) fn asks(&self) -> bool {
        let texts = self.labels.iter().chain(&self.annotations);
        texts.into_iter().any(|(_, text)| text.0.as_ref().is_ok_and(|text| text.text().contains("query")))
    }

    /// Whether its alerts are never pending.
    pub(crate) const fn fires_at_once(&self) -> bool {
        self.holds_for.0 == 0
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &Arc<str> {
        &self.key.name
    }
}

fn read(text: &str) -> Result<Arc<Expr>, Arc<str>> {
    let expr = parse(text).map_err(|fault| Arc::from(fault.message))?;
    if let Some(fault) = check_types(&expr).into_iter().next() {
        return Err(Arc::from(fault.message));
    }
    Ok(Arc::new(expr))
}
