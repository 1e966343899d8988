//! Which receivers routes lead to.

use evenkeel_formats::yaml::{Node, Value};

/// The root's receiver and all that routes lead to, each once, in the order of the file.
pub(super) fn routed(config: &Node) -> Vec<&str> {
    let mut found = Vec::new();
    if let Some(root) = config.get("route") {
        walk(root, &mut found);
    }
    found
}

fn walk<'n>(route: &'n Node, found: &mut Vec<&'n str>) {
    // A route without a receiver has its parent's, which is there already.
    if let Some(receiver) = route.get("receiver").and_then(Node::as_text)
        && !found.contains(&receiver)
    {
        found.push(receiver);
    }
    if let Some(Node { value: Value::Seq(routes), .. }) = route.get("routes") {
        routes.iter().for_each(|route| walk(route, found));
    }
}
