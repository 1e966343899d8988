//! Service level objectives of OpenSLO.

use evenkeel_model::document::Documents;

use crate::fields::Cx;
use crate::yaml::Node;

/// Whether a document is one of OpenSLO's.
pub(crate) fn is_ours(node: &Node) -> bool {
    node.get("apiVersion").and_then(Node::as_text).is_some_and(|version| version.starts_with("openslo/"))
}

/// Reads one document. `text` is the whole file's.
pub(crate) fn document(_node: &Node, _text: &str, _out: &mut Documents, _cx: &mut Cx) {}
