//! Reading the log again when a store is opened, and repairing what is torn or damaged.
//!
//! What was torn off at the end of a file was never promised to anyone: it is cut, and reported. What lies behind a damaged
//! record cannot be trusted to lie where it should: it is copied to a file beside, cut, and reported. Other files are read.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::{FRAME, HEADER, MAGIC, RECORD_MAX};
use super::record::{self, Replay};
use crate::codec::bytes::Reader;
use crate::folder::{self, Layout};
use crate::repair::Repair;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Replayed {
    /// The segment to write to.
    pub(crate) next: u64,
    pub(crate) repairs: Vec<Repair>,
    /// Bytes that were read.
    pub(crate) bytes: u64,
}

/// How a file of the log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Torn,
    Damaged,
}

/// Reads what is in no block: the segments from `from` on. Those before are removed.
pub(crate) fn replay<R: Replay>(
    layout: &Layout,
    from: u64,
    into: &mut R,
    mut begin_segment: impl FnMut(&mut R),
) -> io::Result<Replayed> {
    let mut found = Replayed { next: from.max(1), ..Replayed::default() };
    let mut segment_before = None;
    for (name, path) in folder::files(&layout.log, ".log")? {
        let segment = name.split('-').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(from);
        if segment < from {
            fs::remove_file(&path)?;
            continue;
        }
        if segment_before != Some(segment) {
            begin_segment(into);
        }
        segment_before = Some(segment);
        found.next = found.next.max(segment + 1);
        let bytes = fs::read(&path)?;
        found.bytes += bytes.len() as u64;
        let (good, end) = read_file(&bytes, into);
        if end != End::Whole {
            found.repairs.push(repair(layout, &name, &path, &bytes, good, end)?);
        }
    }
    if !found.repairs.is_empty() {
        folder::sync(&layout.log)?;
    }
    Ok(found)
}

/// Reads the records of a file; how many bytes of it are good, and what follows them.
fn read_file(bytes: &[u8], into: &mut impl Replay) -> (usize, End) {
    match bytes.split_at_checked(HEADER) {
        None => {
            return (
                0,
                if MAGIC.starts_with(bytes.get(..MAGIC.len()).unwrap_or(bytes)) {
                    End::Torn
                } else {
                    torn_if_zero(bytes)
                },
            );
        }
        Some((header, _)) if !is_header(header) => return (0, torn_if_zero(bytes)),
        Some(_) => {}
    }
    let mut good = HEADER;
    loop {
        let rest = bytes.get(good..).unwrap_or_default();
        if rest.is_empty() {
            return (good, End::Whole);
        }
        let Some(record) = read_frame(rest) else {
            let mut reader = Reader::of(rest);
            let (length, sum) = (reader.u32(), reader.u32());
            let whole_length = length.zip(sum).filter(|(length, sum)| crc32c::crc32c(&length.to_le_bytes()) == *sum);
            return match whole_length {
                // The frame is longer than the file.
                Some((length, _)) if FRAME + length as usize > rest.len() => (good, End::Torn),
                None if rest.len() < FRAME => (good, End::Torn),
                Some(_) => (good, End::Damaged),
                None => (good, torn_if_zero(rest)),
            };
        };
        if record::read(record, into).is_none() {
            return (good, End::Damaged);
        }
        good += FRAME + record.len();
    }
}

fn is_header(header: &[u8]) -> bool {
    header.starts_with(MAGIC)
        && header.split_last_chunk::<4>().is_some_and(|(head, sum)| crc32c::crc32c(head).to_le_bytes() == *sum)
}

/// A record whose sums fit.
fn read_frame(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::of(bytes);
    let (length, length_sum, sum) = (reader.u32()?, reader.u32()?, reader.u32()?);
    let fits = crc32c::crc32c(&length.to_le_bytes()) == length_sum && length as usize <= RECORD_MAX;
    let record = reader.take(if fits { length as usize } else { return None })?;
    (crc32c::crc32c(record) == sum).then_some(record)
}

/// A file system may have made a file longer before it wrote to it.
fn torn_if_zero(bytes: &[u8]) -> End {
    if bytes.iter().all(|byte| *byte == 0) { End::Torn } else { End::Damaged }
}

fn repair(layout: &Layout, name: &str, path: &Path, bytes: &[u8], good: usize, end: End) -> io::Result<Repair> {
    let rest = bytes.get(good..).unwrap_or_default();
    let (file, offset, cut) = (Box::<str>::from(name), good as u64, rest.len() as u64);
    let repair = if end == End::Torn {
        Repair::TornTail { file, offset, cut }
    } else {
        fs::create_dir_all(&layout.damaged)?;
        let beside = layout.damaged.join(format!("{name}-from-{good}"));
        fs::write(&beside, rest)?;
        fs::File::open(&beside)?.sync_all()?;
        folder::sync(&layout.damaged)?;
        Repair::SetAside { file, offset, cut, kept: beside }
    };
    if good < HEADER {
        fs::remove_file(path)?;
    } else {
        let file = folder::private_file(path)?;
        file.set_len(good as u64)?;
        file.sync_all()?;
    }
    Ok(repair)
}
