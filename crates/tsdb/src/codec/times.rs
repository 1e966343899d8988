//! The instants of a chunk. Most are a fixed step apart, some with gaps; the rest is packed.

use std::ops::Range;

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

/// Reads `count` instants, which ascend or are refused, and appends those later than `after` and not later than `until`; the
/// places of those.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    count: usize,
    after: i64,
    until: i64,
    out: &mut Vec<i64>,
) -> Option<Range<usize>> {
    if count == 0 {
        return Some(0..0);
    }
    let form = reader.u8()?;
    let first = reader.zigzag()?;
    if form == REGULAR {
        let step = read_step(reader, first, count as u64)?;
        let begin = steps_to(first, step, after, count);
        let end = steps_to(first, step, until, count).max(begin);
        regular(first.wrapping_add(step.wrapping_mul(begin as i64)), step, end - begin, out);
        return Some(begin..end);
    }
    let at = out.len();
    out.reserve(count);
    match form {
        GAPS => read_gaps(reader, first, count, out)?,
        PACKED => read_packed(reader, first, count, out)?,
        _ => return None,
    }
    let times = out.get(at..)?;
    let (begin, end) = (times.partition_point(|at| *at <= after), times.partition_point(|at| *at <= until));
    let end = end.max(begin);
    out.truncate(at + end);
    out.drain(at..at + begin);
    Some(begin..end)
}

/// How many of some regular instants are not later than an instant.
fn steps_to(first: i64, step: i64, until: i64, count: usize) -> usize {
    if until < first {
        return 0;
    }
    let steps = until.saturating_sub(first).checked_div(step).unwrap_or(0);
    usize::try_from(steps).map_or(count, |steps| steps.saturating_add(1).min(count))
}

fn read_packed(reader: &mut Reader<'_>, first: i64, count: usize, out: &mut Vec<i64>) -> Option<()> {
    out.push(first);
    let (mut at, mut ascends) = (first, true);
    groups::read(reader, count - 1, |least, more| {
        out.extend(more.iter().map(|more| {
            let next = at.wrapping_add(least.wrapping_add(*more as i64));
            ascends &= next > at;
            at = next;
            next
        }));
        true
    })?;
    ascends.then_some(())
}

/// A step that reaches no end of time, and none only where there is one instant.
fn read_step(reader: &mut Reader<'_>, first: i64, count: u64) -> Option<i64> {
    let step = i64::try_from(reader.varint()?).ok()?;
    let reach = step.checked_mul(i64::try_from(count).ok()?)?;
    first.checked_add(reach)?;
    (step > 0 || count == 1).then_some(step)
}

fn regular(first: i64, step: i64, count: usize, out: &mut Vec<i64>) {
    let mut next = first;
    out.extend((0..count).map(move |_| {
        let at = next;
        next = next.wrapping_add(step);
        at
    }));
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
        assert!(
            read(&mut reader, times.len(), i64::MIN, i64::MAX, &mut out).is_some() && reader.is_empty(),
            "{times:?}"
        );
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
        fn a_part_is_the_same_part(
            steps in proptest::collection::vec(1i64..4, 1..200), gaps in 0i64..4, after in -20i64..600, span in -10i64..400
        ) {
            let times: Vec<i64> = steps
                .iter()
                .scan(0, |at, step| { *at += if *step <= gaps { *step * 2 } else { 2 }; Some(*at) })
                .collect();
            let (mut bytes, mut out) = (Vec::new(), vec![7]);
            put(&times, &mut bytes);
            let until = after + span;
            let places = read(&mut Reader::of(&bytes), times.len(), after, until, &mut out);
            let expected: Vec<i64> = times.iter().copied().filter(|at| *at > after && *at <= until).collect();
            prop_assert_eq!(&out[1..], &expected[..]);
            prop_assert_eq!(&times[places.expect("places")], &expected[..]);
        }

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
            if read(&mut Reader::of(&bytes), count, i64::MIN, i64::MAX, &mut out).is_some() {
                prop_assert!(out.len() == count && out.is_sorted_by(|a, b| a < b));
            }
        }
    }
}
