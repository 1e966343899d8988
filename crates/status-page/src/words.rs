//! Times, lengths and shares as readers see them.

use evenkeel_time::{Duration, Timestamp};

/// `2026-11-20T09:41:00Z`
pub(crate) fn exact(at: Timestamp) -> String {
    let text = at.to_string();
    match text.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => text,
    }
}

/// `2026-11-20 09:41 UTC`
pub(crate) fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(date), Some(time)) => format!("{date} {time} UTC"),
        (Some(_) | None, None) | (None, Some(_)) => text,
    }
}

/// `2026-11-20`
pub(crate) fn date(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// `3 h 20 min`, to the minute; what is shorter is a minute.
pub(crate) fn length(of: Duration) -> String {
    let minutes = (of.0 / 60_000).max(1);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// `99.95 %`; never rounded up to a hundred.
pub(crate) fn share(ppm: u32) -> String {
    let hundredths = ppm / 100;
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole} %"),
        (whole, part) => format!("{whole}.{part:02} %"),
    }
}

/// At most so many characters, cut where a word ends, with a sign that there is more.
pub(crate) fn clipped(text: &str, max: usize) -> (String, bool) {
    let mut ends = text.char_indices().skip(max);
    let Some((end, _)) = ends.next() else { return (text.to_owned(), false) };
    let cut = text.get(..end).unwrap_or("");
    let at_word = cut.rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    (format!("{} …", cut.get(..at_word).unwrap_or(cut).trim_end()), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_better_than_they_are() {
        for (ppm, wanted) in
            [(1_000_000, "100 %"), (999_999, "99.99 %"), (990_000, "99 %"), (990_100, "99.01 %"), (0, "0 %")]
        {
            assert_eq!(share(ppm), wanted);
        }
    }

    #[test]
    fn lengths_are_said_roughly() {
        for (minutes, wanted) in
            [(0, "1 min"), (59, "59 min"), (60, "1 h"), (200, "3 h 20 min"), (2880, "2 d"), (3000, "2 d 2 h")]
        {
            assert_eq!(length(Duration::minutes(minutes)), wanted);
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(clipped("one two three", 20), ("one two three".to_owned(), false));
        assert_eq!(clipped("one two three", 9), ("one two …".to_owned(), true));
        assert_eq!(clipped(&"ä".repeat(10), 4), ("ääää …".to_owned(), true));
    }
}
