//! What is done from time to time: the head becomes a block, blocks are joined, and what is old goes. One piece at a time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, ReadFault};
use evenkeel_time::Timestamp;

use super::{Shared, Store};
use crate::block::Block;
use crate::block::build::Builder;
use crate::block::merge;
use crate::folder;
use crate::head::Sealed;
use crate::{TickFault, compaction};

/// How long the index of a block that nobody asks stays in memory. Units: milliseconds.
const FORGET_AFTER: i64 = 10 * 60 * 1000;

/// What a tick did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Nothing was to be done.
    Nothing,
    /// The head became a block.
    Flushed {
        /// The block's file.
        block: Box<str>,
        /// How many samples.
        samples: u64,
    },
    /// Blocks were joined to one.
    Joined {
        /// The block's file.
        block: Box<str>,
        /// How many there were.
        blocks: usize,
    },
    /// A block was removed, since it is older or more than is kept.
    Removed {
        /// The block's file.
        block: Box<str>,
    },
}

/// What upkeep remembers.
#[derive(Debug)]
pub(crate) struct Upkeep {
    next_block: u64,
    forgot_at: i64,
}

impl Upkeep {
    pub(crate) const fn new(next_block: u64, now: i64) -> Self {
        Self { next_block, forgot_at: now }
    }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> TickFault + use<> {
    let path = PathBuf::from(path);
    move |source| TickFault::Io { doing, path, source }
}

impl Store {
    /// Does one piece of what is to be done; it should be called again at once unless that was [`Work::Nothing`]. Appending
    /// and reading go on meanwhile.
    ///
    /// # Errors
    /// [`TickFault`]; nothing is lost, and the next tick tries again.
    pub fn tick(&self, now: Timestamp) -> Result<Work, TickFault> {
        self.shared.log.nudge();
        let mut upkeep = self.shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
        if self.shared.is_flush_due(now.0) {
            return self.shared.flush(&mut upkeep, now.0);
        }
        if let Some(block) = self.shared.outlived(now.0) {
            return self.shared.remove(&block);
        }
        let blocks = Arc::clone(&self.shared.state().blocks);
        if let Some(group) = compaction::plan(&blocks, &self.shared.options) {
            return self.shared.join(&mut upkeep, &group);
        }
        if now.0.saturating_sub(upkeep.forgot_at) >= FORGET_AFTER {
            upkeep.forgot_at = now.0;
            blocks.iter().for_each(|block| block.forget_unused());
        }
        Ok(Work::Nothing)
    }

    /// Writes the head to a block, however little it is: before a program ends, so that the next start has nothing to read
    /// again, or before a copy is made.
    ///
    /// # Errors
    /// [`TickFault`]; nothing is lost.
    pub fn flush(&self, now: Timestamp) -> Result<Work, TickFault> {
        let mut upkeep = self.shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
        if self.shared.state().head.unwritten.samples == 0 {
            return Ok(Work::Nothing);
        }
        self.shared.flush(&mut upkeep, now.0)
    }

    /// Appends no more: writes the head to a block, and what is left to the log.
    ///
    /// # Errors
    /// [`TickFault`]; what was acknowledged is in the log.
    pub fn close(&self, now: Timestamp) -> Result<(), TickFault> {
        let flushed = self.flush(now);
        self.shared.log.close();
        flushed.map(drop)
    }
}

/// What the head had when it was frozen.
type Frozen = Vec<(LabelSet, Vec<Sealed>)>;

impl Shared {
    fn is_flush_due(&self, now: i64) -> bool {
        let state = self.state();
        let unwritten = state.head.unwritten;
        let newest = state.head.reference(now);
        let span = unwritten.since.map_or(0, |since| newest.saturating_sub(since));
        unwritten.samples > 0 && (span >= self.options.head_span.0 || state.head.grown() >= self.options.head_bytes)
    }

    fn flush(&self, upkeep: &mut Upkeep, now: i64) -> Result<Work, TickFault> {
        let (unwritten, log_from, frozen) = self.freeze();
        let number = upkeep.next_block;
        upkeep.next_block += 1;
        let built = self.build(number, log_from, &frozen);
        drop(frozen);
        let block = match built {
            Ok(Some(block)) => block,
            Ok(None) => return Ok(Work::Nothing),
            Err(fault) => {
                self.change().head.unfreeze(&unwritten);
                return Err(fault);
            }
        };
        let work = Work::Flushed { block: block.name.clone(), samples: block.footer.samples };
        let idle_since = now.saturating_sub(self.options.out_of_order.0).saturating_sub(self.options.head_span.0);
        {
            let mut state = self.change();
            let mut blocks = state.blocks.as_ref().clone();
            blocks.push(Arc::new(block));
            blocks.sort_by_key(|block| (block.footer.min, block.footer.number));
            state.blocks = Arc::new(blocks);
            state.head.thaw(idle_since);
        }
        self.forget_labels();
        self.remove_log_before(log_from)?;
        Ok(work)
    }

