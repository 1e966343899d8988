//! Times as people write them.

use std::fmt;
use std::str::FromStr;

use evenkeel_time::{Civil, Duration, Timestamp};

use super::context::Context;

/// A time as a person writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// An instant: RFC 3339.
    At(Timestamp),
    /// On the wall clock: `2026-12-24T09:00`, `2026-12-24`.
    Civil(Civil),
    /// So long from now: `+3h`, `-30m`, `now`.
    FromNow(Duration),
}

impl When {
    /// The instant it means.
    #[must_use]
    pub fn instant(&self, cx: &Context) -> Timestamp {
        match self {
            Self::At(at) => *at,
            Self::Civil(civil) => cx.zone.instant(*civil),
            Self::FromNow(length) => cx.now + *length,
        }
    }
}

/// The text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTime;

impl fmt::Display for NoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a time such as `2026-12-24T09:00` (in the zone of `--zone`), `2026-12-24T09:00:00Z`, `+3h` or `now`",
        )
    }
}

impl std::error::Error for NoTime {}

impl FromStr for When {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let length = |text: &str| text.parse::<Duration>().map_err(|_| NoTime);
        if text == "now" {
            return Ok(Self::FromNow(Duration::ZERO));
        }
        if let Some(later) = text.strip_prefix('+') {
            return length(later).map(Self::FromNow);
        }
        if let Some(earlier) = text.strip_prefix('-') {
            return length(earlier).map(|length| Self::FromNow(Duration::ZERO - length));
        }
        match civil(text) {
            Some(civil) => Ok(Self::Civil(civil)),
            None => text.parse().map(Self::At).map_err(|_| NoTime),
        }
    }
}

/// `2026-12-24T09:00`, also with a space in the middle, or without the time of day, which is midnight then.
fn civil(text: &str) -> Option<Civil> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let date_length = date.len();
    let mut date = date.split('-').zip([4, 2, 2]).map(|(part, length)| number(part, length));
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
    if date_length != 10 || day == 0 || day > days_in(year, month)? || hour > 23 || minute > 59 {
        return None;
    }
    let small = |number: u16| u8::try_from(number).ok();
    Some(Civil { year: i16::try_from(year).ok()?, month: small(month)?, day: small(day)?, minute: hour * 60 + minute })
}

fn number(text: &str, length: usize) -> Option<u16> {
    let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn days_in(year: u16, month: u16) -> Option<u16> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_time::Zone;

    use super::*;

    fn check(text: &str, expect: &str) {
        let now = "2026-11-20T10:00:00Z".parse().expect("an instant");
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let cx = Context { now, zone, color: false, user: None };
        let read = text.parse::<When>().map_or_else(|_| "no time".to_owned(), |when| when.instant(&cx).to_string());
        assert_eq!(read, expect, "{text}");
    }

    #[test]
    fn times_are_read_as_instants_on_the_wall_clock_and_from_now() {
        check("2026-12-24T09:00", "2026-12-24T08:00:00.000Z");
        check("2026-12-24 09:00", "2026-12-24T08:00:00.000Z");
        check("2026-07-01", "2026-06-30T22:00:00.000Z");
        check("2028-02-29T23:59", "2028-02-29T22:59:00.000Z");
        check("2026-12-24T09:00:30Z", "2026-12-24T09:00:30.000Z");
        check("2026-12-24T09:00:00-05:00", "2026-12-24T14:00:00.000Z");
        check("now", "2026-11-20T10:00:00.000Z");
        check("+1d2h", "2026-11-21T12:00:00.000Z");
        check("-30m", "2026-11-20T09:30:00.000Z");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "+",
            "-",
            "+3",
            "++3h",
            "3h",
            "tomorrow",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-04-31T09:00",
            "2026-12-24T24:00",
            "2026-12-24T09:60",
            "2026-12-24T9:00",
            "26-12-24T09:00",
            "2026-12-24T09:00:30",
            "2026-12-24-01",
            "2026-12-00",
            "٢٠٢٦-12-24",
        ] {
            check(text, "no time");
        }
    }
}
