//! The example for people who come from Alertmanager is good to everybody who reads it.

use std::path::Path;

use super::amtool::run;
use super::{AMTOOL, PROMTOOL, installed};
use crate::record::evenkeel;

fn example(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/prometheus");
    folder.join(file).display().to_string()
}

#[test]
fn the_example_is_good_to_prometheus() {
    if installed(&[PROMTOOL]) {
        let (good, said, errors) = run(PROMTOOL, &["check", "config", &example("prometheus.yml")]);
        assert!(good && said.contains("2 rules found"), "{said}{errors}");
    }
}

#[test]
fn the_example_is_good_to_alertmanager() {
    if installed(&[AMTOOL]) {
        let (good, said, errors) = run(AMTOOL, &["check-config", &example("ops/alertmanager.yml")]);
        assert!(good, "{said}{errors}");
    }
}

#[test]
fn the_example_is_good_to_evenkeel() {
    let output = evenkeel(&["check", &example("ops")]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!((output.status.code(), said.trim()), (Some(0), "0 errors, 0 findings"));
}
