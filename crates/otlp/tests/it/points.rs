//! Points of each kind.

use crate::message::{
    EXPONENTIAL, GAUGE, HISTOGRAM, SUM, SUMMARY, attribute, cumulative, double, fixed, int, len, metric, monotonic,
    msg, packed, packed_doubles, packed_fixed, request, sint, times,
};
use crate::show::read;

fn check(metrics: &[Vec<u8>], expect: &str) {
    assert_eq!(read(&request(&[], metrics)), expect);
}

#[test]
fn gauges_are_samples() {
    let points = [
        msg(1, &[attribute(7, "host", "a"), times(0, 5_000), double(4, 0.5)]),
        msg(1, &[attribute(7, "host", "b"), times(0, 5_000), fixed(6, -7)]),
        msg(1, &[attribute(7, "host", "c"), double(4, 1.0)]),
        msg(1, &[attribute(7, "host", "d"), times(0, 5_000), int(8, 1)]),
        msg(1, &[attribute(7, "host", "e"), times(0, 5_000)]),
    ];
    check(
        &[metric("cpu.utilization", "1", GAUGE, &points)],
        "{__name__=\"cpu_utilization_ratio\", host=\"a\"} 0.5@5000\n\
         {__name__=\"cpu_utilization_ratio\", host=\"b\"} -7@5000\n\
         {__name__=\"cpu_utilization_ratio\", host=\"c\"} 1@99000\n\
         {__name__=\"cpu_utilization_ratio\", host=\"d\"} stale@5000\n\
         cpu_utilization_ratio: gauge `About cpu.utilization.` ``\n\
         rejected 1: metric \"cpu.utilization\": a point has no value",
    );
}

#[test]
fn sums_are_counters_if_they_only_grow() {
    let point = msg(1, &[times(1_000, 5_000), fixed(6, 7)]);
    let exemplar = msg(
        5,
        &[
            fixed(2, 4_000_000_000),
            double(3, 2.5),
            len(4, [0, 1, 2, 3, 4, 5, 6, 255]),
            len(5, [0xab; 16]),
            attribute(7, "user", "x"),
        ],
    );
    let observed = msg(1, &[times(1_000, 5_000), double(4, 1.5), exemplar]);
    check(
        &[
            metric("requests", "{request}", SUM, &[point.clone(), cumulative(), monotonic()]),
            metric("queue.length", "1", SUM, &[cumulative(), point.clone()]),
            metric("io", "By", SUM, &[observed, cumulative(), monotonic()]),
            metric("unsaid", "", SUM, &[point.clone(), point, monotonic()]),
        ],
        "{__name__=\"requests_total\"} 7@5000\n\
         {__name__=\"queue_length\"} 7@5000\n\
         {__name__=\"io_bytes_total\"} 1.5@5000 # {span_id=\"00010203040506ff\", \
         trace_id=\"abababababababababababababababab\", user=\"x\"} 2.5@4000\n\
         requests_total: counter `About requests.` ``\n\
         queue_length: gauge `About queue.length.` ``\n\
         io_bytes_total: counter `About io.` `bytes`\n\
         rejected 2: metric \"unsaid\": its temporality is not said",
    );
}

#[test]
fn histograms_with_bounds_are_buckets_sum_and_count() {
    let exemplar = |value: f64| msg(8, &[fixed(2, 4_000_000_000), double(3, value)]);
    let point = msg(
        1,
        &[
            attribute(9, "path", "/"),
            times(1_000, 5_000),
            fixed(4, 6),
            double(5, 12.5),
            packed_fixed(6, &[1, 2, 3]),
            packed_doubles(7, &[0.005, 10.0]),
            exemplar(0.005),
            exemplar(7.0),
            msg(8, &[double(3, 1e9)]),
        ],
    );
    check(
        &[metric("latency", "s", HISTOGRAM, &[point, cumulative()])],
        "{__name__=\"latency_seconds_bucket\", le=\"0.005\", path=\"/\"} 1@5000 # {} 0.005@4000\n\
         {__name__=\"latency_seconds_bucket\", le=\"10\", path=\"/\"} 3@5000 # {} 7@4000\n\
         {__name__=\"latency_seconds_bucket\", le=\"+Inf\", path=\"/\"} 6@5000 # {} 1000000000@5000\n\
         {__name__=\"latency_seconds_sum\", path=\"/\"} 12.5@5000\n\
         {__name__=\"latency_seconds_count\", path=\"/\"} 6@5000\n\
         latency_seconds: histogram `About latency.` `seconds`",
    );
    let without_buckets = msg(1, &[times(1, 5_000), fixed(4, 6)]);
    check(
        &[metric("plain", "", HISTOGRAM, &[without_buckets, cumulative()])],
        "{__name__=\"plain_bucket\", le=\"+Inf\"} 6@5000\n{__name__=\"plain_count\"} 6@5000\n\
         plain: histogram `About plain.` ``",
    );
    let ended = msg(1, &[times(1, 5_000), int(10, 1), packed_fixed(6, &[0, 0]), packed_doubles(7, &[1.0])]);
    check(
        &[metric("ended", "", HISTOGRAM, &[ended, cumulative()])],
        "{__name__=\"ended_bucket\", le=\"1\"} stale@5000\n{__name__=\"ended_bucket\", le=\"+Inf\"} stale@5000\n\
         {__name__=\"ended_count\"} stale@5000\nended: histogram `About ended.` ``",
    );
}

