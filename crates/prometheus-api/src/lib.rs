//! Prometheus's HTTP API: parameters become questions, answers become JSON.
//!
//! [`answer`] takes a request without its server and gives back status and body. Paths, parameters, the envelope, types of
//! errors and the texts that clients look at are those of Prometheus 3, so that Grafana, `promtool` and the clients of each
//! language find what they know. JSON is written straight into bytes.
//!
//! Source: Prometheus, "HTTP API"; `web/api/v1`.

mod answer;
mod context;
mod endpoint;
mod escaped_name;
mod fault;
mod form;
mod json;
mod parameter;
mod route;
mod rules;
mod status;

pub use answer::ApiAnswer;
pub use context::{Context, Options};
pub use fault::{ApiFault, ErrorType};
pub use form::{ApiRequest, Method};
pub use route::answer;
pub use rules::{ActiveAlert, AlertState, AlertingRule, Health, NoRules, RecordingRule, Rule, RuleGroup, RulesView};
pub use status::{Build, Head, PROMETHEUS_LEVEL, Runtime, StatusView};
