//! A series of the head: its labels, the chunk that grows, chunks that are full, and what only few series have.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Histogram};

use super::Sender;
use crate::codec::chunk::{self, ChunkFault};
use crate::codec::open::{self, OpenChunk};
use crate::codec::values::Scratch;
use crate::past::{Known, Past};

/// So many samples, and a chunk of the head is packed.
const FULL: usize = 120;

/// A chunk that does not grow any more.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) bytes: Arc<[u8]>,
    /// Whether it is packed, or lies as it grew.
    pub(crate) packed: bool,
}

impl Sealed {
    /// Appends its samples to a column.
    pub(crate) fn read(&self, into: &mut Column) -> Result<(), ChunkFault> {
        if self.packed {
            return chunk::read(&self.bytes, into);
        }
        open::read(&self.bytes, into);
        Ok(())
    }
}

/// A series of the head. A place without a series has no labels.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) labels: LabelSet,
    pub(crate) open: OpenChunk,
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) more: Option<Box<More>>,
    /// The segment of the log in which it was defined last.
    pub(crate) segment: u64,
    /// Blocks may have samples of it up to this instant that it does not know of, since it is newer in the head.
    past: i64,
    /// Sealed chunks that are being written to a block.
    frozen: u32,
    /// Whose it is, as far as that is known.
    pub(crate) sender: Sender,
}

/// What only few series have.
#[derive(Debug, Default)]
pub(crate) struct More {
    /// Numbers that came late, by time.
    pub(crate) late: Vec<(i64, f64)>,
    /// Histograms, by time.
    pub(crate) histograms: Vec<(i64, Arc<Histogram>)>,
    /// The last histogram, also when it was sealed.
    last: Option<(i64, Arc<Histogram>)>,
}

/// What became of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Written,
    Duplicate,
    OtherValue,
    TooOld,
}

/// Packs chunks, with memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Sealer {
    column: Column,
    scratch: Scratch,
    bytes: Vec<u8>,
    /// Bytes of sealed chunks that were made.
    pub(crate) made: u64,
}

impl Sealer {
    fn numbers(&mut self) -> Option<Sealed> {
        let (min, max) = (*self.column.times.first()?, *self.column.times.last()?);
        self.bytes.clear();
        chunk::put_numbers(&self.column.times, &self.column.values, &mut self.scratch, &mut self.bytes);
        self.made += self.bytes.len() as u64;
        Some(Sealed { min, max, bytes: self.bytes.as_slice().into(), packed: true })
    }

    fn histograms(&mut self, samples: &[(i64, Arc<Histogram>)]) -> Option<Sealed> {
        let (min, max) = (samples.first()?.0, samples.last()?.0);
        self.bytes.clear();
        chunk::put_histograms(samples, &mut self.bytes);
        self.made += self.bytes.len() as u64;
        Some(Sealed { min, max, bytes: self.bytes.as_slice().into(), packed: true })
    }
}

impl Series {
    /// A series without samples; blocks may have some of it up to an instant.
    pub(crate) fn new(labels: LabelSet, past: i64) -> Self {
        let (open, sealed) = (OpenChunk::default(), Vec::new());
        Self { labels, open, sealed, more: None, segment: 0, past, frozen: 0, sender: Sender::NOBODY }
    }

    /// The instant of the last sample there was.
    pub(crate) fn last(&self) -> i64 {
        let histogram = self.more.as_ref().and_then(|more| more.last.as_ref()).map_or(i64::MIN, |(at, _)| *at);
        self.open.last().max(histogram)
    }

