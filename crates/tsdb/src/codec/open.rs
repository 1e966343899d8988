//! The chunk that a series of the head appends to: a byte that says how, then as few bytes as the sample needs.
//!
//! ```text
//! at i64, bits u64 | (control u8: how the value lies (5 bits), how the instant lies (3 bits); instant; value)*
//! ```
//!
//! An instant is the change of the step; a value is the difference of whole numbers by a scale that may change on the way, or
//! bits that differ from the one before. Nothing here is on disk, so it has no checksum and no version.

use evenkeel_metric::Column;

use super::bytes::{Reader, put_zigzag, unzigzag, zigzag};
use super::decimal::Scale;

/// How an instant lies: the step is the one before's, or it changed by a number of 1, 2, 4 or 8 bytes.
const STEP_SIZES: [usize; 5] = [0, 1, 2, 4, 8];

/// How a value lies: as the one before; 1 to 7: a difference of as many bytes; then these.
const SAME: u8 = 0;
const RESCALED: u8 = 8;
/// And up: bits that differ from the one before, 0 to 8 bytes less this.
const BITS: u8 = 16;

/// So many values in a row without a scale, and none is looked for any more in this chunk.
const MISSES_MAX: u8 = 4;
/// Room is made in steps, so that little of it is unused.
const GROWTH: usize = 48;

/// A chunk that grows. The last sample stays known when the chunk is taken away.
#[derive(Debug, Clone)]
pub(crate) struct OpenChunk {
    bytes: Vec<u8>,
    last: i64,
    step: i64,
    bits: u64,
    whole: i64,
    count: u16,
    scale: Option<Scale>,
    misses: u8,
}

impl Default for OpenChunk {
    fn default() -> Self {
        Self { bytes: Vec::new(), last: i64::MIN, step: 0, bits: 0, whole: 0, count: 0, scale: None, misses: 0 }
    }
}

impl OpenChunk {
    /// How many samples.
    pub(crate) const fn count(&self) -> u16 {
        self.count
    }

    /// The instant of the last sample, also of one that was taken away; the least there is when there was none.
    pub(crate) const fn last(&self) -> i64 {
        self.last
    }

    /// The bits of the last value.
    pub(crate) const fn last_bits(&self) -> u64 {
        self.bits
    }

    /// The instant of the first sample.
    pub(crate) fn first(&self) -> i64 {
        self.bytes.first_chunk::<8>().map_or(self.last, |bytes| i64::from_le_bytes(*bytes))
    }

    /// What lies in it, for [`read`].
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The memory that it takes besides itself.
    pub(crate) const fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Appends a sample that is later than the last.
    #[inline]
    pub(crate) fn push(&mut self, at: i64, value: f64) {
        if self.bytes.capacity() - self.bytes.len() < 20 {
            self.bytes.reserve_exact(GROWTH);
        }
        let bits = value.to_bits();
        if self.count == 0 {
            self.bytes.extend_from_slice(&at.to_le_bytes());
            self.bytes.extend_from_slice(&bits.to_le_bytes());
            self.step = 0;
            self.misses = 0;
            self.scale = Scale::fitting(value);
            self.whole = self.scale.and_then(|scale| scale.whole(value)).unwrap_or(0);
        } else {
            let control = self.bytes.len();
            self.bytes.push(0);
            let step = at.wrapping_sub(self.last);
            let how = self.push_step(step.wrapping_sub(self.step)) | (self.push_value(value, bits) << 3);
            if let Some(byte) = self.bytes.get_mut(control) {
                *byte = how;
            }
            self.step = step;
        }
        self.last = at;
        self.bits = bits;
        self.count += 1;
    }

    #[inline]
    fn push_step(&mut self, change: i64) -> u8 {
        if change == 0 {
            return 0;
        }
        let (how, size) = match change {
            -0x80..=0x7f => (1, 1),
            -0x8000..=0x7fff => (2, 2),
            -0x8000_0000..=0x7fff_ffff => (3, 4),
            _ => (4, 8),
        };
        self.push_low(change as u64, size);
        how
    }

    #[inline]
    fn push_value(&mut self, value: f64, bits: u64) -> u8 {
        if bits == self.bits {
            return SAME;
        }
        if let Some(whole) = self.scale.and_then(|scale| scale.whole(value)) {
            let difference = zigzag(whole.wrapping_sub(self.whole));
            let size = bytes_of(difference).max(1);
            self.whole = whole;
            self.push_low(difference, size as usize);
            return size;
        }
        self.push_unscaled(value, bits)
    }

    #[cold]
    fn push_unscaled(&mut self, value: f64, bits: u64) -> u8 {
        if self.misses < MISSES_MAX {
            if let Some(scale) = Scale::fitting(value) {
                let whole = scale.whole(value).unwrap_or(0);
                self.bytes.push(scale.byte());
                put_zigzag(&mut self.bytes, whole);
                (self.scale, self.whole) = (Some(scale), whole);
                self.misses += 1;
                return RESCALED;
            }
            self.misses += 1;
        }
        let differs = bits ^ self.bits;
        let size = bytes_of(differs);
        self.push_low(differs, size as usize);
        BITS + size
    }

