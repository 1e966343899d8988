//! A rule on one wall clock: period after period, what it gives in each.

use super::days::has;
use super::{DAY_SECONDS, Frequency, Recurrence, WallTime};
use crate::civil::{date, day_number, weekday};

/// Nothing recurs after this year.
const YEAR_MAX: i64 = 9999;
/// Days after which the calendar repeats, weekdays too: 400 years.
const CYCLE_DAYS: i64 = 146_097;

/// What a rule gives, in order.
#[derive(Debug, Clone)]
pub(super) struct Walls {
    rule: Recurrence,
    start: i64,
    /// The period to look at next: a year, a month counted from year 0, a day (a week's first), or so many hours,
    /// minutes or seconds since 1970.
    period: i64,
    /// The period after which silence lasts for ever; moved on by whatever is given.
    silent_from: i64,
    /// Beginnings of what matches in the period at hand: days, or the period itself.
    bases: Vec<i64>,
    /// Seconds after each beginning, in order.
    times: Vec<i64>,
    /// Which of the pairs of a beginning and a time come next, in order.
    picks: std::vec::IntoIter<usize>,
    /// All pairs from here on, where nothing picks.
    next_pair: usize,
    left: u32,
    budget: u32,
    pub(super) gave_up: bool,
}

impl Walls {
    pub(super) fn new(rule: &Recurrence, start: WallTime, budget: u32) -> Self {
        let rule = filled(rule, start);
        let day = start.0.div_euclid(DAY_SECONDS);
        let (year, month, _) = date(day);
        let period = match rule.frequency {
            Frequency::Yearly => year,
            Frequency::Monthly => year * 12 + month - 1,
            Frequency::Weekly => day - (i64::from(weekday(day)) - i64::from(rule.week_start)).rem_euclid(7),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                start.0.div_euclid(unit(rule.frequency))
            }
        };
        Self {
            left: rule.count.unwrap_or(u32::MAX),
            times: times(&rule, start.0.rem_euclid(DAY_SECONDS)),
            rule,
            start: start.0,
            period,
            silent_from: period,
            bases: Vec::new(),
            picks: Vec::new().into_iter(),
            next_pair: 0,
            budget,
            gave_up: false,
        }
    }

    /// The next pair of the period at hand.
    fn pair(&mut self) -> Option<i64> {
        let index = if self.rule.positions.is_empty() {
            self.next_pair += 1;
            self.next_pair - 1
        } else {
            self.picks.next()?
        };
        let base = self.bases.get(index / self.times.len().max(1))?;
        let time = self.times.get(index % self.times.len().max(1))?;
        Some(base + time)
    }

    /// Goes to the next period that gives something; false when there is none, or the budget is spent.
    fn advance(&mut self) -> bool {
        loop {
            if self.budget == 0 {
                self.gave_up = true;
                return false;
            }
            let silent_for = self.period - self.silent_from;
            if silent_for > cycle(self.rule.frequency).saturating_mul(i64::from(self.rule.interval)) {
                return false;
            }
            let Some(first) = self.first_day() else { return false };
            self.spend(1);
            self.bases.clear();
            let step = self.look(first);
            self.period = self.period.saturating_add(self.steps_over(step));
            if !self.bases.is_empty() {
                self.pick();
                return true;
            }
        }
    }

    fn spend(&mut self, days: u32) {
        self.budget = self.budget.saturating_sub(days);
    }

    /// The period's first day; none past the last year.
    fn first_day(&self) -> Option<i64> {
        let first = match self.rule.frequency {
            Frequency::Yearly => Some(self.period).filter(|year| *year <= YEAR_MAX).map(|year| day_number(year, 1, 1)),
            Frequency::Monthly => Some(self.period)
                .filter(|month| month.div_euclid(12) <= YEAR_MAX)
                .map(|month| day_number(month.div_euclid(12), month.rem_euclid(12) + 1, 1)),
            Frequency::Weekly => Some(self.period),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                self.period.checked_mul(unit(self.rule.frequency)).map(|second| second.div_euclid(DAY_SECONDS))
            }
        };
        first.filter(|day| *day < day_number(YEAR_MAX + 1, 1, 1))
    }

    /// Notes what matches in the period, and gives the least number of periods after which something may match again.
    fn look(&mut self, first: i64) -> i64 {
        match self.rule.frequency {
            Frequency::Yearly => self.year(),
            Frequency::Monthly => self.month(self.period),
            Frequency::Weekly => self.days(first, first + 7),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                return self.short(first);
            }
        }
        1
    }

    fn year(&mut self) {
        (0..12).for_each(|month| self.month(self.period * 12 + month));
    }

    fn month(&mut self, month: i64) {
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        if self.rule.takes_month(month) {
            self.days(day_number(year, month, 1), day_number(year, month + 1, 1));
        }
    }

    fn days(&mut self, from: i64, until: i64) {
        self.spend(u32::try_from(until - from).unwrap_or(u32::MAX));
        let taken = (from..until).filter(|day| self.rule.takes_day(*day)).map(|day| day * DAY_SECONDS);
        self.bases.extend(taken);
    }

    /// A period of a day or less: either all of it matches, or nothing until the next month, day, hour or minute.
    fn short(&mut self, day: i64) -> i64 {
        let (rule, unit) = (&self.rule, unit(self.rule.frequency));
        let second = self.period.saturating_mul(unit);
        let (year, month, _) = date(day);
        let past = |end: i64| (end - second + unit - 1) / unit;
        if !rule.takes_month(month) {
            return past(day_number(year, month + 1, 1) * DAY_SECONDS);
        }
        if !rule.takes_day(day) {
            return past((day + 1) * DAY_SECONDS);
        }
        let takes = |list: &[i16], number: i64| list.is_empty() || has(list, number);
        if rule.frequency > Frequency::Daily && !takes(&rule.hours, second.div_euclid(3600).rem_euclid(24)) {
            return past((second.div_euclid(3600) + 1) * 3600);
        }
        if rule.frequency > Frequency::Hourly && !takes(&rule.minutes, second.div_euclid(60).rem_euclid(60)) {
            return past((second.div_euclid(60) + 1) * 60);
        }
        if rule.frequency < Frequency::Secondly || takes(&rule.seconds, second.rem_euclid(60)) {
            self.bases.push(second);
        }
        1
    }

    /// So many periods on, or a few more: a whole number of intervals.
    fn steps_over(&self, least: i64) -> i64 {
        let width = if self.rule.frequency == Frequency::Weekly { 7 } else { 1 };
        let interval = i64::from(self.rule.interval);
        let intervals = (least.max(1) + interval - 1) / interval;
        intervals.saturating_mul(interval).saturating_mul(width)
    }

    /// Picks the positions out of the period's pairs.
    fn pick(&mut self) {
        self.next_pair = 0;
        let pairs = self.bases.len() * self.times.len();
        let pick = |position: &i16| {
            let size = usize::from(position.unsigned_abs());
            if *position > 0 { size.checked_sub(1) } else { pairs.checked_sub(size) }
        };
        let mut picks: Vec<usize> = self.rule.positions.iter().filter_map(pick).filter(|at| *at < pairs).collect();
        picks.sort_unstable();
        picks.dedup();
        self.picks = picks.into_iter();
    }
}

