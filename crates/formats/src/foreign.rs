//! YAML that is somebody else's.
//!
//! A repo has more in it than what is read here: manifests of Kubernetes, charts, other tools' configuration. What says
//! whose it is, is left alone in silence; what does not may be a slip, and is said once a file.

use evenkeel_diagnostic::{Diagnostic, Severity, Span};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, nearest};
use crate::yaml::Node;

/// Keys at the top by which another tool's file is known. Source: Prometheus's own configuration; Docker Compose; Helm;
/// MkDocs; OpenAPI; AsyncAPI; CloudFormation; Sloth.
const KNOWN: [&[&str]; 9] = [
    &["scrape_configs"],
    &["services"],
    &["dependencies", "name", "version"],
    &["site_name"],
    &["openapi"],
    &["swagger"],
    &["asyncapi"],
    &["AWSTemplateFormatVersion"],
    &["service", "slos", "version"],
];

/// How our own documents begin.
const OURS: &str = "evenkeel/";

/// Whether a document says that it is somebody else's.
pub(crate) fn is_foreign(node: &Node) -> bool {
    let version = node.get("apiVersion").and_then(Node::as_text);
    version.is_some_and(|version| meant(version).is_none())
        || KNOWN.iter().any(|keys| keys.iter().all(|key| node.get(key).is_some()))
}

/// Whether a file of Prometheus's endings is Prometheus's: rules of a firewall end in `.rules`, tests of anything in
/// `.test`.
pub(crate) fn may_be_prometheus(path: &str, text: &str) -> bool {
    let shared = path.ends_with(".rules") || path.ends_with(".test");
    let begins = |line: &str| {
        let line = line.trim_start_matches(['\u{feff}', '"', '\'', '{']);
        ["groups", "rule_files", "tests", "apiVersion"].iter().any(|key| line.starts_with(key))
    };
    !shared || text.lines().any(begins)
}

/// Says of a file that nothing in it could be told.
pub(crate) fn unknown(node: &Node, cx: &mut Cx) {
    let version = node.get("apiVersion").and_then(|version| Some((version.span, version.as_text()?)));
    let diag = match version.and_then(|(span, version)| Some((span, version, meant(version)?))) {
        Some((span, version, meant)) => {
            let headline = format!("no version is called {}, so the document is left alone", quoted(version));
            Diagnostic::finding(codes::UNKNOWN_DOCUMENT, span, headline).help(format!("did you mean `{meant}`?"))
        }
        None => {
            let start = Span { end: node.span.start, ..node.span };
            let headline = "the document is of no kind that is read here";
            let help = "it changes nothing; give it `apiVersion: evenkeel/v1` and a `kind`, or name the file in \
                        `.evenkeelignore`";
            Diagnostic::finding(codes::UNKNOWN_DOCUMENT, start, headline).help(help)
        }
    };
    cx.push(diag);
}

/// Our version, where a slip of it was written.
fn meant(version: &str) -> Option<&'static str> {
    nearest(version, ["evenkeel/v1"])
}

/// Tells whoever keeps templates among the files why they are no YAML. A file that some tool makes from a template is
/// none of ours before it is made, so that is no error.
pub(crate) fn explain_template(text: &str, cx: &mut Cx) {
    for diag in cx.diags.iter_mut().filter(|diag| diag.code == codes::YAML_SYNTAX && diag.help.is_none()) {
        let at = usize::try_from(diag.primary.span.start).unwrap_or(0).min(text.len());
        let before = text.get(..at).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
        let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let is_template = steers(line.trim_start()) || text.lines().any(steers);
        if is_template && !text.contains(OURS) {
            diag.severity = Severity::Finding;
        }
        if is_template || ["{{", "{%"].iter().any(|open| line.contains(open)) {
            let help = "a template is no YAML until it is filled in: name it in `.evenkeelignore`";
            diag.help = Some(help.to_owned());
        }
    }
}

/// Whether a line decides what becomes of the lines around it. What an alert's texts are filled in with does not.
fn steers(line: &str) -> bool {
    ["{{", "{%"].iter().any(|open| line.starts_with(open)) && !["$value", "$labels"].iter().any(|it| line.contains(it))
}

/// Whether it is a template that entities of a catalogue are made from: nothing in it is there yet.
pub(crate) fn is_skeleton(text: &str, cx: &Cx) -> bool {
    text.contains("backstage.io/") && !cx.diags.iter().any(Diagnostic::blocks)
}
