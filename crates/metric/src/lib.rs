//! What a metric is: samples, native histograms, exemplars and what is known of a metric; and the ports by which series are
//! appended and read, whoever keeps them.

mod batch;
mod column;
mod exemplar;
mod histogram;
mod metadata;
mod querier;
mod sample;

pub use batch::{Batch, BatchSeries};
pub use column::Column;
pub use exemplar::Exemplar;
pub use histogram::{
    Added, Bucket, CUSTOM_BUCKETS_SCHEMA, Compensated, GoFloat, Histogram, HistogramFault, HistogramSum, Incompatible,
    ResetHint, Span,
};
pub use metadata::{Metadata, MetricType};
pub use querier::{Querier, ReadFault, Selected, Selection};
pub use sample::{STALE_NAN_BITS, Sample, is_stale, stale};
