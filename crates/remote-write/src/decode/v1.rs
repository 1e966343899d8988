//! A body of version 1.0: labels are written out in every series.

use evenkeel_metric::Metadata;
use evenkeel_time::Timestamp;

use super::exemplar::Labels;
use super::series::{Context, Pairs, Stop, metric_type};
use super::{Decoded, exemplar, labels};
use crate::{DecodeFault, Reason, Version};
use evenkeel_protobuf::{Fields, Value, WireFault};

/// Reads `prometheus.WriteRequest`.
pub(super) fn read(plain: &[u8], cx: Context<'_>) -> Result<Decoded, DecodeFault> {
    let mut reader = Reader { cx, parts: Vec::new(), pairs: Vec::new() };
    match reader.request(plain) {
        Ok(()) => Ok(reader.cx.decoded),
        Err(stop) => Err(stop.of_message(Version::V1.message())),
    }
}

struct Reader<'a, 'c> {
    cx: Context<'c>,
    /// The labels of the series that is read, as they were sent, and as text.
    parts: Vec<(&'a [u8], &'a [u8])>,
    pairs: Pairs<'a>,
}

impl<'a> Reader<'a, '_> {
    fn request(&mut self, plain: &'a [u8]) -> Result<(), Stop> {
        let mut fields = Fields::of(plain);
        while let Some((number, field)) = fields.field()? {
            match number {
                1 => self.series(field.bytes(1)?)?,
                3 => self.metadata(field.bytes(3)?)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn series(&mut self, message: &'a [u8]) -> Result<(), Stop> {
        let (labelled, samples, exemplars) = self.labels(message)?;
        if let Err(reason) = labelled {
            return self.refuse(reason, samples);
        }
        if let Err(reason) = self.cx.begin(&mut self.pairs)? {
            return self.refuse(reason, samples);
        }
        let (mut fields, mut last) = (samples.clone(), Timestamp(0));
        while let Some((number, field)) = fields.field()? {
            match number {
                2 => last = self.cx.sample(field.bytes(2)?)?,
                4 => last = self.cx.histogram(field.bytes(4)?, &self.pairs)?,
                _ => {}
            }
        }
        // Exemplars come after samples, whatever the order of the fields, so that one without a time gets that of the last.
        let mut fields = if exemplars { samples } else { Fields::of(&[]) };
        while let Some((number, field)) = fields.field()? {
            if number == 3 {
                self.cx.exemplar(field.bytes(3)?, last, &self.pairs, exemplar_label)?;
            }
        }
        Ok(())
    }

    /// Reads the labels; where the other fields begin, and whether there are exemplars among them.
    fn labels(&mut self, message: &'a [u8]) -> Result<(Result<(), Reason>, Fields<'a>, bool), WireFault> {
        self.parts.clear();
        let (most, mut found) = (self.cx.limits.labels_max, 0);
        let mut rest = message;
        while let Some((field, after)) = short_text(rest, LABEL_KEY) {
            found += 1;
            // A long list takes no memory.
            if found <= most {
                self.parts.push(label(field)?);
            }
            rest = after;
        }
        let mut fields = Fields::of(rest);
        let mut others = fields.clone();
        while let Some((number, field)) = fields.field()? {
            if number != 1 {
                break;
            }
            found += 1;
            if found <= most {
                self.parts.push(label(field.bytes(1)?)?);
            }
            others = fields.clone();
        }
        let together = message.get(..message.len() - others.rest().len()).unwrap_or_default();
        // Any sender writes labels first; one that does not is read too.
        let (mut fields, mut exemplars) = (others.clone(), false);
        let before = self.parts.len();
        while let Some((number, field)) = fields.field()? {
            exemplars |= number == 3;
            if number == 1 {
                found += 1;
                if found <= most {
                    self.parts.push(label(field.bytes(1)?)?);
                }
            }
        }
        if found > most {
            return Ok((Err(Reason::LabelsTooMany { found, most }), others, exemplars));
        }
        let together = if self.parts.len() == before { together } else { &[] };
        Ok((text(&self.parts, together, &mut self.pairs), others, exemplars))
    }

    fn refuse(&mut self, reason: Reason, samples: Fields<'a>) -> Result<(), Stop> {
        let refused = &mut self.cx.decoded.refused;
        let mut fields = samples;
        while let Some((number, _)) = fields.field()? {
            match number {
                2 => refused.samples += 1,
                3 => refused.exemplars += 1,
                4 => refused.histograms += 1,
                _ => {}
            }
        }
        refused.add(reason, || labels::describe(&self.parts));
        Ok(())
    }

    fn metadata(&mut self, message: &'a [u8]) -> Result<(), Stop> {
        let (mut kind, mut name, mut help, mut unit) = (0, &[][..], &[][..], &[][..]);
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match number {
                1 => kind = field.varint(1)?,
                2 => name = field.bytes(2)?,
                4 => help = field.bytes(4)?,
                5 => unit = field.bytes(5)?,
                _ => {}
            }
        }
        // What is said of no metric, or in no text, is nothing that anyone could look up.
        let (Ok(name), Ok(help), Ok(unit)) = (str::from_utf8(name), str::from_utf8(help), str::from_utf8(unit)) else {
            return Ok(());
        };
        if name.is_empty() {
            return Ok(());
        }
        self.cx.metadata(name, Metadata { kind: metric_type(kind), help: help.into(), unit: unit.into() })
    }
}

/// Name and value of a label. Any sender writes the name first, each once, and most are short.
#[inline(always)]
fn label(message: &[u8]) -> Result<(&[u8], &[u8]), WireFault> {
    if let Some((name, rest)) = short_text(message, NAME_KEY)
        && let Some((value, [])) = short_text(rest, VALUE_KEY)
    {
        return Ok((name, value));
    }
    any_label(message)
}

const LABEL_KEY: u8 = 1 << 3 | 2;
const NAME_KEY: u8 = 1 << 3 | 2;
const VALUE_KEY: u8 = 2 << 3 | 2;

/// A text of fewer than 128 bytes behind its key.
#[inline(always)]
fn short_text(message: &[u8], key: u8) -> Option<(&[u8], &[u8])> {
    match message {
        [first, length @ 0..128, rest @ ..] if *first == key => rest.split_at_checked(usize::from(*length)),
        _ => None,
    }
}

#[inline(never)]
fn any_label(message: &[u8]) -> Result<(&[u8], &[u8]), WireFault> {
    let (mut fields, mut name, mut value) = (Fields::of(message), &[][..], &[][..]);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => name = field.bytes(1)?,
            2 => value = field.bytes(2)?,
            _ => {}
        }
    }
    Ok((name, value))
}

