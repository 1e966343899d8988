//! A request becomes series, point by point.

mod classic;
mod exemplar;
mod metric;
mod native;
mod number;
mod output;
mod point;
mod resource;
mod summary;

use evenkeel_metric::Batch;
use evenkeel_protobuf::Fields;
use evenkeel_time::Timestamp;

use self::metric::Metric;
use self::output::Output;
use self::resource::{Resource, Scope};
use crate::delta::Deltas;
use crate::labels::Labels;
use crate::starts::Starts;
use crate::{IntakeFault, Options, PartialSuccess};

/// Reads requests, one after the other, and holds what goes on from one to the next.
#[derive(Debug)]
pub struct MetricsIntake {
    options: Options,
    deltas: Deltas,
    starts: Starts,
}

impl MetricsIntake {
    /// An intake that has heard of nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, deltas: Deltas::default(), starts: Starts::default() }
    }

    /// How metrics are translated.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Reads an `ExportMetricsServiceRequest` into a batch, which is cleared first and empty after a fault. What single points
    /// lack is in the answer.
    ///
    /// A batch that could not be kept may be sent again: points with delta temporality are not counted twice.
    ///
    /// # Errors
    /// [`IntakeFault`] when the request as a whole is none, or too large.
    pub fn take(&mut self, request: &[u8], now: Timestamp, into: &mut Batch) -> Result<PartialSuccess, IntakeFault> {
        into.clear();
        let Self { options, deltas, starts } = self;
        let output = Output::new(into, options.limits.batch_bytes_max);
        let mut taking = Taking { options, deltas, starts, now, output, partial: PartialSuccess::default() };
        let outcome = taking.request(request);
        let partial = taking.partial;
        if let Err(fault) = outcome {
            into.clear();
            return Err(fault);
        }
        Ok(partial)
    }
}

/// One request that is being read.
struct Taking<'t> {
    options: &'t Options,
    deltas: &'t mut Deltas,
    starts: &'t mut Starts,
    now: Timestamp,
    output: Output<'t>,
    partial: PartialSuccess,
}

impl Taking<'_> {
    fn request(&mut self, message: &[u8]) -> Result<(), IntakeFault> {
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            if number == 1 {
                self.resource_metrics(field.bytes(1)?)?;
            }
        }
        Ok(())
    }

    fn resource_metrics(&mut self, message: &[u8]) -> Result<(), IntakeFault> {
        let resource = Resource::of_metrics(message, self.options)?;
        self.output.newest = None;
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            if number == 2 {
                self.scope_metrics(field.bytes(2)?, &resource)?;
            }
        }
        if let Some(newest) = self.output.newest {
            resource.target_info(newest, self.options, &mut self.output)?;
        }
        Ok(())
    }

    fn scope_metrics(&mut self, message: &[u8], resource: &Resource<'_>) -> Result<(), IntakeFault> {
        let shared = Scope::of_metrics(message)?.shared(resource, self.options)?;
        let mut labels = Labels::default();
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            if number == 2 {
                let metric = Metric::read(field.bytes(2)?)?;
                self.metric(&metric, &shared, &mut labels)?;
            }
        }
        Ok(())
    }
}
