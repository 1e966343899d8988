//! A batch becomes a body, for stores elsewhere.

mod histogram;
mod v1;
mod v2;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, MetricType, Sample};

use crate::Version;
use evenkeel_protobuf::{put_double, put_int64};

/// The body of a request with everything that is in a batch. Histograms are sent in their float form.
///
/// [`Version::content_type`] and [`Version::header`] belong to it, and `Content-Encoding: snappy`.
#[must_use]
pub fn encode(version: Version, batch: &Batch) -> Vec<u8> {
    let plain = match version {
        Version::V1 => v1::request(batch),
        Version::V2 => v2::request(batch),
    };
    // It fails for messages of 4 GiB alone, which no batch within limits becomes.
    snap::raw::Encoder::new().compress_vec(&plain).unwrap_or_default()
}

fn labels(encoded: &str) -> LabelSet {
    LabelSet::from_encoded(encoded).unwrap_or_default()
}

fn sample(out: &mut Vec<u8>, sample: Sample) {
    put_double(out, 1, sample.value);
    put_int64(out, 2, sample.at.0);
}

const fn type_number(kind: MetricType) -> i64 {
    match kind {
        MetricType::Unknown => 0,
        MetricType::Counter => 1,
        MetricType::Gauge => 2,
        MetricType::Histogram => 3,
        MetricType::GaugeHistogram => 4,
        MetricType::Summary => 5,
        MetricType::Info => 6,
        MetricType::StateSet => 7,
    }
}
