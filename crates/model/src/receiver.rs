//! Receivers: who is told, by which integrations.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

use crate::{Secret, SecretRef};

/// A named receiver; a notice goes to each of its integrations.
#[derive(Debug, Clone, PartialEq)]
pub struct Receiver {
    /// The name that routes refer to.
    pub name: Arc<str>,
    /// What it sends through. Empty means: swallow notices, as Alertmanager's empty receivers do.
    pub integrations: Vec<Integration>,
}

/// One way to tell a receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Integration {
    /// Kind and place within the receiver, `webhook[0]`: the name under which outcomes are remembered.
    pub name: Arc<str>,
    /// Whether recoveries are told too.
    pub send_resolved: bool,
    /// How it is sent.
    pub transport: Transport,
}

/// How a notice travels.
#[derive(Debug, Clone, PartialEq)]
pub enum Transport {
    /// Alertmanager's version 4 body by HTTP POST.
    Webhook(WebhookReceiver),
    /// SMTP.
    Email(EmailReceiver),
    /// Slack's incoming webhook or `chat.postMessage`, and everything compatible with it.
    Slack(SlackReceiver),
    /// One JSON line per notice, under the data folder only.
    File(FileReceiver),
    /// A push to phones by an ntfy server.
    Ntfy(NtfyReceiver),
}

/// Alertmanager's `webhook_config`.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookReceiver {
    /// Where to POST. May carry a token in path or query, so it is held as a secret.
    pub url: SecretRef,
    /// At most this many alerts in a body; 0 is no limit. The rest are counted in `truncatedAlerts`.
    pub max_alerts: u64,
    /// Longest time one attempt may take, where the configuration says so.
    pub timeout: Option<Duration>,
    /// Credentials, TLS, redirects.
    pub http: HttpOptions,
}

/// Alertmanager's `slack_config`. Texts are literal, or `None` for the default text.
#[derive(Debug, Clone, PartialEq)]
pub struct SlackReceiver {
    /// The incoming webhook's URL or an API method's URL.
    pub url: SecretRef,
    /// Channel, where the URL does not settle it.
    pub channel: Option<Box<str>>,
    /// Shown sender.
    pub username: Option<Box<str>>,
    /// `None` is the default: danger while firing, good when resolved.
    pub color: Option<Box<str>>,
    /// Attachment title.
    pub title: Option<Box<str>>,
    /// Where the title links to.
    pub title_link: Option<Box<str>>,
    /// Attachment text.
    pub text: Option<Box<str>>,
    /// Plain-text summary.
    pub fallback: Option<Box<str>>,
    /// Text above the attachment.
    pub pretext: Option<Box<str>>,
    /// Emoji as the sender's picture.
    pub icon_emoji: Option<Box<str>>,
    /// Address of the sender's picture.
    pub icon_url: Option<Box<str>>,
    /// Credentials, TLS, redirects.
    pub http: HttpOptions,
}

/// Alertmanager's `email_config`, with the `smtp_*` globals filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct EmailReceiver {
    /// Addresses, separated by commas.
    pub to: Box<str>,
    /// Sender address.
    pub from: Box<str>,
    /// Host of the SMTP server.
    pub smarthost: Box<str>,
    /// Port of the SMTP server.
    pub port: u16,
    /// Name given in EHLO; `None` is `localhost`.
    pub hello: Option<Box<str>>,
    /// User for PLAIN or LOGIN.
    pub auth_username: Option<Box<str>>,
    /// Password for PLAIN or LOGIN.
    pub auth_password: Option<SecretRef>,
    /// Whether STARTTLS is demanded (Alertmanager's default: yes).
    pub require_tls: bool,
    /// TLS details.
    pub tls: TlsOptions,
    /// Further headers, literal values only. `Subject` overrides the default subject.
    pub headers: LabelSet,
    /// Plain-text body; `None` is the default text.
    pub text: Option<Box<str>>,
    /// HTML body; `None` is the default.
    pub html: Option<Box<str>>,
}

/// Evenkeel's own file receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReceiver {
    /// Relative to `notices/` in the data folder; no `..`, never absolute.
    pub path: Box<str>,
}

/// A topic of an ntfy server, to which phones subscribe.
#[derive(Debug, Clone, PartialEq)]
pub struct NtfyReceiver {
    /// Server and topic, `https://ntfy.example.com/TOPIC`. Who knows a topic can read it, so it is held as a secret.
    pub url: SecretRef,
    /// Access token, where the server wants one; it comes before credentials in `http`.
    pub token: Option<SecretRef>,
    /// Credentials, TLS, redirects.
    pub http: HttpOptions,
}

/// Alertmanager's `http_config`, as far as we honour it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HttpOptions {
    /// Credentials.
    pub auth: Option<HttpAuth>,
    /// TLS details.
    pub tls: TlsOptions,
    /// Whether redirects are followed (Alertmanager's default: yes). Each hop is guarded anew.
    pub follow_redirects: bool,
}

/// Credentials of an HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub enum HttpAuth {
    /// `Authorization: Basic …`
    Basic {
        /// User.
        username: Box<str>,
        /// Password.
        password: Option<SecretRef>,
    },
    /// `Authorization: TYPE CREDENTIALS`, type `Bearer` unless said.
    Authorization {
        /// Usually `Bearer`.
        scheme: Box<str>,
        /// The token.
        credentials: SecretRef,
    },
}

/// Alertmanager's `tls_config`. Paths are files on the machine that sends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TlsOptions {
    /// Trusted authorities in place of the machine's.
    pub ca_file: Option<Box<str>>,
    /// Client certificate.
    pub cert_file: Option<Box<str>>,
    /// Key of the client certificate.
    pub key_file: Option<Box<str>>,
    /// Name to verify in place of the host's.
    pub server_name: Option<Box<str>>,
    /// Whether verification is off.
    pub insecure_skip_verify: bool,
}

impl SecretRef {
    /// A secret written inline.
    pub fn inline(text: impl Into<Box<str>>) -> Self {
        Self::Inline(Secret::new(text))
    }
}