    #[inline]
    fn push_low(&mut self, value: u64, size: usize) {
        self.bytes.extend_from_slice(value.to_le_bytes().get(..size).unwrap_or_default());
    }

    /// Takes the samples away; the last one stays known.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        self.count = 0;
        std::mem::take(&mut self.bytes)
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "8 at most")]
const fn bytes_of(value: u64) -> u8 {
    (8 - value.leading_zeros() / 8) as u8
}

/// Appends the samples of an open chunk to a column. What was not made by [`OpenChunk::push`] is read as far as it goes.
pub(crate) fn read(bytes: &[u8], into: &mut Column) {
    let _ = read_all(bytes, into);
}

fn read_all(bytes: &[u8], into: &mut Column) -> Option<()> {
    let mut reader = Reader::of(bytes);
    let (mut at, mut bits) = (reader.u64()? as i64, reader.u64()?);
    let (mut step, mut scale) = (0i64, Scale::fitting(f64::from_bits(bits)));
    let mut whole = scale.and_then(|scale| scale.whole(f64::from_bits(bits))).unwrap_or(0);
    into.times.push(at);
    into.values.push(f64::from_bits(bits));
    while !reader.is_empty() {
        let control = reader.u8()?;
        let size = *STEP_SIZES.get(usize::from(control & 7))?;
        if size > 0 {
            let shift = 64 - 8 * size;
            step = step.wrapping_add((low(&mut reader, size)? << shift) as i64 >> shift);
        }
        at = at.wrapping_add(step);
        match control >> 3 {
            SAME => {}
            size @ 1..RESCALED => {
                whole = whole.wrapping_add(unzigzag(low(&mut reader, usize::from(size))?));
                bits = scale?.number(whole).to_bits();
            }
            RESCALED => {
                scale = Some(Scale::from_byte(reader.u8()?)?);
                whole = reader.zigzag()?;
                bits = scale?.number(whole).to_bits();
            }
            size @ BITS.. => bits ^= low(&mut reader, usize::from(size - BITS))?,
            _ => return None,
        }
        into.times.push(at);
        into.values.push(f64::from_bits(bits));
    }
    Some(())
}

#[inline]
fn low(reader: &mut Reader<'_>, size: usize) -> Option<u64> {
    let mask = u64::MAX.checked_shr(64 - 8 * u32::try_from(size).ok()?).unwrap_or(0);
    // Eight bytes at once where there are as many.
    if let Some(bytes) = reader.rest().first_chunk::<8>() {
        reader.take(size)?;
        return Some(u64::from_le_bytes(*bytes) & mask);
    }
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(reader.take(size)?) {
        *to = *from;
    }
    Some(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(samples: &[(i64, f64)]) -> usize {
        let mut chunk = OpenChunk::default();
        samples.iter().for_each(|(at, value)| chunk.push(*at, *value));
        let mut column = Column::default();
        read(chunk.bytes(), &mut column);
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(column.times, samples.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        assert_eq!(bits(&column.values), bits(&samples.iter().map(|(_, value)| *value).collect::<Vec<_>>()));
        assert_eq!(Some(chunk.first()), samples.first().map(|(at, _)| *at));
        chunk.bytes().len()
    }

    #[test]
    fn a_counter_takes_three_bytes_a_sample_and_a_constant_one() {
        let counter: Vec<(i64, f64)> = (0..120).map(|place| (place * 15_000, (place * 500) as f64)).collect();
        assert!(back(&counter) < 16 + 3 + 120 * 3);
        let constant: Vec<(i64, f64)> = (0..120).map(|place| (place * 15_000, 1.0)).collect();
        assert!(back(&constant) < 16 + 3 + 120);
    }

    proptest! {
        #[test]
        fn samples_read_back(
            seeds in proptest::collection::vec((any::<f64>(), any::<i32>(), 0u8..20, 1i64..1 << 40, 0u32..40), 1..150), kind in 0u8..5
        ) {
            let mut at = -5_000;
            let samples: Vec<(i64, f64)> = seeds.iter().map(|(wild, small, odds, step, shift)| {
                at += if kind == 0 { (step >> shift).max(1) } else { 15_000 };
                let value = match (kind, odds) {
                    (0, _) | (_, 0) => *wild,
                    (_, 1) => evenkeel_metric::stale(),
                    (1, _) => f64::from(*small),
                    (2, _) => f64::from(*small) / 100.0,
                    (3, _) => f64::from(*small >> 20) * 0.01,
                    _ => f64::from(*odds),
                };
                (at, value)
            }).collect();
            back(&samples);
        }
    }
}
