//! What a command knows of its surroundings: the instant, the zone, who types, and whether colour can be seen.

use evenkeel_time::{Duration, Timestamp, Zone};

/// The surroundings of a command.
#[derive(Debug, Clone)]
pub struct Context {
    /// The present instant.
    pub now: Timestamp,
    /// The zone in which times are read and shown.
    pub zone: Zone,
    /// Whether colour can be seen.
    pub color: bool,
    /// Who is logged in on this machine, as far as it says.
    pub user: Option<String>,
}

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// A headline.
    Heading,
    /// Somebody has to act.
    Bad,
    /// Worth a look.
    Warning,
    /// As it should be.
    Good,
    /// Less important than the rest.
    Quiet,
}

impl Context {
    /// Date and time of day to the minute.
    pub(crate) fn minute(&self, at: Timestamp) -> String {
        let civil = self.zone.civil(at);
        let (hour, minute) = (civil.minute / 60, civil.minute % 60);
        format!("{:04}-{:02}-{:02} {hour:02}:{minute:02}", civil.year, civil.month, civil.day)
    }

    /// The same to the second. Offsets of zones are whole minutes.
    pub(crate) fn second(&self, at: Timestamp) -> String {
        format!("{}:{:02}", self.minute(at), at.0.div_euclid(1000).rem_euclid(60))
    }

    /// When, and how far from now: `2026-11-20 03:12 (14m ago)`.
    pub(crate) fn when(&self, at: Timestamp) -> String {
        format!("{} ({})", self.minute(at), self.distance(at))
    }

    /// How far from now: `14m ago`, `in 2h`.
    pub(crate) fn distance(&self, at: Timestamp) -> String {
        if at > self.now { format!("in {}", age(at - self.now)) } else { format!("{} ago", age(self.now - at)) }
    }

    /// Says which clock the times above are of.
    pub(crate) fn zone_note(&self) -> String {
        self.paint(Tone::Quiet, &format!("times in {}", self.zone.name()))
    }

    /// Text in colour where colour can be seen.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Heading => "1",
            Tone::Bad => "1;31",
            Tone::Warning => "33",
            Tone::Good => "32",
            Tone::Quiet => "2",
        };
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A length of time in its two largest units: `3d4h`, `14m`, `45s`. Less than a minute counts only below an hour.
pub(crate) fn age(length: Duration) -> String {
    let seconds = length.0.max(0) / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let two = |large: i64, unit: &str, small: i64, smaller: &str| {
        if small == 0 { format!("{large}{unit}") } else { format!("{large}{unit}{small}{smaller}") }
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}s"),
        (0, 0, _) => format!("{minutes}m"),
        (0, _, _) => two(hours, "h", minutes % 60, "m"),
        (_, _, _) => two(days, "d", hours % 24, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_in_two_units_at_most() {
        for (seconds, said) in [(-5, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h"), (90_061, "1d1h")] {
            assert_eq!(age(Duration::secs(seconds)), said);
        }
    }

    #[test]
    fn times_are_shown_on_the_wall_clock_of_the_zone() {
        let at: Timestamp = "2026-07-01T22:30:05Z".parse().expect("an instant");
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let cx = Context { now: at + Duration::minutes(14), zone, color: false, user: None };
        assert_eq!(cx.second(at), "2026-07-02 00:30:05");
        assert_eq!(cx.when(at), "2026-07-02 00:30 (14m ago)");
        assert_eq!(cx.distance(cx.now + Duration::hours(2)), "in 2h");
    }
}
