//! A review by the real binary: of a server, of its data folder beside it, and without it, all the same.

use std::fs;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::place::{Place, everything_to};
use crate::server::Server;

const OPS: &str = "
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { timeZone: Etc/UTC, contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:9/ada' } }] }
---
apiVersion: evenkeel/v1
kind: Team
metadata: { name: shop }
spec: { members: [ada] }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: shop, owner: 'team:shop' }
spec: { tier: 1, impact: { who: everyone who buys, what: no order, customers: true } }
";
const PRACTICE: &str = "oe.prepare.game-days";
const SOON: Duration = Duration::from_secs(15);

/// The real binary, with the data folder's token where it asks a server.
fn evenkeel(place: &Place, server: Option<&Server>, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
    command.env_clear().args(words).arg("--data").arg(place.data());
    if let Some(server) = server {
        command.arg("--server").arg(format!("http://{}", server.address()));
    }
    command.output().expect("the binary runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn drill(place: &Place, server: &Server, key: &str, outcome: &str) {
    let outcome = format!("outcome={outcome}");
    let words = ["record", "drill", "--key", key, "--workload", "shop", "sort=game-day", &outcome];
    let more = ["restored=true", "hypothesis=one instance may die", "participants=ada"];
    let output = evenkeel(place, Some(server), &[&words[..], &more].concat());
    assert!(output.status.success(), "{}", said(&output));
}

/// The verdict on the practice, as a review in JSON says it.
fn verdict(output: &Output) -> String {
    let review: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {}", said(output)));
    review["practices"][0]["verdicts"][0]["verdict"].as_str().expect("a verdict").to_owned()
}

fn review(place: &Place, server: Option<&Server>) -> String {
    let words = ["review", "--practice", PRACTICE, "--subject", "shop", "--format", "json"];
    verdict(&evenkeel(place, server, &words))
}

#[test]
fn a_practice_is_reviewed_from_facts_to_an_improvement_that_closes_itself() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/"));
    place.write("ops.yml", OPS);
    let server = Server::start(&place);
    assert_eq!(review(&place, Some(&server)), "unknown");
    let set = evenkeel(&place, Some(&server), &["review", "--milestone", "before"]);
    assert!(set.status.success(), "{}", said(&set));
    let taken = evenkeel(&place, Some(&server), &["review", "take", PRACTICE, "--subject", "shop"]);
    assert!(taken.status.success(), "{}", said(&taken));

    drill(&place, &server, "gd-1", "passed");
    assert_eq!(review(&place, Some(&server)), "practised (reported)");
    assert_eq!(review(&place, None), "practised (reported)", "beside the server");
    let deadline = Instant::now() + SOON;
    while place.of_kind("improvement-closed").is_empty() {
        assert!(Instant::now() < deadline, "the improvement closes itself");
        assert_eq!(review(&place, Some(&server)), "practised (reported)");
    }
    let diff = said(&evenkeel(&place, Some(&server), &["review", "diff", "before"]));
    assert!(diff.contains("unknown -> practised (reported)"), "{diff}");

    drill(&place, &server, "gd-2", "failed");
    assert_eq!(review(&place, Some(&server)), "contradicted");
    let failing = ["review", "--subject", "shop", "--fail-on", "contradicted"];
    let output = evenkeel(&place, Some(&server), &failing);
    let further = said(&output);
    assert_eq!(output.status.code(), Some(0), "practices beyond the 63 make nothing fail: {further}");

    let rows =
        evenkeel(&place, Some(&server), &["query", "SELECT outcome FROM drills ORDER BY record", "--format", "csv"]);
    assert_eq!(said(&rows), "outcome\npassed\nfailed\n");
    let wrong = evenkeel(&place, Some(&server), &["query", "DELETE FROM drills"]);
    assert_ne!(wrong.status.code(), Some(0), "{}", said(&wrong));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert_eq!(review(&place, None), "contradicted", "without the server");

    // What was projected is only a projection: gone or broken, it is made again from the journal.
    let evidence = place.data().join("evidence.db");
    fs::write(&evidence, b"this is no database, and never was one").expect("written over");
    assert_eq!(review(&place, None), "contradicted");
    for file in ["evidence.db", "evidence.db-wal", "evidence.db-shm"] {
        let _ = fs::remove_file(place.data().join(file));
    }
    assert_eq!(review(&place, None), "contradicted");
}

#[test]
fn what_is_erased_is_gone_from_what_was_made_of_it() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/"));
    place.write("ops.yml", OPS);
    let server = Server::start(&place);
    let told = ["record", "search", "--key", "s-1", "found=false", "led_to=the-word-to-forget"];
    let output = evenkeel(&place, Some(&server), &told);
    assert!(output.status.success(), "{}", said(&output));
    let rows = ["query", "SELECT record, led_to FROM searches", "--format", "csv"];
    let found = said(&evenkeel(&place, Some(&server), &rows));
    let number = found.lines().nth(1).and_then(|row| row.split_once(',')).map(|(number, _)| number.to_owned());
    let number = number.unwrap_or_else(|| panic!("no row: {found}"));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");

    let erased = evenkeel(&place, None, &["journal", "erase", &number, "--reason", "asked to"]);
    assert!(erased.status.success(), "{}", said(&erased));
    for entry in fs::read_dir(place.data()).expect("the data folder").map(|entry| entry.expect("an entry").path()) {
        let bytes = fs::read(&entry).unwrap_or_default();
        let word = b"the-word-to-forget";
        assert!(!bytes.windows(word.len()).any(|window| window == word), "{}", entry.display());
    }
}
