//! Native histograms in messages made by hand.

use evenkeel_remote_write::{Limits, Version};

use crate::message::{double, int, label, len, msg, packed, packed_doubles, packed_sints, sint};
use crate::show::read;

/// What is read of one histogram, in both versions.
fn check(fields: &[Vec<u8>], expect: &str) {
    let fields = [fields.concat(), int(15, 5)];
    let v1 = msg(1, &[label("__name__", "h"), msg(4, &fields)]);
    assert_eq!(read(Version::V1, &v1, &Limits::default()), expect, "1.0");
    let v2 = [len(4, ""), len(4, "__name__"), len(4, "h"), msg(5, &[packed(1, &[1, 2]), msg(3, &fields)])];
    assert_eq!(read(Version::V2, &v2.concat(), &Limits::default()), expect, "2.0");
}

fn refused(fields: &[Vec<u8>], said: &str) {
    check(
        fields,
        &format!(
            "{{__name__=\"h\"}}\nrefused [1, 0, 1, 0]\nseries {{__name__=\"h\"}}: the native histogram at 5 {said}"
        ),
    );
}

fn span(field: u64, offset: i64, length: i64) -> Vec<u8> {
    msg(field, &[sint(1, offset), int(2, length)])
}

#[test]
fn a_histogram_of_integers_has_differences() {
    check(
        &[
            int(1, 21),
            double(3, 18.4),
            sint(4, -2),
            double(5, 0.001),
            int(6, 2),
            span(8, 1, 1),
            packed_sints(9, &[3]),
            span(11, -1, 2),
            span(11, 4, 2),
            packed_sints(12, &[1, 2, 1, 4]),
            int(14, 2),
        ],
        "{__name__=\"h\"} {schema:-2 count:21 sum:18.4 zero:2≤0.001 +[-1+2,4+2][1.0, 3.0, 4.0, 8.0] -[1+1][3.0] [] \
         NotReset}@5",
    );
}

#[test]
fn a_histogram_of_floats_has_counts() {
    check(
        &[
            double(2, 2.5),
            double(3, 1.5),
            double(7, 0.5),
            span(11, 0, 2),
            packed_doubles(13, &[1.5]),
            double(13, 0.5),
            int(14, 3),
        ],
        "{__name__=\"h\"} {schema:0 count:2.5 sum:1.5 zero:0.5≤0 +[0+2][1.5, 0.5] -[][] [] Gauge}@5",
    );
}

#[test]
fn custom_buckets_have_their_bounds() {
    check(
        &[
            int(1, 4),
            double(3, 10.0),
            sint(4, -53),
            span(11, 1, 2),
            packed_sints(12, &[1, 2]),
            packed_doubles(16, &[0.5, 2.0]),
        ],
        "{__name__=\"h\"} {schema:-53 count:4 sum:10 zero:0≤0 +[1+2][1.0, 3.0] -[][] [0.5, 2.0] Unknown}@5",
    );
}

#[test]
fn an_ended_series_and_one_without_observations_are_histograms() {
    check(&[], "{__name__=\"h\"} {schema:0 count:0 sum:0 zero:0≤0 +[][] -[][] [] Unknown}@5");
    check(
        &[double(3, evenkeel_metric::stale()), int(14, 1)],
        "{__name__=\"h\"} {schema:0 count:0 sum:NaN zero:0≤0 +[][] -[][] [] Reset}@5",
    );
    // Observations that are no numbers are in no bucket.
    check(
        &[int(1, 2), double(3, f64::NAN), span(11, 0, 1), packed_sints(12, &[1])],
        "{__name__=\"h\"} {schema:0 count:2 sum:NaN zero:0≤0 +[0+1][1.0] -[][] [] Unknown}@5",
    );
}

#[test]
fn what_is_no_histogram_is_refused_with_its_reason() {
    for (fields, says) in [
        (vec![sint(4, 9)], "got schema 9"),
        (vec![sint(4, -5)], "got schema -5"),
        (vec![int(1, 2), span(11, 0, 1), span(11, -1, 1), packed_sints(12, &[1, 0])], "span number 2 with offset -1"),
        (vec![int(1, 1), span(11, 0, 2), packed_sints(12, &[1])], "spans need 2 buckets, have 1 buckets"),
        (vec![span(8, 0, i64::from(u32::MAX)), span(8, 0, i64::from(u32::MAX))], "spans need 8589934590 buckets"),
        (
            vec![double(2, 1.0), span(8, 0, 1), packed_doubles(10, &[-1.0])],
            "bucket number 1 has observation count of -1",
        ),
        (vec![sint(4, -53), packed_doubles(16, &[1.0, 1.0])], "must be in strictly increasing order"),
        (vec![packed_doubles(16, &[1.0])], "must not have custom bounds"),
    ] {
        let fields = [fields.concat(), int(15, 5)].concat();
        let text = read(Version::V1, &msg(1, &[label("__name__", "h"), msg(4, &[fields])]), &Limits::default());
        assert!(text.contains("series {__name__=\"h\"}: the native histogram at 5 is none: "), "{text}");
        assert!(text.contains(says), "{text} does not say {says}");
    }
    let below = "has a bucket with a count below zero";
    refused(&[int(1, 1), span(11, 0, 2), packed_sints(12, &[1, -2])], below);
    refused(&[int(1, 1), span(11, 0, 2), packed_sints(12, &[i64::MAX, i64::MAX])], below);
    refused(&[int(1, 1), span(11, 0, 1), packed_sints(12, &[2])], "counts 1 observations, and 2 in its buckets");
}
