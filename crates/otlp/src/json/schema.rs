//! The messages of OTLP's metrics: the name of each field in JSON, its number, and what it holds.
//!
//! Source: opentelemetry-proto, `collector/metrics/v1`, `metrics/v1`, `resource/v1`, `common/v1`.

/// A message: its fields.
pub(super) struct Message(pub(super) &'static [Field]);

/// A field.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) number: u32,
    pub(super) kind: Kind,
    pub(super) repeated: bool,
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    /// In Base64.
    Bytes,
    /// An id: bytes in hexadecimal digits.
    Id,
    Bool,
    /// `int64`, `uint64`, `uint32`, an enum.
    Varint,
    /// `sint32`
    Zigzag,
    /// `fixed64`, `sfixed64`
    Fixed64,
    Double,
    Message(&'static Message),
}

impl Kind {
    pub(super) const fn described(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Bytes => "bytes in Base64",
            Self::Id => "an id in hexadecimal digits",
            Self::Bool => "true or false",
            Self::Varint | Self::Zigzag | Self::Fixed64 => "a whole number, as a number or a text",
            Self::Double => "a number, or one of the texts NaN, Infinity, -Infinity",
            Self::Message(_) => "an object",
        }
    }
}

const fn one(name: &'static str, number: u32, kind: Kind) -> Field {
    Field { name, number, kind, repeated: false }
}

const fn many(name: &'static str, number: u32, kind: Kind) -> Field {
    Field { name, number, kind, repeated: true }
}

/// `ExportMetricsServiceRequest`
pub(super) static REQUEST: Message = Message(&[many("resourceMetrics", 1, Kind::Message(&RESOURCE_METRICS))]);

static RESOURCE_METRICS: Message = Message(&[
    one("resource", 1, Kind::Message(&RESOURCE)),
    many("scopeMetrics", 2, Kind::Message(&SCOPE_METRICS)),
    one("schemaUrl", 3, Kind::Text),
]);

static RESOURCE: Message = Message(&[many("attributes", 1, Kind::Message(&KEY_VALUE))]);

static SCOPE_METRICS: Message = Message(&[
    one("scope", 1, Kind::Message(&SCOPE)),
    many("metrics", 2, Kind::Message(&METRIC)),
    one("schemaUrl", 3, Kind::Text),
]);

static SCOPE: Message = Message(&[
    one("name", 1, Kind::Text),
    one("version", 2, Kind::Text),
    many("attributes", 3, Kind::Message(&KEY_VALUE)),
]);

static METRIC: Message = Message(&[
    one("name", 1, Kind::Text),
    one("description", 2, Kind::Text),
    one("unit", 3, Kind::Text),
    one("gauge", 5, Kind::Message(&GAUGE)),
    one("sum", 7, Kind::Message(&SUM)),
    one("histogram", 9, Kind::Message(&HISTOGRAM)),
    one("exponentialHistogram", 10, Kind::Message(&EXPONENTIAL_HISTOGRAM)),
    one("summary", 11, Kind::Message(&SUMMARY)),
]);

static GAUGE: Message = Message(&[many("dataPoints", 1, Kind::Message(&NUMBER_POINT))]);

static SUM: Message = Message(&[
    many("dataPoints", 1, Kind::Message(&NUMBER_POINT)),
    one("aggregationTemporality", 2, Kind::Varint),
    one("isMonotonic", 3, Kind::Bool),
]);

static HISTOGRAM: Message =
    Message(&[many("dataPoints", 1, Kind::Message(&HISTOGRAM_POINT)), one("aggregationTemporality", 2, Kind::Varint)]);

static EXPONENTIAL_HISTOGRAM: Message = Message(&[
    many("dataPoints", 1, Kind::Message(&EXPONENTIAL_POINT)),
    one("aggregationTemporality", 2, Kind::Varint),
]);

static SUMMARY: Message = Message(&[many("dataPoints", 1, Kind::Message(&SUMMARY_POINT))]);

