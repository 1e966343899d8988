//! An opened block: what it says of itself, and its index once it was needed. Chunks are read from the file each time; the
//! operating system keeps in memory what is read often.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_metric::ReadFault;

use super::footer::{Footer, Section};
use super::index::Index;
use super::{MAGIC, MAGIC_END};

/// Length, checksum and magic behind the footer.
const TAIL: u64 = 16;

/// A block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) name: Box<str>,
    pub(crate) path: PathBuf,
    pub(crate) footer: Footer,
    pub(crate) size_bytes: u64,
    file: File,
    index: Mutex<Option<Arc<Index>>>,
    used: AtomicBool,
    /// Why nothing of it can be read.
    pub(crate) damage: Option<ReadFault>,
}

impl Block {
    /// Opens a block. One whose footer is damaged is opened too: its name says of when it is, and whoever asks is told.
    pub(crate) fn open(path: &Path, name: &str) -> io::Result<Self> {
        let file = File::open(path)?;
        let size_bytes = file.metadata()?.len();
        let (min, max, number) = super::parse_name(name).unwrap_or((i64::MIN, i64::MAX, 0));
        let (footer, damage) = match read_footer(&file, size_bytes) {
            Ok(footer) if (footer.min, footer.max, footer.number) == (min, max, number) => (footer, None),
            Ok(_) => (Footer::default(), Some((0, "its name is not that of what it holds"))),
            Err(damage) => (Footer::default(), Some(damage)),
        };
        let footer = if damage.is_some() { Footer { number, min, max, ..Footer::default() } } else { footer };
        let damage = damage.map(|(offset, what)| fault(name, offset, what));
        let index = Mutex::new(None);
        let (name, path) = (name.into(), path.to_owned());
        Ok(Self { name, path, footer, size_bytes, file, index, used: AtomicBool::new(false), damage })
    }

    /// Whether it has samples later than one instant and not later than another.
    pub(crate) const fn overlaps(&self, after: i64, until: i64) -> bool {
        self.footer.max > after && self.footer.min <= until
    }

    /// What finds its series.
    pub(crate) fn index(&self) -> Result<Arc<Index>, ReadFault> {
        if let Some(damage) = &self.damage {
            return Err(damage.clone());
        }
        self.used.store(true, Ordering::Relaxed);
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = index.as_ref() {
            return Ok(Arc::clone(index));
        }
        let labels = self.section(self.footer.labels)?;
        let directory = self.section(self.footer.directory)?;
        let chunks = MAGIC.len() as u64..self.footer.labels.offset;
        let read = Index::read(labels, directory, chunks, self.footer.min).map(Arc::new);
        let read = read.ok_or_else(|| self.malformed())?;
        *index = Some(Arc::clone(&read));
        Ok(read)
    }

    /// Forgets the index if nobody used it since the last time this was asked.
    pub(crate) fn forget_unused(&self) {
        if !self.used.swap(false, Ordering::Relaxed) {
            *self.index.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// What its index takes in memory. Units: bytes.
    pub(crate) fn memory(&self) -> usize {
        self.index.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map_or(0, |index| index.memory())
    }

    fn section(&self, section: Section) -> Result<Vec<u8>, ReadFault> {
        let bytes = self.read(section.offset, section.length)?;
        if crc32c::crc32c(&bytes) == section.sum {
            Ok(bytes)
        } else {
            Err(self.fault(section.offset, "the checksum of a section does not fit"))
        }
    }

    /// Bytes of the file.
    pub(crate) fn read(&self, offset: u64, length: u64) -> Result<Vec<u8>, ReadFault> {
        let within = offset.checked_add(length).is_some_and(|end| end <= self.size_bytes);
        let Some(length) = usize::try_from(length).ok().filter(|_| within) else {
            return Err(self.fault(offset, "a part of it lies behind its end"));
        };
        let mut bytes = vec![0; length];
        match self.file.read_exact_at(&mut bytes, offset) {
            Ok(()) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(self.fault(offset, "it ends too early")),
            Err(error) => Err(ReadFault::Unavailable(format!("{}: {error}", self.name).into())),
        }
    }

    /// That its index contradicts itself.
    pub(crate) fn malformed(&self) -> ReadFault {
        self.fault(self.footer.labels.offset, "its index cannot be read")
    }

    pub(crate) fn fault(&self, offset: u64, what: &str) -> ReadFault {
        fault(&self.name, offset, what)
    }
}

fn fault(name: &str, offset: u64, what: &str) -> ReadFault {
    ReadFault::Damaged { file: name.into(), offset, what: what.into() }
}

fn read_footer(file: &File, size: u64) -> Result<Footer, (u64, &'static str)> {
    let unreadable = |_| (0, "it cannot be read");
    let mut magic = [0; 8];
    file.read_exact_at(&mut magic, 0).map_err(|_| (0, "it is too short"))?;
    if &magic != MAGIC {
        return Err((0, "it does not begin as a block does"));
    }
    let tail_at = size.checked_sub(TAIL).ok_or((0, "it is too short"))?;
    let mut tail = [0; 16];
    file.read_exact_at(&mut tail, tail_at).map_err(unreadable)?;
    let [length, sum, end @ ..] = tail.as_chunks::<4>().0 else { return Err((tail_at, "it is too short")) };
    if end.as_flattened() != MAGIC_END {
        return Err((tail_at, "it does not end as a block does"));
    }
    let length = u64::from(u32::from_le_bytes(*length));
    let at = tail_at.checked_sub(length).ok_or((tail_at, "its footer is longer than the file"))?;
    let mut footer = vec![0; usize::try_from(length).unwrap_or(0)];
    file.read_exact_at(&mut footer, at).map_err(unreadable)?;
    if crc32c::crc32c(&footer) != u32::from_le_bytes(*sum) {
        return Err((at, "the checksum of its footer does not fit"));
    }
    Footer::read(&footer).ok_or((at, "its footer cannot be read"))
}
