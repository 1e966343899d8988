//! One metric: what it is, and its points.

use evenkeel_metric::{Metadata, MetricType};
use evenkeel_protobuf::{Fields, Value};

use super::Taking;
use crate::attribute::text;
use crate::labels::{Labels, Shared};
use crate::name::{metric_name, unit_name};
use crate::{IntakeFault, MetricKind};

/// One metric, its points not read yet.
pub(super) struct Metric<'a> {
    name: &'a str,
    description: &'a str,
    unit: &'a str,
    data: Option<Data<'a>>,
}

/// Its points, by what they are.
#[derive(Clone, Copy)]
struct Data<'a> {
    shape: Shape,
    message: &'a [u8],
    temporality: Temporality,
    monotonic: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Gauge,
    Sum,
    Classic,
    Native,
    Summary,
}

/// Whether points count on, or anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Temporality {
    Unsaid,
    Delta,
    Cumulative,
}

/// What readers of points need to know of their metric.
pub(super) struct Target<'m> {
    /// The name of its series, as far as they share it.
    pub(super) name: &'m str,
    pub(super) temporality: Temporality,
    /// Whether it only grows.
    pub(super) monotonic: bool,
}

impl<'a> Metric<'a> {
    pub(super) fn read(message: &'a [u8]) -> Result<Self, IntakeFault> {
        let mut metric = Self { name: "", description: "", unit: "", data: None };
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            let shape = match number {
                1 => {
                    metric.name = text(field.bytes(1)?)?;
                    continue;
                }
                2 => {
                    metric.description = text(field.bytes(2)?)?;
                    continue;
                }
                3 => {
                    metric.unit = text(field.bytes(3)?)?;
                    continue;
                }
                5 => Shape::Gauge,
                7 => Shape::Sum,
                9 => Shape::Classic,
                10 => Shape::Native,
                11 => Shape::Summary,
                _ => continue,
            };
            metric.data = Some(Data::read(shape, field.bytes(number)?)?);
        }
        Ok(metric)
    }
}

impl<'a> Data<'a> {
    fn read(shape: Shape, message: &'a [u8]) -> Result<Self, IntakeFault> {
        let mut data = Self { shape, message, temporality: Temporality::Unsaid, monotonic: false };
        let counts = matches!(shape, Shape::Sum | Shape::Classic | Shape::Native);
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match (number, field) {
                (2, Value::Varint(1)) if counts => data.temporality = Temporality::Delta,
                (2, Value::Varint(2)) if counts => data.temporality = Temporality::Cumulative,
                (3, Value::Varint(monotonic)) if shape == Shape::Sum => data.monotonic = monotonic != 0,
                _ => {}
            }
        }
        Ok(data)
    }

    fn points(&self) -> Result<u64, IntakeFault> {
        let (mut fields, mut points) = (Fields::of(self.message), 0);
        while let Some((number, _)) = fields.field()? {
            points += u64::from(number == 1);
        }
        Ok(points)
    }

    /// What the metric is, for its name and for its metadata.
    const fn kind(&self) -> (MetricKind, MetricType) {
        match self.shape {
            Shape::Gauge => (MetricKind::Gauge, MetricType::Gauge),
            Shape::Sum if self.monotonic => (MetricKind::Counter, MetricType::Counter),
            // A sum that falls is a gauge to read, but never a ratio.
            Shape::Sum => (MetricKind::Other, MetricType::Gauge),
            Shape::Classic | Shape::Native => (MetricKind::Other, MetricType::Histogram),
            Shape::Summary => (MetricKind::Other, MetricType::Summary),
        }
    }
}

impl Taking<'_> {
    /// Reads the points of a metric.
    pub(super) fn metric<'a>(
        &mut self,
        metric: &Metric<'a>,
        shared: &'a Shared<'_>,
        labels: &mut Labels<'a>,
    ) -> Result<(), IntakeFault> {
        let Some(data) = metric.data else { return Ok(()) };
        let (kind, said) = data.kind();
        let Some(name) = metric_name(metric.name, metric.unit, kind, self.options.naming) else {
            let points = data.points()?;
            self.partial.reject(points, || format!("metric {:?}: nothing of its name can be kept", metric.name));
            return Ok(());
        };
        let counts = matches!(data.shape, Shape::Sum | Shape::Classic | Shape::Native);
        if counts && data.temporality == Temporality::Unsaid {
            let points = data.points()?;
            self.partial.reject(points, || format!("metric {:?}: its temporality is not said", metric.name));
            return Ok(());
        }
        let target = Target { name: &name, temporality: data.temporality, monotonic: data.monotonic };
        let mut fields = Fields::of(data.message);
        let mut any = false;
        while let Some((number, field)) = fields.field()? {
            if number != 1 {
                continue;
            }
            let point = field.bytes(1)?;
            let taken = match data.shape {
                Shape::Gauge | Shape::Sum => self.number(point, &target, shared, labels)?,
                Shape::Classic => self.classic(point, &target, shared, labels)?,
                Shape::Native => self.native(point, &target, shared, labels)?,
                Shape::Summary => self.summary(point, &target, shared, labels)?,
            };
            any |= taken.is_ok();
            if let Err(reason) = taken {
                self.partial.reject(1, || format!("metric {:?}: {reason}", metric.name));
            }
        }
        if any {
            let (help, unit) = (metric.description.into(), unit_name(metric.unit).into());
            self.output.describe(&name, Metadata { kind: said, help, unit })?;
        }
        Ok(())
    }
}
