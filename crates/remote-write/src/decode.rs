//! A body becomes series.

mod exemplar;
mod histogram;
mod labels;
mod series;
mod v1;
mod v2;

use evenkeel_metric::Batch;

use crate::limits::Budget;
use crate::{DecodeFault, Limits, Refusals, Version, Written, snappy};

/// Reads bodies, one after the other, and keeps the memory that unpacking takes.
#[derive(Debug)]
pub struct Decoder {
    limits: Limits,
    memory: Vec<u8>,
}

/// What a body had in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decoded {
    /// What is in the batch now. If all of it is appended, this is what the answer to a request of version 2.0 says.
    pub taken: Written,
    /// What is not in the batch. If there is anything, the answer's status is 400 with this as its text: the sender does not try
    /// again, and the rest was written.
    pub refused: Refusals,
}

/// Memory that is kept between two bodies. Units: bytes. A Prometheus sends bodies of some hundred kilobytes.
const MEMORY_KEPT_BYTES: usize = 2 << 20;

impl Decoder {
    /// A decoder with its limits.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits, memory: Vec::new() }
    }

    /// Reads a body into a batch, which is cleared first and empty after a fault.
    ///
    /// # Errors
    /// [`DecodeFault`] when the body as a whole is no message, or too large. What is wrong with single series is in
    /// [`Decoded::refused`].
    pub fn decode(&mut self, version: Version, body: &[u8], into: &mut Batch) -> Result<Decoded, DecodeFault> {
        into.clear();
        let plain = snappy::unpack(body, self.limits.body_bytes_max, &mut self.memory)?;
        let outcome = read(version, plain, &self.limits, into);
        if outcome.is_err() {
            into.clear();
        }
        if self.memory.len() > MEMORY_KEPT_BYTES {
            self.memory.truncate(MEMORY_KEPT_BYTES);
            self.memory.shrink_to_fit();
        }
        outcome
    }
}

fn read(version: Version, plain: &[u8], limits: &Limits, into: &mut Batch) -> Result<Decoded, DecodeFault> {
    let cx = series::Context { limits, budget: Budget::of(limits), decoded: Decoded::default(), into };
    match version {
        Version::V1 => v1::read(plain, cx),
        Version::V2 => v2::read(plain, cx),
    }
}
