//! Entities of Backstage's catalogue.

use evenkeel_model::document::Documents;

use crate::fields::Cx;
use crate::yaml::Node;

/// Whether a document is an entity of Backstage's.
pub(crate) fn is_ours(node: &Node) -> bool {
    node.get("apiVersion").and_then(Node::as_text).is_some_and(|version| version.starts_with("backstage.io/"))
}

/// Reads one entity.
pub(crate) fn entity(_node: &Node, _out: &mut Documents, _cx: &mut Cx) {}
