//! Measures the decoder: nanoseconds of one core for each sample.
//!
//! `cargo run --release -p evenkeel-remote-write --example decode_speed`
#![expect(clippy::disallowed_methods, reason = "it measures time, which the system says in a file")]
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use evenkeel_metric::{Batch, Sample};
use evenkeel_remote_write::{Decoder, Limits, Version, encode};
use evenkeel_time::Timestamp;

const SERIES: usize = 2_000;
const ROUNDS: usize = 400;

fn main() {
    for version in [Version::V1, Version::V2] {
        for samples in [1, 40] {
            let body = encode(version, &batch(samples));
            let per_sample = |work: &mut dyn FnMut()| {
                let (rounds, mut best) = (ROUNDS / samples.min(10), f64::INFINITY);
                for _ in 0..5 {
                    let begun = cpu_nanos();
                    (0..rounds).for_each(|_| work());
                    best = best.min((cpu_nanos() - begun) / (rounds * SERIES * samples) as f64);
                }
                best
            };
            let mut decoder = Decoder::new(Limits::default());
            let mut into = Batch::default();
            let all = per_sample(&mut || {
                let decoded = decoder.decode(version, &body, &mut into).unwrap_or_default();
                assert!(decoded.refused.is_empty());
            });
            let mut plain = vec![0; snap::raw::decompress_len(&body).unwrap_or(0)];
            let snappy = per_sample(&mut || {
                assert_eq!(snap::raw::Decoder::new().decompress(&body, &mut plain).ok(), Some(plain.len()));
            });
            let bytes = body.len() as f64 / (SERIES * samples) as f64;
            let plain = plain.len() as f64 / (SERIES * samples) as f64;
            println!(
                "{version:?}, {samples} samples a series: {all:.1} ns a sample, {snappy:.1} of it Snappy's; {bytes:.1} bytes a \
                 sample, {plain:.1} unpacked"
            );
        }
    }
}

/// What this thread has had of a core, so that other work on the machine does not count.
fn cpu_nanos() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0.0)
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
