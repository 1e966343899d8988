//! A chunk: up to 1024 samples of one series, packed, with a checksum. It is how samples lie in blocks, and in the head once a
//! chunk there is full.
//!
//! ```text
//! kind u8 | count varint | numbers: times, values | histograms: as they come | CRC-32C u32
//! ```

use std::fmt;

use std::sync::Arc;

use evenkeel_metric::{Column, Histogram};

use super::bytes::{Reader, put_varint};
use super::values::Scratch;
use super::{histograms, times, values};

/// A chunk holds no more than this many samples.
pub(crate) const SAMPLES_MAX: usize = 1024;

const NUMBERS: u8 = 0;
const HISTOGRAMS: u8 = 1;

/// What is wrong with the bytes of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkFault {
    /// The checksum is another.
    Checksum,
    /// The checksum holds, the rest does not: it was written wrongly.
    Form,
}

impl fmt::Display for ChunkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Checksum => "the checksum of a chunk does not fit",
            Self::Form => "a chunk cannot be read",
        })
    }
}

/// Appends a chunk of numbers. Times ascend; there are as many values, and [`SAMPLES_MAX`] at most.
pub(crate) fn put_numbers(at: &[i64], numbers: &[f64], scratch: &mut Scratch, out: &mut Vec<u8>) {
    let begin = out.len();
    out.push(NUMBERS);
    put_varint(out, at.len() as u64);
    times::put(at, out);
    values::put(numbers, scratch, out);
    seal(begin, out);
}

/// Appends a chunk of histograms, [`SAMPLES_MAX`] at most.
pub(crate) fn put_histograms(samples: &[(i64, Arc<Histogram>)], out: &mut Vec<u8>) {
    let begin = out.len();
    out.push(HISTOGRAMS);
    put_varint(out, samples.len() as u64);
    let at: Vec<i64> = samples.iter().map(|(at, _)| *at).collect();
    times::put(&at, out);
    let mut before = None;
    for (_, histogram) in samples {
        histograms::put(histogram, before, out);
        before = Some(histogram.as_ref());
    }
    seal(begin, out);
}

fn seal(begin: usize, out: &mut Vec<u8>) {
    let sum = crc32c::crc32c(out.get(begin..).unwrap_or_default());
    out.extend_from_slice(&sum.to_le_bytes());
}

/// Appends what a chunk holds to a column, numbers to numbers and histograms to histograms.
pub(crate) fn read(bytes: &[u8], into: &mut Column) -> Result<(), ChunkFault> {
    read_between(bytes, i64::MIN, i64::MAX, into)
}

/// The same; of the numbers only those later than `after` and not later than `until`.
pub(crate) fn read_between(bytes: &[u8], after: i64, until: i64, into: &mut Column) -> Result<(), ChunkFault> {
    let (body, sum) = bytes.split_last_chunk::<4>().ok_or(ChunkFault::Form)?;
    if crc32c::crc32c(body) != u32::from_le_bytes(*sum) {
        return Err(ChunkFault::Checksum);
    }
    read_body(body, after, until, into).ok_or(ChunkFault::Form)
}

fn read_body(body: &[u8], after: i64, until: i64, into: &mut Column) -> Option<()> {
    let mut reader = Reader::of(body);
    let kind = reader.u8()?;
    let count = usize::try_from(reader.varint()?).ok().filter(|count| *count <= SAMPLES_MAX)?;
    match kind {
        NUMBERS => {
            let places = times::read(&mut reader, count, after, until, &mut into.times)?;
            let whole = places.len() == count;
            values::read(&mut reader, count, places, &mut into.values)?;
            (!whole || reader.is_empty()).then_some(())
        }
        HISTOGRAMS => {
            let mut at = Vec::new();
            times::read(&mut reader, count, i64::MIN, i64::MAX, &mut at)?;
            let mut before: Option<Arc<Histogram>> = None;
            for at in at {
                let histogram = Arc::new(histograms::read(&mut reader, before.as_deref())?);
                into.histograms.push((at, Arc::clone(&histogram)));
                before = Some(histogram);
            }
            reader.is_empty().then_some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_behind_a_right_checksum_are_read_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 1..200), kind in 0u8..2
        ) {
            let mut bytes = bytes;
            bytes[0] = kind;
            seal(0, &mut bytes);
            let mut column = Column::default();
            let _ = read(&bytes, &mut column);
            prop_assert!(column.len() <= 2 * SAMPLES_MAX);
        }

        #[test]
        fn a_flipped_bit_is_seen(place in any::<proptest::sample::Index>(), bit in 0u8..8) {
            let at: Vec<i64> = (0..100).collect();
            let numbers: Vec<f64> = at.iter().map(|at| (at * at) as f64).collect();
            let mut bytes = Vec::new();
            put_numbers(&at, &numbers, &mut Scratch::default(), &mut bytes);
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert_eq!(read(&bytes, &mut Column::default()), Err(ChunkFault::Checksum));
        }
    }
}
