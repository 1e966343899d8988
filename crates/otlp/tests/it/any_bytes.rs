//! Any bytes: nothing panics, and what is taken is whole.

use evenkeel_metric::Batch;
use evenkeel_otlp::{Limits, MetricsIntake, Options, metrics_from_json};
use proptest::prelude::*;

use crate::message::{
    EXPONENTIAL, GAUGE, HISTOGRAM, SUM, SUMMARY, attribute, cumulative, delta, double, fixed, metric, monotonic, msg,
    packed, packed_doubles, packed_fixed, request, sint, times,
};
use crate::show::NOW;

/// A request with something of everything.
fn everything() -> Vec<u8> {
    let exemplar = msg(8, &[fixed(2, 4_000_000_000), double(3, 1.0), attribute(7, "u", "x")]);
    let number = msg(1, &[attribute(7, "a", "b"), times(1, 2), fixed(6, 3)]);
    let classic = msg(
        1,
        &[times(1, 2), fixed(4, 3), double(5, 4.0), packed_fixed(6, &[1, 2]), packed_doubles(7, &[1.0]), exemplar],
    );
    let side = msg(8, &[sint(1, 3), packed(2, &[1, 2, 0, 4])]);
    let native = msg(1, &[times(1, 2), fixed(4, 7), sint(6, 10), side]);
    let summary = msg(1, &[times(1, 2), fixed(4, 3), msg(6, &[double(1, 0.5), double(2, 1.0)])]);
    request(
        &[("service.name", "s"), ("host", "h")],
        &[
            metric("g", "By", GAUGE, std::slice::from_ref(&number)),
            metric("c", "1", SUM, &[number.clone(), cumulative(), monotonic()]),
            metric("d", "s", SUM, &[number, delta(), monotonic()]),
            metric("h", "s", HISTOGRAM, &[classic.clone(), delta()]),
            metric("h2", "s", HISTOGRAM, &[classic, cumulative()]),
            metric("e", "", EXPONENTIAL, &[native.clone(), delta()]),
            metric("e2", "", EXPONENTIAL, &[native, cumulative()]),
            metric("s", "", SUMMARY, &[summary]),
        ],
    )
}

fn take(bytes: &[u8]) -> usize {
    let limits = Limits { batch_bytes_max: 1 << 20, ..Limits::default() };
    let (mut intake, mut batch) = (MetricsIntake::new(Options { limits, ..Options::default() }), Batch::default());
    let _ = intake.take(bytes, NOW, &mut batch);
    batch.len()
}

proptest! {
    #[test]
    fn any_bytes_are_a_request_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        take(&bytes);
        let _ = metrics_from_json(&bytes);
    }

    #[test]
    fn a_request_with_bytes_changed_or_cut_off_is_one_or_a_fault(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = everything();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        take(&bytes);
        take(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_json_is_a_request_or_a_fault(text in "[\\[\\]{}\":,a-z0-9]{0,60}") {
        let _ = metrics_from_json(format!("{{\"resourceMetrics\":[{text}]}}").as_bytes());
    }
}

#[test]
fn a_request_with_everything_is_taken() {
    assert_eq!(take(&everything()), 17);
}