static NUMBER_POINT: Message = Message(&[
    many("attributes", 7, Kind::Message(&KEY_VALUE)),
    one("startTimeUnixNano", 2, Kind::Fixed64),
    one("timeUnixNano", 3, Kind::Fixed64),
    one("asDouble", 4, Kind::Double),
    one("asInt", 6, Kind::Fixed64),
    many("exemplars", 5, Kind::Message(&EXEMPLAR)),
    one("flags", 8, Kind::Varint),
]);

static HISTOGRAM_POINT: Message = Message(&[
    many("attributes", 9, Kind::Message(&KEY_VALUE)),
    one("startTimeUnixNano", 2, Kind::Fixed64),
    one("timeUnixNano", 3, Kind::Fixed64),
    one("count", 4, Kind::Fixed64),
    one("sum", 5, Kind::Double),
    many("bucketCounts", 6, Kind::Fixed64),
    many("explicitBounds", 7, Kind::Double),
    many("exemplars", 8, Kind::Message(&EXEMPLAR)),
    one("flags", 10, Kind::Varint),
]);

static EXPONENTIAL_POINT: Message = Message(&[
    many("attributes", 1, Kind::Message(&KEY_VALUE)),
    one("startTimeUnixNano", 2, Kind::Fixed64),
    one("timeUnixNano", 3, Kind::Fixed64),
    one("count", 4, Kind::Fixed64),
    one("sum", 5, Kind::Double),
    one("scale", 6, Kind::Zigzag),
    one("zeroCount", 7, Kind::Fixed64),
    one("positive", 8, Kind::Message(&BUCKETS)),
    one("negative", 9, Kind::Message(&BUCKETS)),
    one("flags", 10, Kind::Varint),
    many("exemplars", 11, Kind::Message(&EXEMPLAR)),
    one("zeroThreshold", 14, Kind::Double),
]);

static BUCKETS: Message = Message(&[one("offset", 1, Kind::Zigzag), many("bucketCounts", 2, Kind::Varint)]);

static SUMMARY_POINT: Message = Message(&[
    many("attributes", 7, Kind::Message(&KEY_VALUE)),
    one("startTimeUnixNano", 2, Kind::Fixed64),
    one("timeUnixNano", 3, Kind::Fixed64),
    one("count", 4, Kind::Fixed64),
    one("sum", 5, Kind::Double),
    many("quantileValues", 6, Kind::Message(&QUANTILE)),
    one("flags", 8, Kind::Varint),
]);

static QUANTILE: Message = Message(&[one("quantile", 1, Kind::Double), one("value", 2, Kind::Double)]);

static EXEMPLAR: Message = Message(&[
    many("filteredAttributes", 7, Kind::Message(&KEY_VALUE)),
    one("timeUnixNano", 2, Kind::Fixed64),
    one("asDouble", 3, Kind::Double),
    one("asInt", 6, Kind::Fixed64),
    one("spanId", 4, Kind::Id),
    one("traceId", 5, Kind::Id),
]);

static KEY_VALUE: Message = Message(&[one("key", 1, Kind::Text), one("value", 2, Kind::Message(&ANY_VALUE))]);

static ANY_VALUE: Message = Message(&[
    one("stringValue", 1, Kind::Text),
    one("boolValue", 2, Kind::Bool),
    one("intValue", 3, Kind::Varint),
    one("doubleValue", 4, Kind::Double),
    one("arrayValue", 5, Kind::Message(&ARRAY)),
    one("kvlistValue", 6, Kind::Message(&KEY_VALUE_LIST)),
    one("bytesValue", 7, Kind::Bytes),
]);

static ARRAY: Message = Message(&[many("values", 1, Kind::Message(&ANY_VALUE))]);

static KEY_VALUE_LIST: Message = Message(&[many("values", 1, Kind::Message(&KEY_VALUE))]);
