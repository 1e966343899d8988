//! The numbers of a chunk: decimals as whole numbers, the rest as their bits; then differences or not, whichever is smaller, in
//! groups of 128 that are packed by width. What does not fit the chunk's scale is written out beside them.
//!
//! ```text
//! form u8 | [constant: bits u64]
//!         | [scale u8 (decimals)] shift u8, first zigzag, [exceptions: count, (places since, bits u64)*], groups
//! ```

use super::bytes::{Reader, put_varint, put_zigzag};
use super::decimal::Scale;
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

/// Reads `count` numbers.
pub(crate) fn read(reader: &mut Reader<'_>, count: usize, out: &mut Vec<f64>) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let form = reader.u8()?;
    if form == CONSTANT {
        out.extend(std::iter::repeat_n(reader.f64()?, count));
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
    let at = out.len();
    let exceptions = if form & EXCEPTIONS == 0 { Reader::of(&[]) } else { skip_exceptions(reader)? };
    out.reserve(count);
    let mut before = 0i64;
    groups::read(reader, count, |numbers| {
        if form & DIFFERENCES != 0 {
            for number in numbers.iter_mut() {
                before = before.wrapping_add(*number);
                *number = before;
            }
        }
        for number in numbers.iter_mut() {
            *number = (*number << shift).wrapping_add(base);
        }
        match scale {
            Some(scale) => scale.numbers(numbers, out),
            None => out.extend(numbers.iter().map(|bits| f64::from_bits(*bits as u64))),
        }
    })?;
    patch(exceptions, out.get_mut(at..)?)
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

fn patch(exceptions: Reader<'_>, values: &mut [f64]) -> Option<()> {
    let mut rest = exceptions;
    if rest.is_empty() {
        return Some(());
    }
    let mut place = 0usize;
    for _ in 0..rest.count()? {
        place = place.checked_add(usize::try_from(rest.varint()?).ok()?)?;
        *values.get_mut(place)? = rest.f64()?;
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
        assert!(read(&mut reader, values.len(), &mut out).is_some() && reader.is_empty(), "{values:?}");
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&out[1..]), bits(values));
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
            let _ = read(&mut Reader::of(&bytes), count, &mut Vec::new());
        }
    }
}
