//! Quantiles and fractions at their corners.

use evenkeel_metric::{CUSTOM_BUCKETS_SCHEMA, Histogram, Span};

use super::*;
use crate::notes::Notes;

const INF: f64 = f64::INFINITY;

/// Whether two numbers are the same, or about.
fn close(left: f64, right: f64) -> bool {
    left == right || left.is_nan() && right.is_nan() || ((left - right) / right).abs() < 1e-12
}

#[test]
fn a_quantile_lies_between_two_numbers() {
    for (share, values, expected) in [
        (0.5, vec![3.0, 1.0, 2.0], 2.0),
        (0.5, vec![4.0, 1.0, 2.0, 3.0], 2.5),
        (0.0, vec![2.0, 1.0], 1.0),
        (1.0, vec![2.0, 1.0], 2.0),
        (0.25, vec![1.0], 1.0),
        (-0.1, vec![1.0], -INF),
        (1.1, vec![1.0], INF),
        (f64::NAN, vec![1.0], f64::NAN),
        (0.5, vec![], f64::NAN),
        (1.0, vec![f64::NAN, 5.0, 1.0], 5.0),
        (0.0, vec![5.0, f64::NAN, 1.0], f64::NAN),
    ] {
        let mut copy = values.clone();
        assert!(close(quantile(share, &mut copy), expected), "{share} of {values:?}");
    }
}

fn classic(buckets: &[(f64, f64)]) -> Vec<ClassicBucket> {
    buckets.iter().map(|(upper, count)| ClassicBucket { upper: *upper, count: *count }).collect()
}

#[test]
fn classic_quantiles_are_those_of_prometheus() {
    let plain: &[(f64, f64)] = &[(0.1, 5.0), (INF, 12.0), (0.2, 7.0), (1.0, 11.0)];
    let below: &[(f64, f64)] = &[(-0.2, 1.0), (-0.1, 2.0), (0.3, 2.0), (INF, 3.0)];
    let falling: &[(f64, f64)] = &[(0.1, 2.0), (1.0, 1.0), (10.0, 5.0), (100.0, 4.0), (1000.0, 9.0), (INF, 8.0)];
    let rounded: &[(f64, f64)] = &[(1.0, 1.0 + 1e-13), (2.0, 1.0), (INF, 4.0)];
    for (share, buckets, expected, forced) in [
        (0.2, plain, 0.048, false),
        (0.5, plain, 0.15, false),
        (0.8, plain, 0.72, false),
        (1.0, plain, 1.0, false),
        (0.0, plain, 0.0, false),
        (0.0, below, -0.2, false),
        (0.5, below, -0.15, false),
        (1.0, below, 0.3, false),
        (0.01, falling, 0.0045, true),
        (0.5, falling, 8.5, true),
        (0.99, falling, 979.75, true),
        (0.3, rounded, 2.0, false),
        (-1.0, plain, -INF, false),
        (2.0, plain, INF, false),
        (f64::NAN, plain, f64::NAN, false),
        (0.5, &[(0.1, 5.0), (0.2, 7.0)], f64::NAN, false),
        (0.5, &[(INF, 7.0)], f64::NAN, false),
        (0.5, &[(1.0, 0.0), (INF, 0.0)], f64::NAN, false),
        (0.5, &[(1.0, 1.0), (1.0, 1.0), (2.0, 2.0), (INF, 4.0)], 1.0, false),
    ] {
        let (value, repaired) = classic_quantile(share, &mut classic(buckets));
        assert!(close(value, expected) && repaired == forced, "{share} of {buckets:?}: {value} {repaired}");
    }
}

#[test]
fn classic_fractions_are_those_of_prometheus() {
    let even: &[(f64, f64)] = &[(0.0, 0.0), (2.0, 1.0), (4.0, 2.0), (6.0, 3.0), (INF, 3.0)];
    for (lower, upper, buckets, expected) in [
        (0.0, 4.0, even, 2.0 / 3.0),
        (0.0, 6.0, even, 1.0),
        (0.0, 3.5, even, 1.75 / 3.0),
        (-INF, INF, even, 1.0),
        (4.0, 2.0, even, 0.0),
        (f64::NAN, 2.0, even, f64::NAN),
        (0.0, 1.0, &[(2.0, 4.0), (INF, 4.0)], 0.5),
        (0.0, 1.0, &[(2.0, 4.0)], f64::NAN),
    ] {
        let value = classic_fraction(lower, upper, &mut classic(buckets));
        assert!(close(value, expected), "{lower} to {upper} of {buckets:?}: {value}");
    }
}

