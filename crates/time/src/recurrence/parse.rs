//! Reads `RRULE`'s value: `FREQ=MONTHLY;BYDAY=-1FR`.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::{Frequency, Recurrence, Until, WallTime};
use crate::{Civil, Timestamp};

/// What is wrong with a rule, and which part of the text it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurrenceFault {
    /// Byte offsets into the rule's text.
    pub place: Range<usize>,
    /// A lower-case fragment that stands alone.
    pub message: &'static str,
}

impl fmt::Display for RecurrenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl std::error::Error for RecurrenceFault {}

/// Weekdays as they are written, from Sunday on.
const WEEKDAYS: [&str; 7] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

type Read<T> = Result<T, &'static str>;

impl FromStr for Recurrence {
    type Err = RecurrenceFault;

    fn from_str(text: &str) -> Result<Self, RecurrenceFault> {
        let mut rule = empty();
        let (mut seen, mut at) = (Vec::new(), 0);
        for part in text.split(';') {
            let place = at..at + part.len();
            at += part.len() + 1;
            let fault = |message| RecurrenceFault { place: place.clone(), message };
            if part.trim().is_empty() {
                continue;
            }
            let (name, value) = part.split_once('=').ok_or_else(|| fault("a part of the rule is no `NAME=VALUE`"))?;
            let name = name.trim().to_ascii_uppercase();
            if seen.contains(&name) {
                return Err(fault("the rule says the same thing twice"));
            }
            take(&mut rule, &name, &value.trim().to_ascii_uppercase()).map_err(fault)?;
            seen.push(name);
        }
        if !seen.iter().any(|name| name == "FREQ") {
            return Err(RecurrenceFault { place: 0..text.len(), message: "the rule has no `FREQ`" });
        }
        Ok(rule)
    }
}

fn empty() -> Recurrence {
    Recurrence {
        frequency: Frequency::Daily,
        interval: 1,
        count: None,
        until: None,
        months: Vec::new(),
        weeks: Vec::new(),
        year_days: Vec::new(),
        month_days: Vec::new(),
        weekdays: Vec::new(),
        hours: Vec::new(),
        minutes: Vec::new(),
        seconds: Vec::new(),
        positions: Vec::new(),
        week_start: 1,
    }
}

/// Takes one part of the rule.
fn take(rule: &mut Recurrence, name: &str, value: &str) -> Read<()> {
    match name {
        "FREQ" => rule.frequency = frequency(value)?,
        "INTERVAL" => rule.interval = positive(value, "`INTERVAL` is no whole number from 1 on")?,
        "COUNT" => rule.count = Some(positive(value, "`COUNT` is no whole number from 1 on")?),
        "UNTIL" => {
            rule.until = Some(until(value).ok_or("`UNTIL` is no date such as `20261231` or `20261231T235959Z`")?)
        }
        "BYMONTH" => rule.months = numbers(value, 1..=12, false, "`BYMONTH` takes months from 1 to 12")?,
        "BYWEEKNO" => rule.weeks = numbers(value, 1..=53, true, "`BYWEEKNO` takes weeks from 1 to 53 or -53 to -1")?,
        "BYYEARDAY" => {
            rule.year_days = numbers(value, 1..=366, true, "`BYYEARDAY` takes days from 1 to 366 or -366 to -1")?;
        }
        "BYMONTHDAY" => {
            rule.month_days = numbers(value, 1..=31, true, "`BYMONTHDAY` takes days from 1 to 31 or -31 to -1")?;
        }
        "BYDAY" => rule.weekdays = weekdays(value).ok_or("`BYDAY` takes weekdays such as `MO`, `1MO` or `-1FR`")?,
        "BYHOUR" => rule.hours = numbers(value, 0..=23, false, "`BYHOUR` takes hours from 0 to 23")?,
        "BYMINUTE" => rule.minutes = numbers(value, 0..=59, false, "`BYMINUTE` takes minutes from 0 to 59")?,
        "BYSECOND" => rule.seconds = seconds(value)?,
        "BYSETPOS" => {
            rule.positions = numbers(value, 1..=366, true, "`BYSETPOS` takes positions from 1 to 366 or -366 to -1")?;
        }
        "WKST" => rule.week_start = weekday(value).ok_or("`WKST` takes a weekday such as `MO`")?,
        _ if name.starts_with("X-") => {}
        _ => return Err("the rule has a part that RFC 5545 does not know"),
    }
    Ok(())
}

