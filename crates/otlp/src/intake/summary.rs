//! Points of summaries: quantiles, `_sum` and `_count`.

use evenkeel_protobuf::Fields;

use super::Taking;
use super::metric::Target;
use super::point::Point;
use crate::IntakeFault;
use crate::labels::{Labels, Shared};

impl Taking<'_> {
    /// Reads a `SummaryDataPoint`; why it is not taken.
    pub(super) fn summary<'a>(
        &mut self,
        message: &'a [u8],
        target: &Target<'_>,
        shared: &'a Shared<'_>,
        labels: &mut Labels<'a>,
    ) -> Result<Result<(), String>, IntakeFault> {
        let limits = &self.options.limits;
        let (mut point, mut count, mut sum, mut quantiles) = (Point::default(), 0, 0.0, Vec::new());
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match number {
                2 => point.start = field.fixed64(2)?,
                3 => point.until = field.fixed64(3)?,
                4 => count = field.fixed64(4)?,
                5 => sum = field.double(5)?,
                6 => quantiles.push(quantile(field.bytes(6)?)?),
                7 => point.attribute(field.bytes(7)?, limits)?,
                8 => point.flags(field.varint(8)?),
                _ => {}
            }
        }
        if let Err(reason) = point.check(limits) {
            return Ok(Err(reason));
        }
        if quantiles.len() > limits.buckets_max {
            let (found, most) = (quantiles.len(), limits.buckets_max);
            return Ok(Err(format!("a summary has {found} quantiles; at most {most} are taken")));
        }
        if let Err(reason) = labels.make(&mut point.attributes, shared, self.options.naming, limits)? {
            return Ok(Err(reason));
        }
        let at = point.at(self.now);
        let value = |value: f64| if point.no_value() { evenkeel_metric::stale() } else { value };
        for (part, number) in [("_sum", sum), ("_count", count as f64)] {
            let name = format!("{}{part}", target.name);
            let mut pairs = Vec::new();
            labels.series(&name, None, &mut pairs);
            self.output.begin(&pairs)?;
            self.output.sample(at, value(number))?;
        }
        for (quantile, number) in quantiles {
            let quantile = quantile.to_string();
            let mut pairs = Vec::new();
            labels.series(target.name, Some(("quantile", &quantile)), &mut pairs);
            self.output.begin(&pairs)?;
            self.output.sample(at, value(number))?;
        }
        Ok(Ok(()))
    }
}

fn quantile(message: &[u8]) -> Result<(f64, f64), IntakeFault> {
    let (mut fields, mut quantile, mut value) = (Fields::of(message), 0.0, 0.0);
    while let Some((number, field)) = fields.field()? {
        match number {
            1 => quantile = field.double(1)?,
            2 => value = field.double(2)?,
            _ => {}
        }
    }
    Ok((quantile, value))
}
