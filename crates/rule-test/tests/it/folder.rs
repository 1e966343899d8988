//! Files in memory, and how the tests in them go.

use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_rule_test::{TestResult, run};

/// The rules that most tests are about.
pub(crate) const RULES: &str = r#"
groups:
  - name: up
    rules:
      - record: job:up:sum
        expr: sum by (job) (up)
      - alert: Down
        expr: up == 0
        for: 5m
        labels: { severity: page }
        annotations: { summary: "{{ $labels.instance }} of {{ $labels.job }} is down since {{ $value | humanize }}" }
      - alert: Always
        expr: "1"
  - name: behind
    rules:
      - record: all:up:sum
        expr: sum(job:up:sum)
      - alert: Few
        expr: all:up:sum < 2
        keep_firing_for: 3m
        labels: { cluster: "{{ $externalLabels.cluster }}" }
      - record: late
        expr: count(ALERTS{alertstate="firing"})
"#;

pub(crate) fn loaded(files: &[(&str, &str)]) -> Loaded {
    let file = |(path, text): &(&str, &str)| OpsFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
    load(&OpsFiles { files: files.iter().map(file).collect(), ..OpsFiles::default() }, Missing::Refuse)
}

pub(crate) fn results(loaded: &Loaded) -> Vec<TestResult> {
    run(&loaded.documents, &loaded.catalogue.rules, &loaded.paths, "")
}

/// How each test went: its name, and the headline and what helps of each failure.
pub(crate) fn judged(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let loaded = loaded(files);
    let said = |diag: &evenkeel_diagnostic::Diagnostic| {
        let source = loaded.sources.get(diag.primary.span.source).expect("a file");
        let at = source.position(diag.primary.span.start);
        let help = diag.help.clone().unwrap_or_default();
        format!("{}:{} {} [{}] [{help}]", source.path, at.line, diag.headline, diag.primary.message)
    };
    let one = |result: TestResult| (result.name.to_string(), result.failures.iter().map(said).collect());
    results(&loaded).into_iter().map(one).collect()
}
