//! What was measured, as a table.

use std::fmt::Write;
use std::time::Duration;

use super::millis;

/// What was measured.
#[derive(Debug, Default)]
pub(super) struct Figures {
    lines: Vec<Line>,
    /// The part of a core that serving took while pages were open.
    pub(super) share: Option<f64>,
}

/// One line of the table.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) what: String,
    pub(super) count: usize,
    pub(super) median: Duration,
    pub(super) p99: Duration,
    /// 0: none is set.
    pub(super) target_ms: u64,
    /// The size of the page; 0: it is none.
    pub(super) bytes: usize,
}

impl Line {
    pub(super) fn of(what: &str, times: &[Duration]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        let at = |hundredths: usize| {
            let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
            sorted.get(place).copied().unwrap_or_default()
        };
        Self { what: what.to_owned(), count: sorted.len(), median: at(50), p99: at(99), ..Self::default() }
    }
}

impl Figures {
    pub(super) fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// As a table in Markdown.
    pub(super) fn table(&self) -> String {
        let mut text =
            "| what | times | median ms | p99 ms | target p99 ms | KiB |\n|---|---|---|---|---|---|\n".to_owned();
        for line in &self.lines {
            let target = if line.target_ms == 0 { "-".to_owned() } else { line.target_ms.to_string() };
            let size = if line.bytes == 0 { "-".to_owned() } else { (line.bytes / 1024).to_string() };
            let (median, p99) = (millis(line.median), millis(line.p99));
            let (what, count) = (&line.what, line.count);
            let _ = writeln!(text, "| {what} | {count} | {median} | {p99} | {target} | {size} |");
        }
        if let Some(share) = self.share {
            let _ =
                writeln!(text, "\nwhile pages were open, serving them took {:.2} of a core; the target is 0.50", share);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_percentile_is_the_nearest_rank() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let line = Line::of("x", &times);
        assert_eq!((line.median.as_millis(), line.p99.as_millis()), (100, 198));
        assert_eq!(Line::of("x", &[]).p99, Duration::ZERO);
    }
}
