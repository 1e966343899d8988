//! `webhook_configs`.

use evenkeel_model::WebhookReceiver;
use evenkeel_model::document::TransportDocument;

use super::secret::secret_url;
use crate::fields::{Cx, Fields};

/// Reads what is a webhook's own.
pub(super) fn webhook(fields: &mut Fields<'_>, cx: &mut Cx) -> TransportDocument {
    let url = secret_url(fields, ["url", "url_file"], false, cx);
    let max_alerts = fields.whole("max_alerts", u64::from(u32::MAX), cx).unwrap_or(0);
    let timeout = fields.duration("timeout", cx).map(|timeout| timeout.value).filter(|timeout| timeout.0 > 0);
    fields.not_used(&["payload"], cx);
    let Some(url) = url else {
        if fields.node("url_file").is_none() {
            fields.require("url", cx);
        }
        return TransportDocument::Faulty;
    };
    let http = evenkeel_model::HttpOptions::default();
    TransportDocument::Webhook(WebhookReceiver { url: url.value, max_alerts, timeout, http })
}
