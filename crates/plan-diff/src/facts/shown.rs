//! Values as people read them.

use evenkeel_model::Shift;
use evenkeel_time::{Civil, TimeInterval, WeeklyWindow};

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Texts after one another.
pub(super) fn joined<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// `Mon, Tue 09:00-17:00`; every day goes without weekdays.
pub(super) fn window(window: &WeeklyWindow) -> String {
    let days = (0..7).zip(WEEKDAYS).filter(|(bit, _)| window.weekdays & (1 << bit) != 0).map(|(_, day)| day);
    let times = format!("{}-{}", clock(window.start), clock(window.end));
    if window.weekdays & 0x7f == 0x7f { times } else { format!("{} {times}", joined(days)) }
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `2026-11-23 09:00`.
pub(super) fn civil(at: Civil) -> String {
    format!("{:04}-{:02}-{:02} {}", at.year, at.month, at.day, clock(at.minute))
}

/// `Mon-Fri 09:00-17:00 Europe/Berlin`; what is not limited goes without a word.
pub(super) fn interval(interval: &TimeInterval) -> String {
    let named = |names: &[&'static str], first: u8, range: &(u8, u8)| {
        let name = |number: u8| names.get(usize::from(number.saturating_sub(first))).copied().unwrap_or("?");
        if range.0 == range.1 { name(range.0).to_owned() } else { format!("{}-{}", name(range.0), name(range.1)) }
    };
    let range = |start: i32, end: i32| if start == end { start.to_string() } else { format!("{start} to {end}") };
    let days = interval.days_of_month.iter().map(|days| range(days.start.into(), days.end.into()));
    let days = joined(days);
    let parts = [
        joined(interval.weekdays.iter().map(|days| named(&WEEKDAYS, 0, days))),
        joined(interval.months.iter().map(|months| named(&MONTHS, 1, months))),
        if days.is_empty() { days } else { format!("day {days}") },
        joined(interval.years.iter().map(|years| range(years.start, years.end))),
        joined(interval.times.iter().map(|times| format!("{}-{}", clock(times.start), clock(times.end)))),
        interval.location.name().to_owned(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `1 week`, `12 hours`.
pub(super) fn shift(shift: Shift) -> String {
    let (count, unit) = match shift {
        Shift::Hours(count) => (count, "hour"),
        Shift::Days(count) => (count, "day"),
        Shift::Weeks(count) => (count, "week"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// `yes`, or nothing to say.
pub(super) const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "" }
}
