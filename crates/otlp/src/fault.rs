//! Why a request is not taken at all.

use evenkeel_protobuf::WireFault;

/// Why a request is not taken at all. Nothing of it was kept, and the same request will not do better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IntakeFault {
    /// It is no request of metrics.
    #[error("the body is not an ExportMetricsServiceRequest: {0}")]
    Message(#[from] WireFault),
    /// A text in it is none.
    #[error("the body is not an ExportMetricsServiceRequest: a text in it is not valid UTF-8")]
    Text,
    /// Values inside each other without end.
    #[error("the body has attribute values inside each other more than {0} deep")]
    Nesting(usize),
    /// Its series would take too much memory.
    #[error("the series of the request take more than {0} bytes of memory; send fewer in one request")]
    TooLarge(usize),
}
