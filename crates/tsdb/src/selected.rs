//! What a selection found: series, and where their chunks lie. Nothing of it changes while it is held, whatever is appended,
//! flushed, joined or removed meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, ReadFault, Selected};

use crate::block::Block;
use crate::codec::{chunk, open};

/// Bytes of a file between two chunks that are read along rather than left out.
const GAP: u64 = 4 << 10;
/// Bytes of a file that are read at once, unless one chunk is larger.
const EXTENT: u64 = 256 << 10;

/// Where a chunk lies.
#[derive(Debug)]
pub(crate) enum Lies {
    /// In an extent of a block.
    Block { extent: u32, at: u32, length: u32 },
    /// In memory, packed.
    Sealed(Arc<[u8]>),
    /// In memory, as it was when the selection was made.
    Open { at: u32, length: u32 },
    /// Samples that came late.
    Late(Box<Column>),
}

/// A chunk that has samples in the selection's time.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) lies: Lies,
}

/// Bytes of a block that are read together, when one of their chunks is needed, and kept until all were.
#[derive(Debug)]
struct Extent {
    block: Arc<Block>,
    offset: u64,
    length: u64,
    chunks: AtomicUsize,
    bytes: Mutex<Option<Arc<[u8]>>>,
}

/// What a selection found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) after: i64,
    pub(crate) until: i64,
    labels: Vec<LabelSet>,
    /// For each series the end of its sources; they begin where those of the series before end.
    ends: Vec<u32>,
    sources: Vec<Source>,
    extents: Vec<Extent>,
    /// Copies of open chunks.
    open: Vec<u8>,
}

impl Found {
    pub(crate) fn new(after: i64, until: i64) -> Self {
        Self { after, until, ..Self::default() }
    }

    /// Adds a copy of an open chunk.
    pub(crate) fn copy_open(&mut self, bytes: &[u8]) -> Lies {
        let at = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        self.open.extend_from_slice(bytes);
        Lies::Open { at, length: u32::try_from(bytes.len()).unwrap_or(0) }
    }

    /// Adds a chunk of a block; those of one block come in the order of the file.
    pub(crate) fn block_chunk(&mut self, block: &Arc<Block>, offset: u64, length: u32) -> Lies {
        let next = self.extents.len();
        if let Some(extent) = self.extents.last_mut()
            && Arc::ptr_eq(&extent.block, block)
            && let Some(gap) = offset.checked_sub(extent.offset + extent.length)
            && gap <= GAP
            && extent.length + gap + u64::from(length) <= EXTENT
        {
            let at = u32::try_from(offset - extent.offset).unwrap_or(u32::MAX);
            extent.length += gap + u64::from(length);
            *extent.chunks.get_mut() += 1;
            return Lies::Block { extent: u32::try_from(next - 1).unwrap_or(u32::MAX), at, length };
        }
        self.extents.push(Extent {
            block: Arc::clone(block),
            offset,
            length: u64::from(length),
            chunks: AtomicUsize::new(1),
            bytes: Mutex::new(None),
        });
        Lies::Block { extent: u32::try_from(next).unwrap_or(u32::MAX), at: 0, length }
    }

    /// Adds chunks of the series that [`Self::end_series`] ends.
    pub(crate) fn sources_of_next(&mut self, sources: impl Iterator<Item = Source>) {
        self.sources.extend(sources);
    }

    /// The chunks that were added belong to this series; series come in the order of their labels.
    pub(crate) fn end_series(&mut self, labels: LabelSet) {
        self.labels.push(labels);
        self.ends.push(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
    }

    fn sources(&self, place: usize) -> &[Source] {
        let begin = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(begin);
        self.sources.get(begin as usize..end as usize).unwrap_or_default()
    }

    fn decode(&self, source: &Source, into: &mut Column) -> Result<(), ReadFault> {
        match &source.lies {
            Lies::Block { extent, at, length } => self.decode_block(*extent, *at, *length, into),
            Lies::Sealed(bytes) => chunk::read_between(bytes, self.after, self.until, into).map_err(|fault| {
                ReadFault::Damaged { file: "memory".into(), offset: 0, what: fault.to_string().into() }
            }),
            Lies::Open { at, length } => {
                let (begin, end) = (*at as usize, *at as usize + *length as usize);
                open::read(self.open.get(begin..end).unwrap_or_default(), into);
                Ok(())
            }
            Lies::Late(column) => {
                into.times.extend_from_slice(&column.times);
                into.values.extend_from_slice(&column.values);
                into.histograms.extend_from_slice(&column.histograms);
                Ok(())
            }
        }
    }

    fn decode_block(&self, extent: u32, at: u32, length: u32, into: &mut Column) -> Result<(), ReadFault> {
        let Some(extent) = self.extents.get(extent as usize) else { return Ok(()) };
        let bytes = extent.read()?;
        let (begin, end) = (at as usize, at as usize + length as usize);
        let read = bytes
            .get(begin..end)
            .ok_or(chunk::ChunkFault::Form)
            .and_then(|bytes| chunk::read_between(bytes, self.after, self.until, into));
        read.map_err(|fault| extent.block.fault(extent.offset + u64::from(at), &fault.to_string()))
    }
}

impl Extent {
    fn read(&self) -> Result<Arc<[u8]>, ReadFault> {
        let mut kept = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match kept.as_ref() {
            Some(bytes) => Arc::clone(bytes),
            None => self.block.read(self.offset, self.length)?.into(),
        };
        // The last chunk that is read for the first time takes the bytes with it.
        let left = self.chunks.load(Ordering::Relaxed).saturating_sub(1);
        self.chunks.store(left, Ordering::Relaxed);
        *kept = (left > 0).then(|| Arc::clone(&bytes));
        Ok(bytes)
    }
}

impl Selected for Found {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        let sources = self.sources(place);
        let (numbers, histograms) = (into.times.len(), into.histograms.len());
        let in_order = sources.windows(2).all(|pair| matches!(pair, [a, b] if a.max < b.min));
        if in_order {
            sources.iter().try_for_each(|source| self.decode(source, into))?;
        } else {
            let mut parts = Vec::with_capacity(sources.len());
            for source in sources {
                let mut column = Column::default();
                self.decode(source, &mut column)?;
                parts.push(column);
            }
            crate::merge::columns(&parts, into);
        }
        trim(into, numbers, histograms, self.after, self.until);
        Ok(())
    }
}

/// Leaves what is later than `after` and not later than `until` of what was appended.
fn trim(column: &mut Column, numbers: usize, histograms: usize, after: i64, until: i64) {
    let times = column.times.get(numbers..).unwrap_or_default();
    let (begin, end) = (times.partition_point(|at| *at <= after), times.partition_point(|at| *at <= until));
    column.times.truncate(numbers + end);
    column.values.truncate(numbers + end);
    if begin > 0 {
        column.times.drain(numbers..numbers + begin.min(end));
        column.values.drain(numbers..numbers + begin.min(end));
    }
    if column.histograms.len() > histograms {
        let some = column.histograms.get(histograms..).unwrap_or_default();
        let (begin, end) = (some.partition_point(|(at, _)| *at <= after), some.partition_point(|(at, _)| *at <= until));
        column.histograms.truncate(histograms + end);
        column.histograms.drain(histograms..histograms + begin.min(end));
    }
}
