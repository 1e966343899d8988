//! Opening a store: what was interrupted is tidied up, what is torn is cut, what is damaged is reported, and the log is read.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Exemplar, Histogram, Metadata, ReadFault};
use evenkeel_time::Timestamp;
use hashbrown::HashTable;

use super::upkeep::Upkeep;
use super::{Shared, State, Store};
use crate::block::Block;
use crate::folder::{self, Layout, Lock};
use crate::head::{Head, Order, Outcome};
use crate::log::Log;
use crate::log::record::{Replay, SamplesWriter};
use crate::log::replay::replay;
use crate::past::Past;
use crate::{OpenFault, Options, Repair};

impl Store {
    /// Opens the store in a folder, and makes it if it is not there. What was repaired comes with it.
    ///
    /// # Errors
    /// [`OpenFault`] when the file system refuses or another process has it; never because of damage.
    pub fn open(options: Options, now: Timestamp) -> Result<(Self, Vec<Repair>), OpenFault> {
        let layout = Layout::of(&options.folder);
        let failed = |doing: &'static str, path: &PathBuf| {
            let path = path.clone();
            move |source| OpenFault::Io { doing, path, source }
        };
        layout.create().map_err(failed("make the folder", &layout.root))?;
        let lock = Lock::take(&layout)?;
        let mut repairs = Vec::new();
        let blocks = open_blocks(&layout, &mut repairs).map_err(failed("open the blocks", &layout.blocks))?;
        let log_from = blocks.iter().map(|block| block.footer.log_from).max().unwrap_or(0);
        let mut head = Head::new(options.exemplars);
        head.newest = blocks
            .iter()
            .filter(|block| block.damage.is_none())
            .map(|block| block.footer.max)
            .max()
            .unwrap_or(i64::MIN);
        let head_newest = head.newest;
        let mut into =
            IntoHead { head: &mut head, newest: head_newest, past: Past::none(), ids: HashMap::default(), orphans: 0 };
        let replayed = replay(&layout, log_from, &mut into, |into| into.ids.clear());
        let replayed = replayed.map_err(failed("read the log", &layout.log))?;
        repairs.extend(replayed.repairs);
        if into.orphans > 0 {
            repairs.push(Repair::Orphans { samples: into.orphans });
        }
        let log = Log::start(&layout.log, replayed.next, options.durability)
            .map_err(failed("start the log's thread", &layout.log))?;
        let next_block = blocks.iter().map(|block| block.footer.number + 1).max().unwrap_or(1);
        let shared = Shared {
            options,
            layout,
            log,
            state: RwLock::new(State { head, blocks: Arc::new(blocks), record: SamplesWriter::default() }),
            order: Mutex::new(Order::default()),
            known: Mutex::new(HashTable::new()),
            upkeep: Mutex::new(Upkeep::new(next_block, now.0)),
            _lock: lock,
        };
        Ok((Self { shared: Arc::new(shared) }, repairs))
    }
}

/// Opens the blocks, by time; those whose place was taken by another are removed.
fn open_blocks(layout: &Layout, repairs: &mut Vec<Repair>) -> io::Result<Vec<Arc<Block>>> {
    for (name, path) in folder::files(&layout.blocks, ".partial")? {
        fs::remove_file(path)?;
        repairs.push(Repair::Unfinished { file: name.into() });
    }
    let mut blocks = Vec::new();
    for (name, path) in folder::files(&layout.blocks, ".block")? {
        let block = Block::open(&path, &name)?;
        if let Some(ReadFault::Damaged { file, offset, what }) = &block.damage {
            repairs.push(Repair::DamagedBlock { file: file.clone(), offset: *offset, what: what.clone() });
        }
        blocks.push(Arc::new(block));
    }
    let replaced: BTreeSet<u64> = blocks.iter().flat_map(|block| block.footer.parents.iter().copied()).collect();
    for block in blocks.extract_if(.., |block| replaced.contains(&block.footer.number)) {
        fs::remove_file(&block.path)?;
        repairs.push(Repair::Unfinished { file: block.name.clone() });
    }
    blocks.sort_by_key(|block| (block.footer.min, block.footer.number));
    Ok(blocks)
}

/// Takes what the log says into the head.
struct IntoHead<'a> {
    head: &'a mut Head,
    /// The head's numbers of the series that the segment speaks of.
    /// The newest instant of all blocks.
    newest: i64,
    /// What the log has was looked up when it came.
    past: Past,
    ids: HashMap<u32, u32, foldhash::quality::RandomState>,
    orphans: u64,
}

impl IntoHead<'_> {
    fn id(&mut self, series: u32) -> Option<u32> {
        let id = self.ids.get(&series).copied();
        self.orphans += u64::from(id.is_none());
        id
    }

    fn noted(&mut self, at: i64, outcome: Outcome) {
        if outcome == Outcome::Written {
            self.head.noted(at, at, 1);
        }
    }
}

impl Replay for IntoHead<'_> {
    fn series(&mut self, number: u32, labels: &str) {
        let id = match self.head.find(labels, u32::MAX) {
            Ok(id) => id,
            Err(hash) => match LabelSet::from_encoded(labels) {
                Some(labels) if !labels.is_empty() => self.head.create(labels, hash, self.newest),
                _ => return,
            },
        };
        self.ids.insert(number, id);
    }

    fn number(&mut self, series: u32, at: i64, value: f64) {
        let Some(id) = self.id(series) else { return };
        let Some(series) = self.head.series.get_mut(id as usize) else { return };
        let outcome = series.push(at, value, i64::MIN, &mut self.past, &mut self.head.sealer);
        self.noted(at, outcome);
    }

    fn histogram(&mut self, series: u32, at: i64, histogram: &Histogram) {
        let Some(id) = self.id(series) else { return };
        let Some(series) = self.head.series.get_mut(id as usize) else { return };
        let outcome = series.push_histogram(at, histogram, i64::MIN, &mut self.past, &mut self.head.sealer);
        self.noted(at, outcome);
    }

    fn exemplar(&mut self, series: LabelSet, exemplar: Exemplar) {
        self.head.exemplars.push(series, exemplar);
    }

    fn metadata(&mut self, name: &str, metadata: Metadata) {
        self.head.metadata.insert(name.into(), metadata);
    }
}
