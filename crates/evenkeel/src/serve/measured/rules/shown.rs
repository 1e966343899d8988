//! Rules and their alerts as Prometheus's API shows them.

use evenkeel_labels::LabelSet;
use evenkeel_model::RuleKind;
use evenkeel_prometheus_api::{
    ActiveAlert, AlertState as Shown, AlertingRule, Health as ShownHealth, RecordingRule, Rule as ShownRule, RuleGroup,
};
use evenkeel_rules::{AlertState, Group, Health, Instance, Rule, RuleSet, RuleState, State};

/// All groups; `seconds` is how long each one's last evaluation took.
pub(super) fn groups(set: &RuleSet, state: &State, seconds: &[f64]) -> Vec<RuleGroup> {
    let groups = set.groups.iter().enumerate();
    groups.map(|(place, group)| of_group(place, group, state, seconds.get(place).copied().unwrap_or(0.0))).collect()
}

fn of_group(place: usize, group: &Group, state: &State, seconds: f64) -> RuleGroup {
    let known = state.groups.get(place);
    let rules = group.rules.iter().enumerate().map(|(index, rule)| of_rule(rule, state.rule(place, index)));
    RuleGroup {
        name: group.name.to_string(),
        file: group.file.to_string(),
        interval: group.interval,
        limit: group.limit as u64,
        evaluation_seconds: seconds,
        evaluated_at: known.filter(|known| known.evaluated).map(|known| known.last_at),
        rules: rules.collect(),
    }
}

fn of_rule(rule: &Rule, known: Option<&RuleState>) -> ShownRule {
    let health = known.map_or(ShownHealth::Unknown, |known| match &known.health {
        Health::Unknown => ShownHealth::Unknown,
        Health::Good => ShownHealth::Good,
        Health::Failed(why) => ShownHealth::Bad(why.to_string()),
    });
    let evaluated_at = known.and_then(|known| known.evaluated_at);
    let (name, query) = (rule.key.name.to_string(), rule.text.to_string());
    match rule.kind {
        RuleKind::Recording => ShownRule::Recording(RecordingRule {
            name,
            query,
            labels: rule.key.labels.clone(),
            health,
            evaluation_seconds: 0.0,
            evaluated_at,
        }),
        RuleKind::Alerting => ShownRule::Alerting(AlertingRule {
            name,
            query,
            held_for: rule.holds_for,
            keep_firing_for: rule.keep_firing_for,
            labels: rule.key.labels.clone(),
            annotations: LabelSet::new(rule.annotations.iter().map(|(name, text)| (name.as_ref(), text.written()))),
            alerts: known.map_or_else(Vec::new, |known| known.alerts.values().filter_map(of_alert).collect()),
            health,
            evaluation_seconds: 0.0,
            evaluated_at,
        }),
    }
}

fn of_alert(alert: &Instance) -> Option<ActiveAlert> {
    let state = match alert.state {
        AlertState::Inactive => return None,
        AlertState::Pending => Shown::Pending,
        AlertState::Firing => Shown::Firing,
    };
    Some(ActiveAlert {
        labels: alert.labels.clone(),
        annotations: alert.annotations.clone(),
        state,
        active_at: alert.active_at,
        keep_firing_since: alert.kept_since,
        value: alert.value,
    })
}
