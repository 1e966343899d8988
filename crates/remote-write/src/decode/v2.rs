//! A body of version 2.0: texts are named once, and series refer to them.

use evenkeel_labels::METRIC_NAME;
use evenkeel_metric::{Metadata, MetricType};
use evenkeel_time::Timestamp;

use super::exemplar::Labels;
use super::series::{Context, Pairs, Stop, metric_type};
use super::{Decoded, exemplar, labels};
use crate::refused::shown;
use crate::{DecodeFault, Reason, Version};
use evenkeel_protobuf::{Fields, Value, WireFault};

/// Reads `io.prometheus.write.v2.Request`.
pub(super) fn read(plain: &[u8], mut cx: Context<'_>) -> Result<Decoded, DecodeFault> {
    let message = Version::V2.message();
    let symbols = Symbols::read(plain, &mut cx).map_err(|stop| stop.of_message(message))?;
    let mut reader = Reader { cx, symbols: &symbols, refs: Vec::new(), pairs: Vec::new(), said: None };
    match reader.request(plain) {
        Ok(()) => Ok(reader.cx.decoded),
        Err(stop) => Err(stop.of_message(message)),
    }
}

/// The texts of a request; what is none of them is kept as it is, to be named.
struct Symbols<'a>(Vec<Result<&'a str, &'a [u8]>>);

impl<'a> Symbols<'a> {
    fn read(plain: &'a [u8], cx: &mut Context<'_>) -> Result<Self, Stop> {
        let (mut symbols, mut fields) = (Vec::new(), Fields::of(plain));
        while let Some((number, field)) = fields.field()? {
            if number == 4 {
                let bytes = field.bytes(4)?;
                cx.budget.take(size_of::<Result<&str, &[u8]>>())?;
                symbols.push(str::from_utf8(bytes).map_err(|_| bytes));
            }
        }
        Ok(Self(symbols))
    }

    fn get(&self, reference: u64) -> Result<Result<&'a str, &'a [u8]>, Reason> {
        let place = usize::try_from(reference).unwrap_or(usize::MAX);
        self.0.get(place).copied().ok_or(Reason::NoSymbol { reference, symbols: self.0.len() })
    }

    /// A text that is not a label, such as a help; what is none is left out.
    fn text(&self, reference: u64) -> &'a str {
        self.get(reference).ok().and_then(Result::ok).unwrap_or_default()
    }

    fn bytes(&self, reference: u64) -> Result<&'a [u8], Reason> {
        Ok(self.get(reference)?.map_or_else(|bytes| bytes, str::as_bytes))
    }
}

struct Reader<'a, 's, 'c> {
    cx: Context<'c>,
    symbols: &'s Symbols<'a>,
    /// The labels of the series that is read, as references, and as text.
    refs: Vec<u64>,
    pairs: Pairs<'a>,
    /// The metric of which something was said last, and what: the series of one metric follow each other and say the same.
    said: Option<(&'a str, Said)>,
}

#[derive(Clone, Copy, PartialEq, Default)]
struct Said {
    kind: u64,
    help: u64,
    unit: u64,
}

impl<'a> Reader<'a, '_, '_> {
    fn request(&mut self, plain: &'a [u8]) -> Result<(), Stop> {
        let mut fields = Fields::of(plain);
        while let Some((number, field)) = fields.field()? {
            if number == 5 {
                self.series(field.bytes(5)?)?;
            }
        }
        Ok(())
    }

    fn series(&mut self, message: &'a [u8]) -> Result<(), Stop> {
        self.refs.clear();
        let (mut fields, mut found, mut exemplars) = (Fields::of(message), 0, false);
        while let Some((number, field)) = fields.field()? {
            exemplars |= number == 4;
            if number == 1 {
                found += references(1, field, 2 * self.cx.limits.labels_max + 2, &mut self.refs)?;
            }
        }
        let begun = match self.text(found) {
            Ok(()) => self.cx.begin(&mut self.pairs)?,
            Err(reason) => Err(reason),
        };
        if let Err(reason) = begun {
            return self.refuse(reason, message);
        }
        let (mut fields, mut last, mut said) = (Fields::of(message), Timestamp(0), Said::default());
        while let Some((number, field)) = fields.field()? {
            match number {
                2 => last = self.cx.sample(field.bytes(2)?)?,
                3 => last = self.cx.histogram(field.bytes(3)?, &self.pairs)?,
                5 => said = metadata(field.bytes(5)?)?,
                _ => {}
            }
        }
        let (mut fields, symbols) = (Fields::of(if exemplars { message } else { &[] }), self.symbols);
        while let Some((number, field)) = fields.field()? {
            if number == 4 {
                let label = |number, field, into: &mut Labels<'a>| exemplar_labels(number, field, symbols, into);
                self.cx.exemplar(field.bytes(4)?, last, &self.pairs, label)?;
            }
        }
        self.say(said)
    }

