//! How the end of something is said: by its last day, when it ends with one.

use evenkeel_model::last_day;
use evenkeel_time::Timestamp;

fn instant(end: Timestamp) -> String {
    end.to_string().replace(".000Z", "Z")
}

/// When it ended: `after 2026-10-31`, or `at 2026-10-31T18:00:00Z`.
pub(crate) fn when(end: Timestamp) -> String {
    last_day(end).map_or_else(|| format!("at {}", instant(end)), |day| format!("after {day}"))
}

/// By when something was due: `2026-10-31`, or `2026-10-31T18:00:00Z`.
pub(crate) fn by(end: Timestamp) -> String {
    last_day(end).unwrap_or_else(|| instant(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_a_day() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        assert_eq!(
            (when(at("2026-11-01T00:00:00Z")), by(at("2026-11-01T00:00:00Z"))),
            ("after 2026-10-31".to_owned(), "2026-10-31".to_owned())
        );
        assert_eq!(when(at("2026-10-31T18:00:00Z")), "at 2026-10-31T18:00:00Z");
        assert_eq!(by(at("2026-10-31T18:00:00.500Z")), "2026-10-31T18:00:00.500Z");
    }
}
