//! The numbers of a chunk: decimals as whole numbers, the rest as their bits; then differences or not, whichever is smaller, in
//! groups of 128 that are packed by width. What does not fit the chunk's scale is written out beside them.
//!
//! ```text
//! form u8 | [constant: bits u64]
//!         | [scale u8 (decimals)] shift u8, first zigzag, [exceptions: count, (places since, bits u64)*], groups
//! ```

use std::ops::Range;

use super::bits::LANE;
use super::bytes::{Reader, put_varint, put_zigzag};
use super::decimal::{Scale, WithNumber};
use super::groups;

/// All are the same.
const CONSTANT: u8 = 0;
/// Whole numbers by a scale; otherwise bits.
const DECIMAL: u8 = 1;
const BITS: u8 = 2;
/// Added to a form: each number is the difference to the one before.
const DIFFERENCES: u8 = 4;
/// Added to a form: there are exceptions.
const EXCEPTIONS: u8 = 8;

/// Memory that is used again from chunk to chunk.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    whole: Vec<i64>,
    exceptions: Vec<(usize, f64)>,
}

/// Appends numbers.
#[expect(clippy::cast_possible_truncation, reason = "a shift is 63 at most")]
pub(crate) fn put(values: &[f64], scratch: &mut Scratch, out: &mut Vec<u8>) {
    let Some(first) = values.first() else { return };
    if values.iter().all(|value| value.to_bits() == first.to_bits()) {
        out.push(CONSTANT);
        out.extend_from_slice(&first.to_bits().to_le_bytes());
        return;
    }
    let scale = to_whole(values, scratch);
    let whole = &mut scratch.whole;
    let base = whole.first().copied().unwrap_or(0);
    let used = whole.iter().fold(0u64, |used, number| used | number.wrapping_sub(base) as u64);
    let shift = if used == 0 { 0 } else { used.trailing_zeros() };
    for number in whole.iter_mut() {
        *number = number.wrapping_sub(base) >> shift;
    }
    let differences = whole.iter().scan(0i64, |before, number| {
        let difference = number.wrapping_sub(*before);
        *before = *number;
        Some(difference)
    });
    let plain = groups::cost(whole.iter().copied(), whole.len());
    let by_differences = groups::cost(differences, whole.len()) < plain;
    let form = if scale.is_some() { DECIMAL } else { BITS };
    let more = if scratch.exceptions.is_empty() { 0 } else { EXCEPTIONS };
    out.push(form | more | if by_differences { DIFFERENCES } else { 0 });
    out.extend(scale.map(Scale::byte));
    out.push(shift as u8);
    put_zigzag(out, base);
    put_exceptions(&scratch.exceptions, out);
    if by_differences {
        let mut before = 0i64;
        for number in whole.iter_mut() {
            let difference = number.wrapping_sub(before);
            before = *number;
            *number = difference;
        }
    }
    groups::put(whole, out);
}

/// Fills the scratch with whole numbers and what is no such number; the scale, or `None` for bits.
fn to_whole(values: &[f64], scratch: &mut Scratch) -> Option<Scale> {
    scratch.whole.clear();
    scratch.exceptions.clear();
    let scale = Scale::fitting_most(values);
    if let Some(scale) = scale {
        let mut before = None;
        for (place, value) in values.iter().enumerate() {
            let whole = scale.whole(*value);
            if whole.is_none() {
                scratch.exceptions.push((place, *value));
            }
            before = whole.or(before);
            scratch.whole.push(before.unwrap_or(0));
        }
        if scratch.exceptions.len() * 8 <= values.len() {
            // An exception takes the number before it; those in front of all take the first.
            let first = values.iter().find_map(|value| scale.whole(*value)).unwrap_or(0);
            let leading = scratch.exceptions.iter().enumerate().take_while(|(nth, (place, _))| nth == place).count();
            scratch.whole.iter_mut().take(leading).for_each(|whole| *whole = first);
            return Some(scale);
        }
        scratch.whole.clear();
        scratch.exceptions.clear();
    }
    scratch.whole.extend(values.iter().map(|value| value.to_bits() as i64));
    None
}

