//! Joining blocks to one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, ReadFault};

use super::Block;
use super::build::Builder;
use super::index::{ChunkPlace, Index};
use crate::TickFault;
use crate::codec::chunk;

/// A block whose series are taken one after the other.
struct Rest<'a> {
    block: &'a Arc<Block>,
    index: Arc<Index>,
    next: u32,
    labels: Option<LabelSet>,
}

impl Rest<'_> {
    fn advance(&mut self) -> Result<(), ReadFault> {
        self.labels = None;
        if (self.next as usize) < self.index.len() {
            let labels = self.index.labels(self.next, &|_| None);
            self.labels = Some(labels.map_err(|_| self.block.malformed())?.clone());
        }
        self.next += 1;
        Ok(())
    }

    /// The samples of the series that is at hand.
    fn read(&self, into: &mut Column) -> Result<(), ReadFault> {
        let mut places: Vec<ChunkPlace> = Vec::new();
        let chunks = self.index.chunks(self.next - 1, |chunk| places.push(chunk));
        chunks.map_err(|_| self.block.malformed())?;
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(()) };
        let bytes = self.block.read(first.offset, last.offset + u64::from(last.length) - first.offset)?;
        let mut rest = bytes.as_slice();
        for place in &places {
            let fault = |fault: chunk::ChunkFault| self.block.fault(place.offset, &fault.to_string());
            let (one, behind) = rest.split_at_checked(place.length as usize).ok_or_else(|| self.block.malformed())?;
            chunk::read(one, into).map_err(fault)?;
            rest = behind;
        }
        Ok(())
    }
}

/// Writes one block that holds what these hold, and takes their place.
pub(crate) fn blocks(group: &[Arc<Block>], folder: &Path, number: u64) -> Result<Option<PathBuf>, TickFault> {
    let failed = |source| TickFault::Io { doing: "join blocks", path: folder.to_owned(), source };
    let mut builder = Builder::create(folder, number).map_err(failed)?;
    if let Err(fault) = all_series(group, &mut builder, failed) {
        builder.abandon();
        return Err(fault);
    }
    let level = group.iter().map(|block| block.footer.level).max().unwrap_or(0) + 1;
    let log_from = group.iter().map(|block| block.footer.log_from).max().unwrap_or(0);
    let parents = group.iter().map(|block| block.footer.number).collect();
    builder.finish(folder, level, log_from, parents).map_err(failed)
}

fn all_series(
    group: &[Arc<Block>],
    builder: &mut Builder,
    failed: impl Fn(std::io::Error) -> TickFault,
) -> Result<(), TickFault> {
    let mut rests = Vec::new();
    for block in group {
        let index = block.index().map_err(TickFault::Read)?;
        let mut rest = Rest { block, index, next: 0, labels: None };
        rest.advance().map_err(TickFault::Read)?;
        rests.push(rest);
    }
    let mut column = Column::default();
    while let Some(labels) = rests.iter().filter_map(|rest| rest.labels.as_ref()).min().cloned() {
        column.clear();
        next_series(&mut rests, &labels, &mut column).map_err(TickFault::Read)?;
        builder.series(labels, &column).map_err(&failed)?;
    }
    Ok(())
}

fn next_series(rests: &mut [Rest<'_>], labels: &LabelSet, column: &mut Column) -> Result<(), ReadFault> {
    let mut parts: Vec<Column> = Vec::new();
    for rest in rests.iter_mut().filter(|rest| rest.labels.as_ref() == Some(labels)) {
        let mut part = Column::default();
        rest.read(&mut part)?;
        rest.advance()?;
        parts.push(part);
    }
    let ends = |part: &Column| {
        let first = part.times.first().into_iter().chain(part.histograms.first().map(|(at, _)| at)).min().copied();
        let last = part.times.last().into_iter().chain(part.histograms.last().map(|(at, _)| at)).max().copied();
        (first, last)
    };
    let in_order = parts.windows(2).all(|pair| matches!(pair, [a, b] if ends(a).1 < ends(b).0));
    if in_order {
        for part in &mut parts {
            column.times.append(&mut part.times);
            column.values.append(&mut part.values);
            column.histograms.append(&mut part.histograms);
        }
    } else {
        crate::merge::columns(&parts, column);
    }
    Ok(())
}
