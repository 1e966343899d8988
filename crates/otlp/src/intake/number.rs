//! Points of gauges and sums.

use evenkeel_labels::LabelSet;
use evenkeel_protobuf::Fields;
use evenkeel_time::Timestamp;

use super::metric::{Target, Temporality};
use super::point::Point;
use super::{Taking, exemplar};
use crate::IntakeFault;
use crate::delta::Count;
use crate::labels::{Labels, Shared};

impl Taking<'_> {
    /// Reads a `NumberDataPoint`; why it is not taken.
    pub(super) fn number<'a>(
        &mut self,
        message: &'a [u8],
        target: &Target<'_>,
        shared: &'a Shared<'_>,
        labels: &mut Labels<'a>,
    ) -> Result<Result<(), String>, IntakeFault> {
        let limits = &self.options.limits;
        let (mut point, mut value) = (Point::default(), None);
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match number {
                2 => point.start = field.fixed64(2)?,
                3 => point.until = field.fixed64(3)?,
                4 => value = Some(field.double(4)?),
                5 => point.exemplar(field.bytes(5)?),
                6 => value = Some(field.fixed64(6)?.cast_signed() as f64),
                7 => point.attribute(field.bytes(7)?, limits)?,
                8 => point.flags(field.varint(8)?),
                _ => {}
            }
        }
        if let Err(reason) = point.check(limits) {
            return Ok(Err(reason));
        }
        if let Err(reason) = labels.make(&mut point.attributes, shared, self.options.naming, limits)? {
            return Ok(Err(reason));
        }
        let mut pairs = Vec::new();
        labels.series(target.name, None, &mut pairs);
        let (value, zero) = if point.no_value() {
            (evenkeel_metric::stale(), None)
        } else {
            let Some(value) = value else { return Ok(Err("a point has no value".to_owned())) };
            match self.counted(value, &point, target, &pairs) {
                Ok(counted) => counted,
                Err(reason) => return Ok(Err(reason)),
            }
        };
        self.output.begin(&pairs)?;
        if let Some(zero) = zero {
            self.output.sample(Timestamp(zero), 0.0)?;
        }
        self.output.sample(point.at(self.now), value)?;
        for message in &point.exemplars {
            let observed = exemplar::read(message, point.at(self.now))?;
            self.output.exemplar(observed.labels, observed.value, observed.at)?;
        }
        Ok(Ok(()))
    }

    /// The count as it goes on, and when it was zero if it began anew.
    fn counted(
        &mut self,
        value: f64,
        point: &Point<'_>,
        target: &Target<'_>,
        pairs: &[(&str, &str)],
    ) -> Result<(f64, Option<i64>), String> {
        match target.temporality {
            Temporality::Unsaid => Ok((value, None)),
            Temporality::Cumulative if target.monotonic => Ok((value, self.zero(point, pairs))),
            Temporality::Cumulative => Ok((value, None)),
            Temporality::Delta => {
                let mut count = Count::Number(value);
                self.add_delta(point, pairs, &mut count)?;
                Ok((if let Count::Number(value) = count { value } else { value }, None))
            }
        }
    }

    /// Makes a point with delta temporality the whole count of its series.
    pub(super) fn add_delta(
        &mut self,
        point: &Point<'_>,
        pairs: &[(&str, &str)],
        count: &mut Count,
    ) -> Result<(), String> {
        let mut series = String::new();
        LabelSet::encode_sorted(pairs.iter().copied(), &mut series);
        self.deltas.add(&series, point.until, count, &self.options.limits, self.now)
    }

    /// When a series was zero, if it began anew since its last point.
    pub(super) fn zero(&mut self, point: &Point<'_>, pairs: &[(&str, &str)]) -> Option<i64> {
        if !self.options.zero_at_start || point.start == 0 {
            return None;
        }
        let mut series = String::new();
        LabelSet::encode_sorted(pairs.iter().copied(), &mut series);
        self.starts.began_anew(&series, point.start, point.until, &self.options.limits)
    }
}
