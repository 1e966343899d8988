//! The ops repos under `examples/` are good: nothing is said of them, their tests pass and touch everything, and the tools
//! of the formats in them take their files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use evenkeel_check::Judged;
use evenkeel_ops_source::{Loaded, OpsFiles, read};

use crate::repo::judged_files;

/// The ops repo that shows everything.
pub(crate) const PLATFORM: &str = "platform";
const PROMTOOL: &str = "/usr/bin/promtool";
const AMTOOL: &str = "/usr/bin/amtool";

/// A folder under `examples/`.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// The files of an example, as `check` reads them.
pub(crate) fn files(name: &str) -> OpsFiles {
    read(&folder(name)).expect("an example that can be read")
}

fn silent(name: &str) -> Loaded {
    let (loaded, Judged { kept, .. }) = judged_files(&files(name));
    assert!(kept.is_empty(), "{}", evenkeel_report::frames(&kept, &loaded.sources));
    assert!(loaded.plan.is_some(), "{name} has a plan");
    loaded
}

#[test]
fn nothing_is_wrong_with_the_examples() {
    for name in [PLATFORM, "storefront/ops", "prometheus/ops"] {
        silent(name);
    }
}

#[test]
fn the_tests_of_the_platform_pass_and_touch_everything() {
    let loaded = silent(PLATFORM);
    let plan = Arc::new(loaded.plan.expect("a plan"));
    let report = evenkeel_routing_test::run(&plan, &loaded.documents, "");
    let failures: Vec<_> = report.cases.iter().flat_map(|case| case.failures.clone()).collect();
    assert!(failures.is_empty(), "{}", evenkeel_report::frames(&failures, &loaded.sources));
    let coverage = &report.coverage;
    for covered in [&coverage.routes, &coverage.response_plans, &coverage.rules] {
        assert!(covered.untested.is_empty() && !covered.tested.is_empty(), "{covered:#?}");
    }
}

/// Every page the README of the platform leads to is there, and every file is led to by some line of it.
#[test]
fn the_platform_says_where_everything_is() {
    let readme = std::fs::read_to_string(folder(PLATFORM).join("README.md")).expect("a page");
    for file in files(PLATFORM).files.iter().filter(|file| file.path != "README.md") {
        let part = file.path.split_inclusive('/').next().unwrap_or(&file.path);
        assert!(readme.contains(&format!("[{part}](")), "the README says nothing about {}", file.path);
    }
}

/// Whether the program took the files; says so and is content where it is not installed.
fn takes(program: &str, verbs: &[&str], files: &[PathBuf]) {
    if !Path::new(program).exists() {
        let said = format!("skipped: {program} is not installed\n");
        std::io::stderr().write_all(said.as_bytes()).expect("a stderr");
        return;
    }
    assert!(!files.is_empty(), "{program} has something to look at");
    let output = Command::new(program).args(verbs).args(files).output().expect("an installed program runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {verbs:?}: {said}");
}

/// Files of the platform whose path ends so.
fn ending(end: &str) -> Vec<PathBuf> {
    let paths = files(PLATFORM).files.into_iter().map(|file| file.path);
    paths.filter(|path| path.ends_with(end)).map(|path| folder(PLATFORM).join(path)).collect()
}

#[test]
fn promtool_takes_the_rules_and_their_tests() {
    takes(PROMTOOL, &["check", "rules"], &ending(".rules.yml"));
    takes(PROMTOOL, &["test", "rules"], &ending(".test.yml"));
}

#[test]
fn amtool_takes_the_configurations() {
    let mut files = ending("alertmanager.yml");
    // Not the storefront's: its routes lead to a receiver of ours, which amtool does not know.
    files.push(folder("prometheus/ops").join("alertmanager.yml"));
    takes(AMTOOL, &["check-config"], &files);
}
