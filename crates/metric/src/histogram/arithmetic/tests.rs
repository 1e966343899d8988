//! Sums, differences and coarser forms of histograms.

use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, HistogramSum, Incompatible, ResetHint, Span};

fn spans(spans: &[(i32, u32)]) -> Vec<Span> {
    spans.iter().map(|(offset, length)| Span { offset: *offset, length: *length }).collect()
}

fn of(schema: i32, positive: &[(i32, u32)], counts: &[f64]) -> Histogram {
    Histogram {
        schema,
        count: counts.iter().fold(0.0, |sum, count| sum + count),
        sum: 10.0,
        positive_spans: spans(positive),
        positive_counts: counts.to_vec(),
        ..Histogram::default()
    }
}

fn custom(bounds: &[f64], counts: &[f64]) -> Histogram {
    let length = u32::try_from(counts.len()).expect("few");
    Histogram { custom_bounds: bounds.to_vec(), ..of(CUSTOM_BUCKETS_SCHEMA, &[(0, length)], counts) }
}

#[test]
fn buckets_are_added_where_they_are_and_inserted_where_they_are_not() {
    let mut sum = of(0, &[(1, 2), (3, 1)], &[1.0, 2.0, 3.0]);
    sum.add(&of(0, &[(-2, 1), (2, 3)], &[4.0, 5.0, 6.0, 7.0])).expect("compatible");
    assert_eq!(sum.positive_spans, spans(&[(-2, 1), (2, 3), (2, 1)]));
    assert_eq!(sum.positive_counts, [4.0, 6.0, 8.0, 7.0, 3.0]);
    assert_eq!((sum.count, sum.sum), (28.0, 20.0));
    sum.sub(&of(0, &[(-2, 1), (2, 3)], &[4.0, 5.0, 6.0, 7.0])).expect("compatible");
    sum.compact();
    assert_eq!(sum.positive_spans, spans(&[(1, 2), (3, 1)]));
    assert_eq!(sum.positive_counts, [1.0, 2.0, 3.0]);
}

#[test]
fn a_sum_has_the_coarser_schema_of_both() {
    let (fine, coarse) = (of(1, &[(0, 4)], &[1.0, 2.0, 3.0, 4.0]), of(0, &[(0, 2)], &[10.0, 20.0]));
    for (mut sum, other) in [(fine.clone(), &coarse), (coarse.clone(), &fine)] {
        sum.add(other).expect("compatible");
        assert_eq!((sum.schema, sum.positive_counts), (0, vec![11.0, 25.0, 4.0]));
    }
    assert_eq!(fine.reduced(-1).positive_counts, [1.0, 9.0]);
    assert_eq!(fine.reduced(3), fine);
}

#[test]
fn the_zero_bucket_widens_until_it_cuts_no_bucket() {
    let mut sum = Histogram { zero_threshold: 0.5, zero_count: 1.0, ..of(0, &[(0, 3)], &[1.0, 2.0, 3.0]) };
    let wide = Histogram { zero_threshold: 1.5, zero_count: 10.0, ..of(0, &[(2, 1)], &[7.0]) };
    sum.add(&wide).expect("compatible");
    assert_eq!((sum.zero_threshold, sum.zero_count), (2.0, 14.0));
    assert_eq!((sum.positive_spans, sum.positive_counts), (spans(&[(2, 1)]), vec![10.0]));
    let mut other = wide;
    let narrow = Histogram { zero_threshold: 0.5, zero_count: 1.0, ..of(0, &[(0, 3)], &[1.0, 2.0, 3.0]) };
    other.add(&narrow).expect("compatible");
    assert_eq!((other.zero_threshold, other.zero_count, other.positive_counts), (2.0, 14.0, vec![10.0]));
}

#[test]
fn custom_buckets_meet_at_the_bounds_they_share() {
    let mut sum = custom(&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0, 1.0]);
    let added = sum.add(&custom(&[1.0, 3.0, 4.0], &[10.0, 10.0, 10.0, 10.0])).expect("compatible");
    assert!(added.bounds_reconciled);
    assert_eq!((sum.custom_bounds.clone(), sum.positive_counts.clone()), (vec![1.0, 3.0], vec![11.0, 12.0, 21.0]));
    assert_eq!(sum.add(&of(0, &[(0, 1)], &[1.0])), Err(Incompatible));
    assert_eq!(sum.positive_counts, [11.0, 12.0, 21.0]);
    sum.add(&custom(&[7.0], &[1.0, 1.0])).expect("compatible");
    assert_eq!((sum.custom_bounds, sum.positive_counts), (vec![], vec![46.0]));
}

