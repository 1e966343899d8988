//! One address: what a contact or a receiver of ours sends through.

use std::sync::Arc;

use evenkeel_diagnostic::Span;
use evenkeel_model::document::{IntegrationDocument, TransportDocument};

use super::ntfy::{NTFY, ntfy};
use super::receiver::{FILE, file};
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// The one address, and its kind; what stands beside it was reported, and is blanked.
pub(super) fn one_address<'n>(
    fields: &mut Fields<'n>,
    kinds: &[&'static str],
    cx: &mut Cx,
) -> Option<(&'static str, &'n Node)> {
    let given = kinds.iter().filter_map(|kind| Some((*kind, fields.node(kind)?)));
    let mut given = given.filter(|(_, node)| node.as_text() != Some("")).collect::<Vec<_>>().into_iter();
    let first = given.next();
    given.for_each(|(_, node)| cx.blank(node));
    first
}

/// Reads an address of a kind that Alertmanager does not have; any other kind is none of ours.
pub(super) fn ours(kind: &str, name: &Arc<str>, node: &Node, cx: &mut Cx) -> Option<IntegrationDocument> {
    let transport = match kind {
        "file" => TransportDocument::File(file(Fields::declared(node, &FILE)?, cx)?),
        "ntfy" => TransportDocument::Ntfy(ntfy(Fields::declared(node, &NTFY)?, cx)?),
        _ => return None,
    };
    Some(IntegrationDocument { transport, ..faulty(name, node.span) })
}

/// An address whose fault is reported: the name is known all the same.
pub(super) fn faulty(name: &Arc<str>, span: Span) -> IntegrationDocument {
    let transport = TransportDocument::Faulty;
    IntegrationDocument { name: Arc::clone(name), span, send_resolved: true, http: None, transport }
}
