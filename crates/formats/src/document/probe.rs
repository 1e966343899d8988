//! `kind: Probe`.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_labels::LabelSet;
use evenkeel_model::{Probe, ProbeExpect, codes};
use evenkeel_time::Duration;

use super::metadata::{Metadata, labels_of};
use crate::fields::{Cx, Fields};
use crate::url::http_url;

const INTERVAL: Duration = Duration::secs(30);
const TIMEOUT: Duration = Duration::secs(5);
const STATUS: u16 = 200;

/// Reads `spec`.
pub(super) fn probe(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> Option<Probe> {
    let url = spec.text("url", cx);
    spec.require("url", cx);
    let url = url.and_then(|url| web_address("url", url, cx));
    let interval = spec.period("interval", cx).unwrap_or(INTERVAL);
    let timeout = spec.period("timeout", cx).unwrap_or(TIMEOUT);
    let expect = expect(spec, cx);
    let failures = spec.whole("failures", 1000, cx);
    if failures == Some(0) {
        let span = spec.node("failures").map_or(spec.span, |node| node.span);
        cx.push(Diagnostic::error(codes::INVALID_VALUE, span, "`failures` has to be at least 1"));
    }
    let own = labels_of(spec, "annotations", cx);
    spec.finish(cx);
    let annotations = LabelSet::new(head.annotations.iter().chain(own.iter()));
    Some(Probe {
        name: head.name.value.clone(),
        labels: head.labels.clone(),
        annotations,
        url: url?,
        interval,
        timeout,
        expect,
        failures: failures.and_then(|failures| u32::try_from(failures).ok()).unwrap_or(1),
    })
}

fn expect(spec: &mut Fields<'_>, cx: &mut Cx) -> ProbeExpect {
    let Some(mut fields) = spec.mapping("expect", "`expect`", cx) else {
        return ProbeExpect { status: STATUS, body: None, latency: None };
    };
    let status = fields.whole("status", 599, cx).and_then(|status| u16::try_from(status).ok());
    if status.is_some_and(|status| status < 100) {
        let span = fields.node("status").map_or(fields.span, |node| node.span);
        cx.push(Diagnostic::error(codes::INVALID_VALUE, span, "an HTTP status has three digits"));
    }
    let body = fields.text("body", cx).map(|body| body.value.into());
    let latency = fields.period("latency", cx);
    fields.finish(cx);
    ProbeExpect { status: status.unwrap_or(STATUS), body, latency }
}

/// Reads an address; one with a password in it is a finding and is blanked.
pub(super) fn web_address(name: &str, url: Spanned<&str>, cx: &mut Cx) -> Option<Box<str>> {
    match http_url(url.value) {
        Ok(read) => {
            if read.userinfo {
                cx.secrets.push(url.span);
                let headline = format!("the secret in `{name}` is written in the ops repo");
                let help = "ask an address that needs no password";
                cx.push(Diagnostic::finding(codes::INLINE_SECRET, url.span, headline).help(help));
            }
            Some(url.value.into())
        }
        Err(why) => {
            cx.secrets.push(url.span);
            cx.push(Diagnostic::error(codes::INVALID_URL, url.span, format!("`{name}` is no address: {why}")));
            None
        }
    }
}
