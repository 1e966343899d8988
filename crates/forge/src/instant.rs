//! Instants as forges write them.

use evenkeel_time::Timestamp;

/// Reads RFC 3339, and GitLab's `2026-01-02 03:04:05 UTC` and `2026-01-02 03:04:05 +0200`.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let exact = text.parse().ok();
    exact.or_else(|| {
        let (instant, zone) = text.rsplit_once(' ')?;
        let zone = if zone == "UTC" { "Z" } else { zone };
        format!("{instant}{zone}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_each_forge_writes_them() {
        for (text, expect) in [
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
            ("2026-01-02T03:04:05.678+02:00", "2026-01-02T01:04:05.678Z"),
            ("2026-01-02 03:04:05 UTC", "2026-01-02T03:04:05.000Z"),
            ("2026-01-02 03:04:05 +0200", "2026-01-02T01:04:05.000Z"),
            ("2026-01-02 03:04:05 -0330", "2026-01-02T06:34:05.000Z"),
        ] {
            assert_eq!(read(text).map(|at| at.to_string()).as_deref(), Some(expect), "{text}");
        }
        for text in ["", "yesterday", "2026-01-02", "UTC", "2026-01-02 03:04:05 CET"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
