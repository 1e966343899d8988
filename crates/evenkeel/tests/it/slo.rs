//! The rules that objectives come to, as they are printed; Prometheus's own tool takes them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::record::evenkeel;

const PROMTOOL: &str = "promtool";
const SLOTH: &str = r#"
version: prometheus/v1
service: shop
labels: { owner: payments }
slos:
  - name: availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total[{{.window}}]))
    alerting:
      name: ShopUnavailable
      annotations: { runbook: "https://example.com" }
      page_alert: { labels: { severity: page } }
      ticket_alert: { disable: true }
"#;
const OPENSLO: &str = r#"
apiVersion: openslo/v1
kind: SLO
metadata: { name: orders-answered }
spec:
  service: orders
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 28d, isRolling: true }]
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'requests_total{code="200"}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'requests_total' } } }
  objectives: [{ target: 0.99 }]
"#;

#[test]
fn the_rules_of_objectives_are_a_rule_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let ops = folder.path().join("ops");
    fs::create_dir(&ops).expect("the folder is made");
    fs::write(ops.join("sloth.yml"), SLOTH).expect("the file is written");
    fs::write(ops.join("openslo.yml"), OPENSLO).expect("the file is written");
    let printed = |more: &[&str]| {
        let ops = ops.to_string_lossy();
        let output = evenkeel(&[&["slo", "rules", "--ops", &ops], more].concat());
        let (said, complained) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
        (output.status.code(), said.expect("text"), complained.expect("text"))
    };
    let (code, all, complained) = printed(&[]);
    assert_eq!((code, &*complained), (Some(0), ""));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/slo/rules.yml");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, &all).expect("the golden file is written");
    }
    assert!(fs::read_to_string(&golden).is_ok_and(|golden| golden == all), "run with BLESS=1:\n{all}");
    let (code, one, _) = printed(&["shop-availability"]);
    assert_eq!(code, Some(0));
    assert!(one.contains("shop") && !one.contains("orders") && one.len() < all.len(), "{one}");
    let (code, nothing, complained) = printed(&["shop-availablity"]);
    assert_eq!((code, &*nothing), (Some(2), ""));
    assert!(complained.contains("did you mean `shop-availability`?"), "{complained}");
    let file = folder.path().join("rules.yml");
    fs::write(&file, &all).expect("the file is written");
    match Command::new(PROMTOOL).args(["check", "rules"]).arg(&file).output() {
        Ok(judged) => assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr)),
        Err(_) => eprintln!("skipped: {PROMTOOL} is not installed"),
    }
}
