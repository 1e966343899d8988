//! Wall-clock times and lengths as people type them into forms.

use evenkeel_time::{Civil, Duration, Timestamp, Zone};

use crate::Wrong;

/// A time such as `2026-01-02T03:04`, on that zone's wall clock.
///
/// # Errors
/// [`Wrong`] names the field, and says how it is written.
pub(crate) fn read_wall(field: &str, text: &str, zone: &Zone) -> Result<Timestamp, Wrong> {
    let wrong = || {
        let text = crate::alerts_text::clipped(text, 100);
        let help = format!("Write it as 2026-01-02 03:04, by the clock in {}.", zone.name());
        Wrong::new(format!("“{text}” under “{field}” is no time."), help)
    };
    civil(text).map(|civil| zone.instant(civil)).ok_or_else(wrong)
}

/// Such as `2026-01-02T03:04`, as browsers write it into fields and read it from there.
pub(crate) fn wall(at: Timestamp, zone: &Zone) -> String {
    let Civil { year, month, day, minute } = zone.civil(at);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
}

/// A length such as `2h` or `1d12h`, more than none and no more than a year.
///
/// # Errors
/// [`Wrong`] names the field, and says how it is written.
pub(crate) fn read_length(field: &str, text: &str) -> Result<Duration, Wrong> {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let length: Option<Duration> = squeezed.parse().ok().filter(|length| *length > Duration::ZERO);
    let shown = crate::alerts_text::clipped(text, 100);
    let length = length.ok_or_else(|| {
        Wrong::new(format!("“{shown}” under “{field}” is no length of time."), "Write it as 2h, 90m or 1d12h.")
    })?;
    if length > Duration::hours(366 * 24) {
        let help = "What is to stay quiet for longer belongs into the routes of the ops repo.";
        return Err(Wrong::new(format!("{shown} is more than a year."), help));
    }
    Ok(length)
}

fn civil(text: &str) -> Option<Civil> {
    let (date, time) = text.trim().split_once(['T', ' '])?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    // Seconds are read and count for nothing.
    let mut time = time.splitn(3, ':');
    let (hour, minute) = (time.next()?, time.next()?);
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() <= 2);
    let year = year.parse::<i16>().ok().filter(|year| (1970..=9000).contains(year))?;
    let (month, day) = (u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?);
    let (hour, minute) = (number(hour)?, number(minute)?);
    let found = Civil { year, month, day, minute: hour * 60 + minute };
    let there = (1..=12).contains(&month) && day >= 1 && hour < 24 && minute < 60;
    (there && day <= found.days_in_month()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wall_times_read_back_on_both_sides_of_a_change_of_the_clocks() {
        let berlin = Zone::named("Europe/Berlin").expect("a zone");
        for (text, at) in [
            ("2026-03-29T01:30", "2026-03-29T00:30:00.000Z"),
            ("2026-03-29 03:30", "2026-03-29T01:30:00.000Z"),
            ("2026-10-25T02:30:15", "2026-10-25T00:30:00.000Z"),
        ] {
            let read = read_wall("From", text, &berlin).expect("a time");
            assert_eq!(read.to_string(), at);
            assert_eq!(wall(read, &berlin), text.replace(' ', "T").get(..16).expect("a text"));
        }
        // Left out: counted on from before the change.
        assert_eq!(
            read_wall("From", "2026-03-29T02:30", &berlin).expect("a time").to_string(),
            "2026-03-29T01:30:00.000Z"
        );
    }

    #[test]
    fn what_is_no_time_and_no_length_is_refused_in_words() {
        for text in [
            "",
            "tomorrow",
            "2026-02-30T10:00",
            "2026-01-02T24:00",
            "2026-13-01T00:00",
            "2026-01-02T10",
            "99999-01-01T00:00",
        ] {
            let wrong = read_wall("From", text, &Zone::UTC).expect_err("no time");
            assert_eq!(wrong.text, format!("“{text}” under “From” is no time."));
        }
        assert_eq!(read_length("For", "1d 12h"), Ok(Duration::hours(36)));
        for text in ["", "0", "2 hours", "-1h"] {
            assert!(read_length("For", text).is_err(), "{text}");
        }
        assert_eq!(read_length("For", "2y").expect_err("too long").text, "2y is more than a year.");
    }
}
