//! The instants of a chunk. Most are a fixed step apart, some with gaps; the rest is packed.

use super::bytes::{Reader, put_varint, put_zigzag};
use super::groups;

const REGULAR: u8 = 0;
const GAPS: u8 = 1;
const PACKED: u8 = 2;

/// Appends instants, which have to ascend.
pub(crate) fn put(times: &[i64], out: &mut Vec<u8>) {
    let (Some(&first), deltas) = (times.first(), deltas(times)) else { return };
    let step = deltas.clone().min().unwrap_or(0);
    let gaps = deltas.clone().filter(|delta| *delta != step).count();
    if gaps == 0 {
        out.push(REGULAR);
        put_zigzag(out, first);
        put_varint(out, step as u64);
    } else if gaps <= times.len() / 16 && deltas.clone().all(|delta| step > 0 && delta % step == 0) {
        out.push(GAPS);
        put_zigzag(out, first);
        put_varint(out, step as u64);
        put_varint(out, gaps as u64);
        let mut before = 0;
        for (place, delta) in deltas.enumerate().filter(|(_, delta)| *delta != step) {
            put_varint(out, (place - before) as u64);
            put_varint(out, (delta / step) as u64);
            before = place;
        }
    } else {
        out.push(PACKED);
        put_zigzag(out, first);
        groups::put(&deltas.collect::<Vec<_>>(), out);
    }
}

fn deltas(times: &[i64]) -> impl Iterator<Item = i64> + Clone {
    times.windows(2).map(|pair| if let [a, b] = pair { b.wrapping_sub(*a) } else { 0 })
}

/// Reads `count` instants, which ascend or are refused.
pub(crate) fn read(reader: &mut Reader<'_>, count: usize, out: &mut Vec<i64>) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let form = reader.u8()?;
    let first = reader.zigzag()?;
    out.reserve(count);
    match form {
        REGULAR => {
            let step = read_step(reader, first, count as u64)?;
            regular(first, step, count, out);
        }
        GAPS => read_gaps(reader, first, count, out)?,
        PACKED => {
            out.push(first);
            let (mut at, mut ascends) = (first, true);
            groups::read(reader, count - 1, |deltas| {
                out.extend(deltas.iter().map(|delta| {
                    let next = at.wrapping_add(*delta);
                    ascends &= next > at;
                    at = next;
                    next
                }));
            })?;
            if !ascends {
                return None;
            }
        }
        _ => return None,
    }
    Some(())
}

/// A step that reaches no end of time, and none only where there is one instant.
fn read_step(reader: &mut Reader<'_>, first: i64, count: u64) -> Option<i64> {
    let step = i64::try_from(reader.varint()?).ok()?;
    let reach = step.checked_mul(i64::try_from(count).ok()?)?;
    first.checked_add(reach)?;
    (step > 0 || count == 1).then_some(step)
}

fn regular(first: i64, step: i64, count: usize, out: &mut Vec<i64>) {
    let mut at = first;
    out.extend(
        std::iter::repeat_with(|| {
            let now = at;
            at = at.wrapping_add(step);
            now
        })
        .take(count),
    );
}

fn read_gaps(reader: &mut Reader<'_>, first: i64, count: usize, out: &mut Vec<i64>) -> Option<()> {
    let step = read_step(reader, first, count as u64)?;
    let gaps = reader.count()?;
    let (mut at, mut done, mut place) = (first, 0, 0usize);
    for _ in 0..gaps {
        place = place.checked_add(usize::try_from(reader.varint()?).ok()?)?;
        let steps = i64::try_from(reader.varint()?).ok()?;
        // The instants up to and with the one before the gap.
        let before = (place + 1).checked_sub(done)?;
        if place + 1 >= count || steps < 1 {
            return None;
        }
        regular(at, step, before, out);
        done += before;
        at = out.last()?.checked_add(step.checked_mul(steps)?)?;
    }
    let left = count - done;
    at.checked_add(step.checked_mul(i64::try_from(left).ok()?)?)?;
    regular(at, step, left, out);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(times: &[i64]) -> (usize, Vec<i64>) {
        let (mut bytes, mut out) = (Vec::new(), Vec::new());
        put(times, &mut bytes);
        let mut reader = Reader::of(&bytes);
        assert!(read(&mut reader, times.len(), &mut out).is_some() && reader.is_empty(), "{times:?}");
        (bytes.len(), out)
    }

    #[test]
    fn regular_instants_take_no_room_and_gaps_little() {
        let mut times: Vec<i64> = (0..480).map(|place| 1_700_000_000_000 + place * 15_000).collect();
        assert!(back(&times).0 < 10);
        times.drain(100..140);
        times.drain(300..310);
        let (size, read) = back(&times);
        assert_eq!(read, times);
        assert!(size < 20, "{size}");
    }

    proptest! {
        #[test]
        fn instants_read_back(first in -1_000_000i64..1_000_000, steps in proptest::collection::vec(1i64..40, 0..300), by in 1i64..1000) {
            let mut times = vec![first];
            times.extend(steps.iter().scan(first, |at, step| { *at += if *step < 30 { by } else { by * *step + i64::from(*step == 39) }; Some(*at) }));
            prop_assert_eq!(back(&times).1, times);
        }

        #[test]
        fn any_bytes_give_ascending_instants_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..60), count in 0usize..500, form in 0u8..3) {
            let mut bytes = bytes;
            if let Some(byte) = bytes.first_mut() { *byte = form; }
            let mut out = Vec::new();
            if read(&mut Reader::of(&bytes), count, &mut out).is_some() {
                prop_assert!(out.len() == count && out.is_sorted_by(|a, b| a < b));
            }
        }
    }
}
