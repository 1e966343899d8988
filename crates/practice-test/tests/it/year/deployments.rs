//! Deployments of the year: built, tried below, and brought out in one of several ways; some fail.

use super::{DAYS, Diary, Dice, at_work};

/// A workload that is deployed, how often, and how well.
struct Line {
    workload: &'static str,
    every: u32,
    last: u32,
    care: u32,
}

const LINES: [Line; 3] = [
    Line { workload: "shop", every: 3, last: DAYS, care: 95 },
    Line { workload: "bank", every: 9, last: DAYS, care: 70 },
    Line { workload: "reporting", every: 20, last: 150, care: 98 },
];

pub(super) fn note(diary: &mut Diary, dice: &mut Dice) {
    for line in &LINES {
        let mut day = 2;
        while day < line.last {
            one(line, day, diary, dice);
            day += line.every;
        }
    }
}

fn one(line: &Line, day: u32, diary: &mut Diary, dice: &mut Dice) {
    let (workload, minute) = (line.workload, at_work(day, dice));
    let version = format!("{workload}-{day}");
    let told = format!("workload={workload} repository=acme/{workload} commit=c-{version}");
    let reviewed = dice.percent(line.care);
    diary.note(minute, &format!("record merge key=m-{version} {told} number={day} independent_review={reviewed}"));
    if dice.percent(line.care) {
        diary.note(minute + 1, &format!("record pipeline key=p-{version} {told} outcome=success tests=40"));
    }
    let built = format!("commit=c-{version} digest=sha256:{version} version={version}");
    if dice.percent(line.care) {
        diary.note(
            minute + 2,
            &format!("record release key=r-{version} {told} version={version} digest=sha256:{version}"),
        );
    }
    let below = dice.percent(line.care);
    if below {
        let place = "environment=staging production=false outcome=succeeded";
        diary.note(minute + 3, &format!("record deployment key=s-{version} workload={workload} {place} {built}"));
    }
    let way = match dice.below(10) {
        0..6 => "strategy=canary exposure_percent=5 prior_kept=true",
        6..9 => "strategy=linear exposure_percent=20 prior_kept=true",
        _ => "strategy=all-at-once exposure_percent=100 prior_kept=false",
    };
    let came = match dice.below(100) {
        0..88 => "outcome=succeeded verified=true",
        88..96 => "outcome=rolled-back rollback=automatic verified=true plan=true",
        96..98 => "outcome=rolled-back rollback=manual verified=true plan=true",
        _ => "outcome=failed rollback=none verified=false plan=false",
    };
    let (size, reversible) = (10 + dice.below(500), dice.percent(93));
    let steps = u32::from(!dice.percent(line.care));
    let announced = dice.percent(line.care);
    diary.note(
        minute + 10,
        &format!(
            "record deployment key=d-{version} workload={workload} environment=production production=true {built} {way} {came} \
             size={size} reversible={reversible} manual_steps={steps} lower_environment_first={below} announced={announced}"
        ),
    );
}
