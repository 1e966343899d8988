//! Fields of a message, written.

/// A field that is a number of one to ten bytes.
pub const VARINT: u32 = 0;
/// A field that is a number of eight bytes.
pub const FIXED64: u32 = 1;
/// A field that is a text, bytes, a message, or packed numbers.
pub const BYTES: u32 = 2;

/// A number, as packed ones are written.
pub fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(low7(number) | 128);
        number >>= 7;
    }
    out.push(low7(number));
}

const fn low7(number: u64) -> u8 {
    (number & 127) as u8
}

/// The key of a field.
pub fn put_key(out: &mut Vec<u8>, number: u32, kind: u32) {
    put_varint(out, u64::from(number << 3 | kind));
}

/// A field of text or of packed numbers.
pub fn put_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_key(out, number, BYTES);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A field of a signed number; zero is left out.
pub fn put_int64(out: &mut Vec<u8>, number: u32, value: i64) {
    if value != 0 {
        put_key(out, number, VARINT);
        put_varint(out, value.cast_unsigned());
    }
}

/// A field of a number; zero is left out, but not the negative one.
pub fn put_double(out: &mut Vec<u8>, number: u32, value: f64) {
    if value.to_bits() != 0 {
        put_key(out, number, FIXED64);
        out.extend_from_slice(&value.to_bits().to_le_bytes());
    }
}

/// A field that is a message, written by `fill`. `spare` is memory for it.
pub fn put_message(out: &mut Vec<u8>, number: u32, spare: &mut Vec<u8>, fill: impl FnOnce(&mut Vec<u8>)) {
    spare.clear();
    fill(spare);
    put_bytes(out, number, spare);
}

/// A number as `sint32` and `sint64` have it.
#[must_use]
pub const fn to_zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fields, zigzag};

    #[test]
    fn numbers_read_back() {
        for number in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, number);
            assert_eq!(Fields::of(&bytes).varint(), Ok(number));
        }
        for number in [0, 1, -1, 2, i64::MAX, i64::MIN] {
            assert_eq!(zigzag(to_zigzag(number)), number);
        }
    }
}
