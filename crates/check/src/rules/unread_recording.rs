//! `unread-recording-rule`: a metric is computed again and again, and nothing in the ops repo uses it.
//!
//! Folders of rules alone are left in peace: what they record is for dashboards that are elsewhere. So are repos with
//! dashboards in them, which nobody here can read.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};

use super::metrics::{Asked, reads, words};
use super::reading::Rules;

/// Selectors by pattern that are tried on every recorded metric; with more of them nothing is said.
const PATTERNS_MAX: usize = 100;

pub(super) fn unread_recording_rule(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if !rules.repo.is_whole() || !rules.has_own_documents() || has_dashboards(rules) {
        return;
    }
    let Some(read) = Read::of(rules) else { return };
    for rule in rules.recordings().filter(|rule| !read.reads(rule.name())) {
        let headline = format!("nothing reads {}, which a rule records", quoted(rule.name()));
        diags.push(
            Diagnostic::finding(codes::UNREAD_RECORDING_RULE, rule.rule.name.span, headline)
                .label("no rule, objective, KPI or procedure has it")
                .help("take the rule away, or allow it with the dashboard that needs it as the reason"),
        );
    }
}

fn has_dashboards(rules: &Rules<'_>) -> bool {
    let of_dashboard = |path: &str| {
        let path = path.to_ascii_lowercase();
        let text = [".json", ".jsonnet", ".libsonnet", ".yaml", ".yml", ".tf"];
        (path.contains("dashboard") || path.contains("grafana")) && text.iter().any(|ending| path.ends_with(ending))
    };
    rules.repo.paths.iter().any(|path| of_dashboard(path))
}

struct Read<'a> {
    /// By each name the rules that read it, of which two are enough; queries outside of rules have no name.
    by_name: BTreeMap<&'a str, BTreeSet<&'a str>>,
    patterns: Vec<Vec<Asked<'a>>>,
}

impl<'a> Read<'a> {
    /// `None`: too much is read by pattern.
    fn of(rules: &'a Rules<'_>) -> Option<Self> {
        let mut read = Read { by_name: BTreeMap::new(), patterns: Vec::new() };
        for rule in &rules.rules {
            let found = reads(&rule.query);
            found.names.into_iter().for_each(|name| read.put(name, rule.name()));
            read.patterns.extend(found.patterns);
            let texts = rule.rule.annotations.iter().chain(&rule.rule.labels);
            texts.flat_map(|(_, text)| words(&text.value)).for_each(|word| read.put(word, ""));
        }
        let documents = rules.repo.documents;
        let objectives = documents.objectives.iter().flat_map(|objective| &objective.queries);
        let parts = documents.slo_parts.iter().flat_map(|part| &part.queries);
        let steps = documents.procedures.iter().flat_map(|procedure| &procedure.steps).map(|step| &step.body);
        let kpis = documents.kpis.iter().map(|kpi| &kpi.spec.query);
        for text in objectives.chain(parts).chain(steps).chain(kpis) {
            words(&text.text).for_each(|word| read.put(word, ""));
        }
        let promised = documents.signals.iter().flat_map(|contract| &contract.spec.metrics);
        promised.for_each(|metric| read.put(&metric.name.value, ""));
        (read.patterns.len() <= PATTERNS_MAX).then_some(read)
    }

    fn put(&mut self, name: &'a str, by: &'a str) {
        let by_whom = self.by_name.entry(name).or_default();
        if by_whom.len() < 2 {
            by_whom.insert(by);
        }
    }

    /// Whether anything but the rule itself reads it.
    fn reads(&self, metric: &str) -> bool {
        let by_name = self.by_name.get(metric).is_some_and(|by| by.iter().any(|by| *by != metric));
        by_name || self.patterns.iter().any(|pattern| pattern.iter().all(|asked| asked.may_be(metric)))
    }
}
