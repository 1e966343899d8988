//! One way to tell a receiver, as parsed.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_labels::LabelSet;

use crate::{FileReceiver, HttpOptions, NtfyReceiver, SecretRef, TlsOptions, WebhookReceiver};

/// One entry of a `*_configs` list.
#[derive(Debug, Clone)]
pub struct IntegrationDocument {
    /// Type and place, `webhook[0]`.
    pub name: Arc<str>,
    /// Where it is written.
    pub span: Span,
    /// Whether recoveries are told too.
    pub send_resolved: bool,
    /// `http_config`; `None`: the global one.
    pub http: Option<HttpDocument>,
    /// What it sends through.
    pub transport: TransportDocument,
}

/// What an integration sends through.
#[derive(Debug, Clone)]
pub enum TransportDocument {
    /// `webhook_configs`; its `http` is filled in when resolving.
    Webhook(WebhookReceiver),
    /// `slack_configs`.
    Slack(Box<SlackDocument>),
    /// `email_configs`.
    Email(Box<EmailDocument>),
    /// Our own: a topic of an ntfy server; its `http` is filled in when resolving.
    Ntfy(NtfyReceiver),
    /// Our own: a line in a file.
    File(FileReceiver),
    /// A type of Alertmanager's that we do not have, by its name without `_configs`.
    Unsupported(&'static str),
    /// A type of ours with a fault that is reported already; the configuration does not resolve.
    Faulty,
}

/// `http_config`.
#[derive(Debug, Clone)]
pub struct HttpDocument {
    /// What we honour.
    pub options: HttpOptions,
    /// What is written there and we do not have.
    pub unsupported: Vec<Spanned<Box<str>>>,
}

impl Default for HttpDocument {
    /// What holds where nothing is written: redirects are followed.
    fn default() -> Self {
        Self { options: HttpOptions { follow_redirects: true, ..HttpOptions::default() }, unsupported: Vec::new() }
    }
}

/// `slack_config`. Texts are literal, or `None` for the default text.
#[derive(Debug, Clone, Default)]
pub struct SlackDocument {
    /// `api_url` or `api_url_file`; `None`: the global one.
    pub url: Option<SecretRef>,
    /// `channel`.
    pub channel: Option<Box<str>>,
    /// `username`.
    pub username: Option<Box<str>>,
    /// `color`.
    pub color: Option<Box<str>>,
    /// `title`.
    pub title: Option<Box<str>>,
    /// `title_link`.
    pub title_link: Option<Box<str>>,
    /// `text`.
    pub text: Option<Box<str>>,
    /// `fallback`.
    pub fallback: Option<Box<str>>,
    /// `pretext`.
    pub pretext: Option<Box<str>>,
    /// `icon_emoji`.
    pub icon_emoji: Option<Box<str>>,
    /// `icon_url`.
    pub icon_url: Option<Box<str>>,
}

/// `email_config`, and the `smtp_*` globals that stand in for it. `None`: the global one, then the default.
#[derive(Debug, Clone, Default)]
pub struct EmailDocument {
    /// `to`.
    pub to: Option<Box<str>>,
    /// `from`.
    pub from: Option<Box<str>>,
    /// `smarthost`: host and port.
    pub smarthost: Option<(Box<str>, u16)>,
    /// `hello`.
    pub hello: Option<Box<str>>,
    /// `auth_username`.
    pub auth_username: Option<Box<str>>,
    /// `auth_password` or `auth_password_file`.
    pub auth_password: Option<SecretRef>,
    /// `require_tls`.
    pub require_tls: Option<bool>,
    /// `tls_config`.
    pub tls: Option<TlsOptions>,
    /// `headers`.
    pub headers: LabelSet,
    /// `text`.
    pub text: Option<Box<str>>,
    /// `html`.
    pub html: Option<Box<str>>,
    /// What is written in `tls_config` and we do not have.
    pub unsupported: Vec<Spanned<Box<str>>>,
}
