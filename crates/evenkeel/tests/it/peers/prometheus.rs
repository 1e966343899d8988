//! A real Prometheus that scrapes gauges, and alerts on them every second.

use std::fs;
use std::net::SocketAddr;

use super::PROMETHEUS;
use super::process::Process;

/// What it alerts on, and how often it says the same again.
#[derive(Debug)]
pub(super) struct Setup<'a> {
    /// The target it scrapes.
    pub(super) gauges: SocketAddr,
    /// The entries of `rules:`.
    pub(super) rules: &'a str,
    /// The entries of `alertmanagers:`.
    pub(super) alertmanagers: &'a str,
    /// An alert holds four times as long, counted from when it was sent.
    pub(super) resend_delay: &'a str,
}

/// An entry of `alertmanagers:`.
pub(super) fn alertmanager(address: SocketAddr, path_prefix: &str) -> String {
    format!(
        "    - path_prefix: '{path_prefix}'\n      timeout: 5s\n      static_configs: [{{ targets: ['{address}'] }}]\n"
    )
}

/// An alert while the gauge `test_state` of that name is above 0.
pub(super) fn rule(name: &str) -> String {
    format!(
        "  - alert: {name}
    expr: test_state{{alert=\"{name}\"}} > 0
    annotations: {{ summary: '{name} of {{{{ $labels.cluster }}}}', level: 'level {{{{ $value }}}}' }}
"
    )
}

/// Starts it.
pub(super) fn start(setup: &Setup<'_>) -> Process {
    Process::start(PROMETHEUS, |address, folder| {
        let Setup { gauges, rules, alertmanagers, resend_delay } = setup;
        let rules = format!("groups:\n- name: test\n  interval: 1s\n  rules:\n{rules}");
        fs::write(folder.join("rules.yml"), rules).expect("written");
        let file = folder.join("prometheus.yml");
        let text = format!(
            "global: {{ scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }}
rule_files: [rules.yml]
scrape_configs:
- job_name: test
  static_configs: [{{ targets: ['{gauges}'] }}]
alerting:
  alertmanagers:
{alertmanagers}"
        );
        fs::write(&file, text).expect("written");
        vec![
            format!("--config.file={}", file.display()),
            format!("--storage.tsdb.path={}", folder.join("data").display()),
            format!("--web.listen-address={address}"),
            format!("--rules.alert.resend-delay={resend_delay}"),
        ]
    })
}
