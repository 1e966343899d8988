//! One native histogram; its message is the same in both versions.
//!
//! A histogram of integers has each bucket as the difference to the one before it, one of floats has the counts themselves.
//! What is refused is what Prometheus refuses. Source: Prometheus `prompb/types.proto`.

use evenkeel_metric::{Histogram, ResetHint, Span};

use crate::HistogramFault;
use evenkeel_protobuf::{Fields, Value, WireFault, low32, zigzag};

/// The fields as they were sent.
#[derive(Default)]
struct Raw {
    count: Option<Count>,
    zero_int: u64,
    zero_float: f64,
    sum: f64,
    schema: i64,
    zero_threshold: f64,
    positive: Side,
    negative: Side,
    custom_bounds: Vec<f64>,
    reset_hint: u64,
    at: i64,
}

enum Count {
    Int(u64),
    Float(f64),
}

#[derive(Default)]
struct Side {
    spans: Vec<Span>,
    deltas: Vec<i64>,
    counts: Vec<f64>,
}

/// Its time, and the histogram or what is wrong with it.
pub(super) fn read(message: &[u8]) -> Result<(i64, Result<Histogram, HistogramFault>), WireFault> {
    let mut raw = Raw::default();
    let mut fields = Fields::of(message);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => raw.count = Some(Count::Int(field.varint(1)?)),
            2 => raw.count = Some(Count::Float(field.double(2)?)),
            3 => raw.sum = field.double(3)?,
            4 => raw.schema = zigzag(field.varint(4)?),
            5 => raw.zero_threshold = field.double(5)?,
            6 => raw.zero_int = field.varint(6)?,
            7 => raw.zero_float = field.double(7)?,
            8 => raw.negative.spans.push(span(field.bytes(8)?)?),
            9 => varints(9, field, &mut raw.negative.deltas)?,
            10 => doubles(10, field, &mut raw.negative.counts)?,
            11 => raw.positive.spans.push(span(field.bytes(11)?)?),
            12 => varints(12, field, &mut raw.positive.deltas)?,
            13 => doubles(13, field, &mut raw.positive.counts)?,
            14 => raw.reset_hint = field.varint(14)?,
            15 => raw.at = field.int64(15)?,
            16 => doubles(16, field, &mut raw.custom_bounds)?,
            _ => {}
        }
    }
    Ok((raw.at, finish(raw)))
}

fn span(message: &[u8]) -> Result<Span, WireFault> {
    let (mut fields, mut span) = (Fields::of(message), Span { offset: 0, length: 0 });
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => span.offset = signed32(zigzag(u64::from(low32(field.varint(1)?)))),
            2 => span.length = low32(field.varint(2)?),
            _ => {}
        }
    }
    Ok(span)
}

/// A number that was made of 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "the zigzag of 32 bits has 32 bits")]
const fn signed32(value: i64) -> i32 {
    value as i32
}

/// A repeated number, packed or not.
fn varints(number: u32, field: Value<'_>, into: &mut Vec<i64>) -> Result<(), WireFault> {
    if let Value::Bytes(packed) = field {
        let mut packed = Fields::of(packed);
        while !packed.rest().is_empty() {
            into.push(zigzag(packed.varint()?));
        }
        return Ok(());
    }
    into.push(zigzag(field.varint(number)?));
    Ok(())
}

fn doubles(number: u32, field: Value<'_>, into: &mut Vec<f64>) -> Result<(), WireFault> {
    if let Value::Bytes(packed) = field {
        let mut packed = Fields::of(packed);
        while !packed.rest().is_empty() {
            into.push(f64::from_bits(packed.fixed64()?));
        }
        return Ok(());
    }
    into.push(field.double(number)?);
    Ok(())
}

fn finish(raw: Raw) -> Result<Histogram, HistogramFault> {
    let (count, zero_count, positive_counts, negative_counts) = match raw.count {
        Some(Count::Float(count)) => (count, raw.zero_float, raw.positive.counts, raw.negative.counts),
        Some(Count::Int(count)) => integers(count, raw.zero_int, raw.sum, &raw.positive, &raw.negative)?,
        None => integers(0, raw.zero_int, raw.sum, &raw.positive, &raw.negative)?,
    };
    let schema = i32::try_from(raw.schema).unwrap_or(i32::MAX);
    let histogram = Histogram {
        reset_hint: match raw.reset_hint {
            1 => ResetHint::Reset,
            2 => ResetHint::NotReset,
            3 => ResetHint::Gauge,
            _ => ResetHint::Unknown,
        },
        schema,
        zero_threshold: raw.zero_threshold,
        zero_count,
        count,
        sum: raw.sum,
        positive_spans: raw.positive.spans,
        positive_counts,
        negative_spans: raw.negative.spans,
        negative_counts,
        custom_bounds: raw.custom_bounds,
    };
    histogram.validate().map_err(HistogramFault::Invalid)?;
    Ok(histogram)
}

type Counts = (f64, f64, Vec<f64>, Vec<f64>);

/// The counts of a histogram of integers, which have to add up.
fn integers(count: u64, zero: u64, sum: f64, positive: &Side, negative: &Side) -> Result<Counts, HistogramFault> {
    let (above, above_total) = absolute(&positive.deltas)?;
    let (below, below_total) = absolute(&negative.deltas)?;
    let buckets = zero.saturating_add(above_total).saturating_add(below_total);
    // An observation that is not a number is counted and is in no bucket; it makes the sum NaN.
    if buckets > count || (buckets < count && !sum.is_nan()) {
        return Err(HistogramFault::Count { count, buckets });
    }
    Ok((count as f64, zero as f64, above, below))
}

fn absolute(deltas: &[i64]) -> Result<(Vec<f64>, u64), HistogramFault> {
    let (mut counts, mut last, mut total) = (Vec::with_capacity(deltas.len()), 0i64, 0u64);
    for delta in deltas {
        last = last.checked_add(*delta).filter(|count| *count >= 0).ok_or(HistogramFault::NegativeBucket)?;
        total = total.saturating_add(last.unsigned_abs());
        counts.push(last as f64);
    }
    Ok((counts, total))
}
