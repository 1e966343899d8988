//! What blocks already have of a series at an instant. Asked only for samples that come late, or of series that are new in the
//! head: a value that is there is never replaced, wherever it lies.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Histogram, ReadFault};

use crate::block::Block;
use crate::block::index::{ChunkPlace, Index};
use crate::codec::chunk;

/// A sample that is there.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// The bits of a number.
    Number(u64),
    Histogram(Arc<Histogram>),
}

/// The blocks, and the chunk that was looked at last, since a late sample seldom comes alone.
#[derive(Debug)]
pub(crate) struct Past {
    blocks: Arc<Vec<Arc<Block>>>,
    /// The newest instant of all blocks.
    newest: i64,
    at_hand: Option<(u64, u64)>,
    column: Column,
}

impl Past {
    pub(crate) fn new(blocks: Arc<Vec<Arc<Block>>>) -> Self {
        let newest = blocks.iter().map(|block| block.footer.max).max().unwrap_or(i64::MIN);
        Self { blocks, newest, at_hand: None, column: Column::default() }
    }

    /// Nothing is there.
    pub(crate) fn none() -> Self {
        Self::new(Arc::new(Vec::new()))
    }

    /// The newest instant of all blocks; the least there is when there are none.
    pub(crate) const fn newest(&self) -> i64 {
        self.newest
    }

    /// The sample of a series at an instant. What cannot be read is taken for not there: whoever reads it later is told.
    pub(crate) fn find(&mut self, labels: &LabelSet, at: i64) -> Option<Known> {
        if at > self.newest {
            return None;
        }
        let blocks = Arc::clone(&self.blocks);
        let mut around = blocks.iter().filter(|block| block.footer.min <= at && at <= block.footer.max);
        around.find_map(|block| self.find_in(block, labels, at).ok().flatten())
    }

    fn find_in(&mut self, block: &Arc<Block>, labels: &LabelSet, at: i64) -> Result<Option<Known>, ReadFault> {
        let index = block.index()?;
        let Some(series) = series_of(&index, labels) else { return Ok(None) };
        let mut places: Vec<ChunkPlace> = Vec::new();
        let chunks = index.chunks(series, |chunk| {
            if chunk.min <= at && at <= chunk.max {
                places.push(chunk);
            }
        });
        chunks.map_err(|_| block.malformed())?;
        for place in places {
            if self.at_hand != Some((block.footer.number, place.offset)) {
                self.at_hand = None;
                self.column.clear();
                let bytes = block.read(place.offset, u64::from(place.length))?;
                let read = chunk::read(&bytes, &mut self.column);
                read.map_err(|fault| block.fault(place.offset, &fault.to_string()))?;
                self.at_hand = Some((block.footer.number, place.offset));
            }
            if let Ok(found) = self.column.times.binary_search(&at) {
                return Ok(self.column.values.get(found).map(|value| Known::Number(value.to_bits())));
            }
            if let Ok(found) = self.column.histograms.binary_search_by_key(&at, |(at, _)| *at) {
                let histogram = self.column.histograms.get(found);
                return Ok(histogram.map(|(_, histogram)| Known::Histogram(Arc::clone(histogram))));
            }
        }
        Ok(None)
    }
}

/// The number of a series in a block, whose series are sorted.
fn series_of(index: &Index, labels: &LabelSet) -> Option<u32> {
    let (mut low, mut high) = (0u32, u32::try_from(index.len()).ok()?);
    while low < high {
        let middle = low + (high - low) / 2;
        match index.labels(middle, &|_| None).ok()?.cmp(labels) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}
