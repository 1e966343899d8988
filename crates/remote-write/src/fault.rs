//! Why a body cannot be read.

use evenkeel_protobuf::WireFault;

/// Why a body cannot be read. Nothing of it was taken; the same body will not do better.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeFault {
    /// It is no block of Snappy.
    #[error("the body is not a Snappy block: {0}")]
    Snappy(Box<str>),
    /// It would become too large.
    #[error("the body unpacks to {claimed} bytes; at most {most} are taken in one request")]
    BodyTooLarge {
        /// What it says of itself.
        claimed: usize,
        /// What is allowed.
        most: usize,
    },
    /// Its series would take too much memory.
    #[error("the series of the request take more than {most} bytes of memory; send fewer in one request")]
    BatchTooLarge {
        /// What is allowed.
        most: usize,
    },
    /// What it unpacks to is not the message that its version has.
    #[error("the body is not a {message} message: {fault}")]
    Message {
        /// The message's name.
        message: &'static str,
        /// What is wrong.
        fault: WireFault,
    },
}

impl DecodeFault {
    /// The status of the answer: the sender does not try again.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Snappy(_) | Self::Message { .. } => 400,
            Self::BodyTooLarge { .. } | Self::BatchTooLarge { .. } => 413,
        }
    }
}
