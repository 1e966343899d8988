//! Whole attempts against receivers on loopback that behave well, badly, and worse.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test: it sets up files and servers, and fails by panicking"
)]

mod email;
mod file;
mod form;
mod incident;
mod mail_thread;
mod ntfy;
mod pool;
mod probe_client;
mod redirects;
mod request;
mod sink;
mod slack;
mod tls;
mod webhook;

use std::time::Duration;

use evenkeel_alerting::{Message, MessageAlert, Outcome, Retry};
use evenkeel_ids::{NoticeId, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_model::{HttpOptions, Integration, SecretRef, Transport, WebhookReceiver};
use evenkeel_notify::{Content, Sender, SenderOptions};
use evenkeel_time::Timestamp;

/// Long enough that a test never ends by it.
const AMPLE: Duration = Duration::from_secs(60);

/// Two alerts, one of them over, with texts that need quoting.
fn message() -> Message {
    let alert = |instance: &str, ends_at| MessageAlert {
        labels: LabelSet::new([("alertname", "HighLatency"), ("instance", instance), ("severity", "page")]),
        annotations: LabelSet::new([("summary", "p99 > 1s on \"orders\"\n<b>")]),
        starts_at: Timestamp(1_795_000_000_120),
        ends_at,
        generator_url: "http://prometheus.example/graph?g0.expr=up&g0.tab=1".into(),
    };
    Message {
        notice: NoticeId(Seq(7)),
        receiver: "team web".into(),
        integration: "webhook[0]".into(),
        group_key: "{}:{alertname=\"HighLatency\"}".to_owned(),
        group_labels: LabelSet::new([("alertname", "HighLatency")]),
        alerts: vec![alert("a:9100", None), alert("b:9100", Some(Timestamp(1_795_000_060_000)))],
        attempt: 1,
        not_after: Timestamp::MAX,
        idempotency_key: "0123456789abcdef".to_owned(),
    }
}

fn notice() -> Content {
    Content::Notice(message())
}

fn sender_in(folder: &std::path::Path) -> Sender {
    Sender::new(SenderOptions {
        notices_dir: folder.join("notices"),
        external_url: "http://evenkeel.example/".to_owned(),
    })
}

fn sender() -> Sender {
    sender_in(std::path::Path::new("/nonexistent"))
}

fn integration(transport: Transport) -> Integration {
    Integration { name: "webhook[0]".into(), send_resolved: true, transport }
}

fn webhook_with(url: SecretRef, http: HttpOptions) -> Integration {
    integration(Transport::Webhook(WebhookReceiver { url, max_alerts: 0, timeout: None, http }))
}

fn webhook(url: &str) -> Integration {
    webhook_with(SecretRef::inline(url), HttpOptions { follow_redirects: true, ..HttpOptions::default() })
}

/// An outcome in one line, with free ports made the same.
fn shown(outcome: &Outcome, ports: &[u16]) -> String {
    let mut text = match outcome {
        Outcome::Delivered => "delivered".to_owned(),
        Outcome::Failed { reason, retry } => match retry {
            Retry::Yes => format!("retry: {reason}"),
            Retry::Unsure => format!("retry, may have arrived: {reason}"),
            Retry::After(wait) => format!("retry after {wait}: {reason}"),
            Retry::No => format!("no retry: {reason}"),
        },
    };
    for (index, port) in ports.iter().enumerate() {
        text = text.replace(&format!(":{port}"), &format!(":P{index}"));
    }
    text
}
