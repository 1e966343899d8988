//! One exemplar of a series.

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

use super::labels;
use crate::Reason;
use crate::refused::shown;
use evenkeel_protobuf::{Fields, Value, WireFault};

/// The labels of an exemplar: each pair, or why it is none.
pub(super) type Labels<'a> = Vec<Result<(&'a [u8], &'a [u8]), Reason>>;

pub(super) struct Read<'a> {
    pairs: Labels<'a>,
    pub(super) value: f64,
    pub(super) at: i64,
}

/// Labels of one exemplar: far more than any has.
pub(super) const LABELS_MAX: usize = 64;

/// Adds a label; a long list takes no memory.
pub(super) fn push<'a>(into: &mut Labels<'a>, label: Result<(&'a [u8], &'a [u8]), Reason>) {
    if into.len() < LABELS_MAX {
        into.push(label);
    } else if into.len() == LABELS_MAX {
        into.push(Err(Reason::LabelsTooMany { found: LABELS_MAX + 1, most: LABELS_MAX }));
    }
}

/// Cuts out its fields; `label` reads the field of labels, which the versions have differently.
pub(super) fn read<'a>(
    message: &'a [u8],
    mut label: impl FnMut(u32, Value<'a>, &mut Labels<'a>) -> Result<(), WireFault>,
) -> Result<Read<'a>, WireFault> {
    let mut read = Read { pairs: Vec::new(), value: 0.0, at: 0 };
    let mut fields = Fields::of(message);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => label(1, field, &mut read.pairs)?,
            2 => read.value = field.double(2)?,
            3 => read.at = field.int64(3)?,
            _ => {}
        }
    }
    Ok(read)
}

impl Read<'_> {
    /// The length of its names and values.
    pub(super) fn bytes(&self) -> usize {
        self.pairs.iter().flatten().map(|(name, value)| name.len() + value.len()).sum()
    }

    /// Its labels, as they are kept.
    pub(super) fn labels(&self, most: usize, at: Timestamp) -> Result<LabelSet, Reason> {
        let of_exemplar = |reason: Reason| Reason::Exemplar { at: at.0, reason: Box::new(reason) };
        let found = self.bytes();
        if found > most {
            return Err(Reason::ExemplarTooLong { at: at.0, found, most });
        }
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for pair in &self.pairs {
            let (name, value) = pair.clone().map_err(of_exemplar)?;
            let (name, value) = labels::pair(name, value).map_err(of_exemplar)?;
            if name.is_empty() {
                return Err(of_exemplar(Reason::EmptyName(shown(value.as_bytes()))));
            }
            pairs.push((name, value));
        }
        Ok(LabelSet::new(pairs))
    }
}
