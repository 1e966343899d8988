//! The same pushes to Alertmanager 0.25 in real time and to the engine in virtual time: both must tell the same.
//!
//! Scripts lie in `tests/peer/`; things happen there half an interval away from every flush, and a run in which this
//! machine was too slow for that is made again. What is compared is, group by group and receiver by receiver, which
//! notices came in which order: status, and fingerprint and status of every alert. Without the peer installed the test
//! says so and is over.
//!
//! When each notice came is compared too, within half a second or so: a run with one that came at another time is made
//! again, and only what is off in every run is a difference. No repeat interval there is a multiple of its group
//! interval: whether Alertmanager repeats at a flush that comes exactly then hangs on how much its ticks drift.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_engine::Message;
use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

use evenkeel_scenario::World;
use evenkeel_scenario::{Line, lines};

mod alertmanager;
mod http;
mod inbox;
mod real_time;

const PEER: &str = "/usr/bin/prometheus-alertmanager";
/// A run in which this machine was too slow is made again so often.
const RUNS_MAX: usize = 3;

/// Notices this far apart came at different flushes.
const APART: Duration = Duration::millis(700);

/// One notice: when it came, whether it fires, and each alert's fingerprint, whether it fires, and annotations.
#[derive(Debug, Clone)]
struct Notice {
    at: Duration,
    fires: bool,
    alerts: BTreeSet<(String, bool, LabelSet)>,
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
    let mut slow = String::new();
    let mut other_times = 0;
    for _ in 0..RUNS_MAX {
        let theirs = match real_time::run(&lines) {
            Ok(theirs) => theirs,
            Err(late) => {
                slow = late;
                continue;
            }
        };
        if !agree(&ours, &theirs, |a, b| a.fires == b.fires && a.alerts == b.alerts) {
            return Some(format!("{name}: the peer told\n{theirs:#?}\nand we\n{ours:#?}"));
        }
        if agree(&ours, &theirs, |a, b| a.at - b.at < APART && b.at - a.at < APART) {
            return None;
        }
        slow = format!("the peer told at other times\n{theirs:#?}\nand we\n{ours:#?}");
        other_times += 1;
    }
    if other_times == RUNS_MAX {
        return Some(format!("{name}: {slow}"));
    }
    eprintln!("{name}: not compared: {slow}");
    None
}

/// Whether both told the same groups, notice by notice.
fn agree(ours: &Told, theirs: &Told, same: impl Fn(&Notice, &Notice) -> bool) -> bool {
    let alike = |(a, b): (&Vec<Notice>, &Vec<Notice>)| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    ours.keys().eq(theirs.keys()) && ours.values().zip(theirs.values()).all(alike)
}

fn virtually(lines: &[Line]) -> Told {
    let mut world = World::new(lines).unattended();
    lines.iter().for_each(|line| world.play(line).expect("the script plays"));
    let mut told = Told::new();
    for (at, message) in world.messages() {
        told.entry((message.receiver.to_string(), message.group_key.clone())).or_default().push(notice(*at, message));
    }
    told
}

fn notice(at: Duration, message: &Message) -> Notice {
    let alerts = message.alerts.iter().map(|alert| {
        let fingerprint = alert.labels.fingerprint().to_string();
        (fingerprint, alert.ends_at.is_none(), alert.annotations.clone())
    });
    Notice { at, fires: message.firing(), alerts: alerts.collect() }
}

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer");
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).expect("the scripts").map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    found
}
