//! What the log's records say: which series there are, their samples, exemplars, what is known of metrics.
//!
//! ```text
//! samples    1 | (series: zigzag(number - the one before - 1) * 2 + defined, [its labels], numbers * 2 + has histograms,
//!                 (zigzag(at - the one before), bits u64)*, [count, (zigzag at, histogram)*])*
//! exemplars  2 | (series' labels, labels, zigzag at, bits u64)*
//! metadata   3 | (name, kind u8, help, unit)*
//! ```

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Exemplar, Histogram, Metadata, MetricType};
use evenkeel_time::Timestamp;

use crate::codec::bytes::{Reader, put_text, put_varint, put_zigzag};
use crate::codec::histograms;

const SAMPLES: u8 = 1;
const EXEMPLARS: u8 = 2;
const METADATA: u8 = 3;

const KINDS: [MetricType; 8] = [
    MetricType::Unknown,
    MetricType::Counter,
    MetricType::Gauge,
    MetricType::Histogram,
    MetricType::GaugeHistogram,
    MetricType::Summary,
    MetricType::Info,
    MetricType::StateSet,
];

/// A record of samples that is being written.
#[derive(Debug, Default)]
pub(crate) struct SamplesWriter {
    bytes: Vec<u8>,
    series: i64,
    at: i64,
}

impl SamplesWriter {
    /// Adds samples of a series, and its labels where this segment does not know them yet.
    pub(crate) fn add(
        &mut self,
        series: u32,
        labels: Option<&str>,
        numbers: &[(i64, f64)],
        histograms: &[(i64, &Histogram)],
    ) {
        if self.bytes.is_empty() {
            self.bytes.push(SAMPLES);
            (self.series, self.at) = (-1, 0);
        }
        let series = i64::from(series);
        let ahead = series - self.series - 1;
        put_varint(&mut self.bytes, crate::codec::bytes::zigzag(ahead) << 1 | u64::from(labels.is_some()));
        if let Some(labels) = labels {
            put_text(&mut self.bytes, labels);
        }
        put_varint(&mut self.bytes, (numbers.len() as u64) << 1 | u64::from(!histograms.is_empty()));
        for (at, value) in numbers {
            put_zigzag(&mut self.bytes, at.wrapping_sub(self.at));
            self.bytes.extend_from_slice(&value.to_bits().to_le_bytes());
            self.at = *at;
        }
        if !histograms.is_empty() {
            put_varint(&mut self.bytes, histograms.len() as u64);
            let mut before = None;
            for (at, histogram) in histograms {
                put_zigzag(&mut self.bytes, *at);
                histograms::put(histogram, before, &mut self.bytes);
                before = Some(*histogram);
            }
        }
        self.series = series;
    }

    /// The record, empty when nothing was added.
    pub(crate) fn record(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// Appends a record of exemplars.
pub(crate) fn put_exemplars<'a>(exemplars: impl Iterator<Item = (&'a LabelSet, &'a Exemplar)>, out: &mut Vec<u8>) {
    out.push(EXEMPLARS);
    for (series, exemplar) in exemplars {
        put_text(out, series.encoded());
        put_text(out, exemplar.labels.encoded());
        put_zigzag(out, exemplar.at.0);
        out.extend_from_slice(&exemplar.value.to_bits().to_le_bytes());
    }
}

/// Appends a record of what is known of metrics.
pub(crate) fn put_metadata<'a>(metadata: impl Iterator<Item = (&'a str, &'a Metadata)>, out: &mut Vec<u8>) {
    out.push(METADATA);
    for (name, metadata) in metadata {
        put_text(out, name);
        out.push(
            KINDS.iter().position(|kind| *kind == metadata.kind).and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0),
        );
        put_text(out, &metadata.help);
        put_text(out, &metadata.unit);
    }
}

