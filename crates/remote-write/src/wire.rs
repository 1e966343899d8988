//! Protobuf's encoding: fields of a message cut out of its bytes, and written.
//!
//! Source: Protocol Buffers, "Encoding".

/// Why bytes are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireFault {
    /// They end within a field.
    #[error("the message ends within a field")]
    CutOff,
    /// A number of more than 64 bits.
    #[error("a number has more than 64 bits")]
    NumberTooLong,
    /// A field without a number, or with one that none may have.
    #[error("a field has no valid number")]
    FieldNumber,
    /// A group, or a kind of field that there is not.
    #[error("a field is of a kind that is not used")]
    Kind,
    /// A field that is there but of another kind than the message has it.
    #[error("field {0} is of the wrong kind")]
    WrongKind(u32),
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    Fixed32,
}

/// A message that is read field by field.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) const fn of(message: &'a [u8]) -> Self {
        Self(message)
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next field and its number; `None` at the end. It is most of what is done to a body, so it has to melt into the
    /// loop that asks.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Value<'a>)>, WireFault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let number = low32(key >> 3);
        if key < 8 || key > u64::from(u32::MAX) {
            return Err(WireFault::FieldNumber);
        }
        let value = match key & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(self.fixed64()?),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| WireFault::CutOff)?;
                let (bytes, rest) = self.0.split_at_checked(length).ok_or(WireFault::CutOff)?;
                self.0 = rest;
                Value::Bytes(bytes)
            }
            5 => {
                self.0 = self.0.get(4..).ok_or(WireFault::CutOff)?;
                Value::Fixed32
            }
            _ => return Err(WireFault::Kind),
        };
        Ok(Some((number, value)))
    }

    #[inline(always)]
    pub(crate) fn varint(&mut self) -> Result<u64, WireFault> {
        match self.0.split_first() {
            Some((byte, rest)) if *byte < 128 => {
                self.0 = rest;
                Ok(u64::from(*byte))
            }
            _ => self.long_varint(),
        }
    }

    #[inline(never)]
    fn long_varint(&mut self) -> Result<u64, WireFault> {
        let (mut number, mut shift) = (0u64, 0u32);
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            let bits = u64::from(byte & 127);
            if shift == 63 && bits > 1 {
                return Err(WireFault::NumberTooLong);
            }
            number |= bits << shift;
            if *byte < 128 {
                return Ok(number);
            }
            shift += 7;
            if shift > 63 {
                return Err(WireFault::NumberTooLong);
            }
        }
        Err(WireFault::CutOff)
    }

    #[inline(always)]
    pub(crate) fn fixed64(&mut self) -> Result<u64, WireFault> {
        let (bytes, rest) = self.0.split_first_chunk::<8>().ok_or(WireFault::CutOff)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*bytes))
    }
}

impl<'a> Value<'a> {
    #[inline]
    pub(crate) const fn bytes(self, number: u32) -> Result<&'a [u8], WireFault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Varint(_) | Self::Fixed64(_) | Self::Fixed32 => Err(WireFault::WrongKind(number)),
        }
    }

    #[inline]
    pub(crate) const fn varint(self, number: u32) -> Result<u64, WireFault> {
        match self {
            Self::Varint(value) => Ok(value),
            Self::Bytes(_) | Self::Fixed64(_) | Self::Fixed32 => Err(WireFault::WrongKind(number)),
        }
    }

    /// A signed number as `int64` has it.
    #[inline]
    pub(crate) const fn int64(self, number: u32) -> Result<i64, WireFault> {
        match self.varint(number) {
            Ok(bits) => Ok(bits.cast_signed()),
            Err(fault) => Err(fault),
        }
    }

    #[inline]
    pub(crate) const fn double(self, number: u32) -> Result<f64, WireFault> {
        match self {
            Self::Fixed64(bits) => Ok(f64::from_bits(bits)),
            Self::Bytes(_) | Self::Varint(_) | Self::Fixed32 => Err(WireFault::WrongKind(number)),
        }
    }
}

/// A number as `sint32` and `sint64` have it.
pub(crate) const fn zigzag(bits: u64) -> i64 {
    (bits >> 1).cast_signed() ^ -((bits & 1).cast_signed())
}

/// The low half of a number, as protobuf reads a 32-bit field.
#[expect(clippy::cast_possible_truncation, reason = "protobuf drops the upper half of a 32-bit field")]
pub(crate) const fn low32(bits: u64) -> u32 {
    bits as u32
}

pub(crate) const VARINT: u32 = 0;
pub(crate) const FIXED64: u32 = 1;
pub(crate) const BYTES: u32 = 2;

pub(crate) fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(low7(number) | 128);
        number >>= 7;
    }
    out.push(low7(number));
}

const fn low7(number: u64) -> u8 {
    (number & 127) as u8
}

pub(crate) fn put_key(out: &mut Vec<u8>, number: u32, kind: u32) {
    put_varint(out, u64::from(number << 3 | kind));
}

/// A field of text or of packed numbers.
pub(crate) fn put_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_key(out, number, BYTES);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A field of a signed number; zero is left out.
pub(crate) fn put_int64(out: &mut Vec<u8>, number: u32, value: i64) {
    if value != 0 {
        put_key(out, number, VARINT);
        put_varint(out, value.cast_unsigned());
    }
}

/// A field of a number; zero is left out, but not the negative one.
pub(crate) fn put_double(out: &mut Vec<u8>, number: u32, value: f64) {
    if value.to_bits() != 0 {
        put_key(out, number, FIXED64);
        out.extend_from_slice(&value.to_bits().to_le_bytes());
    }
}

/// A field that is a message, written by `fill`. `spare` is memory for it.
pub(crate) fn put_message(out: &mut Vec<u8>, number: u32, spare: &mut Vec<u8>, fill: impl FnOnce(&mut Vec<u8>)) {
    spare.clear();
    fill(spare);
    put_bytes(out, number, spare);
}

pub(crate) const fn to_zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn bytes_that_are_no_message_are_refused() {
        for (bytes, fault) in [
            (&[0x08][..], WireFault::CutOff),
            (&[0x08, 0x80], WireFault::CutOff),
            (&[0x09, 1, 2, 3], WireFault::CutOff),
            (&[0x0a, 5, 1], WireFault::CutOff),
            (&[0x0d, 1], WireFault::CutOff),
            (&[0x00, 1], WireFault::FieldNumber),
            (&[0x0b], WireFault::Kind),
            (&[0x0f], WireFault::Kind),
            (&[0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2], WireFault::NumberTooLong),
            (&[0x08, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 1], WireFault::NumberTooLong),
            (&[255, 255, 255, 255, 255, 1, 0], WireFault::FieldNumber),
        ] {
            assert_eq!(Fields::of(bytes).next().err(), Some(fault), "{bytes:?}");
        }
    }
}
