//! `ssmAutomation` → a page that says what was run, for the person who runs it by hand.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_formats::yaml::{Node, Value};
use evenkeel_model::codes::INVALID_VALUE;
use evenkeel_model::quoted;

use crate::codes::NOT_CARRIED_OVER;
use crate::object::Object;
use crate::report::Report;

/// An automation document and what it is run with.
#[derive(Debug)]
pub(super) struct Automation {
    document: String,
    version: Option<String>,
    /// As JSON.
    parameters: String,
    /// Parameters that Incident Manager fills in.
    dynamic: Vec<String>,
}

/// Reads an action of a response plan.
pub(super) fn action(node: &Node, report: &mut Report) -> Option<Automation> {
    let mut fields = Object::of(node, "an action", report)?;
    let automation = fields.object("ssmAutomation", "an automation", report);
    fields.finish(report);
    let mut fields = automation?;
    let document = fields.required_text("documentName", report);
    let version = fields.text("documentVersion", report).filter(|version| is_name(*version, report));
    let parameters = json(fields.entries("parameters", report), report);
    let dynamic = fields.entries("dynamicParameters", report);
    fields.ignore(&["roleArn", "targetAccount"]);
    fields.finish(report);
    let document = document.filter(|document| is_name(*document, report))?;
    let headline = format!("the automation {} is not run by itself", quoted(document.value));
    report.find(NOT_CARRIED_OVER, document.span, headline, "the incident's procedure says how to run it");
    Some(Automation {
        document: document.value.to_owned(),
        version: version.map(|version| version.value.to_owned()),
        parameters,
        dynamic: dynamic.iter().map(|(key, _)| escaped(&key.value)).collect(),
    })
}

/// What may stand in a command without quotes. Source: botocore's `SsmAutomationDocumentNameString`.
fn is_name(text: Spanned<&str>, report: &mut Report) -> bool {
    let good = text.value.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:/$".contains(c));
    if !good {
        let headline = format!("{} is no name of an automation document", quoted(text.value));
        report.push(Diagnostic::error(INVALID_VALUE, text.span, headline));
    }
    good
}

/// Lists of texts by name, as JSON on one line.
fn json(entries: &[(Spanned<String>, Node)], report: &mut Report) -> String {
    let mut pairs = Vec::new();
    for (key, node) in entries {
        let Value::Seq(items) = &node.value else {
            report.push(crate::object::wrong(node, &key.value, "a list"));
            continue;
        };
        let items: Vec<String> = items.iter().filter_map(Node::as_text).map(escaped).collect();
        pairs.push(format!("{}: [{}]", escaped(&key.value), items.join(", ")));
    }
    if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(", ")) }
}

/// A text as JSON that may stand in single quotes of a shell and in a fenced block.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some(c @ (' '..='~')) if !"\"\\'`".contains(c) => out.push(c),
            Some(_) | None => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out.push('"');
    out
}

/// The page of a response plan's automations.
pub(super) fn page(title: &str, automations: &[Automation]) -> String {
    let title = crate::emit::comment_lines(title).join(" ").replace('#', "");
    let mut text = format!(
        "# {}\n\nIncident Manager ran these by itself. Run them by hand, and say what came of it.\n",
        title.trim()
    );
    for automation in automations {
        text.push_str(&format!("\n## {}\n\n```sh\n{}\n```\n", automation.document, automation.command()));
        if !automation.dynamic.is_empty() {
            let names = automation.dynamic.join(", ");
            text.push_str(&format!("\nFill in what Incident Manager filled in: {names}.\n"));
        }
    }
    text
}

impl Automation {
    fn command(&self) -> String {
        let mut command = format!("aws ssm start-automation-execution --document-name {}", self.document);
        if let Some(version) = &self.version {
            command.push_str(&format!(" --document-version '{version}'"));
        }
        if !self.parameters.is_empty() {
            command.push_str(&format!(" \\\n  --parameters '{}'", self.parameters));
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_quotes() {
        assert_eq!(escaped("a'b`c\"d\\e\n😀"), r#""a\u0027b\u0060c\u0022d\u005ce\u000a\ud83d\ude00""#);
    }
}
