//! What finds the series of a block: its labels, the series of each, and their chunks. Read when it is first needed.

use std::ops::Range;
use std::sync::OnceLock;

use evenkeel_labels::LabelSet;

use crate::codec::bytes::Reader;
use crate::select::LabelIndex;

/// The labels and the directory of a block. Series are numbers, in the order of their labels.
#[derive(Debug)]
pub(crate) struct Index {
    /// All names and values, one behind the other.
    text: String,
    names: Vec<Name>,
    values: Vec<Value>,
    labels: Vec<u8>,
    directory: Vec<u8>,
    series: Vec<Place>,
    sets: Vec<OnceLock<LabelSet>>,
    min: i64,
}

#[derive(Debug)]
struct Name {
    text: Range<u32>,
    values: Range<u32>,
}

#[derive(Debug)]
struct Value {
    text: Range<u32>,
    /// Where its series are, in `labels`.
    series: Range<u32>,
    count: u32,
}

/// Where a series is.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its entry in `directory`.
    entry: u32,
    /// Its first chunk in the file.
    chunks: u64,
}

/// A chunk of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChunkPlace {
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) samples: u32,
    pub(crate) offset: u64,
    pub(crate) length: u32,
    pub(crate) histograms: bool,
}

/// A part of the index that cannot be read although its sum fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Index {
    /// Reads the two sections. Chunks begin at `chunks` and end before `end`.
    pub(crate) fn read(labels: Vec<u8>, directory: Vec<u8>, chunks: Range<u64>, min: i64) -> Option<Self> {
        let mut index = Self {
            text: String::new(),
            names: Vec::new(),
            values: Vec::new(),
            labels: Vec::new(),
            directory: Vec::new(),
            series: Vec::new(),
            sets: Vec::new(),
            min,
        };
        index.read_labels(&labels)?;
        index.read_directory(&directory, chunks)?;
        (index.labels, index.directory) = (labels, directory);
        index.sets.resize_with(index.series.len(), OnceLock::new);
        Some(index)
    }

    fn read_labels(&mut self, bytes: &[u8]) -> Option<()> {
        let mut reader = Reader::of(bytes);
        for _ in 0..reader.count()? {
            let name = self.add_text(reader.text()?)?;
            let first = u32::try_from(self.values.len()).ok()?;
            let mut before = 0..0;
            for _ in 0..reader.count()? {
                let shared = usize::try_from(reader.varint()?).ok()?;
                let rest = reader.text()?;
                // A text is at most as long as all there is of labels, so that few bytes cannot ask for much.
                let prefix = self.text.get(before)?.get(..shared)?.to_owned();
                if self.text.len() > bytes.len().saturating_mul(64) + (1 << 16) {
                    return None;
                }
                let begin = self.text.len();
                self.text.push_str(&prefix);
                self.text.push_str(rest);
                before = begin..self.text.len();
                let count = u32::try_from(reader.count()?).ok()?;
                let length = reader.count()?;
                let at = bytes.len() - reader.rest().len();
                reader.take(length)?;
                let series = u32::try_from(at).ok()?..u32::try_from(at + length).ok()?;
                let text = u32::try_from(begin).ok()?..u32::try_from(self.text.len()).ok()?;
                self.values.push(Value { text, series, count });
            }
            self.names.push(Name { text: name, values: first..u32::try_from(self.values.len()).ok()? });
        }
        reader.is_empty().then_some(())
    }

    fn add_text(&mut self, text: &str) -> Option<Range<u32>> {
        let begin = u32::try_from(self.text.len()).ok()?;
        self.text.push_str(text);
        Some(begin..u32::try_from(self.text.len()).ok()?)
    }

    fn read_directory(&mut self, bytes: &[u8], chunks: Range<u64>) -> Option<()> {
        let mut reader = Reader::of(bytes);
        let mut offset = chunks.start;
        while !reader.is_empty() {
            let entry = u32::try_from(bytes.len() - reader.rest().len()).ok()?;
            self.series.push(Place { entry, chunks: offset });
            let mut number = 0u64;
            for _ in 0..reader.count()? {
                number = number.checked_add(reader.varint()?)?;
                self.values.get(usize::try_from(number).ok()?)?;
            }
            for _ in 0..reader.count()? {
                for _ in 0..3 {
                    reader.varint()?;
                }
                let length = u32::try_from(reader.varint()?).ok()?;
                offset = offset.checked_add(u64::from(length))?;
            }
        }
        (offset == chunks.end).then_some(())
    }

    /// How many series.
    pub(crate) fn len(&self) -> usize {
        self.series.len()
    }

    /// The labels of a series; `shared` may know the same labels already, so that they are kept once.
    pub(crate) fn labels(
        &self,
        series: u32,
        shared: &dyn Fn(&str) -> Option<LabelSet>,
    ) -> Result<&LabelSet, Malformed> {
        let set = self.sets.get(series as usize).ok_or(Malformed)?;
        if let Some(set) = set.get() {
            return Ok(set);
        }
        let text = self.encoded(series).ok_or(Malformed)?;
        let labels = shared(&text).or_else(|| LabelSet::from_encoded(&text)).ok_or(Malformed)?;
        Ok(set.get_or_init(|| labels))
    }

    fn encoded(&self, series: u32) -> Option<String> {
        let mut reader = self.entry(series)?;
        let (mut pairs, mut number) = (Vec::new(), 0u64);
        for _ in 0..reader.count()? {
            number = number.checked_add(reader.varint()?)?;
            let value = u32::try_from(number).ok()?;
            let name = self.names.partition_point(|name| name.values.end <= value);
            let name = self.name_text(self.names.get(name)?);
            pairs.push((name, self.value_text(self.values.get(value as usize)?)));
        }
        let mut text = String::with_capacity(192);
        LabelSet::encode_sorted(pairs, &mut text);
        Some(text)
    }

    fn entry(&self, series: u32) -> Option<Reader<'_>> {
        let place = self.series.get(series as usize)?;
        Some(Reader::of(self.directory.get(place.entry as usize..)?))
    }

    /// The chunks of a series, one after the other in the file.
    pub(crate) fn chunks(&self, series: u32, mut each: impl FnMut(ChunkPlace)) -> Result<(), Malformed> {
        self.read_chunks(series, &mut each).ok_or(Malformed)
    }

    fn read_chunks(&self, series: u32, each: &mut impl FnMut(ChunkPlace)) -> Option<()> {
        let mut reader = self.entry(series)?;
        for _ in 0..reader.count()? {
            reader.varint()?;
        }
        let mut offset = self.series.get(series as usize)?.chunks;
        let mut at = self.min;
        for _ in 0..reader.count()? {
            let samples = reader.varint()?;
            let min = at.wrapping_add(reader.zigzag()?);
            let max = min.wrapping_add(reader.varint()? as i64);
            let length = u32::try_from(reader.varint()?).ok()?;
            let histograms = samples & 1 == 1;
            each(ChunkPlace { min, max, samples: u32::try_from(samples >> 1).ok()?, offset, length, histograms });
            offset = offset.saturating_add(u64::from(length));
            at = max;
        }
        Some(())
    }

    fn name_text(&self, name: &Name) -> &str {
        self.text.get(name.text.start as usize..name.text.end as usize).unwrap_or_default()
    }

    fn value_text(&self, value: &Value) -> &str {
        self.text.get(value.text.start as usize..value.text.end as usize).unwrap_or_default()
    }

    /// The names of labels, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| self.name_text(name))
    }

    fn values_of(&self, name: &str) -> &[Value] {
        let found = self.names.binary_search_by(|known| self.name_text(known).cmp(name)).ok();
        let range = found.and_then(|place| self.names.get(place)).map_or(0..0, |name| name.values.clone());
        self.values.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The values of a label, sorted.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values_of(name).iter().map(|value| self.value_text(value))
    }

    fn postings(&self, value: &Value, into: &mut Vec<u32>) -> Option<()> {
        let bytes = self.labels.get(value.series.start as usize..value.series.end as usize)?;
        let (mut reader, mut at) = (Reader::of(bytes), 0u32);
        into.reserve((value.count as usize).min(bytes.len()));
        for _ in 0..value.count {
            at = at.checked_add(u32::try_from(reader.varint()?).ok()?)?;
            into.push(at);
        }
        Some(())
    }

    /// What it takes in memory. Units: bytes.
    pub(crate) fn memory(&self) -> usize {
        self.text.len()
            + self.labels.len()
            + self.directory.len()
            + self.values.len() * size_of::<Value>()
            + self.series.len() * (size_of::<Place>() + size_of::<OnceLock<LabelSet>>())
    }
}

