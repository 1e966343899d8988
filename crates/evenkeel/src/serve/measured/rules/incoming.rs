//! An alert of a rule in the engine's terms.

use evenkeel_engine::IncomingAlert;
use evenkeel_rules::SentAlert;

/// An alert as any sender would send it; `None`, and said, when it is none.
pub(super) fn incoming(sent: &SentAlert) -> Option<IncomingAlert> {
    let alert = IncomingAlert {
        labels: sent.labels.clone(),
        annotations: sent.annotations.clone(),
        starts_at: Some(sent.starts_at),
        ends_at: Some(sent.ends_at),
        generator_url: sent.generator_url.as_str().into(),
    };
    match alert.validate() {
        Ok(()) => Some(alert),
        Err(error) => {
            tracing::error!(labels = %sent.labels, %error, "an alert of a rule is not valid");
            None
        }
    }
}
