//! Fields of a message, cut out of its bytes.
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
pub enum Value<'a> {
    /// A number of one to ten bytes.
    Varint(u64),
    /// A number of eight bytes.
    Fixed64(u64),
    /// A number of four bytes.
    Fixed32(u32),
    /// A text, bytes, a message, or packed numbers.
    Bytes(&'a [u8]),
}

/// A message that is read field by field.
#[derive(Debug, Clone)]
pub struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// The fields of a message.
    #[must_use]
    pub const fn of(message: &'a [u8]) -> Self {
        Self(message)
    }

    /// What was not read yet.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next field and its number; `None` at the end. It is most of what is done to a body, so it has to melt into the
    /// loop that asks.
    ///
    /// # Errors
    /// [`WireFault`].
    #[inline(always)]
    pub fn field(&mut self) -> Result<Option<(u32, Value<'a>)>, WireFault> {
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
                let (bytes, rest) = self.0.split_first_chunk::<4>().ok_or(WireFault::CutOff)?;
                self.0 = rest;
                Value::Fixed32(u32::from_le_bytes(*bytes))
            }
            _ => return Err(WireFault::Kind),
        };
        Ok(Some((number, value)))
    }

    /// A number of packed ones.
    ///
    /// # Errors
    /// [`WireFault`].
    #[inline(always)]
    pub fn varint(&mut self) -> Result<u64, WireFault> {
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

    /// A number of eight bytes of packed ones.
    ///
    /// # Errors
    /// [`WireFault`].
    #[inline(always)]
    pub fn fixed64(&mut self) -> Result<u64, WireFault> {
        let (bytes, rest) = self.0.split_first_chunk::<8>().ok_or(WireFault::CutOff)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*bytes))
    }
}

impl<'a> Value<'a> {
    /// Its bytes.
    ///
    /// # Errors
    /// [`WireFault::WrongKind`] with the field's number.
    #[inline]
    pub const fn bytes(self, number: u32) -> Result<&'a [u8], WireFault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Varint(_) | Self::Fixed64(_) | Self::Fixed32(_) => Err(WireFault::WrongKind(number)),
        }
    }

    /// Its number.
    ///
    /// # Errors
    /// [`WireFault::WrongKind`] with the field's number.
    #[inline]
    pub const fn varint(self, number: u32) -> Result<u64, WireFault> {
        match self {
            Self::Varint(value) => Ok(value),
            Self::Bytes(_) | Self::Fixed64(_) | Self::Fixed32(_) => Err(WireFault::WrongKind(number)),
        }
    }

    /// Its number, of the type `int64`.
    ///
    /// # Errors
    /// [`WireFault::WrongKind`] with the field's number.
    #[inline]
    pub const fn int64(self, number: u32) -> Result<i64, WireFault> {
        match self.varint(number) {
            Ok(bits) => Ok(bits.cast_signed()),
            Err(fault) => Err(fault),
        }
    }

    /// Its number, of the type `fixed64`.
    ///
    /// # Errors
    /// [`WireFault::WrongKind`] with the field's number.
    #[inline]
    pub const fn fixed64(self, number: u32) -> Result<u64, WireFault> {
        match self {
            Self::Fixed64(value) => Ok(value),
            Self::Bytes(_) | Self::Varint(_) | Self::Fixed32(_) => Err(WireFault::WrongKind(number)),
        }
    }

    /// Its number, of the type `double`.
    ///
    /// # Errors
    /// [`WireFault::WrongKind`] with the field's number.
    #[inline]
    pub const fn double(self, number: u32) -> Result<f64, WireFault> {
        match self {
            Self::Fixed64(bits) => Ok(f64::from_bits(bits)),
            Self::Bytes(_) | Self::Varint(_) | Self::Fixed32(_) => Err(WireFault::WrongKind(number)),
        }
    }
}

/// A number as `sint32` and `sint64` have it.
#[must_use]
pub const fn zigzag(bits: u64) -> i64 {
    (bits >> 1).cast_signed() ^ -((bits & 1).cast_signed())
}

/// The low half of a number, as protobuf reads a 32-bit field.
#[expect(clippy::cast_possible_truncation, reason = "protobuf drops the upper half of a 32-bit field")]
#[must_use]
pub const fn low32(bits: u64) -> u32 {
    bits as u32
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(Fields::of(bytes).field().err(), Some(fault), "{bytes:?}");
        }
    }
}
