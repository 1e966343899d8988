//! A person's contacts: the ways in which receivers are told, one each.
//!
//! Whatever says where a person is reached is blanked: it is personal, and often all that is needed to reach them.

use std::sync::Arc;

use evenkeel_model::document::{ContactDocument, IntegrationDocument, Name};

use super::address::{faulty, one_address, ours};
use super::names::entry_name;
use super::receiver::{FILE_FIELD, NTFY_FIELD};
use crate::alertmanager::receiver::integration;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Record, Rule, Sort};
use crate::yaml::{Node, Value};

/// What a contact has one of.
const TRANSPORTS: [&str; 5] = ["email", "slack", "webhook", "ntfy", "file"];
/// Fields of e-mail and Slack that are not secrets where a whole team is reached, and personal here.
const PERSONAL: [&str; 7] = ["to", "from", "auth_username", "headers", "channel", "username", "http_config"];

/// One of `contacts`.
pub(super) static CONTACT: Record = Record {
    what: "a contact",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a contact")), "What it is called; unique for the person.").required(),
        Field::new("email", Sort::Foreign("email_configs"), "E-mail, as Alertmanager's `email_configs`."),
        Field::new("slack", Sort::Foreign("slack_configs"), "Slack, as Alertmanager's `slack_configs`."),
        Field::new("webhook", Sort::Foreign("webhook_configs"), "As Alertmanager's `webhook_configs`."),
        NTFY_FIELD,
        FILE_FIELD,
    ],
    rules: &[Rule::One(&TRANSPORTS, "a contact needs an address")],
};

/// Reads one of `contacts`.
pub(super) fn contact(mut fields: Fields<'_>, cx: &mut Cx) -> Option<ContactDocument> {
    let name = entry_name(&mut fields, cx);
    let address = one_address(&mut fields, &TRANSPORTS, cx);
    let Some(name) = name else {
        address.iter().for_each(|(_, node)| cx.blank(node));
        return None;
    };
    let integration = match address {
        Some((kind, node)) => transport(kind, &name, node, cx),
        None => faulty(&name.value, fields.span),
    };
    Some(ContactDocument { name, integration })
}

fn transport(kind: &'static str, name: &Name, node: &Node, cx: &mut Cx) -> IntegrationDocument {
    if !matches!(node.value, Value::Map(_)) {
        cx.blank(node);
    }
    PERSONAL.iter().filter_map(|field| node.get(field)).for_each(|address| cx.blank(address));
    let read = match kind {
        "file" | "ntfy" => ours(kind, &name.value, node, cx),
        _ => integration(kind, Arc::clone(&name.value), node, cx),
    };
    read.unwrap_or_else(|| faulty(&name.value, node.span))
}
