//! How long a cold check of a large ops repo takes, and how much memory: 10,000 documents and 5,000 rules in a folder of
//! their own. `taskset -c 0 cargo run --release -p evenkeel-report --example check_speed`

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "writes a folder, measures and prints")]

#[path = "check_speed/shop.rs"]
mod shop;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use evenkeel_check::{Repo, judge};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};

/// When everything is judged.
const AT: &str = "2026-11-20T12:00:00Z";

fn main() {
    let dir = std::env::temp_dir().join(format!("evenkeel-check-speed-{}", std::process::id()));
    let (documents, rules) = shop::write(&dir);
    println!("{documents} documents, {rules} rules, {} files", count(&dir));
    check(&dir);
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

fn check(dir: &Path) {
    let start = Instant::now();
    let files = read(dir).expect("a folder");
    let was_read = start.elapsed();
    let loaded = load(&files, Missing::Refuse);
    drop(files);
    let was_loaded = start.elapsed();
    let at = AT.parse().expect("an instant");
    let repo = Repo::new(&loaded.documents, &loaded.catalogue, loaded.plan.as_ref(), &loaded.paths, at);
    let judged = judge(&repo, &loaded.sources, &loaded.diagnostics);
    let all = start.elapsed();
    let text = evenkeel_report::text(&judged.kept, &loaded.sources, false);
    let said = start.elapsed();
    println!("read {was_read:.1?}, load {:.1?}, judge {:.1?}", was_loaded - was_read, all - was_loaded);
    println!("report {:.1?}, {} KiB", said - all, text.len() >> 10);
    println!("together {said:.2?}, most memory {}", memory());
    println!("on a core, writing the folder counted in: {}", on_core());
    codes(&judged.kept);
}

/// How often what was found: a shop without faults measures nothing but the good way.
fn codes(diags: &[Diagnostic]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for diag in diags {
        *counts.entry(format!("{} {:?}", diag.code, diag.severity)).or_default() += 1;
    }
    counts.iter().for_each(|(code, count)| println!("  {count:6} {code}"));
}

fn count(dir: &Path) -> usize {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
}

/// How long the program was on a core, as Linux says; on a machine that others use, clocks say more than that.
fn on_core() -> String {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.map_or_else(|| "unknown".to_owned(), |ns| format!("{:.2?}", Duration::from_nanos(ns)))
}

/// The most memory that was held, as Linux says.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}