    /// The labels as text.
    fn text(&mut self, found: usize) -> Result<(), Reason> {
        self.pairs.clear();
        let most = self.cx.limits.labels_max;
        if found / 2 > most {
            return Err(Reason::LabelsTooMany { found: found / 2, most });
        }
        let (pairs, odd) = self.refs.as_chunks::<2>();
        if !odd.is_empty() {
            return Err(Reason::Unpaired(found));
        }
        for [name, value] in pairs {
            let name = self.symbols.get(*name)?.map_err(|bytes| Reason::NameNotText(shown(bytes)))?;
            let value = self.symbols.get(*value)?.map_err(|_| Reason::ValueNotText(shown(name.as_bytes())))?;
            self.pairs.push((name, value));
        }
        Ok(())
    }

    fn refuse(&mut self, reason: Reason, message: &'a [u8]) -> Result<(), Stop> {
        let refused = &mut self.cx.decoded.refused;
        let mut fields = Fields::of(message);
        while let Some((number, _)) = fields.field()? {
            match number {
                2 => refused.samples += 1,
                3 => refused.histograms += 1,
                4 => refused.exemplars += 1,
                _ => {}
            }
        }
        refused.add(reason, || {
            let known = |reference: u64| self.symbols.bytes(reference).unwrap_or(b"?");
            let (pairs, _) = self.refs.as_chunks::<2>();
            let shown: Vec<_> = pairs.iter().take(64).map(|[name, value]| (known(*name), known(*value))).collect();
            labels::describe(&shown)
        });
        Ok(())
    }

    /// Keeps what a series says of its metric.
    fn say(&mut self, said: Said) -> Result<(), Stop> {
        if said == Said::default() {
            return Ok(());
        }
        let kind = metric_type(said.kind);
        let series = self.pairs.iter().find(|(name, _)| *name == METRIC_NAME).map_or("", |(_, value)| value);
        let name = family(series, kind);
        if self.said == Some((name, said)) {
            return Ok(());
        }
        self.said = Some((name, said));
        let (help, unit) = (self.symbols.text(said.help).into(), self.symbols.text(said.unit).into());
        self.cx.metadata(name, Metadata { kind, help, unit })
    }
}

/// The metric of which a series is a part.
fn family(series: &str, kind: MetricType) -> &str {
    let parts: &[&str] = match kind {
        MetricType::Histogram | MetricType::GaugeHistogram => &["_bucket", "_count", "_sum"],
        MetricType::Summary => &["_count", "_sum"],
        MetricType::Unknown | MetricType::Counter | MetricType::Gauge | MetricType::Info | MetricType::StateSet => &[],
    };
    parts.iter().find_map(|part| series.strip_suffix(part)).filter(|name| !name.is_empty()).unwrap_or(series)
}

fn metadata(message: &[u8]) -> Result<Said, WireFault> {
    let (mut fields, mut said) = (Fields::of(message), Said::default());
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => said.kind = field.varint(1)?,
            3 => said.help = field.varint(3)?,
            4 => said.unit = field.varint(4)?,
            _ => {}
        }
    }
    Ok(said)
}

/// References, packed or not: how many, and the first of them, so that a long list takes no memory.
#[inline]
fn references(number: u32, field: Value<'_>, most: usize, into: &mut Vec<u64>) -> Result<usize, WireFault> {
    let mut found = 0;
    let mut add = |reference| {
        found += 1;
        if into.len() < most {
            into.push(reference);
        }
    };
    match field {
        Value::Bytes(packed) => {
            let mut packed = Fields::of(packed);
            while !packed.rest().is_empty() {
                add(packed.varint()?);
            }
        }
        Value::Varint(_) | Value::Fixed64(_) | Value::Fixed32(_) => add(field.varint(number)?),
    }
    Ok(found)
}

fn exemplar_labels<'a>(
    number: u32,
    field: Value<'a>,
    symbols: &Symbols<'a>,
    into: &mut Labels<'a>,
) -> Result<(), WireFault> {
    let mut refs = Vec::new();
    let found = references(number, field, 2 * exemplar::LABELS_MAX + 2, &mut refs)?;
    let (pairs, odd) = refs.as_chunks::<2>();
    for [name, value] in pairs {
        exemplar::push(into, symbols.bytes(*name).and_then(|name| Ok((name, symbols.bytes(*value)?))));
    }
    if !odd.is_empty() {
        exemplar::push(into, Err(Reason::Unpaired(found)));
    }
    Ok(())
}
