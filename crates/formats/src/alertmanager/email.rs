//! `email_configs`, and the `smtp_*` globals that stand in for what they leave out.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_labels::LabelSet;
use evenkeel_model::document::{EmailDocument, TransportDocument};
use evenkeel_model::{codes, quoted};

use super::http::tls;
use super::secret::credential;
use super::text::{address, literal, text};
use crate::fields::{Cx, Fields};
use crate::url::host_and_port;

const SUBJECT: &str = r#"{{ template "email.default.subject" . }}"#;
const HTML: &str = r#"{{ template "email.default.html" . }}"#;

/// Reads one entry of `email_configs`.
pub(super) fn email(fields: &mut Fields<'_>, cx: &mut Cx) -> TransportDocument {
    let to = fields.text("to", cx);
    fields.require("to", cx);
    let mut unsupported = Vec::new();
    let document = EmailDocument {
        to: to.and_then(|to| address("to", to, cx)).map(Box::from),
        from: plain_address(fields, "from", cx),
        smarthost: smarthost(fields, "smarthost", cx),
        hello: fields.text("hello", cx).map(|hello| hello.value.into()),
        auth_username: fields.text("auth_username", cx).map(|name| name.value.into()),
        auth_password: credential(fields, ["auth_password", "auth_password_file"], cx),
        require_tls: fields.boolean("require_tls", cx),
        tls: tls(fields, "tls_config", &mut unsupported, cx),
        headers: headers(fields, cx),
        text: text(fields, "text", "", cx).filter(|text| !text.is_empty()),
        html: text(fields, "html", HTML, cx),
        unsupported,
    };
    fields.not_used(
        &["auth_secret", "auth_secret_file", "auth_identity", "implicit_tls", "force_implicit_tls", "threading"],
        cx,
    );
    if document.to.is_none() { TransportDocument::Faulty } else { TransportDocument::Email(Box::new(document)) }
}

/// Reads the `smtp_*` globals.
pub(super) fn smtp(fields: &mut Fields<'_>, cx: &mut Cx) -> EmailDocument {
    fields
        .not_used(&["smtp_auth_secret", "smtp_auth_secret_file", "smtp_auth_identity", "smtp_force_implicit_tls"], cx);
    let mut unsupported = Vec::new();
    EmailDocument {
        from: plain_address(fields, "smtp_from", cx),
        smarthost: smarthost(fields, "smtp_smarthost", cx),
        hello: fields.text("smtp_hello", cx).map(|hello| hello.value.into()),
        auth_username: fields.text("smtp_auth_username", cx).map(|name| name.value.into()),
        auth_password: credential(fields, ["smtp_auth_password", "smtp_auth_password_file"], cx),
        require_tls: fields.boolean("smtp_require_tls", cx),
        tls: tls(fields, "smtp_tls_config", &mut unsupported, cx),
        unsupported,
        ..EmailDocument::default()
    }
}

fn plain_address(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Box<str>> {
    let text = fields.text(name, cx)?;
    address(name, text, cx).map(Box::from)
}

fn smarthost(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<(Box<str>, u16)> {
    let text = fields.text(name, cx)?;
    let split = host_and_port(text.value).and_then(|(host, port)| Some((host, port?.parse().ok()?)));
    match split {
        Some((host, port)) if port > 0 => Some((host.into(), port)),
        _ => {
            let diag = Diagnostic::error(codes::INVALID_VALUE, text.span, format!("`{name}` is not host and port"));
            cx.push(diag.help("write `host:port`, such as `mail.example.com:587`"));
            None
        }
    }
}

/// Header names count without regard to case, as mail has it.
fn headers(fields: &mut Fields<'_>, cx: &mut Cx) -> LabelSet {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut kept = Vec::new();
    for (key, value) in fields.pairs("headers", cx) {
        let name = titled(&key.value);
        let default = if name == "Subject" { SUBJECT } else { "" };
        kept.extend(literal(&key.value, value, default, cx).map(|text| (name.clone(), text)));
        if let Some(before) = first.insert(name, key.span) {
            let headline = format!("the header {} is there twice", quoted(&key.value));
            let diag = Diagnostic::error(codes::DUPLICATE_KEY, key.span, headline);
            cx.push(diag.related(before, "first here").help("remove one of the two"));
        }
    }
    LabelSet::new(kept)
}

/// `reply-to` as `Reply-To`.
fn titled(name: &str) -> String {
    let mut start = true;
    let letter = |c: char| {
        let shown = if start { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        start = c == '-';
        shown
    };
    name.chars().map(letter).collect()
}
