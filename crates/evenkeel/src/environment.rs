//! The environment: every variable that the program knows, read here and nowhere else.

use std::env::var_os;

/// What the environment says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// `EVENKEEL_LOG`: what is logged, in the usual directives.
    pub(crate) log: Option<String>,
    /// `EVENKEEL_SERVER`: the address of the server to ask.
    pub(crate) server: Option<String>,
    /// `EVENKEEL_TOKEN_FILE`: a file that holds the token to show. A token itself is never in the environment.
    pub(crate) token_file: Option<String>,
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`: where the demo's services send what they measure. Source: OpenTelemetry specification.
    pub(crate) otlp_endpoint: Option<String>,
    /// `TZ`: the zone in which this machine's people think.
    pub(crate) zone: Option<String>,
    /// `USER`: who is logged in.
    pub(crate) user: Option<String>,
    /// `NO_COLOR`: whether colour is not wanted.
    pub(crate) no_color: bool,
}

impl Environment {
    /// Reads it, once at the start. What is set but empty, or no text, counts as not set.
    pub(crate) fn read() -> Self {
        let text = |name| var_os(name).and_then(|value| value.into_string().ok()).filter(|text| !text.is_empty());
        Self {
            log: text("EVENKEEL_LOG"),
            server: text("EVENKEEL_SERVER"),
            token_file: text("EVENKEEL_TOKEN_FILE"),
            otlp_endpoint: text("OTEL_EXPORTER_OTLP_ENDPOINT"),
            zone: text("TZ"),
            user: text("USER"),
            no_color: text("NO_COLOR").is_some(),
        }
    }
}
