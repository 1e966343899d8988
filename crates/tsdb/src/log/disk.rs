//! The files of the log: segments in parts, each record in a frame.
//!
//! ```text
//! file   magic "EKLOG001", segment u64, part u64, CRC-32C of these u32, frames
//! frame  length u32, CRC-32C of the length u32, CRC-32C of the record u32, record
//! ```
//!
//! The length has a sum of its own, so that a record that was torn off is told from one whose length is damaged.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::{AppendFault, Part};
use crate::Durability;
use crate::folder;

pub(crate) const MAGIC: &[u8; 8] = b"EKLOG001";
pub(crate) const HEADER: usize = 28;
pub(crate) const FRAME: usize = 12;
/// No record is longer. Units: bytes.
pub(crate) const RECORD_MAX: usize = 1 << 30;

/// Appends a record in its frame.
pub(crate) fn frame(record: &[u8], out: &mut Vec<u8>) {
    let length = u32::try_from(record.len()).unwrap_or(u32::MAX).to_le_bytes();
    out.extend_from_slice(&length);
    out.extend_from_slice(&crc32c::crc32c(&length).to_le_bytes());
    out.extend_from_slice(&crc32c::crc32c(record).to_le_bytes());
    out.extend_from_slice(record);
}

/// The name of a file of the log; names sort as they were written.
pub(crate) fn name(segment: u64, part: u64) -> String {
    format!("{segment:012}-{part:03}.log")
}

/// Writes parts to files.
#[derive(Debug)]
pub(crate) struct Disk {
    folder: PathBuf,
    durability: Durability,
    file: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    segment: u64,
    part: u64,
    /// What was written and, where that is asked for, synced.
    length: u64,
    /// Something failed that cannot be undone: nothing more is written to it.
    given_up: bool,
}

impl Disk {
    pub(crate) fn new(folder: &Path, durability: Durability) -> Self {
        Self { folder: folder.to_owned(), durability, file: None }
    }

    /// Writes those parts that were not written before, and syncs them.
    pub(crate) fn write(&mut self, parts: &[Part], written: &mut usize) -> Result<(), AppendFault> {
        for part in parts.iter().skip(*written) {
            self.write_part(part).map_err(|error| fault(&error))?;
            *written += 1;
        }
        Ok(())
    }

    fn write_part(&mut self, part: &Part) -> io::Result<()> {
        let durability = self.durability;
        let open = self.open(part.segment)?;
        if let Err(error) = open.file.write_all_at(&part.bytes, open.length) {
            // What was written of it goes again, so that the file ends with a whole record.
            open.given_up = open.file.set_len(open.length).is_err();
            return Err(error);
        }
        if durability == Durability::GroupCommit
            && let Err(error) = open.file.sync_data()
        {
            open.given_up = true;
            return Err(error);
        }
        open.length += part.bytes.len() as u64;
        Ok(())
    }

    /// The file that a segment is written to.
    fn open(&mut self, segment: u64) -> io::Result<&mut Open> {
        let usable = self.file.take_if(|open| open.segment == segment && !open.given_up);
        let open = match usable {
            Some(open) => open,
            None => {
                let part = self.file.as_ref().filter(|open| open.segment == segment).map_or(0, |open| open.part + 1);
                let made = Open::create(&self.folder, segment, part)?;
                self.finish();
                made
            }
        };
        Ok(self.file.insert(open))
    }

    /// Syncs what was not.
    pub(crate) fn finish(&mut self) {
        if let Some(open) = self.file.take() {
            open.finish();
        }
    }
}

impl Open {
    fn create(folder: &Path, segment: u64, part: u64) -> io::Result<Self> {
        let path = folder.join(name(segment, part));
        let made = Self::write_header(folder, &path, segment, part);
        if made.is_err() {
            // On a full disk an empty file can be made and not filled; it would be found at the next start.
            let _ = std::fs::remove_file(&path);
        }
        let (file, length) = made?;
        Ok(Self { file, segment, part, length, given_up: false })
    }

    fn write_header(folder: &Path, path: &Path, segment: u64, part: u64) -> io::Result<(File, u64)> {
        let file = folder::private_file(path)?;
        let mut header = MAGIC.to_vec();
        header.extend_from_slice(&segment.to_le_bytes());
        header.extend_from_slice(&part.to_le_bytes());
        header.extend_from_slice(&crc32c::crc32c(&header).to_le_bytes());
        file.set_len(0)?;
        file.write_all_at(&header, 0)?;
        folder::sync(folder)?;
        Ok((file, header.len() as u64))
    }

    /// A segment that is relaxed is synced when it ends; nobody was promised anything of it.
    fn finish(self) {
        let _ = self.file.sync_data();
    }
}

fn fault(error: &io::Error) -> AppendFault {
    let text = error.to_string().into();
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
    if full.contains(&error.kind()) { AppendFault::Full(text) } else { AppendFault::Failed(text) }
}
