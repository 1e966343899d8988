//! Any bytes: nothing panics, memory is bounded, and what is written reads back.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Exemplar, Histogram, Metadata, MetricType, ResetHint, Sample, Span};
use evenkeel_remote_write::{Decoder, Limits, Version, encode};
use evenkeel_time::Timestamp;
use proptest::prelude::*;

const VERSIONS: [Version; 2] = [Version::V1, Version::V2];

fn decode(version: Version, body: &[u8]) -> Option<Batch> {
    let mut batch = Batch::default();
    let limits = Limits { body_bytes_max: 1 << 16, batch_bytes_max: 1 << 20, ..Limits::default() };
    Decoder::new(limits).decode(version, body, &mut batch).ok().map(|_| batch)
}

fn label_set() -> impl Strategy<Value = LabelSet> {
    let label = ("[a-zä.]{1,6}", "\\PC{1,12}|[a-z]{150}");
    ("[a-z_]{1,9}(_bucket|_sum)?", prop::collection::vec(label, 0..6))
        .prop_map(|(name, labels)| LabelSet::new(labels.into_iter().chain([("__name__".to_owned(), name)])))
}

fn histogram() -> impl Strategy<Value = Histogram> {
    let side = || prop::collection::vec((0i32..50, prop::collection::vec(0u32..1_000, 0..5)), 0..4);
    let hint = prop::sample::select(vec![ResetHint::Unknown, ResetHint::Reset, ResetHint::NotReset, ResetHint::Gauge]);
    (side(), side(), -4i32..=8, 0u32..9, hint, any::<f64>()).prop_map(|(above, below, schema, zero, hint, sum)| {
        let spans = |side: &[(i32, Vec<u32>)]| {
            side.iter()
                .map(|(offset, counts)| Span { offset: *offset, length: u32::try_from(counts.len()).unwrap_or(0) })
                .collect::<Vec<_>>()
        };
        let counts = |side: &[(i32, Vec<u32>)]| -> Vec<f64> {
            side.iter().flat_map(|(_, counts)| counts.iter().map(|count| f64::from(*count))).collect()
        };
        let (positive_counts, negative_counts) = (counts(&above), counts(&below));
        Histogram {
            reset_hint: hint,
            schema,
            zero_threshold: 1e-9,
            zero_count: f64::from(zero),
            count: positive_counts.iter().chain(&negative_counts).sum::<f64>() + f64::from(zero),
            // One that is not a number is not equal to itself.
            sum: if sum.is_nan() { 0.0 } else { sum },
            positive_spans: spans(&above),
            positive_counts,
            negative_spans: spans(&below),
            negative_counts,
            custom_bounds: Vec::new(),
        }
    })
}

fn batch() -> impl Strategy<Value = Batch> {
    let number = prop_oneof![any::<f64>().prop_filter("a number", |value| !value.is_nan()), Just(0.0), Just(-0.0)];
    let samples = prop::collection::vec((any::<i64>(), number), 0..4);
    let exemplars = prop::collection::vec((1i64..1_000, -9.0..9.0f64, "[a-f0-9]{0,32}"), 0..3);
    let histograms = prop::collection::vec((any::<i64>(), histogram()), 0..2);
    let series = (label_set(), samples, histograms, exemplars);
    prop::collection::vec(series, 0..8).prop_map(|all| {
        let mut batch = Batch::default();
        for (labels, samples, histograms, exemplars) in all {
            batch.begin(labels.iter());
            for (at, value) in samples {
                batch.sample(Sample { at: Timestamp(at), value });
            }
            for (at, histogram) in histograms {
                batch.histogram(Timestamp(at), histogram);
            }
            for (at, value, trace) in exemplars {
                batch.exemplar(Exemplar { labels: LabelSet::new([("trace_id", trace)]), value, at: Timestamp(at) });
            }
        }
        batch
    })
}

proptest! {
    #[test]
    fn any_bytes_are_a_batch_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for version in VERSIONS {
            let _ = decode(version, &bytes);
            let _ = decode(version, &crate::message::snappy(&bytes));
        }
    }

    #[test]
    fn a_body_with_a_bit_turned_or_its_end_cut_off_is_a_batch_or_a_fault(
        batch in batch(), place in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<prop::sample::Index>()
    ) {
        for version in VERSIONS {
            let body = encode(version, &batch);
            let mut plain = snap::raw::Decoder::new().decompress_vec(&body).expect("a block");
            if !plain.is_empty() {
                let place = place.index(plain.len());
                plain[place] ^= 1 << bit;
                let _ = decode(version, &crate::message::snappy(&plain));
                let _ = decode(version, &crate::message::snappy(&plain[..place]));
            }
            let _ = decode(version, &body[..cut.index(body.len())]);
        }
    }

    #[test]
    fn what_is_written_reads_back(batch in batch()) {
        for version in VERSIONS {
            let read = decode(version, &encode(version, &batch));
            prop_assert_eq!(read.as_ref(), Some(&batch), "{:?}", version);
        }
    }
}

#[test]
fn metadata_reads_back() {
    let mut batch = Batch::default();
    batch.begin([("__name__", "latency_bucket")]);
    batch.sample(Sample { at: Timestamp(1), value: 1.0 });
    let metadata = Metadata { kind: MetricType::Histogram, help: "Latency.".into(), unit: "seconds".into() };
    batch.metadata.push(("latency".into(), metadata));
    for version in VERSIONS {
        assert_eq!(decode(version, &encode(version, &batch)), Some(batch.clone()), "{version:?}");
    }
}
