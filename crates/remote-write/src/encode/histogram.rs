//! One native histogram in its float form; its message is the same in both versions.

use evenkeel_metric::{Histogram, ResetHint, Span};
use evenkeel_time::Timestamp;

use evenkeel_protobuf::{FIXED64, VARINT, put_bytes, put_double, put_int64, put_key, put_varint, to_zigzag};

pub(super) fn put(out: &mut Vec<u8>, at: Timestamp, histogram: &Histogram) {
    // The count and the zero count say by being there that the histogram is one of floats.
    put_some_double(out, 2, histogram.count);
    put_double(out, 3, histogram.sum);
    put_signed(out, 4, histogram.schema);
    put_double(out, 5, histogram.zero_threshold);
    put_some_double(out, 7, histogram.zero_count);
    spans(out, 8, &histogram.negative_spans);
    doubles(out, 10, &histogram.negative_counts);
    spans(out, 11, &histogram.positive_spans);
    doubles(out, 13, &histogram.positive_counts);
    let hint = match histogram.reset_hint {
        ResetHint::Unknown => 0,
        ResetHint::Reset => 1,
        ResetHint::NotReset => 2,
        ResetHint::Gauge => 3,
    };
    put_int64(out, 14, hint);
    put_int64(out, 15, at.0);
    doubles(out, 16, &histogram.custom_bounds);
}

fn put_some_double(out: &mut Vec<u8>, number: u32, value: f64) {
    put_key(out, number, FIXED64);
    out.extend_from_slice(&value.to_bits().to_le_bytes());
}

fn put_signed(out: &mut Vec<u8>, number: u32, value: i32) {
    if value != 0 {
        put_key(out, number, VARINT);
        put_varint(out, to_zigzag(i64::from(value)));
    }
}

fn spans(out: &mut Vec<u8>, number: u32, spans: &[Span]) {
    for span in spans {
        let mut message = Vec::new();
        put_signed(&mut message, 1, span.offset);
        put_int64(&mut message, 2, i64::from(span.length));
        put_bytes(out, number, &message);
    }
}

fn doubles(out: &mut Vec<u8>, number: u32, values: &[f64]) {
    if !values.is_empty() {
        let packed: Vec<u8> = values.iter().flat_map(|value| value.to_bits().to_le_bytes()).collect();
        put_bytes(out, number, &packed);
    }
}
