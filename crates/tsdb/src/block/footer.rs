//! What a block says of itself, at its end.

use crate::codec::bytes::{Reader, put_varint, put_zigzag};

/// What a block holds, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Footer {
    pub(crate) number: u64,
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) series: u64,
    pub(crate) samples: u64,
    pub(crate) chunks: u64,
    /// How often what it holds was joined.
    pub(crate) level: u64,
    /// All of the log before this segment is in this block or in others; 0: nothing is said.
    pub(crate) log_from: u64,
    /// The blocks whose place it takes.
    pub(crate) parents: Vec<u64>,
    pub(crate) labels: Section,
    pub(crate) directory: Section,
}

/// Where a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Section {
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) sum: u32,
}

const VERSION: u64 = 1;

impl Footer {
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        put_varint(out, VERSION);
        put_varint(out, self.number);
        put_zigzag(out, self.min);
        put_zigzag(out, self.max);
        for number in [self.series, self.samples, self.chunks, self.level, self.log_from] {
            put_varint(out, number);
        }
        put_varint(out, self.parents.len() as u64);
        self.parents.iter().for_each(|parent| put_varint(out, *parent));
        for section in [self.labels, self.directory] {
            put_varint(out, section.offset);
            put_varint(out, section.length);
            out.extend_from_slice(&section.sum.to_le_bytes());
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::of(bytes);
        if reader.varint()? != VERSION {
            return None;
        }
        let mut footer =
            Self { number: reader.varint()?, min: reader.zigzag()?, max: reader.zigzag()?, ..Self::default() };
        let numbers =
            [&mut footer.series, &mut footer.samples, &mut footer.chunks, &mut footer.level, &mut footer.log_from];
        for number in numbers {
            *number = reader.varint()?;
        }
        for _ in 0..reader.count()? {
            footer.parents.push(reader.varint()?);
        }
        for section in [&mut footer.labels, &mut footer.directory] {
            *section = Section { offset: reader.varint()?, length: reader.varint()?, sum: reader.u32()? };
        }
        (reader.is_empty() && footer.min <= footer.max).then_some(footer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let _ = Footer::read(&bytes);
        }

        #[test]
        fn a_footer_reads_back(numbers in proptest::array::uniform5(any::<u64>()), min in any::<i64>(), parents in proptest::collection::vec(any::<u64>(), 0..6)) {
            let [number, series, samples, chunks, log_from] = numbers;
            let labels = Section { offset: samples, length: chunks, sum: 7 };
            let footer = Footer { number, min, max: i64::MAX, series, samples, chunks, level: 3, log_from, parents, labels, directory: labels };
            let mut bytes = Vec::new();
            footer.put(&mut bytes);
            prop_assert_eq!(Footer::read(&bytes), Some(footer));
        }
    }
}