#[test]
fn histograms_that_are_none_are_rejected() {
    let point =
        |counts: &[u64], bounds: &[f64]| msg(1, &[times(1, 5_000), packed_fixed(6, counts), packed_doubles(7, bounds)]);
    let points =
        [point(&[1, 2], &[1.0, 2.0]), point(&[1, 2, 3], &[2.0, 1.0]), point(&[1, 2], &[f64::NAN]), cumulative()];
    check(
        &[metric("h", "", HISTOGRAM, &points)],
        "rejected 3: metric \"h\": a histogram has 2 buckets and 2 bounds; there is one bound fewer than buckets; metric \
         \"h\": a histogram has bounds that do not ascend, or are not finite",
    );
}

#[test]
fn exponential_histograms_are_native_ones() {
    let side = |number: u64, offset: i64, counts: &[u64]| msg(number, &[sint(1, offset), packed(2, counts)]);
    let point = |fields: &[Vec<u8>]| msg(1, &[times(1_000, 5_000), fields.concat()]);
    let h = |fields: &[Vec<u8>]| metric("h", "", EXPONENTIAL, &[point(fields), cumulative()]);
    let described = "\nh: histogram `About h.` ``";
    check(
        &[h(&[
            fixed(4, 9),
            double(5, 4.5),
            sint(6, 3),
            fixed(7, 2),
            side(8, -1, &[1, 0, 2, 0, 0, 0, 3]),
            side(9, 4, &[1]),
            double(14, 0.25),
        ])],
        &format!(
            "{{__name__=\"h\"}} {{schema:3 count:9 sum:4.5 zero:2≤2.5e-1 +[0+3,3+1][1.0, 0.0, 2.0, 3.0] -[5+1][1.0] \
             Unknown}}@5000{described}"
        ),
    );
    // Finer than Prometheus has: buckets are put together, of odd and even indices alike.
    check(
        &[h(&[fixed(4, 15), sint(6, 10), side(8, -3, &[1, 2, 4, 8])])],
        &format!(
            "{{__name__=\"h\"}} {{schema:8 count:15 sum:0 zero:0≤1e-128 +[0+2][7.0, 8.0] -[][] Unknown}}@5000{described}"
        ),
    );
    check(
        &[h(&[fixed(4, 3), sint(6, 20), side(8, 5_000, &[1, 2])])],
        &format!(
            "{{__name__=\"h\"}} {{schema:8 count:3 sum:0 zero:0≤1e-128 +[2+1][3.0] -[][] Unknown}}@5000{described}"
        ),
    );
    check(&[h(&[int(10, 1)])], &format!("{{__name__=\"h\"}} {{stale}}@5000{described}"));
    check(
        &[h(&[sint(6, -5)]), h(&[side(8, i64::from(i32::MAX), &[1])])],
        "rejected 2: metric \"h\": an exponential histogram has scale -5; at least -4 is taken; metric \"h\": an exponential \
         histogram has buckets that are too far away",
    );
}

#[test]
fn summaries_are_quantiles_sum_and_count() {
    let quantile = |quantile: f64, value: f64| msg(6, &[double(1, quantile), double(2, value)]);
    let point = msg(
        1,
        &[
            attribute(7, "a", "b"),
            times(1_000, 5_000),
            fixed(4, 10),
            double(5, 25.0),
            quantile(0.5, 2.0),
            quantile(0.99, 9.0),
        ],
    );
    check(
        &[metric("rpc.size", "By", SUMMARY, &[point])],
        "{__name__=\"rpc_size_bytes_sum\", a=\"b\"} 25@5000\n\
         {__name__=\"rpc_size_bytes_count\", a=\"b\"} 10@5000\n\
         {__name__=\"rpc_size_bytes\", a=\"b\", quantile=\"0.5\"} 2@5000\n\
         {__name__=\"rpc_size_bytes\", a=\"b\", quantile=\"0.99\"} 9@5000\n\
         rpc_size_bytes: summary `About rpc.size.` `bytes`",
    );
}

#[test]
fn a_metric_without_a_name_or_points_is_nothing() {
    let point = msg(1, &[times(0, 5_000), double(4, 0.5)]);
    check(
        &[metric("...", "", GAUGE, &[point.clone(), point]), len(1, "empty"), metric("none", "", GAUGE, &[])],
        "rejected 2: metric \"...\": nothing of its name can be kept",
    );
}
