//! What Prometheus's own configuration says about rules and alerts.

use evenkeel_diagnostic::SourceId;
use evenkeel_formats::yaml::{self, Node, Value};

/// The part of `prometheus.yml` that matters here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrometheusConfig {
    /// `rule_files`: paths and patterns, relative to the file.
    pub rule_files: Vec<String>,
    /// Where alerts are sent to, as far as it stands there.
    pub alertmanagers: Vec<String>,
}

/// Fields that only the configuration has, and no file of rules or tests.
const OWN: [&str; 7] =
    ["global", "scrape_configs", "alerting", "scrape_config_files", "remote_write", "remote_read", "runtime"];

/// Reads it; `None` when the text is something else, such as a file of rules.
#[must_use]
pub fn prometheus_config(text: &str) -> Option<PrometheusConfig> {
    let nodes = yaml::parse(SourceId(0), text, &mut Vec::new())?;
    let config = nodes.into_iter().find(|node| OWN.iter().any(|field| node.get(field).is_some()))?;
    let targets = |manager: &Node| -> Vec<String> {
        items(manager.get("static_configs")).iter().flat_map(|group| texts(group.get("targets"))).collect()
    };
    let managers = config.get("alerting").and_then(|alerting| alerting.get("alertmanagers"));
    Some(PrometheusConfig {
        rule_files: texts(config.get("rule_files")),
        alertmanagers: items(managers).iter().flat_map(targets).collect(),
    })
}

fn items(node: Option<&Node>) -> &[Node] {
    match node {
        Some(Node { value: Value::Seq(items), .. }) => items,
        _ => &[],
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    items(node).iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_files_and_alertmanagers_are_found() {
        let text = "global: {}\nrule_files: [a.yml, 'rules/*.yml']\nalerting:\n  alertmanagers:\n  - static_configs:\n    \
                    - targets: ['localhost:9093', am:9093]\n  - scheme: https\n";
        let found = prometheus_config(text).expect("a configuration");
        assert_eq!(found.rule_files, ["a.yml", "rules/*.yml"]);
        assert_eq!(found.alertmanagers, ["localhost:9093", "am:9093"]);
        assert_eq!(prometheus_config("scrape_configs:\nrule_files:\n"), Some(PrometheusConfig::default()));
    }

    #[test]
    fn rules_and_their_tests_are_something_else() {
        for text in ["groups: []", "rule_files: [a.yml]\ntests: []", "", "- a", ": ["] {
            assert_eq!(prometheus_config(text), None, "{text}");
        }
    }
}
