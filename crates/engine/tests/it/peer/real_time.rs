//! Plays a script against the peer, in real time.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration as Span, Instant, SystemTime, UNIX_EPOCH};

use evenkeel_time::{Duration, Timestamp};

use super::Told;
use super::alertmanager::Alertmanager;
use super::inbox::Inbox;
use evenkeel_scenario::Line;
use evenkeel_scenario::incoming::{self, Clock};

/// Later than this after its time a command may fall on the wrong side of a flush.
const LATE: Span = Span::from_millis(350);

/// One run.
#[derive(Debug)]
struct Run {
    peer: Alertmanager,
    inbox: Inbox,
    silences: BTreeMap<String, String>,
    began: Instant,
    base: Timestamp,
}

/// What the peer told; an error when this machine was too slow for the script's times.
pub(super) fn run(lines: &[Line]) -> Result<Told, String> {
    let config = lines.iter().find(|line| line.text == "config").expect("a configuration");
    let (inbox, port) = Inbox::open();
    let peer = Alertmanager::start(&config.block.replace("http://ops.example/", &format!("http://127.0.0.1:{port}/")))?;
    let began = inbox.begin();
    let mut run = Run { peer, inbox, silences: BTreeMap::new(), began, base: wall_clock() };
    lines.iter().try_for_each(|line| run.play(line))?;
    Ok(run.inbox.told())
}

impl Run {
    fn play(&mut self, line: &Line) -> Result<(), String> {
        let due = line.at.map(|at| self.began + at.to_std());
        if let Some(due) = due {
            // Slices, so that a machine that stood still in between is noticed.
            while let Some(left) = due.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
                let slice = left.min(Span::from_millis(50));
                let before = Instant::now();
                thread::sleep(slice);
                if before.elapsed() > slice + LATE {
                    return Err(format!("the machine stood still before line {}", line.number));
                }
            }
        }
        self.command(&line.text);
        match due {
            Some(due) if due.elapsed() > LATE => Err(format!("line {} was late by {:?}", line.number, due.elapsed())),
            _ => Ok(()),
        }
    }

    fn command(&mut self, text: &str) {
        let clock = Clock { base: self.base, now: wall_clock() };
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "config" | "mark" => {}
            "push" => self.peer.push(&incoming::alerts(rest, clock).expect("alerts")),
            "silence" => {
                let (name, silence) = incoming::silence(rest, clock).expect("a silence");
                self.silences.insert(name, self.peer.silence(&silence));
            }
            "expire" => self.peer.expire(&self.silences[rest]),
            "deliver" => self.inbox.refuse(rest == "refuse"),
            _ => panic!("`{word}` cannot be played in real time"),
        }
    }
}

fn wall_clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp(0) + Duration::millis(i64::try_from(since.as_millis()).expect("before the year 292,277,026"))
}
