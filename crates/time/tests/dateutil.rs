//! Recurrences held against python-dateutil's, where that is installed.
//!
//! Left out is what dateutil does otherwise than RFC 5545 or its other readers: weeks by number without a weekday (it takes
//! all seven days), weekdays with and without a number in one list (it takes neither), positions in the first, cut
//! week, and weeks counted from a year's end before its last.

#![expect(clippy::indexing_slicing, reason = "dice stay below the bound they are given")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::io::Write;
use std::process::{Command, Stdio};

use evenkeel_time::{Recurrence, WallTime, Zone};

const RULES: u64 = 2_000;
const COMPARED_MAX: usize = 40;

/// A rule without an occurrence keeps dateutil busy up to the year 9999: that is cut short, and such rules not compared.
const PROGRAM: &str = "
import signal, sys
from datetime import datetime
from itertools import islice
from dateutil.rrule import rrulestr
def stop(*_):
    raise TimeoutError
signal.signal(signal.SIGALRM, stop)
for line in sys.stdin:
    start, rule = line.strip().split('|')
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        found = list(islice(rrulestr(rule, dtstart=datetime.strptime(start, '%Y%m%dT%H%M%S')), 40))
        shown = ' '.join(at.strftime('%Y-%m-%dT%H:%M:%S') for at in found)
    except ValueError:
        shown = ''
    except TimeoutError:
        shown = '?'
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(shown)
";

/// Source: Knuth's MMIX; the upper bits are the good ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// One to three numbers, some from the end.
    fn numbers(&mut self, from: u64, to: u64, from_the_end: bool) -> String {
        let count = 1 + self.below(3);
        let one = |dice: &mut Self| {
            let number = from + dice.below(to - from + 1);
            let sign = if from_the_end && dice.below(3) == 0 { "-" } else { "" };
            format!("{sign}{number}")
        };
        (0..count).map(|_| one(self)).collect::<Vec<_>>().join(",")
    }

    fn weekdays(&mut self, numbered: u64) -> String {
        let count = 1 + self.below(3);
        let one = |dice: &mut Self| {
            let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][usize::try_from(dice.below(7)).expect("small")];
            if numbered == 0 { day.to_owned() } else { format!("{}{day}", dice.numbered(numbered)) }
        };
        (0..count).map(|_| one(self)).collect::<Vec<_>>().join(",")
    }

    fn numbered(&mut self, most: u64) -> String {
        let sign = if self.below(2) == 0 { "-" } else { "" };
        format!("{sign}{}", 1 + self.below(most))
    }
}

