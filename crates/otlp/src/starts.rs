//! When counts that go on began: a later beginning says that they began anew, even if they look as if they had not.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::Limits;

/// When each series began, and when it was heard of last. Units: nanoseconds since 1970.
#[derive(Debug, Default)]
pub(crate) struct Starts(HashMap<u64, (u64, u64)>);

impl Starts {
    /// Notes a point. The instant at which the count was zero, when it began anew between the last point and this one; units:
    /// milliseconds since 1970.
    pub(crate) fn began_anew(&mut self, series: &str, start: u64, until: u64, limits: &Limits) -> Option<i64> {
        if start == 0 {
            return None;
        }
        // Series are known by a hash: a set of two that share one costs a zero too many, and is rarer than a broken disk.
        let mut hasher = DefaultHasher::new();
        series.hash(&mut hasher);
        if self.0.len() >= limits.streams_max {
            // Nothing is lost but a zero for those that begin anew just now.
            self.0.clear();
        }
        let before = self.0.insert(hasher.finish(), (start, until));
        let (began, heard) = before?;
        let (zero, heard, now) = (millis(start), millis(heard), millis(until));
        (start > began && zero > heard && zero < now).then_some(zero)
    }
}

/// Nanoseconds as milliseconds.
pub(crate) fn millis(nanos: u64) -> i64 {
    (nanos / 1_000_000).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_start_is_a_zero_between_two_points() {
        let (mut starts, limits) = (Starts::default(), Limits::default());
        let mut note = |start: u64, until: u64| starts.began_anew("a", start * 1_000_000, until * 1_000_000, &limits);
        assert_eq!(note(10, 20), None, "the first");
        assert_eq!(note(10, 30), None, "the same");
        assert_eq!(note(35, 40), Some(35));
        assert_eq!(note(35, 50), None);
        assert_eq!(note(0, 60), None, "not said");
        assert_eq!(note(45, 60), None, "within what is known");
        assert_eq!(note(70, 70), None, "no time between");
    }
}
