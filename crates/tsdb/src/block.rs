//! Blocks: samples of many series over some hours, in one file that is never changed.
//!
//! ```text
//! magic "EKBLOCK1"
//! chunks     by series in the order of their labels, each with its own checksum
//! labels     each name, and its values, each with the series that have it
//! series     each one's labels, as numbers of those, and its chunks: times, sizes
//! footer     what the block holds, where the sections are, their checksums
//! length of the footer u32, CRC-32C of the footer u32, magic "EKBLOCKE"
//! ```
//!
//! A block is written beside, synced, and renamed; so it is there whole or not at all.

pub(crate) mod build;
pub(crate) mod footer;
pub(crate) mod index;
pub(crate) mod merge;
mod reader;

pub(crate) use reader::Block;

/// What a block begins with.
pub(crate) const MAGIC: &[u8; 8] = b"EKBLOCK1";
/// What it ends with.
pub(crate) const MAGIC_END: &[u8; 8] = b"EKBLOCKE";
/// Samples of a chunk at most.
pub(crate) const CHUNK_SAMPLES: usize = 512;

/// The name of a block's file: its time and its number.
pub(crate) fn name(min: i64, max: i64, number: u64) -> String {
    format!("{min}_{max}_{number:010}.block")
}

/// Time and number as the name says them, for a block that cannot say so itself.
pub(crate) fn parse_name(name: &str) -> Option<(i64, i64, u64)> {
    let mut parts = name.strip_suffix(".block")?.split('_');
    let parsed = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(parsed)
}
