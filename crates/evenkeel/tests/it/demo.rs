//! `evenkeel demo` as a newcomer's CI would run it, and as somebody does who answers the page; and what it leaves
//! behind: nothing.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::http;

/// A folder for temporary files that is this test's alone, so what is left in it is the demo's.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("demo-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn command(scratch: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
    command.arg("demo").args(args).env_clear().env("TMPDIR", scratch).stdin(Stdio::null());
    command
}

fn demo(scratch: &Path, args: &[&str]) -> Output {
    command(scratch, args).output().expect("the demo runs")
}

/// Processes whose environment names the folder: children inherit it.
fn processes_of(scratch: &Path) -> Vec<String> {
    let wanted = format!("TMPDIR={}", scratch.display());
    let names_it = |folder: &Path| {
        let environment = fs::read(folder.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == wanted.as_bytes())
    };
    let entries = fs::read_dir("/proc").expect("processes").filter_map(Result::ok);
    entries.filter(|entry| names_it(&entry.path())).map(|entry| entry.file_name().display().to_string()).collect()
}

fn left_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").filter_map(Result::ok);
    entries.map(|entry| entry.file_name().display().to_string()).collect()
}

const TIMES: [&str; 10] = [
    "detect_ms",
    "notify_ms",
    "page_ms",
    "update_ms",
    "escalate_ms",
    "acknowledge_ms",
    "resolve_ms",
    "notify_resolved_ms",
    "recovery_update_ms",
    "outage_ms",
];

#[test]
fn headless_plays_it_through_and_leaves_nothing_behind() {
    let scratch = scratch("headless");
    let output = demo(&scratch, &["--headless"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let report: Value = serde_json::from_str(&said).expect("one JSON object and nothing else");
    assert_eq!(report["ok"], true, "{report:#}");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nothing to warn of");
    for time in TIMES {
        let ms = report[time].as_u64().unwrap_or_else(|| panic!("{time} is a number: {report:#}"));
        assert!(ms < 120_000, "{time} is {ms}");
    }
    assert!(report["detect_ms"].as_u64() <= report["notify_ms"].as_u64());
    assert!(report["resolve_ms"].as_u64() <= report["notify_resolved_ms"].as_u64());
    for claim in ["chain_verified", "restart_kept_alert"] {
        assert_eq!(report[claim], true, "{claim}");
    }
    assert!(report["detect_ms"].as_u64() <= report["page_ms"].as_u64());
    assert!(report["budget_spent"].as_f64() > Some(1.0), "{report:#}");
    assert!(report["escalate_ms"].as_u64() >= Some(3_000), "who is on call has three seconds to answer");
    let parts = report["parts"].as_object().expect("parts");
    assert!(parts.len() == 29 && parts.values().all(|part| *part == true), "{parts:?}");
    assert!(report["notices"].as_u64() >= Some(2));
    assert_eq!((report["pages"].as_u64(), report["updates"].as_u64()), (Some(2), Some(2)));
    assert_eq!(report["records"], report["head_seq"]);
    assert_eq!(report["head_hash"].as_str().map(str::len), Some(64));
    let shoppers = &report["shoppers"];
    assert!(shoppers["good"].as_u64() > Some(0) && shoppers["failed_during_outage"].as_u64() > Some(0), "{shoppers}");
    assert_eq!(left_in(&scratch), Vec::<String>::new(), "temporary folders");
    assert_eq!(processes_of(&scratch), Vec::<String>::new(), "processes");
    fs::remove_dir_all(&scratch).expect("removed");
}

/// What somebody does who reads the link and answers by it.
fn press(link: &str, button: &str) -> u16 {
    let (address, path) = link.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("a link");
    let address: SocketAddr = address.parse().expect("an address");
    let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")];
    let body = format!("act={button}");
    http::send_with(address, "POST", &format!("/{path}"), &form, body.as_bytes()).expect("an answer").status
}

#[test]
fn it_stays_until_somebody_answers() {
    let scratch = scratch("stay");
    let mut child = command(&scratch, &["--stay"]).stdout(Stdio::piped()).spawn().expect("the demo runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map(|line| line.expect("a line"));
    let link = lines.find_map(|line| Some(line.trim()).filter(|line| line.contains("/p/")).map(str::to_owned));
    let link = link.expect("a link is printed");
    assert!(child.try_wait().expect("the child can be waited for").is_none());
    assert_eq!(press(&link, "acknowledge"), 303);
    let rest: Vec<String> = lines.collect();
    let status = child.wait().expect("the demo ends");
    assert!(status.success(), "{rest:#?}");
    let answered = rest.iter().any(|line| line.contains("ANSWERED  after"));
    assert!(answered && rest.iter().any(|line| line.contains("the chain is whole")), "{rest:#?}");
    assert_eq!(left_in(&scratch), Vec::<String>::new(), "temporary folders");
    fs::remove_dir_all(&scratch).expect("removed");
}

#[test]
fn a_folder_that_holds_something_is_not_taken() {
    let scratch = scratch("taken");
    fs::write(scratch.join("diary.txt"), "mine").expect("written");
    let output = demo(&scratch, &["--headless", "--keep", scratch.to_str().expect("a text")]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is not empty; name an empty folder or one that is not there"), "{said}");
    assert_eq!(left_in(&scratch), ["diary.txt"]);
    fs::remove_dir_all(&scratch).expect("removed");
}