fn put_exceptions(exceptions: &[(usize, f64)], out: &mut Vec<u8>) {
    if exceptions.is_empty() {
        return;
    }
    put_varint(out, exceptions.len() as u64);
    let mut before = 0;
    for (place, value) in exceptions {
        put_varint(out, (place - before) as u64);
        out.extend_from_slice(&value.to_bits().to_le_bytes());
        before = *place;
    }
}

/// Reads `count` numbers and appends those at some places.
pub(crate) fn read(reader: &mut Reader<'_>, count: usize, places: Range<usize>, out: &mut Vec<f64>) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let form = reader.u8()?;
    if form == CONSTANT {
        out.extend(std::iter::repeat_n(reader.f64()?, places.len()));
        return Some(());
    }
    let scale = match form & 3 {
        DECIMAL => Some(Scale::from_byte(reader.u8()?)?),
        BITS => None,
        _ => return None,
    };
    let shift = u32::from(reader.u8()?);
    let base = reader.zigzag()?;
    if form >= 16 || shift > 63 {
        return None;
    }
    let exceptions = if form & EXCEPTIONS == 0 { Reader::of(&[]) } else { skip_exceptions(reader)? };
    let at = out.len();
    out.reserve(places.len() + LANE);
    let lanes = Lanes { differences: form & DIFFERENCES != 0, shift, base, places: places.clone() };
    let skipped = match scale {
        Some(scale) => scale.with_number(Unpacked { reader, count, lanes, out })?,
        None => lanes.read(reader, count, out, |bits| f64::from_bits(bits as u64))?,
    };
    // What was read lane by lane begins and ends where lanes do.
    let begin = places.start.saturating_sub(skipped);
    out.truncate(at + begin + places.len());
    out.drain(at..(at + begin).min(out.len()));
    patch(exceptions, places.start, out.get_mut(at..)?)
}

/// How packed numbers become numbers.
struct Lanes {
    differences: bool,
    shift: u32,
    base: i64,
    places: Range<usize>,
}

impl Lanes {
    /// Appends the lanes that hold the places; the place of the first number that was appended.
    #[inline]
    fn read(
        &self,
        reader: &mut Reader<'_>,
        count: usize,
        out: &mut Vec<f64>,
        number: impl Fn(i64) -> f64 + Copy,
    ) -> Option<usize> {
        let (mut before, mut place, mut skipped) = (0i64, 0usize, 0usize);
        let (shift, base) = (self.shift, self.base);
        let mut wholes = [0i64; LANE];
        groups::read(reader, count, |least, more| {
            place += more.len();
            if place <= self.places.start {
                skipped = place;
                if self.differences {
                    let sum = more.iter().fold(0u64, |sum, more| sum.wrapping_add(*more)) as i64;
                    before = before.wrapping_add(sum).wrapping_add(least.wrapping_mul(more.len() as i64));
                }
            } else if self.differences {
                // Two loops: only the sums depend on each other, the rest goes several at a time.
                let mut sum = before;
                for (whole, more) in wholes.iter_mut().zip(more) {
                    sum = sum.wrapping_add(least.wrapping_add(*more as i64));
                    *whole = sum;
                }
                before = sum;
                let wholes = wholes.get(..more.len()).unwrap_or_default();
                out.extend(wholes.iter().map(move |whole| number((*whole << shift).wrapping_add(base))));
            } else {
                let whole = move |more: &u64| least.wrapping_add(*more as i64);
                out.extend(more.iter().map(move |more| number((whole(more) << shift).wrapping_add(base))));
            }
            place < self.places.end
        })?;
        Some(skipped)
    }
}

/// Numbers that wait for their scale.
struct Unpacked<'a, 'b> {
    reader: &'a mut Reader<'b>,
    count: usize,
    lanes: Lanes,
    out: &'a mut Vec<f64>,
}

