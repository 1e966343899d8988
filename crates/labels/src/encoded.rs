//! How a set of labels lies in memory: each name and each value behind its length.
//!
//! A length is written as ASCII characters of six bits each, the lowest first, bit 6 set when more follow. So all of it is
//! text, and its parts are cut out without being looked at.

/// Appends a label.
pub(crate) fn push(text: &mut String, name: &str, value: &str) {
    for part in [name, value] {
        push_length(text, part.len());
        text.push_str(part);
    }
}

fn push_length(text: &mut String, length: usize) {
    let mut rest = length;
    while rest >= 64 {
        text.push(char::from(64 | low_bits(rest)));
        rest >>= 6;
    }
    text.push(char::from(low_bits(rest)));
}

#[expect(clippy::cast_possible_truncation, reason = "six bits")]
const fn low_bits(length: usize) -> u8 {
    (length & 63) as u8
}

/// The labels of a text, one after the other, as far as they can be read.
#[derive(Debug, Clone)]
pub(crate) struct Pairs<'a>(&'a str);

impl<'a> Pairs<'a> {
    pub(crate) const fn of(text: &'a str) -> Self {
        Self(text)
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a str {
        self.0
    }

    /// Whether everything was read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = part(self.0)?;
        let (value, rest) = part(rest)?;
        self.0 = rest;
        Some((name, value))
    }
}

fn part(text: &str) -> Option<(&str, &str)> {
    let (mut length, mut shift) = (0usize, 0u32);
    for (index, byte) in text.bytes().enumerate() {
        if byte >= 128 || shift > 54 {
            return None;
        }
        length |= usize::from(byte & 63) << shift;
        if byte < 64 {
            return text.get(index + 1..)?.split_at_checked(length);
        }
        shift += 6;
    }
    None
}
