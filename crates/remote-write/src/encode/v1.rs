//! A body of version 1.0.

use evenkeel_metric::{Batch, BatchSeries};

use super::{histogram, labels, sample, type_number};
use evenkeel_protobuf::{put_bytes, put_double, put_int64, put_message};

/// Writes `prometheus.WriteRequest`.
pub(super) fn request(batch: &Batch) -> Vec<u8> {
    let (mut out, mut series, mut part) = (Vec::new(), Vec::new(), Vec::new());
    for each in batch.series() {
        put_message(&mut out, 1, &mut series, |out| put_series(out, &each, &mut part));
    }
    for (name, metadata) in &batch.metadata {
        put_message(&mut out, 3, &mut part, |out| {
            put_int64(out, 1, type_number(metadata.kind));
            put_bytes(out, 2, name.as_bytes());
            put_bytes(out, 4, metadata.help.as_bytes());
            put_bytes(out, 5, metadata.unit.as_bytes());
        });
    }
    out
}

fn put_series(out: &mut Vec<u8>, series: &BatchSeries<'_>, part: &mut Vec<u8>) {
    for (name, value) in labels(series.labels).iter() {
        put_message(out, 1, part, |out| label(out, name, value));
    }
    for each in series.samples {
        put_message(out, 2, part, |out| sample(out, *each));
    }
    for exemplar in series.exemplars {
        put_message(out, 3, part, |out| {
            for (name, value) in exemplar.labels.iter() {
                put_message(out, 1, &mut Vec::new(), |out| label(out, name, value));
            }
            put_double(out, 2, exemplar.value);
            put_int64(out, 3, exemplar.at.0);
        });
    }
    for (at, each) in series.histograms {
        put_message(out, 4, part, |out| histogram::put(out, *at, each));
    }
}

fn label(out: &mut Vec<u8>, name: &str, value: &str) {
    put_bytes(out, 1, name.as_bytes());
    put_bytes(out, 2, value.as_bytes());
}
