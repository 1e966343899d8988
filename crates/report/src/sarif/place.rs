//! Places as SARIF writes them.

use std::fmt::Write;

use evenkeel_diagnostic::{Source, Span};
use serde_json::{Value, json};

use super::ROOT_ID;
use crate::Report;

/// A location object.
pub(super) fn location(report: &Report<'_>, span: Span) -> Value {
    let Some(source) = report.sources.get(span.source) else { return json!({}) };
    let path = format!("{}{}", report.root, source.path);
    let artifact = if path.starts_with('/') {
        json!({ "uri": format!("file://{}", uri(&path)) })
    } else {
        json!({ "uri": uri(&path), "uriBaseId": ROOT_ID })
    };
    json!({ "physicalLocation": { "artifactLocation": artifact, "region": region(source, span) } })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": column(source, start.line, start.column),
        "endLine": end.line,
        "endColumn": column(source, end.line, end.column),
    })
}

/// A column in UTF-16 code units, from one counted in characters; both count from 1.
fn column(source: &Source, line: usize, column: usize) -> usize {
    source.line(line).chars().take(column.saturating_sub(1)).map(char::len_utf16).sum::<usize>() + 1
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
