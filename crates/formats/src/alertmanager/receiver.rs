//! `receivers`: each with lists of integrations by type.

use std::sync::Arc;

use evenkeel_diagnostic::Span;
use evenkeel_model::document::{IntegrationDocument, ReceiverDocument, TransportDocument};

use super::{email::email, http::http, slack::slack, webhook::webhook};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// Every list of Alertmanager's, in the order in which it sends; the second is what outcomes are remembered under.
const TYPES: [(&str, &str); 19] = [
    ("webhook_configs", "webhook"),
    ("email_configs", "email"),
    ("pagerduty_configs", "pagerduty"),
    ("opsgenie_configs", "opsgenie"),
    ("wechat_configs", "wechat"),
    ("slack_configs", "slack"),
    ("victorops_configs", "victorops"),
    ("pushover_configs", "pushover"),
    ("sns_configs", "sns"),
    ("telegram_configs", "telegram"),
    ("discord_configs", "discord"),
    ("webex_configs", "webex"),
    ("msteams_configs", "msteams"),
    ("msteamsv2_configs", "msteamsv2"),
    ("jira_configs", "jira"),
    ("rocketchat_configs", "rocketchat"),
    ("incidentio_configs", "incidentio"),
    ("mattermost_configs", "mattermost"),
    ("hipchat_configs", "hipchat"),
];

/// Reads one receiver.
pub(super) fn receiver(node: &Node, cx: &mut Cx) -> Option<ReceiverDocument> {
    let mut fields = Fields::of(node, "a receiver", cx)?;
    let name = fields.text("name", cx).map(|name| name.map(Arc::from));
    fields.require("name", cx);
    let mut integrations = Vec::new();
    for (list, kind) in TYPES {
        let key = fields.entry(list).map(|(key, _)| key);
        for (index, entry) in fields.list(list, cx).iter().enumerate() {
            let name = format!("{kind}[{index}]").into();
            let found = integration(kind, name, entry, cx);
            integrations.extend(found.map(|found| placed(found, key)));
        }
    }
    fields.finish(cx);
    Some(ReceiverDocument { name: name?, integrations })
}

/// What we do not have is shown by what its list is called.
fn placed(found: IntegrationDocument, key: Option<Span>) -> IntegrationDocument {
    let unsupported = matches!(found.transport, TransportDocument::Unsupported(_));
    let span = key.filter(|_| unsupported).unwrap_or(found.span);
    IntegrationDocument { span, ..found }
}

/// Reads one way to tell: `webhook`, `email`, `slack`; any other kind is one that we do not have.
pub(crate) fn integration(kind: &'static str, name: Arc<str>, node: &Node, cx: &mut Cx) -> Option<IntegrationDocument> {
    let (what, resolved_by_default) = match kind {
        "webhook" => ("a webhook", true),
        "email" => ("an e-mail integration", false),
        "slack" => ("a Slack integration", false),
        _ => {
            cx.blank(node);
            let transport = TransportDocument::Unsupported(kind);
            return Some(IntegrationDocument { name, span: node.span, send_resolved: true, http: None, transport });
        }
    };
    let mut fields = Fields::of(node, what, cx)?;
    let send_resolved = fields.boolean("send_resolved", cx).unwrap_or(resolved_by_default);
    let http = if kind == "email" { None } else { http(&mut fields, cx) };
    let transport = match kind {
        "webhook" => webhook(&mut fields, cx),
        "slack" => slack(&mut fields, cx),
        _ => email(&mut fields, cx),
    };
    fields.finish(cx);
    Some(IntegrationDocument { name, span: node.span, send_resolved, http, transport })
}