#[test]
fn hints_of_a_sum_follow_from_both() {
    use ResetHint::{Gauge, NotReset, Reset, Unknown};
    for (left, right, both, collide) in [
        (Reset, Reset, Reset, false),
        (Reset, NotReset, Unknown, true),
        (NotReset, Gauge, Gauge, false),
        (Unknown, NotReset, Unknown, false),
        (NotReset, Unknown, Unknown, false),
    ] {
        let mut sum = Histogram { reset_hint: left, ..Histogram::default() };
        let added = sum.add(&Histogram { reset_hint: right, ..Histogram::default() }).expect("compatible");
        assert_eq!((sum.reset_hint, added.resets_collide), (both, collide), "{left:?} {right:?}");
    }
}

#[test]
fn empty_buckets_are_left_out_or_kept_between_others() {
    let wide = of(0, &[(0, 5), (2, 2)], &[0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 3.0]);
    let mut compact = wide.clone();
    compact.compact();
    assert_eq!(compact.positive_spans, spans(&[(1, 1), (1, 1), (4, 1)]));
    let mut kept = wide.clone();
    kept.compact_to(1);
    assert_eq!(kept.positive_spans, spans(&[(1, 3), (4, 1)]));
    assert_eq!(kept.positive_counts, [1.0, 0.0, 2.0, 3.0]);
    let mut one = wide;
    one.compact_to(usize::MAX);
    assert_eq!(one.positive_spans, spans(&[(1, 8)]));
    let mut none = of(0, &[(3, 2)], &[0.0, 0.0]);
    none.compact();
    assert!(none.positive_spans.is_empty() && none.positive_counts.is_empty());
}

#[test]
fn by_zero_no_bucket_is_left_and_below_zero_it_is_a_gauge() {
    let mut histogram = of(0, &[(0, 1)], &[2.0]);
    histogram.mul(-1.5);
    assert_eq!((histogram.count, histogram.positive_counts[0], histogram.reset_hint), (-3.0, -3.0, ResetHint::Gauge));
    histogram.div(0.0);
    assert_eq!((histogram.count, histogram.positive_counts.len()), (f64::NEG_INFINITY, 0));
}

#[test]
fn a_long_sum_loses_nothing() {
    let mut sum = HistogramSum::of(of(0, &[(0, 1)], &[1e16]));
    for _ in 0..1000 {
        sum.add(&of(0, &[(0, 1), (4, 1)], &[1.0, 0.1])).expect("compatible");
    }
    assert!(!sum.has_overflow());
    let total = sum.total();
    assert_eq!(total.positive_counts[0], 1e16 + 1000.0);
    assert!((total.positive_counts[1] - 100.0).abs() < 1e-12);
}

proptest::proptest! {
    /// What is added and taken away again leaves what was there.
    #[test]
    fn taking_away_what_was_added_leaves_what_was_there(
        left in proptest::collection::vec((0_i32..4, 1_u8..9), 0..8),
        right in proptest::collection::vec((0_i32..4, 1_u8..9), 0..8),
        schemas in (-4_i32..=8, -4_i32..=8),
    ) {
        let build = |buckets: &[(i32, u8)], schema: i32| {
            let layout: Vec<_> = buckets.iter().map(|(gap, _)| (*gap, 1)).collect();
            let counts: Vec<_> = buckets.iter().map(|(_, count)| f64::from(*count)).collect();
            of(schema, &layout, &counts)
        };
        let (before, other) = (build(&left, schemas.0), build(&right, schemas.1));
        let mut sum = before.clone();
        sum.add(&other).expect("compatible");
        sum.sub(&other).expect("compatible");
        sum.compact();
        let mut expected = before.reduced(schemas.0.min(schemas.1));
        expected.compact();
        proptest::prop_assert!(sum.is_same(&expected), "{} {}", sum.notation(), expected.notation());
        proptest::prop_assert_eq!(sum.validate(), Ok(()));
    }
}
