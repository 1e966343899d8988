//! Whole numbers in groups of 128: the least of a group, and what each has more, packed by the width that the group needs.

use super::bits::{LANE, pack, packed_bytes, unpack, width_of};
use super::bytes::{Reader, put_zigzag};

/// Numbers that share their least and their width.
const GROUP: usize = 2 * LANE;

/// Appends numbers.
#[expect(clippy::cast_possible_truncation, reason = "a width is 64 at most")]
pub(crate) fn put(numbers: &[i64], out: &mut Vec<u8>) {
    let mut before = 0i64;
    for group in numbers.chunks(GROUP) {
        let (least, width) = shape(group);
        out.push(width as u8);
        put_zigzag(out, least.wrapping_sub(before));
        pack(group.iter().map(|number| number.wrapping_sub(least) as u64), width, out);
        before = least;
    }
}

/// How many bits [`put`] needs for the numbers themselves.
pub(crate) fn cost(numbers: impl Iterator<Item = i64> + Clone, count: usize) -> usize {
    let (mut all, mut rest) = (0, numbers);
    let mut left = count;
    while left > 0 {
        let taken = left.min(GROUP);
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for number in rest.by_ref().take(taken) {
            least = least.min(number);
            most = most.max(number);
        }
        all += taken * width_of(most.wrapping_sub(least) as u64) as usize;
        left -= taken;
    }
    all
}

fn shape(group: &[i64]) -> (i64, u32) {
    let least = group.iter().copied().min().unwrap_or(0);
    let most = group.iter().copied().max().unwrap_or(0);
    (least, width_of(most.wrapping_sub(least) as u64))
}

/// Reads `count` numbers and gives them to `each`, up to 64 at a time: the least, and what each has more. It says whether it
/// wants more.
pub(crate) fn read(reader: &mut Reader<'_>, count: usize, mut each: impl FnMut(i64, &[u64]) -> bool) -> Option<()> {
    let (mut left, mut before) = (count, 0i64);
    let mut packed = [0u64; LANE];
    while left > 0 {
        let in_group = left.min(GROUP);
        let width = u32::from(reader.u8()?);
        if width > 64 {
            return None;
        }
        let least = before.wrapping_add(reader.zigzag()?);
        let bytes = reader.take(packed_bytes(in_group, width))?;
        for (half, at) in [(in_group.min(LANE), 0), (in_group.saturating_sub(LANE), packed_bytes(LANE, width))] {
            if half > 0 {
                unpack(bytes.get(at..)?, width, &mut packed);
                if !each(least, packed.get(..half)?) {
                    return Some(());
                }
            }
        }
        before = least;
        left -= in_group;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_read_back(
            mut numbers in proptest::collection::vec(any::<i64>(), 0..400), shift in 0u32..64, outlier in any::<i64>()
        ) {
            numbers.iter_mut().for_each(|number| *number >>= shift);
            if let Some(last) = numbers.last_mut() {
                *last = outlier;
            }
            let mut bytes = Vec::new();
            put(&numbers, &mut bytes);
            let (mut reader, mut back) = (Reader::of(&bytes), Vec::new());
            let whole = read(&mut reader, numbers.len(), |least, more| {
                back.extend(more.iter().map(|more| least.wrapping_add(*more as i64)));
                true
            });
            prop_assert!(whole.is_some());
            prop_assert_eq!(back, numbers);
            prop_assert!(reader.is_empty());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), count in 0usize..600) {
            let _ = read(&mut Reader::of(&bytes), count, |_, _| true);
        }
    }
}
