//! Counts that begin anew in each request, and counts that begin anew now and then.

use evenkeel_otlp::{MetricsIntake, Options};

use crate::message::{
    EXPONENTIAL, HISTOGRAM, SUM, cumulative, delta, double, fixed, metric, monotonic, msg, packed, packed_doubles,
    packed_fixed, request, sint, times,
};
use crate::show::{options, read_by};

/// What is read of one metric after the other, without what is said of it.
fn reads(metrics: &[Vec<u8>]) -> Vec<String> {
    let mut intake = MetricsIntake::new(options());
    let lines = |metric: &Vec<u8>| {
        let text = read_by(&mut intake, &request(&[], std::slice::from_ref(metric)));
        let series: Vec<_> = text.lines().filter(|line| !line.contains("`About ")).collect();
        series.join(" | ")
    };
    metrics.iter().map(lines).collect()
}

fn sum(start: i64, until: i64, value: f64, fields: &[Vec<u8>]) -> Vec<u8> {
    let point = msg(1, &[times(start, until), double(4, value)]);
    metric("c", "", SUM, &[vec![point], fields.to_vec()].concat())
}

#[test]
fn sums_with_delta_temporality_go_on() {
    let d = |start, until, value| sum(start, until, value, &[delta(), monotonic()]);
    assert_eq!(
        reads(&[
            d(0, 1_000, 5.0),
            d(1_000, 2_000, 2.0),
            d(1_000, 2_000, 2.0), // again, since the answer was not heard
            d(7_000, 8_000, 1.0), // after a gap
            d(2_000, 3_000, 1.0), // late
        ]),
        [
            "{__name__=\"c_total\"} 5@1000",
            "{__name__=\"c_total\"} 7@2000",
            "{__name__=\"c_total\"} 7@2000",
            "{__name__=\"c_total\"} 8@8000",
            "rejected 1: metric \"c\": a point with delta temporality is older than the one before it",
        ]
    );
    let up_and_down = |until, value| sum(0, until, value, &[delta()]);
    assert_eq!(
        reads(&[up_and_down(1_000, 5.0), up_and_down(2_000, -2.0)]),
        ["{__name__=\"c\"} 5@1000", "{__name__=\"c\"} 3@2000"]
    );
}

#[test]
fn histograms_with_delta_temporality_go_on() {
    let h = |until, counts: [u64; 2], sum: f64| {
        let point = msg(
            1,
            &[
                times(0, until),
                fixed(4, counts.iter().sum::<u64>().cast_signed()),
                double(5, sum),
                packed_fixed(6, &counts),
                packed_doubles(7, &[1.0]),
            ],
        );
        metric("h", "", HISTOGRAM, &[point, delta()])
    };
    let series = |buckets: [u64; 2], sum: f64, at: i64| {
        format!(
            "{{__name__=\"h_bucket\", le=\"1\"}} {}@{at} | {{__name__=\"h_bucket\", le=\"+Inf\"}} {}@{at} | \
             {{__name__=\"h_sum\"}} {sum}@{at} | {{__name__=\"h_count\"}} {}@{at}",
            buckets[0], buckets[1], buckets[1]
        )
    };
    assert_eq!(
        reads(&[h(1_000, [1, 2], 5.0), h(2_000, [1, 0], 0.5)]),
        [series([1, 3], 5.0, 1_000), series([2, 4], 5.5, 2_000)]
    );
}

#[test]
fn exponential_histograms_with_delta_temporality_go_on_at_the_coarser_scale() {
    let h = |until, scale: i64, counts: &[u64]| {
        let count = counts.iter().sum::<u64>().cast_signed();
        let side = msg(8, &[sint(1, 0), packed(2, counts)]);
        let point = msg(1, &[times(0, until), fixed(4, count), double(5, 1.0), sint(6, scale), side]);
        metric("h", "", EXPONENTIAL, &[point, delta()])
    };
    assert_eq!(
        reads(&[h(1_000, 1, &[1, 2]), h(2_000, 0, &[4])]),
        [
            "{__name__=\"h\"} {schema:1 count:3 sum:1 zero:0≤1e-128 +[1+2][1.0, 2.0] -[][] Unknown}@1000",
            "{__name__=\"h\"} {schema:0 count:7 sum:2 zero:0≤1e-128 +[1+1][7.0] -[][] Unknown}@2000",
        ]
    );
}

#[test]
fn a_count_that_began_anew_is_zero_at_its_start() {
    let c = |start, until, value| sum(start, until, value, &[cumulative(), monotonic()]);
    let requests = [c(500, 1_000, 5.0), c(500, 2_000, 7.0), c(2_500, 3_000, 9.0), c(2_500, 4_000, 10.0)];
    assert_eq!(
        reads(&requests),
        [
            "{__name__=\"c_total\"} 5@1000",
            "{__name__=\"c_total\"} 7@2000",
            "{__name__=\"c_total\"} 0@2500 9@3000",
            "{__name__=\"c_total\"} 10@4000",
        ]
    );
    let mut intake = MetricsIntake::new(Options { zero_at_start: false, ..options() });
    let texts = requests.map(|metric| read_by(&mut intake, &request(&[], &[metric])));
    assert!(texts[2].starts_with("{__name__=\"c_total\"} 9@3000\n"), "{}", texts[2]);
    let gauge = |start, until, value| sum(start, until, value, &[cumulative()]);
    assert_eq!(reads(&[gauge(500, 1_000, 5.0), gauge(2_500, 3_000, 9.0)])[1], "{__name__=\"c\"} 9@3000");
}

#[test]
fn a_native_histogram_that_began_anew_says_so() {
    let h = |start, until| {
        let point = msg(1, &[times(start, until), fixed(4, 1), fixed(7, 1)]);
        metric("h", "", EXPONENTIAL, &[point, cumulative()])
    };
    let texts = reads(&[h(500, 1_000), h(500, 2_000), h(2_500, 3_000)]);
    assert!(texts[1].ends_with("Unknown}@2000") && texts[2].ends_with("Reset}@3000"), "{texts:?}");
}
