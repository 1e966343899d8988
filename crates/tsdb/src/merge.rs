//! Joining columns of one series whose times overlap.

use evenkeel_metric::Column;

/// Appends all samples of some columns in the order of time. Of one instant the first column's sample stays: what was there
/// first is never replaced.
pub(crate) fn columns(parts: &[Column], into: &mut Column) {
    let mut numbers: Vec<(i64, f64)> = Vec::new();
    let mut histograms = Vec::new();
    for part in parts {
        numbers.extend(part.times.iter().copied().zip(part.values.iter().copied()));
        histograms.extend(part.histograms.iter().cloned());
    }
    // Stable sorts: of one instant the first part's comes first, and it is the one that is kept.
    numbers.sort_by_key(|(at, _)| *at);
    numbers.dedup_by_key(|(at, _)| *at);
    histograms.sort_by_key(|(at, _)| *at);
    histograms.dedup_by_key(|(at, _)| *at);
    into.times.extend(numbers.iter().map(|(at, _)| *at));
    into.values.extend(numbers.iter().map(|(_, value)| *value));
    into.histograms.append(&mut histograms);
}
