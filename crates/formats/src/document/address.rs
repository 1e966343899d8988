//! One address: what a contact or a receiver of ours sends through.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::codes;
use evenkeel_model::document::{IntegrationDocument, TransportDocument};

use super::ntfy::ntfy;
use super::receiver::file;
use crate::fields::{Cx, Fields};
use crate::yaml::Node;

/// The one address, and its kind. `what` is whose it is.
pub(super) fn one_address<'n>(
    fields: &mut Fields<'n>,
    kinds: &[&'static str],
    what: &str,
    cx: &mut Cx,
) -> Option<(&'static str, &'n Node)> {
    let given: Vec<(&'static str, &Node)> = kinds.iter().filter_map(|kind| Some((*kind, fields.node(kind)?))).collect();
    let Some(((kind, node), others)) = given.split_first() else {
        let start = Span { end: fields.span.start, ..fields.span };
        let known: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
        let diag = Diagnostic::error(codes::MISSING_FIELD, start, format!("{what} needs an address"));
        cx.push(diag.help(format!("write one of {}", known.join(", "))));
        return None;
    };
    for (other, node) in others {
        cx.blank(node);
        fields.at_most_one(kind, other, cx);
    }
    Some((*kind, *node))
}

/// Reads an address of a kind that Alertmanager does not have; any other kind is none of ours.
pub(super) fn ours(kind: &str, name: &Arc<str>, node: &Node, cx: &mut Cx) -> Option<IntegrationDocument> {
    let transport = match kind {
        "file" => TransportDocument::File(file(Fields::of(node, "`file`", cx)?, cx)?),
        "ntfy" => TransportDocument::Ntfy(ntfy(Fields::of(node, "`ntfy`", cx)?, cx)?),
        _ => return None,
    };
    Some(IntegrationDocument { transport, ..faulty(name, node.span) })
}

/// An address whose fault is reported: the name is known all the same.
pub(super) fn faulty(name: &Arc<str>, span: Span) -> IntegrationDocument {
    let transport = TransportDocument::Faulty;
    IntegrationDocument { name: Arc::clone(name), span, send_resolved: true, http: None, transport }
}