    /// Whether it holds no sample.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.count() == 0
            && self.sealed.is_empty()
            && self.more.as_ref().is_none_or(|more| more.late.is_empty() && more.histograms.is_empty())
    }

    /// Adds a number; those that are late have to be no older than `oldest`.
    #[inline]
    pub(crate) fn push(&mut self, at: i64, value: f64, oldest: i64, past: &mut Past, sealer: &mut Sealer) -> Outcome {
        if at > self.open.last() && at > self.past && self.more.is_none() {
            self.append(at, value, sealer);
            return Outcome::Written;
        }
        self.push_late(at, value, oldest, past, sealer)
    }

    #[inline]
    fn append(&mut self, at: i64, value: f64, sealer: &mut Sealer) {
        self.open.push(at, value);
        if usize::from(self.open.count()) >= FULL {
            self.seal_open(sealer);
        }
    }

    fn push_late(&mut self, at: i64, value: f64, oldest: i64, past: &mut Past, sealer: &mut Sealer) -> Outcome {
        let in_order = at > self.last();
        let known = if in_order { None } else { self.at(at) };
        let known = match known {
            None if !in_order || at <= self.past => past.find(&self.labels, at),
            known => known,
        };
        match known {
            Some(Known::Number(bits)) if bits == value.to_bits() => return Outcome::Duplicate,
            Some(_) => return Outcome::OtherValue,
            None if in_order => {
                self.append(at, value, sealer);
                return Outcome::Written;
            }
            None if at < oldest => return Outcome::TooOld,
            None => {}
        }
        let late = &mut self.more.get_or_insert_default().late;
        let place = late.partition_point(|(known, _)| *known < at);
        late.insert(place, (at, value));
        if late.len() >= FULL {
            self.seal_late(sealer);
        }
        Outcome::Written
    }

    /// Adds a histogram; those that are late have to be no older than `oldest`.
    pub(crate) fn push_histogram(
        &mut self,
        at: i64,
        histogram: &Histogram,
        oldest: i64,
        past: &mut Past,
        sealer: &mut Sealer,
    ) -> Outcome {
        let in_order = at > self.last();
        let known = if in_order { None } else { self.at(at) };
        let known = match known {
            None if !in_order || at <= self.past => past.find(&self.labels, at),
            known => known,
        };
        match known {
            Some(Known::Histogram(known)) if same(&known, histogram) => return Outcome::Duplicate,
            Some(_) => return Outcome::OtherValue,
            None if !in_order && at < oldest => return Outcome::TooOld,
            None => {}
        }
        let more = self.more.get_or_insert_default();
        let histogram = Arc::new(histogram.clone());
        if more.last.as_ref().is_none_or(|(last, _)| *last < at) {
            more.last = Some((at, Arc::clone(&histogram)));
        }
        let place = more.histograms.partition_point(|(known, _)| *known < at);
        more.histograms.insert(place, (at, histogram));
        if more.histograms.len() >= FULL {
            self.seal_histograms(sealer);
        }
        Outcome::Written
    }

    /// The sample at an instant, if there is one in the head.
    fn at(&self, at: i64) -> Option<Known> {
        let histogram = self.histogram_at(at).map(Known::Histogram);
        histogram.or_else(|| self.number_at(at).map(Known::Number))
    }

    /// The bits of the number at an instant.
    fn number_at(&self, at: i64) -> Option<u64> {
        if at == self.open.last() {
            return Some(self.open.last_bits());
        }
        if let Some(more) = &self.more
            && let Ok(place) = more.late.binary_search_by_key(&at, |(known, _)| *known)
        {
            return more.late.get(place).map(|(_, value)| value.to_bits());
        }
        let mut column = Column::default();
        if self.open.count() > 0 && self.open.first() <= at {
            open::read(self.open.bytes(), &mut column);
        }
        self.read_sealed_at(at, &mut column);
        let place = column.times.iter().position(|known| *known == at)?;
        column.values.get(place).map(|value| value.to_bits())
    }

    fn histogram_at(&self, at: i64) -> Option<Arc<Histogram>> {
        let more = self.more.as_ref()?;
        let (last, histogram) = more.last.as_ref()?;
        if *last == at {
            return Some(Arc::clone(histogram));
        }
        if let Ok(place) = more.histograms.binary_search_by_key(&at, |(known, _)| *known) {
            return more.histograms.get(place).map(|(_, histogram)| Arc::clone(histogram));
        }
        let mut column = Column::default();
        self.read_sealed_at(at, &mut column);
        column.histograms.into_iter().find(|(known, _)| *known == at).map(|(_, histogram)| histogram)
    }

    fn read_sealed_at(&self, at: i64, column: &mut Column) {
        for sealed in self.sealed.iter().filter(|sealed| sealed.min <= at && at <= sealed.max) {
            // What was packed a moment ago in memory reads back.
            let _ = sealed.read(column);
        }
    }

    fn seal_open(&mut self, sealer: &mut Sealer) {
        sealer.column.clear();
        open::read(&self.open.take(), &mut sealer.column);
        self.sealed.extend(sealer.numbers());
    }

    fn seal_late(&mut self, sealer: &mut Sealer) {
        let Some(more) = &mut self.more else { return };
        sealer.column.clear();
        sealer.column.times.extend(more.late.iter().map(|(at, _)| *at));
        sealer.column.values.extend(more.late.iter().map(|(_, value)| *value));
        more.late = Vec::new();
        self.sealed.extend(sealer.numbers());
    }

    fn seal_histograms(&mut self, sealer: &mut Sealer) {
        let Some(more) = &mut self.more else { return };
        let samples = std::mem::take(&mut more.histograms);
        self.sealed.extend(sealer.histograms(&samples));
    }

    /// Lets nothing grow any more, and marks it as being written to a block. Chunks that grew stay as they are: everybody
    /// waits meanwhile.
    pub(crate) fn freeze(&mut self, sealer: &mut Sealer) {
        if self.open.count() > 0 {
            let (min, max) = (self.open.first(), self.open.last());
            self.sealed.push(Sealed { min, max, bytes: self.open.take().into(), packed: false });
        }
        self.seal_late(sealer);
        self.seal_histograms(sealer);
        self.frozen = u32::try_from(self.sealed.len()).unwrap_or(u32::MAX);
    }

    /// What is being written to a block.
    pub(crate) fn frozen(&self) -> &[Sealed] {
        self.sealed.get(..self.frozen as usize).unwrap_or(&self.sealed)
    }

    /// Forgets what was written to a block.
    pub(crate) fn thaw(&mut self) {
        self.sealed.drain(..self.frozen().len());
        if self.sealed.is_empty() {
            self.sealed = Vec::new();
        }
        self.more.take_if(|more| more.late.is_empty() && more.last.is_none());
        self.frozen = 0;
    }

    /// What is in memory for it beside itself. Units: bytes.
    pub(crate) fn memory(&self) -> usize {
        self.open.capacity()
            + self.sealed.iter().map(|sealed| sealed.bytes.len() + size_of::<Sealed>()).sum::<usize>()
            + self.labels.encoded().len()
    }
}

/// Whether two histograms are the same, bit by bit in what may be no number.
fn same(a: &Histogram, b: &Histogram) -> bool {
    let mut bytes = [Vec::new(), Vec::new()];
    for (out, histogram) in bytes.iter_mut().zip([a, b]) {
        crate::codec::histograms::put(histogram, None, out);
    }
    bytes[0] == bytes[1]
}