impl WithNumber for Unpacked<'_, '_> {
    type Output = Option<usize>;

    fn with(self, number: impl Fn(i64) -> f64 + Copy) -> Self::Output {
        self.lanes.read(self.reader, self.count, self.out, number)
    }
}

/// What the exceptions are, from their count on.
fn skip_exceptions<'a>(reader: &mut Reader<'a>) -> Option<Reader<'a>> {
    let all = reader.rest();
    for _ in 0..reader.count()? {
        reader.varint()?;
        reader.u64()?;
    }
    Some(Reader::of(all.get(..all.len() - reader.rest().len())?))
}

fn patch(exceptions: Reader<'_>, from: usize, values: &mut [f64]) -> Option<()> {
    let mut rest = exceptions;
    if rest.is_empty() {
        return Some(());
    }
    let mut place = 0usize;
    for _ in 0..rest.count()? {
        place = place.checked_add(usize::try_from(rest.varint()?).ok()?)?;
        let value = rest.f64()?;
        if let Some(patched) = place.checked_sub(from).and_then(|place| values.get_mut(place)) {
            *patched = value;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(values: &[f64]) -> usize {
        let (mut bytes, mut out) = (Vec::new(), vec![7.0]);
        put(values, &mut Scratch::default(), &mut bytes);
        let mut reader = Reader::of(&bytes);
        assert!(
            read(&mut reader, values.len(), 0..values.len(), &mut out).is_some() && reader.is_empty(),
            "{values:?}"
        );
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&out[1..]), bits(values));
        for (begin, end) in [(0, 1), (1, 70), (64, 64), (63, 65), (100, 130), (130, 200)] {
            let (begin, end) = (begin.min(values.len()), end.min(values.len()));
            let mut part = vec![7.0];
            assert!(read(&mut Reader::of(&bytes), values.len(), begin..end, &mut part).is_some());
            assert_eq!(bits(&part[1..]), bits(&values[begin..end]), "{begin}..{end}");
        }
        bytes.len()
    }

    #[test]
    fn what_machines_say_takes_little_room() {
        let counter: Vec<f64> = (0..480).map(|place| f64::from(place * 300 + place * place % 200)).collect();
        let seconds: Vec<f64> = counter.iter().map(|value| value / 100.0).collect();
        let memory: Vec<f64> = counter.iter().map(|value| (value * 7919.0 % 65_536.0) * 4096.0).collect();
        let mut ended = seconds.clone();
        ended[100] = evenkeel_metric::stale();
        ended[0] = evenkeel_metric::stale();
        for (name, values, most) in [
            ("constant", vec![1.0; 480], 10),
            ("counter", counter, 600),
            ("seconds", seconds, 600),
            ("pages of memory", memory, 1000),
            ("ended", ended, 620),
        ] {
            let size = back(&values);
            assert!(size <= most, "{name}: {size}");
        }
    }

    proptest! {
        #[test]
        fn every_bit_comes_back(
            seeds in proptest::collection::vec((any::<f64>(), any::<i32>(), 0u8..20), 0..300), kind in 0u8..6, places in 0i32..5
        ) {
            let mut sum = 0.0;
            let values: Vec<f64> = seeds.iter().map(|(wild, small, odds)| {
                sum += f64::from(small.rem_euclid(1000));
                match (kind, odds) {
                    (0, _) | (1, 0) => *wild,
                    (1 | 2, _) => sum,
                    (3, _) => (sum * 10f64.powi(places)).round() / 10f64.powi(places),
                    (4, 0) => evenkeel_metric::stale(),
                    (4, _) => f64::from(*small) * 0.01,
                    _ => f64::from(*small) * 4096.0,
                }
            }).collect();
            back(&values);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), count in 0usize..600, form in 0u8..16) {
            let mut bytes = bytes;
            if let Some(byte) = bytes.first_mut() { *byte = form; }
            let _ = read(&mut Reader::of(&bytes), count, count / 3..count, &mut Vec::new());
        }
    }
}
