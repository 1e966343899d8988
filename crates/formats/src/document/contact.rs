//! A person's contacts: the ways in which receivers are told, one each.
//!
//! Whatever says where a person is reached is blanked: it is personal, and often all that is needed to reach them.

use std::sync::Arc;

use evenkeel_model::document::{ContactDocument, IntegrationDocument, Name};

use super::address::{faulty, one_address, ours};
use super::names::own_name;
use crate::alertmanager::receiver::integration;
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};

/// What a contact has one of.
const TRANSPORTS: [&str; 5] = ["email", "slack", "webhook", "ntfy", "file"];
/// Fields of e-mail and Slack that are not secrets where a whole team is reached, and personal here.
const PERSONAL: [&str; 7] = ["to", "from", "auth_username", "headers", "channel", "username", "http_config"];

/// Reads one of `contacts`.
pub(super) fn contact(node: &Node, cx: &mut Cx) -> Option<ContactDocument> {
    let Some(mut fields) = Fields::of(node, "a contact", cx) else {
        cx.blank(node);
        return None;
    };
    let name = own_name(&mut fields, "a contact", cx);
    let address = one_address(&mut fields, &TRANSPORTS, "a contact", cx);
    fields.finish(cx);
    let Some(name) = name else {
        address.iter().for_each(|(_, node)| cx.blank(node));
        return None;
    };
    let integration = match address {
        Some((kind, node)) => transport(kind, &name, node, cx),
        None => faulty(&name.value, node.span),
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