    /// Everything in the head is to be written; the log goes on in a new segment.
    fn freeze(&self) -> (crate::head::Unwritten, u64, Frozen) {
        let mut state = self.change();
        let unwritten = state.head.freeze();
        let log_from = self.log.rotate();
        let [exemplars, metadata] = state.records_again();
        self.log.push(&[&exemplars, &metadata]);
        let mut order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        order.renew(&state.head);
        let series = order.all().iter().filter_map(|id| state.head.series.get(*id as usize));
        let frozen = series.filter(|series| !series.frozen().is_empty());
        (unwritten, log_from, frozen.map(|series| (series.labels.clone(), series.frozen().to_vec())).collect())
    }

    fn build(&self, number: u64, log_from: u64, frozen: &Frozen) -> Result<Option<Block>, TickFault> {
        let folder = &self.layout.blocks;
        let mut builder = Builder::create(folder, number).map_err(failed("begin a block", folder))?;
        let mut column = Column::default();
        for (labels, chunks) in frozen {
            column.clear();
            let read = read_chunks(chunks, &mut column);
            let added =
                read.and_then(|()| builder.series(labels.clone(), &column).map_err(failed("write a block", folder)));
            if let Err(fault) = added {
                builder.abandon();
                return Err(fault);
            }
        }
        let finished = builder.finish(folder, 0, log_from, Vec::new());
        match finished.map_err(failed("write a block", folder))? {
            Some(path) => Ok(Some(open_block(&path)?)),
            None => Ok(None),
        }
    }

    fn remove_log_before(&self, log_from: u64) -> Result<(), TickFault> {
        let log = &self.layout.log;
        let files = folder::files(log, ".log").map_err(failed("read the folder", log))?;
        for (name, path) in files {
            let segment = name.split('-').next().and_then(|number| number.parse::<u64>().ok());
            if segment.is_some_and(|segment| segment < log_from) {
                fs::remove_file(&path).map_err(failed("remove a segment", &path))?;
            }
        }
        Ok(())
    }

    /// The first block that is older than is kept, or the oldest where there are more than are kept.
    fn outlived(&self, now: i64) -> Option<Arc<Block>> {
        let state = self.state();
        let kept = state.head.reference(now).saturating_sub(self.options.retention.0);
        let old = state.blocks.iter().find(|block| block.footer.max < kept);
        let size: u64 = state.blocks.iter().map(|block| block.size_bytes).sum();
        let over = self.options.retention_bytes.is_some_and(|most| size > most);
        old.or_else(|| state.blocks.iter().min_by_key(|block| block.footer.max).filter(|_| over)).cloned()
    }

    fn remove(&self, block: &Arc<Block>) -> Result<Work, TickFault> {
        self.replace(std::slice::from_ref(block), None);
        fs::remove_file(&block.path).map_err(failed("remove a block", &block.path))?;
        folder::sync(&self.layout.blocks).map_err(failed("remove a block", &block.path))?;
        Ok(Work::Removed { block: block.name.clone() })
    }

    fn replace(&self, gone: &[Arc<Block>], new: Option<Block>) {
        let mut state = self.change();
        let is_gone = |block: &Arc<Block>| gone.iter().any(|gone| Arc::ptr_eq(gone, block));
        let mut blocks: Vec<Arc<Block>> = state.blocks.iter().filter(|block| !is_gone(block)).cloned().collect();
        blocks.extend(new.map(Arc::new));
        blocks.sort_by_key(|block| (block.footer.min, block.footer.number));
        state.blocks = Arc::new(blocks);
        drop(state);
        self.forget_labels();
    }

    fn join(&self, upkeep: &mut Upkeep, group: &[Arc<Block>]) -> Result<Work, TickFault> {
        let folder = &self.layout.blocks;
        let number = upkeep.next_block;
        upkeep.next_block += 1;
        let joined = merge::blocks(group, folder, number)?;
        let joined = joined.map(|path| open_block(&path)).transpose()?;
        let name = joined.as_ref().map_or_else(Box::default, |block| block.name.clone());
        self.replace(group, joined);
        for block in group {
            fs::remove_file(&block.path).map_err(failed("remove a block that was joined", &block.path))?;
        }
        folder::sync(folder).map_err(failed("remove blocks that were joined", folder))?;
        Ok(Work::Joined { block: name, blocks: group.len() })
    }
}

fn read_chunks(chunks: &[Sealed], column: &mut Column) -> Result<(), TickFault> {
    let read = |sealed: &Sealed, column: &mut Column| {
        sealed.read(column).map_err(|fault| {
            let what = fault.to_string().into();
            TickFault::Read(ReadFault::Damaged { file: "memory".into(), offset: 0, what })
        })
    };
    if chunks.windows(2).all(|pair| matches!(pair, [a, b] if a.max < b.min)) {
        return chunks.iter().try_for_each(|sealed| read(sealed, column));
    }
    let mut parts = Vec::new();
    for sealed in chunks {
        let mut part = Column::default();
        read(sealed, &mut part)?;
        parts.push(part);
    }
    crate::merge::columns(&parts, column);
    Ok(())
}

fn open_block(path: &Path) -> Result<Block, TickFault> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Block::open(path, name).map_err(failed("open a block", path))
}
