//! Every expression of the repo, read once.

use evenkeel_diagnostic::Written;
use evenkeel_model::document::{Documents, IndicatorDocument, Language, RuleDocument, RuleGroupDocument};
use evenkeel_model::{RuleKind, StepLanguage};
use evenkeel_promql::{Expr, Fault, FaultKind, OutputLabels, parse};

use super::subject::Subject;
use crate::Repo;

/// Of longer expressions nobody asks which labels they give: that takes time by the product of labels and operations.
const LABELS_BYTES_MAX: usize = 16 * 1024;

/// The rules and queries of a repo.
pub(super) struct Rules<'a> {
    pub(super) repo: &'a Repo<'a>,
    /// In the order of the files.
    pub(super) rules: Vec<Rule<'a>>,
    /// Steps of procedures that query metrics.
    pub(super) steps: Vec<Query<'a>>,
    /// What objectives measure.
    pub(super) measured: Vec<Query<'a>>,
    /// What gives the values of KPIs.
    pub(super) kpis: Vec<Query<'a>>,
}

/// A rule, with its expression read.
pub(super) struct Rule<'a> {
    pub(super) group: &'a RuleGroupDocument,
    pub(super) rule: &'a RuleDocument,
    pub(super) query: Query<'a>,
    /// The labels of the expression's result; nothing is known when it cannot be read.
    pub(super) labels: OutputLabels,
}

/// An expression, read.
pub(super) struct Query<'a> {
    pub(super) of: Subject<'a>,
    pub(super) text: &'a Written,
    /// Whether it is in PromQL, so that what cannot be read is wrong.
    pub(super) is_promql: bool,
    pub(super) read: Result<Expr, Fault>,
}

impl<'a> Rules<'a> {
    pub(super) fn read(repo: &'a Repo<'a>) -> Self {
        let documents = repo.documents;
        let groups = documents.rule_groups.iter();
        let rules = groups.flat_map(|group| group.rules.iter().map(move |rule| Rule::read(group, rule))).collect();
        Self { repo, rules, steps: steps(documents), measured: measured(documents), kpis: kpis(documents) }
    }

    /// Rules that raise alerts.
    pub(super) fn alerts(&self) -> impl Iterator<Item = &Rule<'a>> {
        self.rules.iter().filter(|rule| rule.rule.kind == RuleKind::Alerting)
    }

    /// Rules that record metrics.
    pub(super) fn recordings(&self) -> impl Iterator<Item = &Rule<'a>> {
        self.rules.iter().filter(|rule| rule.rule.kind == RuleKind::Recording)
    }

    /// All expressions: of rules, of steps, of objectives, of KPIs.
    pub(super) fn queries(&self) -> impl Iterator<Item = &Query<'a>> {
        self.rules.iter().map(|rule| &rule.query).chain(&self.steps).chain(&self.measured).chain(&self.kpis)
    }

    /// Whether the repo is kept for Evenkeel, rather than a folder of rules that something else uses.
    pub(super) fn has_own_documents(&self) -> bool {
        let documents = self.repo.documents;
        let counts = [
            documents.allowances.len(),
            documents.communications.len(),
            documents.expected_alerts.len(),
            documents.heartbeats.len(),
            documents.kpis.len(),
            documents.organizations.len(),
            documents.people.len(),
            documents.policies.len(),
            documents.probes.len(),
            documents.receivers.len(),
            documents.response_plans.len(),
            documents.routing_tests.len(),
            documents.schedules.len(),
            documents.signals.len(),
            documents.teams.len(),
            documents.workloads.len(),
        ];
        counts.iter().any(|count| *count > 0)
    }
}

impl<'a> Rule<'a> {
    fn read(group: &'a RuleGroupDocument, rule: &'a RuleDocument) -> Self {
        let of = match rule.kind {
            RuleKind::Alerting => Subject::Alert(&rule.name.value),
            RuleKind::Recording => Subject::Recording(&rule.name.value),
        };
        let query = Query::read(of, &rule.expr, rule.language);
        let short = rule.expr.text.len() <= LABELS_BYTES_MAX;
        let labels = query.read.as_ref().ok().filter(|_| short).map_or_else(OutputLabels::any, OutputLabels::of);
        Self { group, rule, query, labels }
    }

    pub(super) fn name(&self) -> &'a str {
        &self.rule.name.value
    }

    /// The labels of what the rule gives: those of the result, and its own over them.
    pub(super) fn given(&self) -> OutputLabels {
        let mut labels = self.labels.clone();
        for (name, value) in &self.rule.labels {
            let is_template = self.rule.kind == RuleKind::Alerting && value.value.contains("{{");
            if is_template {
                labels.allow(&name.value);
            } else {
                labels.set(&name.value, &value.value);
            }
        }
        labels
    }
}

impl<'a> Query<'a> {
    fn measured(name: &'a str, text: &'a Written) -> Self {
        let read = parse(&text.text.replace(WINDOW.0, WINDOW.1));
        Self { of: Subject::Objective(name), text, is_promql: true, read }
    }

    fn read(of: Subject<'a>, text: &'a Written, language: Language) -> Self {
        let read = match language {
            Language::PromQl | Language::MetricsQl => parse(&text.text),
            Language::LogQl => Err(Fault {
                kind: FaultKind::TooLarge,
                range: 0..0,
                message: "it is a query of logs".to_owned(),
                help: None,
            }),
        };
        Self { of, text, is_promql: language == Language::PromQl, read }
    }
}

/// Sloth's sign for the window in a query, and what is read in its place: as long, so that places stay.
const WINDOW: (&str, &str) = ("{{.window}}", "5m         ");

/// What objectives measure, and what they refer to, as far as it is asked in PromQL.
fn measured(documents: &Documents) -> Vec<Query<'_>> {
    let objectives = documents.objectives.iter().flat_map(|objective| {
        let promised = objective.promises.iter().filter_map(|promise| promise.indicator.as_ref());
        promised.chain(&objective.indicator).map(move |indicator| (&*objective.name.value, indicator))
    });
    let parts = documents.slo_parts.iter().filter_map(|part| Some((&*part.name.value, part.indicator.as_ref()?)));
    objectives
        .chain(parts)
        .flat_map(|(name, indicator)| queries_of(indicator).map(move |text| Query::measured(name, text)))
        .collect()
}

fn queries_of(indicator: &IndicatorDocument) -> impl Iterator<Item = &Written> {
    match indicator {
        IndicatorDocument::Events { part, total, .. } => [Some(part), Some(total)],
        IndicatorDocument::Ratio { query, .. } | IndicatorDocument::Threshold { query } => [Some(query), None],
    }
    .into_iter()
    .flatten()
}

fn kpis(documents: &Documents) -> Vec<Query<'_>> {
    let kpis = documents.kpis.iter();
    kpis.map(|kpi| Query::read(Subject::Kpi(&kpi.name.value), &kpi.spec.query, Language::PromQl)).collect()
}

/// The steps whose query is known: one with a parameter in it is a query only when it runs.
fn steps(documents: &Documents) -> Vec<Query<'_>> {
    let blocks = documents.procedures.iter().flat_map(|procedure| &procedure.steps);
    let known = blocks.filter(|step| step.language == StepLanguage::PromQl && !step.body.text.contains("{{"));
    known.map(|step| Query::read(Subject::Step(&step.name.value), &step.body, Language::PromQl)).collect()
}
