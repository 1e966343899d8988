//! Points of exponential histograms: they become native ones.
//!
//! A bucket of OpenTelemetry has its lower bound outside and its upper inside, and is counted from the lower; Prometheus counts
//! from the upper, so that every index is one more.
//! Source: OpenTelemetry, "Prometheus and OpenMetrics Compatibility", exponential histograms.

use evenkeel_metric::{Histogram, ResetHint, Span, stale};
use evenkeel_protobuf::{Fields, Value, low32, zigzag};

use super::metric::{Target, Temporality};
use super::point::Point;
use super::{Taking, exemplar};
use crate::delta::Count;
use crate::labels::{Labels, Shared};
use crate::{IntakeFault, Limits};

/// Scales that Prometheus has.
const SCALE_MIN: i64 = -4;
const SCALE_MAX: i64 = 8;
/// What counts as zero when it is not said, as Prometheus has it.
const ZERO_THRESHOLD: f64 = 1e-128;
/// Empty buckets that are kept rather than a new span begun.
const EMPTY_MAX: usize = 2;

#[derive(Default)]
struct Raw {
    count: u64,
    sum: f64,
    scale: i64,
    zero_count: u64,
    zero_threshold: f64,
    positive: Side,
    negative: Side,
}

#[derive(Default)]
struct Side {
    offset: i64,
    counts: Vec<u64>,
}

impl Taking<'_> {
    /// Reads an `ExponentialHistogramDataPoint`; why it is not taken.
    pub(super) fn native<'a>(
        &mut self,
        message: &'a [u8],
        target: &Target<'_>,
        shared: &'a Shared<'_>,
        labels: &mut Labels<'a>,
    ) -> Result<Result<(), String>, IntakeFault> {
        let limits = &self.options.limits;
        let (mut point, raw) = read(message, limits)?;
        let histogram = if point.no_value() { Ok(ended()) } else { raw.histogram(limits) };
        let mut histogram = match point.check(limits).and(histogram) {
            Ok(histogram) => histogram,
            Err(reason) => return Ok(Err(reason)),
        };
        if let Err(reason) = labels.make(&mut point.attributes, shared, self.options.naming, limits)? {
            return Ok(Err(reason));
        }
        let mut pairs = Vec::new();
        labels.series(target.name, None, &mut pairs);
        if target.temporality == Temporality::Delta && !point.no_value() {
            let mut count = Count::Native(Box::new(histogram.clone()));
            if let Err(reason) = self.add_delta(&point, &pairs, &mut count) {
                return Ok(Err(reason));
            }
            if let Count::Native(whole) = count {
                histogram = *whole;
            }
        } else if !point.no_value() && self.zero(&point, &pairs).is_some() {
            histogram.reset_hint = ResetHint::Reset;
        }
        self.output.begin(&pairs)?;
        self.output.histogram(point.at(self.now), histogram)?;
        for message in &point.exemplars {
            let observed = exemplar::read(message, point.at(self.now))?;
            self.output.exemplar(observed.labels, observed.value, observed.at)?;
        }
        Ok(Ok(()))
    }
}

/// What says that a series ended.
fn ended() -> Histogram {
    Histogram { sum: stale(), ..Histogram::default() }
}

fn read<'a>(message: &'a [u8], limits: &Limits) -> Result<(Point<'a>, Raw), IntakeFault> {
    let (mut point, mut raw) = (Point::default(), Raw::default());
    let mut fields = Fields::of(message);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => point.attribute(field.bytes(1)?, limits)?,
            2 => point.start = field.fixed64(2)?,
            3 => point.until = field.fixed64(3)?,
            4 => raw.count = field.fixed64(4)?,
            5 => raw.sum = field.double(5)?,
            6 => raw.scale = zigzag(u64::from(low32(field.varint(6)?))),
            7 => raw.zero_count = field.fixed64(7)?,
            8 => raw.positive = side(field.bytes(8)?)?,
            9 => raw.negative = side(field.bytes(9)?)?,
            10 => point.flags(field.varint(10)?),
            11 => point.exemplar(field.bytes(11)?),
            14 => raw.zero_threshold = field.double(14)?,
            _ => {}
        }
    }
    Ok((point, raw))
}

fn side(message: &[u8]) -> Result<Side, IntakeFault> {
    let (mut fields, mut side) = (Fields::of(message), Side::default());
    while let Some((number, field)) = fields.field()? {
        match (number, field) {
            (1, field) => side.offset = zigzag(u64::from(low32(field.varint(1)?))),
            (2, Value::Bytes(packed)) => {
                let mut packed = Fields::of(packed);
                while !packed.rest().is_empty() {
                    side.counts.push(packed.varint()?);
                }
            }
            (2, field) => side.counts.push(field.varint(2)?),
            _ => {}
        }
    }
    Ok(side)
}

impl Raw {
    fn histogram(&self, limits: &Limits) -> Result<Histogram, String> {
        if self.scale < SCALE_MIN {
            return Err(format!("an exponential histogram has scale {}; at least {SCALE_MIN} is taken", self.scale));
        }
        let buckets = self.positive.counts.len().max(self.negative.counts.len());
        if buckets > limits.buckets_max {
            return Err(format!("a histogram has {buckets} buckets; at most {} are taken", limits.buckets_max));
        }
        let scale = self.scale.min(SCALE_MAX);
        // A step of the scale puts two buckets together; beyond 31 all have come together long since.
        let coarser = u32::try_from((self.scale - scale).min(31)).unwrap_or(31);
        let (positive_spans, positive_counts) = self.positive.buckets(coarser)?;
        let (negative_spans, negative_counts) = self.negative.buckets(coarser)?;
        let mut histogram = Histogram {
            reset_hint: ResetHint::Unknown,
            schema: i32::try_from(scale).unwrap_or_default(),
            zero_threshold: if self.zero_threshold > 0.0 { self.zero_threshold } else { ZERO_THRESHOLD },
            zero_count: self.zero_count as f64,
            count: self.count as f64,
            sum: self.sum,
            positive_spans,
            positive_counts,
            negative_spans,
            negative_counts,
            custom_bounds: Vec::new(),
        };
        histogram.compact_to(EMPTY_MAX);
        histogram.validate().map_err(|fault| format!("an exponential histogram is none: {fault}"))?;
        Ok(histogram)
    }
}

impl Side {
    /// The buckets by a coarser scale, all in one span.
    fn buckets(&self, coarser: u32) -> Result<(Vec<Span>, Vec<f64>), String> {
        if self.counts.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let index = |place: usize| (self.offset + i64::try_from(place).unwrap_or(i64::MAX / 2)) >> coarser;
        let first = index(0);
        let mut counts: Vec<f64> = Vec::new();
        for (place, count) in self.counts.iter().enumerate() {
            let bucket = usize::try_from(index(place) - first).unwrap_or_default();
            if bucket >= counts.len() {
                counts.resize(bucket + 1, 0.0);
            }
            if let Some(into) = counts.get_mut(bucket) {
                *into += *count as f64;
            }
        }
        let far = || "an exponential histogram has buckets that are too far away".to_owned();
        let last = i64::try_from(counts.len()).ok().and_then(|length| first.checked_add(length + 1));
        let offset = i32::try_from(first + 1).map_err(|_| far())?;
        last.and_then(|last| i32::try_from(last).ok()).ok_or_else(far)?;
        let length = u32::try_from(counts.len()).map_err(|_| far())?;
        Ok((vec![Span { offset, length }], counts))
    }
}