impl Iterator for Walls {
    type Item = WallTime;

    fn next(&mut self) -> Option<WallTime> {
        while self.left > 0 {
            let Some(wall) = self.pair() else {
                if self.advance() {
                    continue;
                }
                self.left = 0;
                return None;
            };
            if wall >= self.start {
                self.left -= 1;
                self.silent_from = self.period;
                return Some(WallTime(wall));
            }
        }
        None
    }
}

/// The rule with what it leaves to the start.
fn filled(rule: &Recurrence, start: WallTime) -> Recurrence {
    let mut rule = rule.clone();
    let day = start.0.div_euclid(DAY_SECONDS);
    let (_, month, day_of_month) = date(day);
    let days = [&rule.year_days, &rule.month_days].iter().all(|list| list.is_empty()) && rule.weekdays.is_empty();
    let open = days && rule.weeks.is_empty();
    let number = |number: i64| i16::try_from(number).unwrap_or(1);
    if open && rule.frequency == Frequency::Yearly && rule.months.is_empty() {
        rule.months.push(number(month));
    }
    if open && rule.frequency <= Frequency::Monthly {
        rule.month_days.push(number(day_of_month));
    }
    if (open && rule.frequency == Frequency::Weekly) || (days && !open && rule.frequency == Frequency::Yearly) {
        rule.weekdays.push((0, weekday(day)));
    }
    rule
}

/// Seconds of a period of a day or less.
const fn unit(frequency: Frequency) -> i64 {
    match frequency {
        Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => DAY_SECONDS,
        Frequency::Hourly => 3600,
        Frequency::Minutely => 60,
        Frequency::Secondly => 1,
    }
}

/// How many periods the calendar needs to repeat.
const fn cycle(frequency: Frequency) -> i64 {
    match frequency {
        Frequency::Yearly => 400,
        Frequency::Monthly => 4800,
        Frequency::Weekly | Frequency::Daily => CYCLE_DAYS,
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => CYCLE_DAYS * DAY_SECONDS / unit(frequency),
    }
}

/// The times of what begins with a day, an hour, a minute or a second; what is not said is as at the start.
fn times(rule: &Recurrence, start: i64) -> Vec<i64> {
    let list = |list: &[i16], wider: bool, at: i64| match (wider, list) {
        (false, _) => vec![0],
        (true, []) => vec![at],
        (true, list) => list.iter().map(|one| i64::from(*one)).collect(),
    };
    let hours = list(&rule.hours, rule.frequency < Frequency::Hourly, start / 3600);
    let minutes = list(&rule.minutes, rule.frequency < Frequency::Minutely, start / 60 % 60);
    let seconds = list(&rule.seconds, rule.frequency < Frequency::Secondly, start % 60);
    let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
    for hour in &hours {
        for minute in &minutes {
            times.extend(seconds.iter().map(|second| hour * 3600 + minute * 60 + second));
        }
    }
    times
}
