//! Exemplars: single observations, with what leads to their traces.

use std::borrow::Cow;

use evenkeel_labels::LabelSet;
use evenkeel_protobuf::Fields;
use evenkeel_time::Timestamp;

use crate::IntakeFault;
use crate::attribute::{key_value, value_text};
use crate::starts::millis;

/// One observation.
pub(super) struct Observed {
    pub(super) labels: LabelSet,
    pub(super) value: f64,
    pub(super) at: Timestamp,
}

/// The most that OpenMetrics has in the labels of an exemplar; beyond it attributes are left out, never the trace.
const LABELS_CHARS_MAX: usize = 128;
const ATTRIBUTES_MAX: usize = 32;

/// Reads an exemplar; one without a time is of its point's.
pub(super) fn read(message: &[u8], of_point: Timestamp) -> Result<Observed, IntakeFault> {
    let (mut value, mut at, mut labels) = (0.0, 0, Vec::new());
    let mut attributes = Vec::new();
    let mut fields = Fields::of(message);
    while let Some((number, field)) = fields.field()? {
        match number {
            2 => at = field.fixed64(2)?,
            3 => value = field.double(3)?,
            4 => id("span_id", field.bytes(4)?, &mut labels),
            5 => id("trace_id", field.bytes(5)?, &mut labels),
            6 => value = field.fixed64(6)?.cast_signed() as f64,
            7 if attributes.len() < ATTRIBUTES_MAX => {
                let (key, value) = key_value(field.bytes(7)?)?;
                attributes.push((Cow::Borrowed(key), value_text(value)?.into_owned()));
            }
            _ => {}
        }
    }
    let chars = |labels: &[(Cow<'_, str>, String)]| -> usize {
        labels.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum()
    };
    if chars(&labels) + chars(&attributes) <= LABELS_CHARS_MAX {
        labels.extend(attributes);
    }
    let labels = LabelSet::new(labels.iter().filter(|(name, _)| !name.is_empty()).map(|(name, value)| (name, value)));
    let at = if at == 0 { of_point } else { Timestamp(millis(at)) };
    Ok(Observed { labels, value, at })
}

fn id(name: &'static str, bytes: &[u8], into: &mut Vec<(Cow<'_, str>, String)>) {
    if bytes.len() <= 16 && bytes.iter().any(|byte| *byte != 0) {
        into.push((Cow::Borrowed(name), bytes.iter().map(|byte| format!("{byte:02x}")).collect()));
    }
}
