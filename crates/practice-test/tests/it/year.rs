//! A busy, imperfect, honest year, made up from one seed.
//!
//! What is done again and again stands in [`ROUTINES`]: how often, how reliably, and how well. Alerts and deployments have
//! more to them. All of it is a script, so that it goes through the same inputs as everything else.

use std::fmt::Write as _;

mod alerts;
mod deployments;
mod routines;

use routines::ROUTINES;

/// Days of the year that is played.
pub(crate) const DAYS: u32 = 365;

/// Numbers that look like chance, and are the same every time (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(end.max(1))).expect("it is below a small number")
    }

    fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }
}

/// What happens, by minute.
#[derive(Default)]
pub(crate) struct Diary {
    lines: Vec<(u32, String)>,
    /// Counts what is told, for keys.
    told: u32,
}

impl Diary {
    /// Notes a line; `#` in it becomes a number of its own.
    fn note(&mut self, minute: u32, line: &str) {
        self.told += 1;
        self.lines.push((minute, line.replace('#', &self.told.to_string())));
    }

    /// The script, in the order of time; what happens in one minute stays in the order in which it was noted.
    fn script(mut self) -> String {
        self.lines.sort_by_key(|(minute, _)| *minute);
        let mut script = String::new();
        for (minute, line) in self.lines {
            writeln!(script, "at {minute}m {line}").expect("text");
        }
        script
    }
}

const MINUTES: u32 = 24 * 60;

/// A minute of a day at work.
fn at_work(day: u32, dice: &mut Dice) -> u32 {
    day * MINUTES + 8 * 60 + dice.below(9 * 60)
}

/// Whether people are at work; the year begins on a Monday.
const fn workday(day: u32) -> bool {
    day % 7 < 5
}

/// The year that follows from a seed.
pub(crate) fn year(seed: u64) -> String {
    let (mut diary, mut dice) = (Diary::default(), Dice(seed));
    for routine in ROUTINES {
        let mut day = routine.first;
        while day < routine.last.min(DAYS) {
            if dice.percent(routine.done) {
                let well = dice.percent(routine.well);
                let minute = at_work(day, &mut dice);
                diary.note(minute, if well { routine.right } else { routine.wrong });
            }
            day += routine.every;
        }
    }
    alerts::note(&mut diary, &mut dice);
    deployments::note(&mut diary, &mut dice);
    diary.script()
}