/// What takes in what records say.
pub(crate) trait Replay {
    /// The labels of a series that has this number from now on.
    fn series(&mut self, number: u32, labels: &str);
    /// A number of a series.
    fn number(&mut self, series: u32, at: i64, value: f64);
    /// A histogram of a series.
    fn histogram(&mut self, series: u32, at: i64, histogram: &Histogram);
    /// An exemplar.
    fn exemplar(&mut self, series: LabelSet, exemplar: Exemplar);
    /// What is known of a metric.
    fn metadata(&mut self, name: &str, metadata: Metadata);
}

/// Reads a record; `None`: it cannot be read to its end.
pub(crate) fn read(record: &[u8], into: &mut impl Replay) -> Option<()> {
    let mut reader = Reader::of(record);
    match reader.u8()? {
        SAMPLES => read_samples(&mut reader, into),
        EXEMPLARS => {
            while !reader.is_empty() {
                let series = LabelSet::from_encoded(reader.text()?)?;
                let labels = LabelSet::from_encoded(reader.text()?)?;
                let at = Timestamp(reader.zigzag()?);
                into.exemplar(series, Exemplar { labels, at, value: reader.f64()? });
            }
            Some(())
        }
        METADATA => {
            while !reader.is_empty() {
                let name = reader.text()?;
                let kind = *KINDS.get(usize::from(reader.u8()?))?;
                let (help, unit) = (reader.text()?.into(), reader.text()?.into());
                into.metadata(name, Metadata { kind, help, unit });
            }
            Some(())
        }
        _ => None,
    }
}

fn read_samples(reader: &mut Reader<'_>, into: &mut impl Replay) -> Option<()> {
    let (mut series, mut at) = (-1i64, 0i64);
    while !reader.is_empty() {
        let head = reader.varint()?;
        series = series.checked_add(crate::codec::bytes::unzigzag(head >> 1))?.checked_add(1)?;
        let number = u32::try_from(series).ok()?;
        if head & 1 == 1 {
            into.series(number, reader.text()?);
        }
        let counts = reader.varint()?;
        for _ in 0..counts >> 1 {
            at = at.wrapping_add(reader.zigzag()?);
            into.number(number, at, reader.f64()?);
        }
        if counts & 1 == 1 {
            let mut before = None;
            for _ in 0..reader.count()? {
                let at = reader.zigzag()?;
                let histogram = histograms::read(reader, before.as_ref())?;
                into.histogram(number, at, &histogram);
                before = Some(histogram);
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What records said, as text.
    #[derive(Default)]
    struct Said(Vec<String>);

    impl Replay for Said {
        fn series(&mut self, number: u32, labels: &str) {
            self.0.push(format!("series {number} {labels}"));
        }
        fn number(&mut self, series: u32, at: i64, value: f64) {
            self.0.push(format!("{series} {at} {value}"));
        }
        fn histogram(&mut self, series: u32, at: i64, _: &Histogram) {
            self.0.push(format!("{series} {at} histogram"));
        }
        fn exemplar(&mut self, series: LabelSet, exemplar: Exemplar) {
            self.0.push(format!("{series} {exemplar:?}"));
        }
        fn metadata(&mut self, name: &str, metadata: Metadata) {
            self.0.push(format!("{name} {metadata:?}"));
        }
    }

    #[test]
    fn records_say_what_was_put() {
        let mut writer = SamplesWriter::default();
        writer.add(7, Some("labels"), &[(1000, 1.5), (900, 2.0)], &[]);
        writer.add(3, None, &[(1000, 3.0)], &[]);
        let mut said = Said::default();
        assert!(read(writer.record(), &mut said).is_some());
        let known = Metadata { kind: MetricType::Info, help: "h".into(), unit: "s".into() };
        let mut record = Vec::new();
        put_metadata([("up", &known)].into_iter(), &mut record);
        assert!(read(&record, &mut said).is_some());
        let metadata = format!("up {known:?}");
        assert_eq!(said.0, ["series 7 labels", "7 1000 1.5", "7 900 2", "3 1000 3", metadata.as_str()]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(mut bytes in proptest::collection::vec(any::<u8>(), 1..200), kind in 1u8..4) {
            bytes[0] = kind;
            let mut said = Said::default();
            let _ = read(&bytes, &mut said);
            prop_assert!(said.0.len() <= bytes.len());
        }
    }
}
