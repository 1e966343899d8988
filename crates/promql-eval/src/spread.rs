//! Where a series stands between 0 and 1, by its labels alone: what `limit_ratio` goes by.
//!
//! It is the hash that Prometheus takes, so that the same series are picked there and here.
//! Source: Prometheus `model/labels`, `Labels.Hash` (string labels); Collet, "xxHash fast digest algorithm", XXH64.

use evenkeel_labels::LabelSet;

const PRIMES: [u64; 5] =
    [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63, 0x27d4_eb2f_1656_67c5];

/// A number that follows from labels alone, evenly spread. Units: 0 to 1.
pub(crate) fn spread(labels: &LabelSet) -> f64 {
    let mut bytes = Vec::new();
    for part in labels.iter().flat_map(|(name, value)| [name, value]) {
        push_length(part.len(), &mut bytes);
        bytes.extend_from_slice(part.as_bytes());
    }
    #[expect(clippy::cast_precision_loss, reason = "Prometheus computes the share like this")]
    let share = xxh64(&bytes) as f64 / u64::MAX as f64;
    share
}

/// One byte, or 255 and three bytes, the lowest first.
fn push_length(length: usize, bytes: &mut Vec<u8>) {
    match u8::try_from(length) {
        Ok(short) if short < 255 => bytes.push(short),
        _ => {
            bytes.push(255);
            bytes.extend(length.to_le_bytes().into_iter().take(3));
        }
    }
}

fn xxh64(bytes: &[u8]) -> u64 {
    let [p1, p2, p3, p4, p5] = PRIMES;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (stripes, mut rest) = bytes.as_chunks::<32>();
    let mut hash = if stripes.is_empty() {
        p5
    } else {
        let mut lanes = [p1.wrapping_add(p2), p2, 0, 0_u64.wrapping_sub(p1)];
        for stripe in stripes {
            let (words, _) = stripe.as_chunks::<8>();
            for (lane, word) in lanes.iter_mut().zip(words) {
                *lane = round(*lane, u64::from_le_bytes(*word));
            }
        }
        let turned = lanes.iter().zip([1, 7, 12, 18]).map(|(lane, by)| lane.rotate_left(by));
        let sum = turned.fold(0_u64, u64::wrapping_add);
        lanes.iter().fold(sum, |hash, lane| (hash ^ round(0, *lane)).wrapping_mul(p1).wrapping_add(p4))
    };
    hash = hash.wrapping_add(length);
    while let Some((word, behind)) = rest.split_first_chunk::<8>() {
        hash = (hash ^ round(0, u64::from_le_bytes(*word))).rotate_left(27).wrapping_mul(p1).wrapping_add(p4);
        rest = behind;
    }
    if let Some((word, behind)) = rest.split_first_chunk::<4>() {
        let word = u64::from(u32::from_le_bytes(*word));
        hash = (hash ^ word.wrapping_mul(p1)).rotate_left(23).wrapping_mul(p2).wrapping_add(p3);
        rest = behind;
    }
    for byte in rest {
        hash = (hash ^ u64::from(*byte).wrapping_mul(p5)).rotate_left(11).wrapping_mul(p1);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(p2);
    hash = (hash ^ (hash >> 29)).wrapping_mul(p3);
    hash ^ (hash >> 32)
}

fn round(lane: u64, word: u64) -> u64 {
    let [p1, p2, ..] = PRIMES;
    lane.wrapping_add(word.wrapping_mul(p2)).rotate_left(31).wrapping_mul(p1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Values of the reference implementation, seed 0.
        assert_eq!(xxh64(b""), 0xef46_db37_51d8_e999);
        assert_eq!(xxh64(b"a"), 0xd24e_c4f1_a98c_6e5b);
        assert_eq!(xxh64(b"abc"), 0x44bc_2cf5_ad77_0999);
        assert_eq!(xxh64(b"Nobody inspects the spammish repetition"), 0xfbce_a83c_8a37_8bf1);
    }
}
