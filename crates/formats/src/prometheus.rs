//! Prometheus's rule files and their unit tests.

use evenkeel_model::document::Documents;

use crate::fields::Cx;
use crate::yaml::Node;

/// Whether a document is a rule file, or a file of unit tests for rules.
pub(crate) fn is_ours(node: &Node) -> bool {
    node.get("groups").is_some() || (node.get("rule_files").is_some() && node.get("tests").is_some())
}

/// Reads one document. `text` is the whole file's.
pub(crate) fn document(_node: &Node, _text: &str, _out: &mut Documents, _cx: &mut Cx) {}
