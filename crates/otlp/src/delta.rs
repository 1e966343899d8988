//! Counts that begin anew in every request become counts that go on.
//!
//! The state is bounded: beyond its limit no new series are held, and what sends nothing for long is forgotten. A series that
//! comes back begins at zero, which readers take for a restart of its process.
//!
//! A point that comes again, because its sender did not hear the answer, gives the count as it is and adds nothing.

use std::collections::HashMap;

use evenkeel_metric::{Histogram, ResetHint};
use evenkeel_time::{Duration, Timestamp};

use crate::Limits;

/// What was counted so far, by series.
#[derive(Debug, Default)]
pub(crate) struct Deltas {
    streams: HashMap<Box<str>, Stream>,
    swept_at: Timestamp,
}

#[derive(Debug)]
struct Stream {
    /// The end of the last point. Units: nanoseconds since 1970.
    until: u64,
    heard_at: Timestamp,
    count: Count,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Count {
    /// A number.
    Number(f64),
    /// A histogram with its bounds.
    Classic(Classic),
    /// A native histogram.
    Native(Box<Histogram>),
}

/// A histogram with its bounds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Classic {
    pub(crate) bounds: Vec<f64>,
    /// One more than bounds, or none.
    pub(crate) counts: Vec<u64>,
    pub(crate) count: u64,
    pub(crate) sum: Option<f64>,
}

/// How often what is idle is looked for.
const SWEPT_EVERY: Duration = Duration::minutes(1);

impl Deltas {
    /// Adds a point to its series, and makes it the whole count; why not otherwise.
    pub(crate) fn add(
        &mut self,
        series: &str,
        until: u64,
        point: &mut Count,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<(), String> {
        self.sweep(limits, now);
        let Some(stream) = self.streams.get_mut(series) else {
            let most = limits.streams_max;
            if self.streams.len() >= most {
                return Err(format!(
                    "{most} series with delta temporality are held already; send cumulative temporality, or fewer series"
                ));
            }
            self.streams.insert(series.into(), Stream { until, heard_at: now, count: point.clone() });
            return Ok(());
        };
        stream.heard_at = now;
        if until < stream.until {
            return Err("a point with delta temporality is older than the one before it".to_owned());
        }
        if until > stream.until {
            stream.count.add(point);
            stream.until = until;
        }
        point.clone_from(&stream.count);
        Ok(())
    }

    fn sweep(&mut self, limits: &Limits, now: Timestamp) {
        if now - self.swept_at >= SWEPT_EVERY {
            self.swept_at = now;
            self.streams.retain(|_, stream| now - stream.heard_at < limits.stream_idle);
        }
    }
}

impl Count {
    /// Counts more. What does not go together with what was counted takes its place.
    fn add(&mut self, more: &Self) {
        let fits = match (&mut *self, more) {
            (Self::Number(count), Self::Number(more)) => {
                *count += more;
                true
            }
            (Self::Classic(count), Self::Classic(more)) => count.add(more),
            (Self::Native(count), Self::Native(more)) => {
                let added = count.add(more).is_ok();
                count.reset_hint = ResetHint::Unknown;
                added
            }
            _ => false,
        };
        if !fits {
            self.clone_from(more);
        }
    }
}

impl Classic {
    fn add(&mut self, more: &Self) -> bool {
        if self.bounds != more.bounds || self.counts.len() != more.counts.len() {
            return false;
        }
        for (count, more) in self.counts.iter_mut().zip(&more.counts) {
            *count = count.saturating_add(*more);
        }
        self.count = self.count.saturating_add(more.count);
        self.sum = self.sum.zip(more.sum).map(|(sum, more)| sum + more);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(deltas: &mut Deltas, series: &str, until: u64, value: f64, at: i64) -> Result<f64, String> {
        let limits = Limits { streams_max: 2, stream_idle: Duration::minutes(5), ..Limits::default() };
        let mut count = Count::Number(value);
        deltas.add(series, until, &mut count, &limits, Timestamp(at))?;
        match count {
            Count::Number(value) => Ok(value),
            Count::Classic(_) | Count::Native(_) => Err("another kind".to_owned()),
        }
    }

    #[test]
    fn counts_go_on_and_a_point_that_comes_again_adds_nothing() {
        let mut deltas = Deltas::default();
        assert_eq!(add(&mut deltas, "a", 10, 1.0, 0), Ok(1.0));
        assert_eq!(add(&mut deltas, "a", 20, 2.0, 0), Ok(3.0));
        assert_eq!(add(&mut deltas, "a", 20, 2.0, 0), Ok(3.0));
        assert_eq!(add(&mut deltas, "b", 20, 5.0, 0), Ok(5.0));
        let older = "a point with delta temporality is older than the one before it";
        assert_eq!(add(&mut deltas, "a", 10, 1.0, 0), Err(older.to_owned()));
        // A gap loses nothing: what was counted in it was never sent.
        assert_eq!(add(&mut deltas, "a", 900, 4.0, 0), Ok(7.0));
    }

    #[test]
    fn the_state_is_bounded_and_forgets_what_is_idle() {
        let mut deltas = Deltas::default();
        assert_eq!(add(&mut deltas, "a", 10, 1.0, 0), Ok(1.0));
        assert_eq!(add(&mut deltas, "b", 10, 1.0, 240_000), Ok(1.0));
        assert!(
            add(&mut deltas, "c", 10, 1.0, 240_000).expect_err("full").starts_with("2 series with delta temporality")
        );
        assert_eq!(add(&mut deltas, "c", 10, 1.0, 300_000), Ok(1.0), "the first is idle");
        assert_eq!(add(&mut deltas, "b", 20, 1.0, 300_000), Ok(2.0));
    }

    #[test]
    fn histograms_whose_bounds_change_begin_anew() {
        let classic = |bounds: &[f64], counts: &[u64]| Classic {
            bounds: bounds.to_vec(),
            counts: counts.to_vec(),
            count: counts.iter().sum(),
            sum: Some(1.0),
        };
        let mut count = Count::Classic(classic(&[1.0], &[1, 2]));
        count.add(&Count::Classic(classic(&[1.0], &[1, 0])));
        let both = Classic { sum: Some(2.0), ..classic(&[1.0], &[2, 2]) };
        assert_eq!(count, Count::Classic(both));
        let other = Count::Classic(classic(&[5.0], &[1, 0]));
        count.add(&other);
        assert_eq!(count, other);
    }
}
