//! `kind: Receiver`: Evenkeel's own receivers.

use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::document::IntegrationDocument;
use evenkeel_model::{FileReceiver, codes};

use super::address::{faulty, one_address, ours};
use crate::fields::{Cx, Fields};

/// What a receiver has one of.
const TRANSPORTS: [&str; 2] = ["file", "ntfy"];

/// Reads `spec`.
pub(super) fn receiver(spec: &mut Fields<'_>, cx: &mut Cx) -> IntegrationDocument {
    let address = one_address(spec, &TRANSPORTS, "a receiver", cx);
    spec.finish(cx);
    let Some((kind, node)) = address else { return faulty(&Arc::from("none[0]"), spec.span) };
    let name: Arc<str> = format!("{kind}[0]").into();
    ours(kind, &name, node, cx).unwrap_or_else(|| faulty(&name, node.span))
}

/// Reads `file`.
pub(super) fn file(mut file: Fields<'_>, cx: &mut Cx) -> Option<FileReceiver> {
    let path = file.text("path", cx);
    file.require("path", cx);
    file.finish(cx);
    let path = path?;
    if leads_out(path.value) {
        let headline = "the path has to stay inside the folder of notices";
        let diag = Diagnostic::error(codes::UNSAFE_PATH, path.span, headline);
        cx.push(diag.help("write a relative path without `.` and `..`, such as `oncall.jsonl`"));
    }
    Some(FileReceiver { path: path.value.into() })
}

/// Whether a path is anything but a plain way down from its folder.
pub(super) fn leads_out(path: &str) -> bool {
    let unsafe_part = |part: &str| part.is_empty() || part == "." || part == "..";
    path.split('/').any(unsafe_part) || path.contains(['\\', '\0'])
}
