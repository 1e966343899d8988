//! Whether a histogram began anew since the one before it.

use super::cells::shared_bounds;
use super::side::Borrowed;
use crate::{Histogram, ResetHint};

impl Histogram {
    /// Whether it began anew since the one before: a count fell, or the resolution rose. A hint that says so decides.
    ///
    /// Source: Prometheus, `FloatHistogram.DetectReset`.
    #[must_use]
    pub fn began_anew(&self, before: &Self) -> bool {
        match self.reset_hint {
            ResetHint::Reset => return true,
            ResetHint::NotReset => return false,
            // A gauge, too, when someone reads it as a counter.
            ResetHint::Unknown | ResetHint::Gauge => {}
        }
        if self.count < before.count || self.has_custom_buckets() && !before.has_custom_buckets() {
            return true;
        }
        if self.has_custom_buckets() && self.custom_bounds != before.custom_bounds {
            return self.shared_bucket_fell(before);
        }
        if self.schema > before.schema || self.zero_threshold < before.zero_threshold {
            return true;
        }
        let (zero_count, threshold) = before.around_zero().widened(self.zero_threshold);
        if threshold > self.zero_threshold || self.zero_count < zero_count {
            return true;
        }
        self.bucket_fell(self.positive_side(), before.positive_side(), before.schema)
            || self.bucket_fell(self.negative_side(), before.negative_side(), before.schema)
    }

    fn bucket_fell(&self, now: Borrowed<'_, f64>, before: Borrowed<'_, f64>, schema: i32) -> bool {
        if schema > self.schema {
            let coarser = before.reduced(schema, self.schema);
            return self.bucket_fell(now, coarser.borrowed(), self.schema);
        }
        let mut now = now.above(self.zero_threshold, schema).peekable();
        before.above(self.zero_threshold, schema).any(|(index, count)| {
            while now.next_if(|(other, _)| *other < index).is_some() {}
            match now.peek() {
                Some((other, current)) if *other == index => *current < count,
                Some(_) | None => count != 0.0,
            }
        })
    }

    fn shared_bucket_fell(&self, before: &Self) -> bool {
        let shared = shared_bounds(&self.custom_bounds, &before.custom_bounds);
        let now = self.positive_side().by_bounds(&self.custom_bounds, &shared);
        let earlier = before.positive_side().by_bounds(&before.custom_bounds, &shared);
        now.iter().zip(&earlier).any(|(now, earlier)| now < earlier)
    }
}

#[cfg(test)]
mod tests {
    use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, ResetHint, Span};

    fn of(schema: i32, offset: i32, counts: &[f64]) -> Histogram {
        Histogram {
            schema,
            count: counts.iter().sum(),
            positive_spans: vec![Span { offset, length: u32::try_from(counts.len()).expect("few") }],
            positive_counts: counts.to_vec(),
            ..Histogram::default()
        }
    }

    #[test]
    fn it_began_anew_when_a_count_fell_or_the_resolution_rose() {
        let before = of(1, 0, &[1.0, 2.0, 0.0, 3.0]);
        for (now, anew) in [
            (of(1, 0, &[1.0, 2.0, 0.0, 3.0]), false),
            (of(1, 0, &[1.0, 1.0, 5.0, 3.0]), true),
            (of(1, -1, &[4.0, 1.0, 2.0, 0.0, 3.0, 1.0]), false),
            (of(1, 1, &[9.0, 0.0, 3.0]), true),
            (of(0, 0, &[1.0, 2.0, 3.0]), false),
            (of(0, 0, &[1.0, 1.0, 9.0]), true),
            (of(2, 0, &[9.0; 9]), true),
            (Histogram { reset_hint: ResetHint::NotReset, ..of(1, 0, &[0.0]) }, false),
            (Histogram { reset_hint: ResetHint::Reset, ..before.clone() }, true),
            (Histogram { zero_threshold: 1.0, zero_count: 1.0, ..of(1, 1, &[2.0, 0.0, 3.0]) }, true),
            (Histogram { zero_threshold: 1.0, zero_count: 1.0, count: 6.0, ..of(1, 1, &[2.0, 0.0, 3.0]) }, false),
            (Histogram { zero_threshold: 1.1, zero_count: 9.0, count: 20.0, ..of(1, 1, &[2.0, 0.0, 3.0]) }, true),
        ] {
            assert_eq!(now.began_anew(&before), anew, "{now:?}");
        }
    }

    #[test]
    fn custom_buckets_are_compared_by_the_bounds_they_share() {
        let custom = |bounds: &[f64], counts: &[f64]| Histogram {
            custom_bounds: bounds.to_vec(),
            ..of(CUSTOM_BUCKETS_SCHEMA, 0, counts)
        };
        let before = custom(&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0, 1.0]);
        assert!(!custom(&[1.0, 3.0], &[1.0, 2.0, 1.0]).began_anew(&before));
        assert!(custom(&[1.0, 3.0], &[1.0, 1.0, 3.0]).began_anew(&before));
        assert!(!custom(&[5.0], &[4.0, 0.0]).began_anew(&before));
        assert!(of(0, 0, &[9.0]).began_anew(&before));
    }
}
