//! A body of version 2.0: texts are named once.

use std::collections::HashMap;

use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_metric::{Batch, BatchSeries, Metadata};

use super::{histogram, labels, sample, type_number};
use evenkeel_protobuf::{put_bytes, put_double, put_int64, put_message, put_varint};

/// Writes `io.prometheus.write.v2.Request`. What is said of a metric goes with each of its series.
pub(super) fn request(batch: &Batch) -> Vec<u8> {
    let said: HashMap<&str, &Metadata> = batch.metadata.iter().map(|(name, metadata)| (&**name, metadata)).collect();
    let (mut symbols, mut all, mut series) = (Symbols::new(), Vec::new(), Vec::new());
    for each in batch.series() {
        put_message(&mut all, 5, &mut series, |out| put_series(out, &each, &said, &mut symbols));
    }
    let mut out = Vec::with_capacity(all.len() * 2);
    for text in &symbols.list {
        put_bytes(&mut out, 4, text.as_bytes());
    }
    out.extend_from_slice(&all);
    out
}

struct Symbols {
    places: HashMap<Box<str>, u64>,
    list: Vec<Box<str>>,
}

impl Symbols {
    /// The first is the empty text, as the protocol demands.
    fn new() -> Self {
        Self { places: HashMap::from([("".into(), 0)]), list: vec!["".into()] }
    }

    fn of(&mut self, text: &str) -> u64 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.list.len() as u64;
        self.list.push(text.into());
        self.places.insert(text.into(), place);
        place
    }

    fn references(&mut self, labels: &LabelSet) -> Vec<u8> {
        let mut packed = Vec::new();
        for text in labels.iter().flat_map(|(name, value)| [name, value]) {
            put_varint(&mut packed, self.of(text));
        }
        packed
    }
}

fn put_series(out: &mut Vec<u8>, series: &BatchSeries<'_>, said: &HashMap<&str, &Metadata>, symbols: &mut Symbols) {
    let (labels, mut part) = (labels(series.labels), Vec::new());
    put_bytes(out, 1, &symbols.references(&labels));
    for each in series.samples {
        put_message(out, 2, &mut part, |out| sample(out, *each));
    }
    for (at, each) in series.histograms {
        put_message(out, 3, &mut part, |out| histogram::put(out, *at, each));
    }
    for exemplar in series.exemplars {
        put_message(out, 4, &mut part, |out| {
            put_bytes(out, 1, &symbols.references(&exemplar.labels));
            put_double(out, 2, exemplar.value);
            put_int64(out, 3, exemplar.at.0);
        });
    }
    let name = labels.get(METRIC_NAME);
    let part_of = ["_bucket", "_count", "_sum"].iter().find_map(|part| name.strip_suffix(part));
    if let Some(metadata) = said.get(name).or_else(|| said.get(part_of?)) {
        put_message(out, 5, &mut part, |out| {
            put_int64(out, 1, type_number(metadata.kind));
            put_int64(out, 3, symbols.of(&metadata.help).cast_signed());
            put_int64(out, 4, symbols.of(&metadata.unit).cast_signed());
        });
    }
}