/// A start and a rule that ends.
fn rule(dice: &mut Dice) -> (String, String) {
    let frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
    let which = dice.below(7);
    let frequency = frequencies[usize::try_from(which).expect("small")];
    let year = 1990 + dice.below(60);
    let start = format!(
        "{year}{:02}{:02}T{:02}{:02}{:02}",
        1 + dice.below(12),
        1 + dice.below(28),
        dice.below(24),
        dice.below(60),
        dice.below(60)
    );
    let mut parts = vec![format!("FREQ={frequency}")];
    let mut with = |dice: &mut Dice, odds: u64, part: &dyn Fn(&mut Dice) -> String| {
        let there = dice.below(odds) == 0;
        if there {
            parts.push(part(dice));
        }
        there
    };
    with(dice, 2, &|dice| format!("INTERVAL={}", 1 + dice.below(5)));
    with(dice, 4, &|dice| format!("COUNT={}", 1 + dice.below(30)));
    with(dice, 3, &|dice| format!("BYMONTH={}", dice.numbers(1, 12, false)));
    with(dice, 4, &|dice| format!("BYMONTHDAY={}", dice.numbers(1, 31, true)));
    with(dice, 6, &|dice| format!("BYYEARDAY={}", dice.numbers(1, 366, true)));
    let weeks = which == 0 && with(dice, 4, &|dice| format!("BYWEEKNO={},-1", dice.numbers(1, 52, false)));
    let numbered = if which < 2 && !weeks { dice.below(2) * [20, 4][usize::from(which == 1)] } else { 0 };
    with(dice, if weeks { 1 } else { 3 }, &|dice| format!("BYDAY={}", dice.weekdays(numbered)));
    with(dice, 4, &|dice| format!("BYHOUR={}", dice.numbers(0, 23, false)));
    with(dice, 4, &|dice| format!("BYMINUTE={}", dice.numbers(0, 59, false)));
    with(dice, 6, &|dice| format!("BYSECOND={}", dice.numbers(0, 59, false)));
    with(dice, 3, &|dice| format!("WKST={}", dice.weekdays(0).split(',').next().unwrap_or("MO")));
    if which != 2 && parts.len() > 1 + usize::from(parts.iter().any(|part| part.starts_with("INTERVAL"))) {
        let positioned = dice.below(4) == 0 && parts.iter().any(|part| part.starts_with("BY"));
        if positioned {
            parts.push(format!("BYSETPOS={}", dice.numbers(1, 4, true)));
        }
    }
    let years = [40, 12, 6, 4, 0, 0, 0][usize::try_from(which).expect("small")];
    let until = if years > 0 { format!("{}0101T000000", year + years) } else { format!("{year}1231T235959") };
    let until = if which == 6 {
        later(&start, 2)
    } else if which == 5 {
        later(&start, 40)
    } else {
        until
    };
    parts.push(format!("UNTIL={until}"));
    (start, parts.join(";"))
}

/// So many days after the start.
fn later(start: &str, days: i64) -> String {
    let wall = WallTime::parse_basic(start).expect("a start");
    shown(WallTime(wall.0 + days * 86_400)).replace(['-', ':'], "")
}

fn shown(wall: WallTime) -> String {
    let at = Zone::UTC.instant_of_wall(wall).to_string();
    at.get(..19).expect("a time").to_owned()
}

/// What dateutil gives for each line; `None` where it is not installed.
fn theirs(lines: &str) -> Option<Vec<String>> {
    let known = Command::new("python3").args(["-c", "import dateutil"]).stderr(Stdio::null()).status();
    if !known.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut python = Command::new("python3")
        .args(["-W", "ignore", "-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python runs");
    let mut stdin = python.stdin.take().expect("it is piped");
    let lines = lines.to_owned();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(lines.as_bytes()).expect("python reads"));
        let out = python.wait_with_output().expect("python ends");
        assert!(out.status.success());
        Some(String::from_utf8(out.stdout).expect("text").lines().map(str::to_owned).collect())
    })
}

#[test]
fn two_thousand_rules_give_what_dateutil_gives() {
    let mut dice = Dice(5545);
    let rules: Vec<(String, String)> = (0..RULES).map(|_| rule(&mut dice)).collect();
    let lines: String = rules.iter().map(|(start, rule)| format!("{start}|{rule}\n")).collect();
    let Some(theirs) = theirs(&lines) else {
        println!("skipped: python3 with dateutil is not installed");
        return;
    };
    assert_eq!(theirs.len(), rules.len());
    let (mut wrong, mut given, mut compared) = (Vec::new(), 0, 0);
    for ((start, rule), theirs) in rules.iter().zip(&theirs).filter(|(_, theirs)| *theirs != "?") {
        compared += 1;
        let parsed: Recurrence = rule.parse().expect("a rule");
        let from = WallTime::parse_basic(start).expect("a start");
        let ours: Vec<String> = parsed
            .occurrences(from, &Zone::UTC, 10_000_000)
            .take(COMPARED_MAX)
            .map(|at| at.to_string().get(..19).expect("a time").to_owned())
            .collect();
        given += usize::from(!ours.is_empty());
        if ours.join(" ") != *theirs {
            wrong.push(format!("{start} {rule}\n  ours   {}\n  theirs {theirs}", ours.join(" ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {RULES} differ\n{}",
        wrong.len(),
        wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(given > 800 && compared > 1_000, "{compared} compared, {given} gave anything");
}
