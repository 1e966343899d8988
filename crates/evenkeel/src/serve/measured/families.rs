//! What is counted of metrics and rules, for `/metrics`.
//!
//! What Prometheus counts of its rules has Prometheus's names: dashboards and alerts about rules are written for them.

use std::fmt::Write;
use std::sync::PoisonError;

use evenkeel_prometheus_api::{Health, Rule};

use super::{Measured, budgets, kpis};
use crate::serve::metrics::{counter, escaped, family, gauge};

impl Measured {
    /// OpenMetrics text without the closing `# EOF`.
    pub(crate) fn families(&self, text: &mut String) {
        let status = self.store.status();
        gauge(text, "evenkeel_metrics_head_series", "Series that are active.", status.head_series as u64);
        gauge(text, "evenkeel_metrics_head_samples", "Samples that are in no block yet.", status.head_samples);
        gauge(text, "evenkeel_metrics_head_bytes", "What they take in memory.", status.head_bytes);
        gauge(text, "evenkeel_metrics_log_bytes", "What the log of metrics takes on disk.", status.log_bytes);
        gauge(text, "evenkeel_metrics_blocks", "Blocks of metrics.", status.blocks.len() as u64);
        let on_disk = status.blocks.iter().map(|block| block.size_bytes).sum();
        gauge(text, "evenkeel_metrics_blocks_bytes", "What blocks take on disk.", on_disk);
        let damaged = status.blocks.iter().filter(|block| block.damage.is_some()).count();
        gauge(text, "evenkeel_metrics_blocks_damaged", "Blocks that cannot be read.", damaged as u64);
        gauge(
            text,
            "evenkeel_metrics_refusing",
            "1 while no series can be written.",
            u64::from(status.fault.is_some()),
        );
        self.rule_families(text);
        budgets::families(&self.budgets.lock().unwrap_or_else(PoisonError::into_inner), text);
        kpis::families(&self.kpis.lock().unwrap_or_else(PoisonError::into_inner), text);
    }

    fn rule_families(&self, text: &mut String) {
        let groups = self.rule_groups();
        let name = |file: &str, group: &str| escaped(&format!("{file};{group}"));
        family(text, "prometheus_rule_group_last_duration_seconds", "gauge", "How long the last evaluation took.");
        for group in groups.iter() {
            let (rule_group, seconds) = (name(&group.file, &group.name), group.evaluation_seconds);
            let _ =
                writeln!(text, "prometheus_rule_group_last_duration_seconds{{rule_group=\"{rule_group}\"}} {seconds}");
        }
        family(text, "prometheus_rule_group_interval_seconds", "gauge", "Between two evaluations.");
        for group in groups.iter() {
            let (rule_group, seconds) = (name(&group.file, &group.name), group.interval.to_std().as_secs_f64());
            let _ = writeln!(text, "prometheus_rule_group_interval_seconds{{rule_group=\"{rule_group}\"}} {seconds}");
        }
        family(text, "prometheus_rule_group_rules", "gauge", "Rules of the group.");
        for group in groups.iter() {
            let (rule_group, rules) = (name(&group.file, &group.name), group.rules.len());
            let _ = writeln!(text, "prometheus_rule_group_rules{{rule_group=\"{rule_group}\"}} {rules}");
        }
        let failing = groups.iter().flat_map(|group| &group.rules).filter(|rule| {
            let (Rule::Alerting(evenkeel_prometheus_api::AlertingRule { health, .. })
            | Rule::Recording(evenkeel_prometheus_api::RecordingRule { health, .. })) = rule;
            matches!(health, Health::Bad(_))
        });
        gauge(text, "evenkeel_rules_failing", "Rules whose last evaluation failed.", failing.count() as u64);
        counter(text, "evenkeel_rule_evaluations_missed", "Evaluations that were left out.", self.missed());
    }
}