impl LabelIndex for Index {
    type Fault = Malformed;

    fn all(&self) -> Result<Vec<u32>, Malformed> {
        Ok((0u32..).take(self.series.len()).collect())
    }

    fn of(&self, name: &str, value: &str, into: &mut Vec<u32>) -> Result<(), Malformed> {
        let values = self.values_of(name);
        match values
            .binary_search_by(|known| self.value_text(known).cmp(value))
            .ok()
            .and_then(|place| values.get(place))
        {
            Some(value) => self.postings(value, into).ok_or(Malformed),
            None => Ok(()),
        }
    }

    fn fitting(
        &self,
        name: &str,
        prefix: &str,
        fits: &dyn Fn(&str) -> bool,
        into: &mut Vec<u32>,
    ) -> Result<(), Malformed> {
        let values = self.values_of(name);
        let first = values.partition_point(|value| self.value_text(value) < prefix);
        let begins = |value: &&Value| self.value_text(value).starts_with(prefix);
        for value in values.get(first..).unwrap_or_default().iter().take_while(begins) {
            if fits(self.value_text(value)) {
                self.postings(value, into).ok_or(Malformed)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::bytes::{put_text, put_varint};
    use proptest::prelude::*;

    /// The sections of two series, `{a="x",b="xy"}` and `{a="x",b="z"}`, with a chunk each.
    fn sections() -> (Vec<u8>, Vec<u8>) {
        let mut labels = Vec::new();
        put_varint(&mut labels, 2);
        for (name, values) in
            [("a", vec![(0, "x", vec![2, 2, 0, 1])]), ("b", vec![(0, "xy", vec![1, 1, 0]), (0, "z", vec![1, 1, 1])])]
        {
            put_text(&mut labels, name);
            put_varint(&mut labels, values.len() as u64);
            for (shared, rest, series) in values {
                put_varint(&mut labels, shared);
                put_text(&mut labels, rest);
                labels.extend(series);
            }
        }
        let directory = vec![2, 0, 1, 1, 4, 0, 5, 9, 2, 0, 2, 1, 4, 2, 5, 8];
        (labels, directory)
    }

    fn look_at_everything(index: &Index) {
        for series in 0..u32::try_from(index.len()).expect("few") {
            let _ = index.labels(series, &|_| None);
            let _ = index.chunks(series, |_| {});
        }
        let names: Vec<&str> = index.names().collect();
        for name in names {
            let _ = index.fitting(name, "", &|_| true, &mut Vec::new());
            index.values(name).for_each(|value| {
                let _ = index.of(name, value, &mut Vec::new());
            });
        }
    }

    #[test]
    fn sections_say_labels_series_and_chunks() {
        let (labels, directory) = sections();
        let index = Index::read(labels, directory, 8..25, 100).expect("an index");
        let texts: Vec<String> =
            (0..2).map(|series| index.labels(series, &|_| None).expect("labels").to_string()).collect();
        assert_eq!(texts, [r#"{a="x", b="xy"}"#, r#"{a="x", b="z"}"#]);
        let mut chunks = Vec::new();
        index.chunks(1, |chunk| chunks.push(chunk)).expect("chunks");
        assert_eq!(chunks, [ChunkPlace { min: 101, max: 106, samples: 2, offset: 17, length: 8, histograms: false }]);
        let mut found = Vec::new();
        index.of("a", "x", &mut found).expect("series");
        assert_eq!(found, [0, 1]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(
            labels in proptest::collection::vec(any::<u8>(), 0..80), directory in proptest::collection::vec(0u8..10, 0..80)
        ) {
            if let Some(index) = Index::read(labels, directory, 8..100, 0) {
                look_at_everything(&index);
            }
        }

        #[test]
        fn changed_bytes_are_read_without_a_panic(
            changes in proptest::collection::vec((any::<bool>(), any::<proptest::sample::Index>(), any::<u8>()), 1..6)
        ) {
            let (mut labels, mut directory) = sections();
            for (which, place, byte) in changes {
                let bytes = if which { &mut labels } else { &mut directory };
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Some(index) = Index::read(labels, directory, 8..25, 100) {
                look_at_everything(&index);
            }
        }
    }
}
