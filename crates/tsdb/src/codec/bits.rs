//! Whole numbers packed by their width in bits, 64 at a time.
//!
//! 64 numbers of `w` bits are `w` words. Each width has its own code, so that all shifts are constants. The last numbers, when
//! they are fewer than 64, take as many bytes as they need.

/// How many numbers are unpacked at once.
pub(crate) const LANE: usize = 64;

/// Bits that hold a number.
#[inline]
pub(crate) const fn width_of(value: u64) -> u32 {
    64 - value.leading_zeros()
}

/// Bytes that hold `count` numbers.
#[inline]
pub(crate) const fn packed_bytes(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(8)
}

/// Appends numbers of at most `width` bits each.
#[expect(clippy::cast_possible_truncation, reason = "the bytes that are left of a word")]
pub(crate) fn pack(values: impl IntoIterator<Item = u64>, width: u32, out: &mut Vec<u8>) {
    if width == 0 {
        return;
    }
    let (mut word, mut filled) = (0u64, 0u32);
    for value in values {
        word |= value << filled;
        filled += width;
        if filled >= 64 {
            out.extend_from_slice(&word.to_le_bytes());
            filled -= 64;
            word = if filled == 0 { 0 } else { value >> (width - filled) };
        }
    }
    while filled > 0 {
        out.push(word as u8);
        word >>= 8;
        filled = filled.saturating_sub(8);
    }
}

/// Reads up to 64 numbers; those behind the last that the bytes hold are nothing that means anything.
#[inline]
pub(crate) fn unpack(bytes: &[u8], width: u32, out: &mut [u64; LANE]) {
    match bytes.get(..8 * width as usize) {
        Some(words) => dispatch(words, width, out),
        None => unpack_last(bytes, width, out),
    }
}

/// Fewer bytes than 64 numbers take.
fn unpack_last(bytes: &[u8], width: u32, out: &mut [u64; LANE]) {
    let mut padded = [0u8; 8 * LANE];
    for (to, from) in padded.iter_mut().zip(bytes) {
        *to = *from;
    }
    dispatch(padded.get(..8 * width as usize).unwrap_or_default(), width, out);
}

fn dispatch(words: &[u8], width: u32, out: &mut [u64; LANE]) {
    match width {
        0 => *out = [0; LANE],
        1 => kernel::<1>(words, out),
        2 => kernel::<2>(words, out),
        3 => kernel::<3>(words, out),
        4 => kernel::<4>(words, out),
        5 => kernel::<5>(words, out),
        6 => kernel::<6>(words, out),
        7 => kernel::<7>(words, out),
        8 => kernel::<8>(words, out),
        9 => kernel::<9>(words, out),
        10 => kernel::<10>(words, out),
        11 => kernel::<11>(words, out),
        12 => kernel::<12>(words, out),
        13 => kernel::<13>(words, out),
        14 => kernel::<14>(words, out),
        15 => kernel::<15>(words, out),
        16 => kernel::<16>(words, out),
        17 => kernel::<17>(words, out),
        18 => kernel::<18>(words, out),
        19 => kernel::<19>(words, out),
        20 => kernel::<20>(words, out),
        21 => kernel::<21>(words, out),
        22 => kernel::<22>(words, out),
        23 => kernel::<23>(words, out),
        24 => kernel::<24>(words, out),
        25 => kernel::<25>(words, out),
        26 => kernel::<26>(words, out),
        27 => kernel::<27>(words, out),
        28 => kernel::<28>(words, out),
        29 => kernel::<29>(words, out),
        30 => kernel::<30>(words, out),
        31 => kernel::<31>(words, out),
        32 => kernel::<32>(words, out),
        33 => kernel::<33>(words, out),
        34 => kernel::<34>(words, out),
        35 => kernel::<35>(words, out),
        36 => kernel::<36>(words, out),
        37 => kernel::<37>(words, out),
        38 => kernel::<38>(words, out),
        39 => kernel::<39>(words, out),
        40 => kernel::<40>(words, out),
        41 => kernel::<41>(words, out),
        42 => kernel::<42>(words, out),
        43 => kernel::<43>(words, out),
        44 => kernel::<44>(words, out),
        45 => kernel::<45>(words, out),
        46 => kernel::<46>(words, out),
        47 => kernel::<47>(words, out),
        48 => kernel::<48>(words, out),
        49 => kernel::<49>(words, out),
        50 => kernel::<50>(words, out),
        51 => kernel::<51>(words, out),
        52 => kernel::<52>(words, out),
        53 => kernel::<53>(words, out),
        54 => kernel::<54>(words, out),
        55 => kernel::<55>(words, out),
        56 => kernel::<56>(words, out),
        57 => kernel::<57>(words, out),
        58 => kernel::<58>(words, out),
        59 => kernel::<59>(words, out),
        60 => kernel::<60>(words, out),
        61 => kernel::<61>(words, out),
        62 => kernel::<62>(words, out),
        63 => kernel::<63>(words, out),
        _ => {
            for (to, from) in out.iter_mut().zip(words.as_chunks::<8>().0) {
                *to = u64::from_le_bytes(*from);
            }
        }
    }
}

#[inline]
#[expect(clippy::indexing_slicing, reason = "places follow from the width, which is a constant")]
fn kernel<const W: usize>(bytes: &[u8], out: &mut [u64; LANE]) {
    let Some(words) = bytes.as_chunks::<8>().0.first_chunk::<W>() else { return };
    let word_at = |place: usize| u64::from_le_bytes(words[place]);
    macro_rules! one {
        ($($place:literal)*) => { $(
            let (word, shift) = ($place * W / 64, $place * W % 64);
            let low = word_at(word) >> shift;
            let high = if shift + W > 64 { word_at(word + 1) << (64 - shift) } else { 0 };
            out[$place] = (low | high) & ((1 << W) - 1);
        )* };
    }
    one!(
        0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
        16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
        32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47
        48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_of_every_width_read_back(
            width in 0u32..=64, values in proptest::collection::vec(any::<u64>(), 0..=64)
        ) {
            let mask = u64::MAX.checked_shr(64 - width).unwrap_or(0);
            let values: Vec<u64> = values.iter().map(|value| value & mask).collect();
            let mut bytes = Vec::new();
            pack(values.iter().copied(), width, &mut bytes);
            prop_assert_eq!(bytes.len(), packed_bytes(values.len(), width));
            let mut out = [0; LANE];
            unpack(&bytes, width, &mut out);
            prop_assert_eq!(&out[..values.len()], &values[..]);
        }
    }
}