#[test]
fn bounds_are_read_as_go_reads_numbers() {
    for (text, bound) in [
        ("0.1", Some(0.1)),
        (".2", Some(0.2)),
        ("1e0", Some(1.0)),
        ("+Inf", Some(INF)),
        ("-inf", Some(-INF)),
        ("Infinity", Some(INF)),
        ("", None),
        ("abc", None),
        ("infinite", None),
        ("--1", None),
        ("1x", None),
    ] {
        assert_eq!(upper_bound(text), bound, "{text}");
    }
}

fn native(offset: i32, counts: &[f64]) -> Histogram {
    Histogram {
        count: counts.iter().sum(),
        sum: 5.0,
        positive_spans: vec![Span { offset, length: u32::try_from(counts.len()).expect("few") }],
        positive_counts: counts.to_vec(),
        ..Histogram::default()
    }
}

#[test]
fn native_quantiles_and_fractions_are_inverse() {
    let mut negative = native(0, &[]);
    negative.positive_spans.clear();
    (negative.negative_spans, negative.negative_counts) = (vec![Span { offset: 0, length: 3 }], vec![1.0, 2.0, 4.0]);
    negative.count = 7.0;
    let zero = Histogram { zero_threshold: 0.5, zero_count: 2.0, count: 9.0, ..native(0, &[1.0, 2.0, 4.0]) };
    let custom = Histogram {
        schema: CUSTOM_BUCKETS_SCHEMA,
        custom_bounds: vec![5.0, 10.0, 20.0],
        ..native(0, &[1.0, 2.0, 4.0])
    };
    let mut notes = Notes::new("");
    for histogram in [native(-2, &[1.0, 2.0, 4.0, 1.0]), negative, zero, custom] {
        for step in 0..=20 {
            let share = f64::from(step) / 20.0;
            let value = native_quantile(share, &histogram, &mut notes);
            let back = native_fraction(-INF, value, &histogram, &mut notes);
            assert!((back - share).abs() < 1e-9, "{share} of {histogram}: {value} {back}");
        }
    }
    let (warnings, infos) = notes.into_texts();
    assert!(warnings.is_empty() && infos.is_empty());
}

#[test]
fn native_quantiles_have_corners() {
    let mut notes = Notes::new("");
    let one = native(1, &[4.0]);
    for (share, histogram, expected) in [
        (0.5, &one, 2.0_f64.sqrt()),
        (1.0, &one, 2.0),
        (0.0, &one, 1.0),
        (-1.0, &one, -INF),
        (2.0, &one, INF),
        (f64::NAN, &one, f64::NAN),
        (0.5, &Histogram::default(), f64::NAN),
    ] {
        let value = native_quantile(share, histogram, &mut notes);
        assert!(close(value, expected), "{share} of {histogram}: {value}");
    }
    let with_nan = Histogram { sum: f64::NAN, count: 8.0, ..native(1, &[4.0]) };
    assert!(close(native_quantile(0.25, &with_nan, &mut notes), 2.0_f64.sqrt()));
    assert!(native_quantile(0.9, &with_nan, &mut notes).is_nan());
    assert!(close(native_fraction(0.0, INF, &with_nan, &mut notes), 0.5));
    let (_, infos) = notes.into_texts();
    assert_eq!(infos.len(), 3, "{infos:?}");
    assert!(native_variance(&Histogram { sum: 4.0 * 2.0_f64.sqrt(), ..native(1, &[4.0]) }) < 1e-12);
}

#[test]
fn the_variance_takes_observations_in_the_middle_of_buckets() {
    let histogram = Histogram { sum: 20.0, ..native(1, &[2.0, 2.0]) };
    let (low, high) = (2.0_f64.sqrt(), 8.0_f64.sqrt());
    let expected = (2.0 * (low - 5.0_f64).powi(2) + 2.0 * (high - 5.0_f64).powi(2)) / 4.0;
    assert!(close(native_variance(&histogram), expected));
}
