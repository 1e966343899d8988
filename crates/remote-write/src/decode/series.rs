//! What both versions have in common: the batch that is filled, what it may take, and the samples of a series.

use evenkeel_metric::{Batch, Exemplar, Sample};
use evenkeel_time::Timestamp;

use super::{Decoded, exemplar, histogram, labels};
use crate::limits::Budget;
use crate::{DecodeFault, Limits, Reason};
use evenkeel_protobuf::{Fields, Value, WireFault};

/// What ends the reading of a body.
#[derive(Debug)]
pub(super) enum Stop {
    Wire(WireFault),
    Whole(DecodeFault),
}

impl From<WireFault> for Stop {
    fn from(fault: WireFault) -> Self {
        Self::Wire(fault)
    }
}

impl From<DecodeFault> for Stop {
    fn from(fault: DecodeFault) -> Self {
        Self::Whole(fault)
    }
}

impl Stop {
    pub(super) fn of_message(self, message: &'static str) -> DecodeFault {
        match self {
            Self::Wire(fault) => DecodeFault::Message { message, fault },
            Self::Whole(fault) => fault,
        }
    }
}

/// Labels as they are appended: text, sorted by name.
pub(super) type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// What is filled, and what it may take.
pub(super) struct Context<'c> {
    pub(super) limits: &'c Limits,
    pub(super) budget: Budget,
    pub(super) decoded: Decoded,
    pub(super) into: &'c mut Batch,
}

/// What a batch needs for each thing besides its texts. Units: bytes, estimated.
const SERIES_BYTES: usize = 64;
const SAMPLE_BYTES: usize = 16;
const HISTOGRAM_BYTES: usize = 240;
const EXEMPLAR_BYTES: usize = 64;
const METADATA_BYTES: usize = 96;

impl Context<'_> {
    /// Begins a series; the reason why it is refused otherwise.
    pub(super) fn begin(&mut self, pairs: &mut Pairs<'_>) -> Result<Result<(), Reason>, DecodeFault> {
        if let Err(reason) = labels::check(pairs, self.limits) {
            return Ok(Err(reason));
        }
        let text: usize = pairs.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        self.budget.take(SERIES_BYTES + text)?;
        self.into.begin(pairs.iter().copied());
        Ok(Ok(()))
    }

    /// Appends a sample; its time.
    #[inline]
    pub(super) fn sample(&mut self, message: &[u8]) -> Result<Timestamp, Stop> {
        let (value, at) = match whole_sample(message) {
            Some(sample) => sample,
            None => any_sample(message)?,
        };
        self.budget.take(SAMPLE_BYTES)?;
        let at = Timestamp(at);
        self.into.sample(Sample { at, value });
        self.decoded.taken.samples += 1;
        Ok(at)
    }

    /// Appends a histogram or refuses it; its time.
    pub(super) fn histogram(&mut self, message: &[u8], pairs: &Pairs<'_>) -> Result<Timestamp, Stop> {
        // A packed number of one byte becomes eight.
        self.budget.take(HISTOGRAM_BYTES + 8 * message.len())?;
        let (at, outcome) = histogram::read(message)?;
        match outcome {
            Ok(histogram) => {
                self.into.histogram(Timestamp(at), histogram);
                self.decoded.taken.histograms += 1;
            }
            Err(fault) => {
                self.decoded.refused.histograms += 1;
                self.decoded.refused.add(Reason::Histogram { at, fault }, || labels::describe(pairs));
            }
        }
        Ok(Timestamp(at))
    }

    /// Appends an exemplar or refuses it. One without a time is of its series' last sample.
    pub(super) fn exemplar<'m>(
        &mut self,
        message: &'m [u8],
        last: Timestamp,
        pairs: &Pairs<'_>,
        label: impl FnMut(u32, Value<'m>, &mut exemplar::Labels<'m>) -> Result<(), WireFault>,
    ) -> Result<(), Stop> {
        let read = exemplar::read(message, label)?;
        let at = if read.at == 0 { last } else { Timestamp(read.at) };
        self.budget.take(EXEMPLAR_BYTES + read.bytes())?;
        match read.labels(self.limits.exemplar_bytes_max, at) {
            Ok(labels) => {
                self.into.exemplar(Exemplar { labels, value: read.value, at });
                self.decoded.taken.exemplars += 1;
            }
            Err(reason) => {
                self.decoded.refused.exemplars += 1;
                self.decoded.refused.add(reason, || labels::describe(pairs));
            }
        }
        Ok(())
    }

    /// Keeps what is said of a metric.
    pub(super) fn metadata(&mut self, name: &str, metadata: evenkeel_metric::Metadata) -> Result<(), Stop> {
        self.budget.take(METADATA_BYTES + name.len() + metadata.help.len() + metadata.unit.len())?;
        self.into.metadata.push((name.into(), metadata));
        Ok(())
    }
}

/// Value and time as nearly every sender writes them.
#[inline(always)]
fn whole_sample(message: &[u8]) -> Option<(f64, i64)> {
    const VALUE_KEY: u8 = 1 << 3 | 1;
    const TIME_KEY: u8 = 2 << 3;
    let (value, time) = message.strip_prefix(&[VALUE_KEY])?.split_first_chunk::<8>()?;
    // Times of our years have six bytes, of seven bits each.
    let time: &[u8; 6] = time.strip_prefix(&[TIME_KEY])?.try_into().ok()?;
    let bytes = u64::from_le_bytes([time[0], time[1], time[2], time[3], time[4], time[5], 0, 0]);
    if bytes & CONTINUES != CONTINUES >> 8 {
        return None;
    }
    let at = (0..6).fold(0, |at, place| at | (bytes >> (8 * place) & 127) << (7 * place));
    Some((f64::from_bits(u64::from_le_bytes(*value)), at.cast_signed()))
}

/// The bit of each of six bytes that says that another follows.
const CONTINUES: u64 = 0x8080_8080_8080;

#[inline(never)]
fn any_sample(message: &[u8]) -> Result<(f64, i64), WireFault> {
    let (mut fields, mut value, mut at) = (Fields::of(message), 0.0, 0);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => value = field.double(1)?,
            2 => at = field.int64(2)?,
            _ => {}
        }
    }
    Ok((value, at))
}

/// What a number means as a metric's type; the same in both versions.
pub(super) const fn metric_type(number: u64) -> evenkeel_metric::MetricType {
    use evenkeel_metric::MetricType as Type;
    match number {
        1 => Type::Counter,
        2 => Type::Gauge,
        3 => Type::Histogram,
        4 => Type::GaugeHistogram,
        5 => Type::Summary,
        6 => Type::Info,
        7 => Type::StateSet,
        _ => Type::Unknown,
    }
}
