//! The body: one Snappy block, unpacked only when what it claims to become is allowed.

use crate::DecodeFault;

/// Unpacks a block into memory that is kept for the next one.
pub(crate) fn unpack<'a>(body: &[u8], most: usize, memory: &'a mut Vec<u8>) -> Result<&'a [u8], DecodeFault> {
    let broken = |error: snap::Error| DecodeFault::Snappy(error.to_string().into());
    let claimed = snap::raw::decompress_len(body).map_err(broken)?;
    if claimed > most {
        return Err(DecodeFault::BodyTooLarge { claimed, most });
    }
    // A byte of a block makes 64 at most (a copy of two bytes makes up to 64), so a longer claim is a lie.
    if claimed / 64 > body.len() {
        return Err(DecodeFault::Snappy(format!("{} bytes cannot become {claimed}", body.len()).into()));
    }
    if memory.len() < claimed {
        memory.resize(claimed, 0);
    }
    let place = memory.get_mut(..claimed).unwrap_or_default();
    let length = snap::raw::Decoder::new().decompress(body, place).map_err(broken)?;
    Ok(memory.get(..length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(body: &[u8], most: usize) -> String {
        unpack(body, most, &mut Vec::new()).expect_err("a fault").to_string()
    }

    #[test]
    fn what_is_claimed_is_judged_before_memory_is_taken() {
        let bomb = [0xff, 0xff, 0xff, 0xff, 0x0f];
        assert_eq!(
            fault(&bomb, 1 << 20),
            "the body unpacks to 4294967295 bytes; at most 1048576 are taken in one request"
        );
        assert_eq!(fault(&bomb, usize::MAX), "the body is not a Snappy block: 5 bytes cannot become 4294967295");
        assert!(fault(b"", 100).starts_with("the body is not a Snappy block: "));
        assert!(fault(&[10, 0xf0, 1], 100).starts_with("the body is not a Snappy block: "));
    }

    #[test]
    fn memory_is_kept_and_the_block_is_what_is_returned() {
        let mut memory = vec![7; 100];
        let body = snap::raw::Encoder::new().compress_vec(b"abcabcabc").expect("a block");
        assert_eq!(unpack(&body, 9, &mut memory), Ok(&b"abcabcabc"[..]));
        assert_eq!(memory.len(), 100);
    }
}