fn exemplar_label<'a>(number: u32, field: Value<'a>, into: &mut Labels<'a>) -> Result<(), WireFault> {
    exemplar::push(into, Ok(label(field.bytes(number)?)?));
    Ok(())
}

/// Labels as text. Labels that lie together are checked in one go: as long as they are short, what lies between them is text
/// too.
fn text<'a>(parts: &[(&'a [u8], &'a [u8])], together: &'a [u8], pairs: &mut Pairs<'a>) -> Result<(), Reason> {
    pairs.clear();
    if let Ok(whole) = str::from_utf8(together) {
        let start = together.as_ptr().addr();
        let cut = |part: &[u8]| {
            let from = part.as_ptr().addr().checked_sub(start)?;
            whole.get(from..from + part.len())
        };
        for (name, value) in parts {
            let (Some(name), Some(value)) = (cut_or_empty(name, cut), cut_or_empty(value, cut)) else { break };
            pairs.push((name, value));
        }
        if pairs.len() == parts.len() {
            return Ok(());
        }
        pairs.clear();
    }
    for (name, value) in parts {
        pairs.push(labels::pair(name, value)?);
    }
    Ok(())
}

/// What is empty lies nowhere.
fn cut_or_empty<'a>(part: &[u8], cut: impl Fn(&[u8]) -> Option<&'a str>) -> Option<&'a str> {
    if part.is_empty() { Some("") } else { cut(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_out_of_what_lies_together() {
        let message = b"\n\x01a\x12\x02bc";
        let parts = [label(message).expect("a label")];
        let mut pairs = Vec::new();
        for together in [&message[..], &[]] {
            assert_eq!(text(&parts, together, &mut pairs), Ok(()));
            assert_eq!(pairs, [("a", "bc")]);
        }
    }
}