fn frequency(value: &str) -> Read<Frequency> {
    Ok(match value {
        "YEARLY" => Frequency::Yearly,
        "MONTHLY" => Frequency::Monthly,
        "WEEKLY" => Frequency::Weekly,
        "DAILY" => Frequency::Daily,
        "HOURLY" => Frequency::Hourly,
        "MINUTELY" => Frequency::Minutely,
        "SECONDLY" => Frequency::Secondly,
        _ => return Err("`FREQ` is none of `YEARLY`, `MONTHLY`, `WEEKLY`, `DAILY`, `HOURLY`, `MINUTELY`, `SECONDLY`"),
    })
}

fn positive(value: &str, message: &'static str) -> Read<u32> {
    digits(value).and_then(|value| value.parse().ok()).filter(|number| *number > 0).ok_or(message)
}

fn digits(value: &str) -> Option<&str> {
    (!value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())).then_some(value)
}

fn numbers(
    value: &str,
    allowed: std::ops::RangeInclusive<i16>,
    from_the_end: bool,
    message: &'static str,
) -> Read<Vec<i16>> {
    let mut found = Vec::new();
    for one in value.split(',') {
        let number = signed(one.trim()).ok_or(message)?;
        let size = if from_the_end { number.abs() } else { number };
        if !allowed.contains(&size) {
            return Err(message);
        }
        found.push(number);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn signed(text: &str) -> Option<i16> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number: i16 = digits(unsigned)?.parse().ok()?;
    Some(if text.starts_with('-') { -number } else { number })
}

/// A leap second is taken for the second before it: no clock here shows it.
fn seconds(value: &str) -> Read<Vec<i16>> {
    let mut found = numbers(value, 0..=60, false, "`BYSECOND` takes seconds from 0 to 60")?;
    found.iter_mut().for_each(|second| *second = (*second).min(59));
    found.dedup();
    Ok(found)
}

fn weekday(text: &str) -> Option<u8> {
    WEEKDAYS.iter().zip(0u8..).find(|(name, _)| **name == text).map(|(_, day)| day)
}

fn weekdays(value: &str) -> Option<Vec<(i16, u8)>> {
    let mut found = Vec::new();
    for one in value.split(',') {
        let one = one.trim();
        let (ordinal, name) = one.split_at_checked(one.len().checked_sub(2)?)?;
        let ordinal = if ordinal.is_empty() { 0 } else { signed(ordinal).filter(|n| (1..=53).contains(&n.abs()))? };
        found.push((ordinal, weekday(name)?));
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// `20261231`, `20261231T235959` or `20261231T235959Z`.
fn until(value: &str) -> Option<Until> {
    let (date, time) = value.split_once('T').map_or((value, None), |(date, time)| (date, Some(time)));
    let midnight = day(date)?;
    let Some(time) = time else { return Some(Until::Day(midnight.day_number())) };
    let (time, utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
    let wall = WallTime(WallTime::new(midnight, 0).0 + second_of_day(time)?);
    Some(if utc { Until::At(Timestamp(wall.0 * 1000)) } else { Until::Wall(wall) })
}

/// `20261231`, when there is such a day.
fn day(text: &str) -> Option<Civil> {
    let text = digits(text).filter(|text| text.len() == 8)?;
    let (year, month, day) =
        (text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?);
    let there = Civil { year, month, day, minute: 0 };
    let same = Civil::from_minute_number(there.minute_number()) == there;
    (same && day > 0 && month > 0).then_some(there)
}

fn second_of_day(text: &str) -> Option<i64> {
    let text = digits(text).filter(|text| text.len() == 6)?;
    let (hour, minute): (i64, i64) = (text.get(..2)?.parse().ok()?, text.get(2..4)?.parse().ok()?);
    let second: i64 = text.get(4..)?.parse().ok()?;
    (hour < 24 && minute < 60 && second <= 60).then_some(hour * 3600 + minute * 60 + second.min(59))
}

impl WallTime {
    /// Reads `20261231T235959`, or `20261231` as its midnight.
    #[must_use]
    pub fn parse_basic(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let midnight = Self::new(day(date)?, 0);
        Some(Self(midnight.0 + time.map_or(Some(0), second_of_day)?))
    }
}
