//! The same pushes to Alertmanager 0.25 in real time and to the engine in virtual time: both must tell the same.
//!
//! Scripts lie in `tests/peer/`; things happen there half an interval away from every flush, and a run in which this
//! machine was too slow for that is made again. What is compared is, group by group and receiver by receiver, which
//! notices came in which order: status, and fingerprint and status of every alert. Without the peer installed the test
//! says so and is over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_engine::Message;

use crate::script::{Line, lines};
use crate::world::World;

mod alertmanager;
mod http;
mod inbox;
mod real_time;

const PEER: &str = "/usr/bin/prometheus-alertmanager";
/// A run in which this machine was too slow is made again so often.
const RUNS_MAX: usize = 3;

/// One notice: whether it fires, and each alert's fingerprint and whether it fires.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notice {
    fires: bool,
    alerts: BTreeSet<(String, bool)>,
}

/// Notices in order, by receiver and group key.
type Told = BTreeMap<(String, String), Vec<Notice>>;

#[test]
fn the_peer_tells_the_same() {
    if !Path::new(PEER).exists() {
        eprintln!("skipped: {PEER} is not installed");
        return;
    }
    let failures: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = scripts().into_iter().map(|path| scope.spawn(move || compare(&path))).collect();
        running.into_iter().filter_map(|run| run.join().expect("a run ends")).collect()
    });
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn compare(path: &Path) -> Option<String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let lines = lines(&fs::read_to_string(path).expect("a script")).expect("a script");
    let ours = virtually(&lines);
    let mut why = String::new();
    for _ in 0..RUNS_MAX {
        match real_time::run(&lines) {
            Ok(theirs) if theirs == ours => return None,
            Ok(theirs) => return Some(format!("{name}: the peer told\n{theirs:#?}\nand we\n{ours:#?}")),
            Err(late) => why = late,
        }
    }
    eprintln!("{name}: not compared, {why} in each of {RUNS_MAX} runs");
    None
}

fn virtually(lines: &[Line]) -> Told {
    let mut world = World::new(lines).unattended();
    lines.iter().for_each(|line| world.play(line).expect("the script plays"));
    let mut told = Told::new();
    for message in world.messages() {
        told.entry((message.receiver.to_string(), message.group_key.clone())).or_default().push(notice(message));
    }
    told
}

fn notice(message: &Message) -> Notice {
    let alerts = message.alerts.iter().map(|alert| (alert.labels.fingerprint().to_string(), alert.ends_at.is_none()));
    Notice { fires: message.firing(), alerts: alerts.collect() }
}

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer");
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).expect("the scripts").map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    found
}
