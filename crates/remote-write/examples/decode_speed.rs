//! Measures the decoder: nanoseconds of one core for each sample, unpacking counted in.
//!
//! `cargo run --release -p evenkeel-remote-write --example decode_speed`
#![expect(clippy::disallowed_methods, reason = "it measures time")]
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use std::time::Instant;

use evenkeel_metric::{Batch, Sample};
use evenkeel_remote_write::{Decoder, Limits, Version, encode};
use evenkeel_time::Timestamp;

const SERIES: usize = 2_000;
const ROUNDS: usize = 400;

fn main() {
    for version in [Version::V1, Version::V2] {
        for samples in [1, 40] {
            let body = encode(version, &batch(samples));
            let mut decoder = Decoder::new(Limits::default());
            let mut into = Batch::default();
            let mut best = f64::INFINITY;
            for _ in 0..5 {
                let begun = Instant::now();
                for _ in 0..ROUNDS / samples.min(10) {
                    let decoded = decoder.decode(version, &body, &mut into).unwrap_or_default();
                    assert!(decoded.refused.is_empty());
                }
                let rounds = ROUNDS / samples.min(10);
                best = best.min(begun.elapsed().as_secs_f64() * 1e9 / (rounds * SERIES * samples) as f64);
            }
            let bytes = body.len() as f64 / (SERIES * samples) as f64;
            println!("{version:?}, {samples} samples a series: {best:.1} ns a sample, {bytes:.1} bytes a sample");
        }
    }
}

/// Series as a fleet's are: a name and eight labels.
fn batch(samples: usize) -> Batch {
    let mut batch = Batch::default();
    for series in 0..SERIES {
        let (instance, path) = (format!("host-{:04}:9100", series % 200), format!("/api/v1/items/{}", series / 200));
        batch.begin([
            ("__name__", "http_request_duration_seconds_count"),
            ("cluster", "production-eu-west-1"),
            ("instance", &instance),
            ("job", "storefront"),
            ("method", "GET"),
            ("namespace", "payments"),
            ("path", &path),
            ("pod", "storefront-6f7d9c8b5d-x2x7k"),
            ("status", "200"),
        ]);
        for sample in 0..samples {
            let (at, value) = (1_790_000_000_000 + sample as i64 * 15_000, (series * 37 + sample * 11) as f64 * 0.5);
            batch.sample(Sample { at: Timestamp(at), value });
        }
    }
    batch
}
