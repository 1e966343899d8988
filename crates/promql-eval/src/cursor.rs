//! Finds places in ascending times, for instants that ascend too.

/// Beyond this many samples at once they are halved rather than walked.
const WALKED_MAX: usize = 16;

/// A place among times that only moves forward.
///
/// Samples mostly come as regularly as the instants, so the next step is tried with the length of the last.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cursor {
    /// How many times are not later than the instant.
    place: usize,
    stride: usize,
}

impl Cursor {
    /// How many of the `count` times are not later than `instant`, which is not earlier than the one before.
    #[inline]
    pub(crate) fn advance(&mut self, count: usize, time: impl Fn(usize) -> i64, instant: i64) -> usize {
        let guess = self.place + self.stride;
        let fits_below = guess <= count && (guess == 0 || time(guess - 1) <= instant);
        if fits_below && (guess == count || time(guess) > instant) {
            self.place = guess;
            return guess;
        }
        let before = self.place;
        let mut place = before;
        let walked = count.min(before + WALKED_MAX);
        while place < walked && time(place) <= instant {
            place += 1;
        }
        if place == walked && place < count {
            place = halved(place, count, |index| time(index) <= instant);
        }
        self.stride = place - before;
        self.place = place;
        place
    }

    /// The same in a slice of times.
    #[inline]
    pub(crate) fn advance_in(&mut self, times: &[i64], instant: i64) -> usize {
        self.advance(times.len(), |index| times.get(index).copied().unwrap_or(i64::MAX), instant)
    }
}

/// The first place from `low` at which it no longer holds.
fn halved(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_finds_what_halving_finds() {
        let times: Vec<i64> = (0..500).map(|index| index * 7 + i64::from(index % 3 == 0)).collect();
        for step in [1, 3, 7, 21, 100, 1000, 5000] {
            let mut cursor = Cursor::default();
            for instant in (-50..4000).step_by(step) {
                let expected = times.partition_point(|time| *time <= instant);
                assert_eq!(cursor.advance_in(&times, instant), expected, "step {step}, instant {instant}");
            }
        }
        assert_eq!(Cursor::default().advance_in(&[], 5), 0);
    }
}
