//! A person's contacts: the ways in which receivers are told, one each.
//!
//! Whatever says where a person is reached is blanked: it is personal, and often all that is needed to reach them.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::codes;
use evenkeel_model::document::{ContactDocument, IntegrationDocument, Name, TransportDocument};

use super::names::own_name;
use super::ntfy::ntfy;
use super::receiver::file;
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
    let address = address(&mut fields, cx);
    fields.finish(cx);
    let Some(name) = name else {
        address.iter().for_each(|(_, node)| cx.blank(node));
        return None;
    };
    let integration = match address {
        Some((kind, node)) => transport(kind, &name, node, cx),
        None => faulty(&name, node),
    };
    Some(ContactDocument { name, integration })
}

/// The one address, and its kind.
fn address<'n>(fields: &mut Fields<'n>, cx: &mut Cx) -> Option<(&'static str, &'n Node)> {
    let given: Vec<(&'static str, &Node)> =
        TRANSPORTS.iter().filter_map(|kind| Some((*kind, fields.node(kind)?))).collect();
    let Some(((kind, node), others)) = given.split_first() else {
        let start = Span { end: fields.span.start, ..fields.span };
        let known = TRANSPORTS.map(|kind| format!("`{kind}`")).join(", ");
        let diag = Diagnostic::error(codes::MISSING_FIELD, start, "a contact needs an address");
        cx.push(diag.help(format!("write one of {known}")));
        return None;
    };
    for (other, node) in others {
        cx.blank(node);
        fields.at_most_one(kind, other, cx);
    }
    Some((*kind, *node))
}

fn transport(kind: &'static str, name: &Name, node: &Node, cx: &mut Cx) -> IntegrationDocument {
    if !matches!(node.value, Value::Map(_)) {
        cx.blank(node);
    }
    PERSONAL.iter().filter_map(|field| node.get(field)).for_each(|address| cx.blank(address));
    let read = match kind {
        "file" => ours(name, node, cx, |fields, cx| file(fields, cx).map(TransportDocument::File)),
        "ntfy" => ours(name, node, cx, ntfy),
        _ => integration(kind, Arc::clone(&name.value), node, cx),
    };
    read.unwrap_or_else(|| faulty(name, node))
}

fn ours<'n>(
    name: &Name,
    node: &'n Node,
    cx: &mut Cx,
    read: impl FnOnce(Fields<'n>, &mut Cx) -> Option<TransportDocument>,
) -> Option<IntegrationDocument> {
    let transport = read(Fields::of(node, "a contact's address", cx)?, cx)?;
    Some(IntegrationDocument { transport, ..faulty(name, node) })
}

/// A contact whose fault is reported: its name is known all the same.
fn faulty(name: &Name, node: &Node) -> IntegrationDocument {
    let transport = TransportDocument::Faulty;
    IntegrationDocument { name: Arc::clone(&name.value), span: node.span, send_resolved: true, http: None, transport }
}
