//! Points of histograms with written bounds: they become `_bucket`, `_sum` and `_count`.

use evenkeel_protobuf::{Fields, Value, WireFault};
use evenkeel_time::Timestamp;

use super::Taking;
use super::exemplar::{self, Observed};
use super::metric::{Target, Temporality};
use super::point::Point;
use crate::delta::{Classic, Count};
use crate::labels::{Labels, Shared};
use crate::{IntakeFault, Limits};

impl Taking<'_> {
    /// Reads a `HistogramDataPoint`; why it is not taken.
    pub(super) fn classic<'a>(
        &mut self,
        message: &'a [u8],
        target: &Target<'_>,
        shared: &'a Shared<'_>,
        labels: &mut Labels<'a>,
    ) -> Result<Result<(), String>, IntakeFault> {
        let limits = &self.options.limits;
        let (mut point, mut histogram) = read(message, limits)?;
        if let Err(reason) = point.check(limits).and_then(|()| check(&histogram, limits)) {
            return Ok(Err(reason));
        }
        if let Err(reason) = labels.make(&mut point.attributes, shared, self.options.naming, limits)? {
            return Ok(Err(reason));
        }
        let mut pairs = Vec::new();
        labels.series(target.name, None, &mut pairs);
        let mut zero = None;
        if target.temporality == Temporality::Delta && !point.no_value() {
            let mut count = Count::Classic(std::mem::take(&mut histogram));
            if let Err(reason) = self.add_delta(&point, &pairs, &mut count) {
                return Ok(Err(reason));
            }
            if let Count::Classic(whole) = count {
                histogram = whole;
            }
        } else if !point.no_value() {
            zero = self.zero(&point, &pairs);
        }
        self.write(&point, &histogram, zero, target, labels)?;
        Ok(Ok(()))
    }

    fn write(
        &mut self,
        point: &Point<'_>,
        histogram: &Classic,
        zero: Option<i64>,
        target: &Target<'_>,
        labels: &Labels<'_>,
    ) -> Result<(), IntakeFault> {
        let at = point.at(self.now);
        let mut observed = Vec::with_capacity(point.exemplars.len());
        for message in &point.exemplars {
            observed.push(exemplar::read(message, at)?);
        }
        let bucket = format!("{}_bucket", target.name);
        let (mut below, mut lower) = (0u64, f64::NEG_INFINITY);
        // The last bucket has no bound, and everything in it.
        let bounds = histogram.bounds.iter().copied().chain([f64::INFINITY]);
        for (index, bound) in bounds.enumerate() {
            below = below.saturating_add(histogram.counts.get(index).copied().unwrap_or(0));
            let last = bound == f64::INFINITY;
            let le = if last { "+Inf".to_owned() } else { bound.to_string() };
            let mut pairs = Vec::new();
            let within = |seen: &&Observed| seen.value <= bound && (seen.value > lower || lower == f64::NEG_INFINITY);
            labels.series(&bucket, Some(("le", &le)), &mut pairs);
            self.output.begin(&pairs)?;
            self.value(point, zero, at, if last { histogram.count } else { below } as f64)?;
            for seen in observed.iter().filter(within) {
                self.output.exemplar(seen.labels.clone(), seen.value, seen.at)?;
            }
            lower = bound;
        }
        for (part, value) in [("_sum", histogram.sum), ("_count", Some(histogram.count as f64))] {
            if let Some(value) = value {
                let name = format!("{}{part}", target.name);
                let mut pairs = Vec::new();
                labels.series(&name, None, &mut pairs);
                self.output.begin(&pairs)?;
                self.value(point, zero, at, value)?;
            }
        }
        Ok(())
    }

    /// Appends a value, and before it a zero when counting began anew.
    fn value(&mut self, point: &Point<'_>, zero: Option<i64>, at: Timestamp, value: f64) -> Result<(), IntakeFault> {
        if let Some(zero) = zero {
            self.output.sample(Timestamp(zero), 0.0)?;
        }
        self.output.sample(at, if point.no_value() { evenkeel_metric::stale() } else { value })
    }
}

fn read<'a>(message: &'a [u8], limits: &Limits) -> Result<(Point<'a>, Classic), IntakeFault> {
    let (mut point, mut histogram) = (Point::default(), Classic::default());
    let mut fields = Fields::of(message);
    while let Some((number, field)) = fields.field()? {
        match number {
            2 => point.start = field.fixed64(2)?,
            3 => point.until = field.fixed64(3)?,
            4 => histogram.count = field.fixed64(4)?,
            5 => histogram.sum = Some(field.double(5)?),
            6 => fixed64s(6, field, |bits| histogram.counts.push(bits))?,
            7 => fixed64s(7, field, |bits| histogram.bounds.push(f64::from_bits(bits)))?,
            8 => point.exemplar(field.bytes(8)?),
            9 => point.attribute(field.bytes(9)?, limits)?,
            10 => point.flags(field.varint(10)?),
            _ => {}
        }
    }
    Ok((point, histogram))
}

/// Repeated numbers of eight bytes, packed or not.
pub(super) fn fixed64s(number: u32, field: Value<'_>, mut add: impl FnMut(u64)) -> Result<(), WireFault> {
    if let Value::Bytes(packed) = field {
        let mut packed = Fields::of(packed);
        while !packed.rest().is_empty() {
            add(packed.fixed64()?);
        }
        return Ok(());
    }
    add(field.fixed64(number)?);
    Ok(())
}

fn check(histogram: &Classic, limits: &Limits) -> Result<(), String> {
    let (counts, bounds) = (histogram.counts.len(), histogram.bounds.len());
    if counts > limits.buckets_max {
        return Err(format!("a histogram has {counts} buckets; at most {} are taken", limits.buckets_max));
    }
    if counts != bounds + 1 && (counts, bounds) != (0, 0) {
        return Err(format!(
            "a histogram has {counts} buckets and {bounds} bounds; there is one bound fewer than buckets"
        ));
    }
    if !histogram.bounds.iter().all(|bound| bound.is_finite()) || !histogram.bounds.is_sorted_by(|a, b| a < b) {
        return Err("a histogram has bounds that do not ascend, or are not finite".to_owned());
    }
    Ok(())
}
