//! Prometheus remote write, 1.0 and 2.0: what a request carries, and how one is made.
//!
//! [`negotiate`] says from the headers which version a body is of, [`Decoder`] makes a [`evenkeel_metric::Batch`] of it, and
//! [`encode`] makes a body of a batch. The protobuf messages are read by hand: nothing is allocated for a label, and what a
//! request may hold in memory is bounded before it is held, whatever its bytes claim.
//!
//! A body that cannot be read is a [`DecodeFault`]. A series or a histogram that cannot be kept is refused by itself, with its
//! reason, and the rest is taken: both versions ask for that.

mod decode;
mod encode;
mod fault;
mod limits;
mod media;
mod refused;
mod snappy;

pub use decode::{Decoded, Decoder};
pub use encode::encode;
pub use evenkeel_protobuf::WireFault;
pub use fault::DecodeFault;
pub use limits::Limits;
pub use media::{Unsupported, Version, Written, negotiate};
pub use refused::{HistogramFault, Reason, Refusals, Refused};
