//! The labels of a series are judged.

use evenkeel_labels::METRIC_NAME;

use super::series::Pairs;
use crate::refused::shown;
use crate::{Limits, Reason};

/// Sorts labels, and says what is wrong with them. Senders have to sort; like other receivers, this one takes them unsorted.
pub(super) fn check(pairs: &mut Pairs<'_>, limits: &Limits) -> Result<(), Reason> {
    if !pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
        pairs.sort_by_key(|(a, _)| *a);
        if let Some((name, _)) = pairs.windows(2).find_map(|two| match two {
            [a, b] if a.0 == b.0 => Some(a),
            _ => None,
        }) {
            return Err(Reason::Repeated(shown(name.as_bytes())));
        }
    }
    let mut named = false;
    for (name, value) in pairs.iter() {
        if name.is_empty() {
            return Err(Reason::EmptyName(shown(value.as_bytes())));
        }
        if name.len() > limits.label_name_bytes_max {
            let (label, found) = (shown(name.as_bytes()), name.len());
            return Err(Reason::NameTooLong { label, found, most: limits.label_name_bytes_max });
        }
        if value.len() > limits.label_value_bytes_max {
            let (label, found) = (shown(name.as_bytes()), value.len());
            return Err(Reason::ValueTooLong { label, found, most: limits.label_value_bytes_max });
        }
        named |= *name == METRIC_NAME && !value.is_empty();
    }
    if named { Ok(()) } else { Err(Reason::NoMetricName) }
}

/// A label of two texts, or what is wrong with it.
pub(super) fn pair<'a>(name: &'a [u8], value: &'a [u8]) -> Result<(&'a str, &'a str), Reason> {
    let text = str::from_utf8(name).map_err(|_| Reason::NameNotText(shown(name)))?;
    let value = str::from_utf8(value).map_err(|_| Reason::ValueNotText(shown(name)))?;
    Ok((text, value))
}

/// Labels for people, in the order in which they were sent.
pub(super) fn describe<N: AsRef<[u8]>, V: AsRef<[u8]>>(pairs: &[(N, V)]) -> String {
    let mut text = String::from("{");
    for (index, (name, value)) in pairs.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        text.push_str(comma);
        text.push_str(&shown(name.as_ref()));
        text.push_str(&format!("={:?}", shown(value.as_ref())));
        if text.len() > 400 {
            break;
        }
    }
    text.push('}');
    text
}
