//! Rules as a rule file of Prometheus's.

use std::fmt::Write;

use evenkeel_model::{Pace, Rule, RuleKind};
use evenkeel_time::Duration;
use serde_json::Value;

/// Keys that some readers of YAML take for something else than text.
const TRAPS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// The text of a rule file. Rules of one group that follow each other are one group there; which files they come from does
/// not show.
#[must_use]
pub fn print_rule_file(rules: &[Rule]) -> String {
    if rules.is_empty() {
        return "groups: []\n".to_owned();
    }
    let mut out = "groups:\n".to_owned();
    for group in rules.chunk_by(|before, rule| before.group == rule.group && before.file == rule.file) {
        if let Some(first) = group.first() {
            let _ = writeln!(out, "  - name: {}", quoted(&first.group));
            pace(first.pace, &mut out);
            out.push_str("    rules:\n");
        }
        group.iter().for_each(|rule| self::rule(rule, &mut out));
    }
    out
}

fn pace(pace: Pace, out: &mut String) {
    let durations = [("interval", pace.interval), ("query_offset", pace.query_offset)];
    for (name, duration) in durations.into_iter().filter_map(|(name, duration)| Some((name, duration?))) {
        let _ = writeln!(out, "    {name}: {duration}");
    }
    if pace.limit > 0 {
        let _ = writeln!(out, "    limit: {}", pace.limit);
    }
}

fn rule(rule: &Rule, out: &mut String) {
    let makes = match rule.kind {
        RuleKind::Alerting => "alert",
        RuleKind::Recording => "record",
    };
    let _ = writeln!(out, "      - {makes}: {}", quoted(&rule.name));
    expr(&rule.expr, out);
    for (name, duration) in [("for", rule.holds_for), ("keep_firing_for", rule.keep_firing_for)] {
        if duration != Duration::ZERO {
            let _ = writeln!(out, "        {name}: {duration}");
        }
    }
    let emptied = rule.unlabelled.iter().map(|name| (&**name, ""));
    pairs("labels", rule.labels.iter().chain(emptied), out);
    pairs("annotations", rule.annotations.iter(), out);
}

/// As a block where it can be one: expressions are full of quotation marks.
fn expr(expr: &str, out: &mut String) {
    let expr = expr.trim();
    if expr.chars().any(|letter| letter.is_control() && letter != '\n') {
        let _ = writeln!(out, "        expr: {}", quoted(expr));
        return;
    }
    out.push_str("        expr: |-\n");
    for line in expr.lines() {
        let _ = writeln!(out, "          {line}");
    }
}

fn pairs<'a>(name: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>, out: &mut String) {
    for (number, (key, value)) in pairs.enumerate() {
        if number == 0 {
            let _ = writeln!(out, "        {name}:");
        }
        let _ = writeln!(out, "          {}: {}", self::key(key), quoted(value));
    }
}

fn key(key: &str) -> String {
    let plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !TRAPS.contains(&key);
    if plain && !key.is_empty() { key.to_owned() } else { quoted(key) }
}

/// A text in JSON is the same text in YAML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use evenkeel_diagnostic::SourceId;
    use evenkeel_labels::LabelSet;
    use evenkeel_model::document::Language;

    use super::*;
    use crate::Parsed;

    fn rules() -> Vec<Rule> {
        let record = Rule {
            file: "rules.yml".into(),
            group: "first".into(),
            pace: Pace { interval: Some(Duration::secs(30)), query_offset: None, limit: 5 },
            language: Language::PromQl,
            kind: RuleKind::Recording,
            name: "job:up:sum".into(),
            expr: "sum by (job) (up{job=~\"a\\\\d\"})".into(),
            holds_for: Duration::ZERO,
            keep_firing_for: Duration::ZERO,
            labels: LabelSet::new([("on", "no"), ("tier", "1")]),
            unlabelled: vec!["instance".into()],
            annotations: LabelSet::default(),
        };
        let alert = Rule {
            group: "second".into(),
            pace: Pace::default(),
            kind: RuleKind::Alerting,
            name: "Down".into(),
            expr: "up == 0\n  # \"why\"\nunless\n\nmaintenance".into(),
            holds_for: Duration::minutes(5),
            keep_firing_for: Duration::hours(1),
            labels: LabelSet::default(),
            unlabelled: Vec::new(),
            annotations: LabelSet::new([("summary", "{{ $labels.job }}: \"down\"\n# no comment")]),
            ..record.clone()
        };
        let tabbed = Rule { expr: "up ==\t1".into(), name: "Up".into(), ..alert.clone() };
        vec![record, alert, tabbed]
    }

    #[test]
    fn what_is_printed_is_read_as_it_was() {
        let text = print_rule_file(&rules());
        let mut parsed = Parsed::default();
        parsed.read(SourceId(0), "rules.yml", &text);
        assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
        let groups = &parsed.documents.rule_groups;
        let names: Vec<_> = groups.iter().map(|group| (&*group.name.value, group.rules.len())).collect();
        assert_eq!(names, [("first", 1), ("second", 2)], "{text}");
        let first = groups.first().expect("a group");
        assert_eq!((first.interval, first.query_offset, first.limit), (Some(Duration::secs(30)), None, 5));
        for (read, rule) in groups.iter().flat_map(|group| &group.rules).zip(rules()) {
            assert_eq!((read.kind, &*read.name.value, &read.expr.text), (rule.kind, &*rule.name, &rule.expr));
            assert_eq!((read.holds_for, read.keep_firing_for), (rule.holds_for, rule.keep_firing_for));
            let set = |pairs: &[(evenkeel_model::document::Text, evenkeel_model::document::Text)]| {
                let kept = pairs.iter().filter(|(_, value)| !value.value.is_empty());
                LabelSet::new(kept.map(|(name, value)| (&*name.value, &*value.value)))
            };
            assert_eq!((set(&read.labels), set(&read.annotations)), (rule.labels, rule.annotations));
        }
        assert_eq!(print_rule_file(&[]), "groups: []\n");
    }
}
