//! OpenTelemetry metrics over gRPC and HTTP become series.
//!
//! ```text
//! gRPC, HTTP ─▶ server ─▶ unpacked ─▶ (JSON ─▶ protobuf) ─▶ MetricsIntake ─▶ Batch ─▶ Host::append ─▶ answer
//! ```
//!
//! [`MetricsIntake`] reads a request point by point, borrowed, and translates names, attributes and values by the rules that
//! Prometheus and OpenTelemetry share. What is counted anew in each request (delta) becomes what is counted on, in a state
//! that is bounded. [`serve`] is the listener round it. A request in JSON is first rewritten as protobuf, so that there is one
//! reader.
//!
//! Source: opentelemetry-proto `metrics/v1`; OpenTelemetry, "Prometheus and OpenMetrics Compatibility"; "OTLP Specification".

mod attribute;
mod delta;
mod fault;
mod intake;
mod json;
mod labels;
mod name;
mod options;
mod partial;
mod server;
mod starts;

pub use fault::IntakeFault;
pub use intake::MetricsIntake;
pub use json::{JsonFault, metrics_from_json};
pub use name::{MetricKind, label_name, metric_name, unit_name};
pub use options::{Limits, Naming, Options};
pub use partial::PartialSuccess;
pub use server::{Denied, Host, Kept, Receiver, Unavailable, serve};
