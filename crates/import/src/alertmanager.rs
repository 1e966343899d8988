//! Alertmanager's configuration → an ops repo with people and response plans around it.
//!
//! The configuration itself stays as it is, byte for byte. For every receiver that people are reached by and that a
//! route leads to, there is a response plan, an escalation policy and a team; for every mail address a person. What
//! Alertmanager hands over to services that page people has no counterpart: it is said where it stands.

mod documents;
mod integration;
mod mail;
mod receivers;
mod routes;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_formats::yaml::{self, Node};
use evenkeel_formats::{Parsed, decode};
use evenkeel_model::codes::NO_ROUTING;

pub(crate) use mail::mailboxes;

use crate::answers::Answers;
use crate::report::{Report, SOURCE};
use crate::starter::{Kept, surroundings};
use crate::{Import, ImportedFile};

/// The path under which Alertmanager's configuration is found.
pub(crate) const CONFIG_PATH: &str = "alertmanager.yml";

/// Makes an ops repo of a configuration. `name` is what people know the text by, such as its path.
#[must_use]
pub fn from_alertmanager(name: &str, bytes: &[u8]) -> Import {
    import(name, bytes, None)
}

/// The same for somebody: they are paged where nobody else is known, and what they operate is what fails.
#[must_use]
pub fn from_alertmanager_for(name: &str, bytes: &[u8], answers: &Answers, kept: &Kept) -> Import {
    import(name, bytes, Some((answers, kept)))
}

/// Whether a configuration says how mail goes out.
#[must_use]
pub fn mail_goes_out(text: &str) -> bool {
    let nodes = yaml::parse(SOURCE, text, &mut Vec::new()).unwrap_or_default();
    let globals = nodes.iter().filter_map(|node| node.get("global"));
    let said = |global: &Node, field| global.get(field).and_then(Node::as_text).is_some_and(|text| !text.is_empty());
    globals.into_iter().any(|global| said(global, "smtp_smarthost") && said(global, "smtp_from"))
}

fn import(name: &str, bytes: &[u8], somebody: Option<(&Answers, &Kept)>) -> Import {
    let text = match decode(SOURCE, bytes) {
        Ok(text) => text,
        Err(diag) => {
            let mut report = Report::new(name, "");
            report.push(*diag);
            return report.finish(Vec::new());
        }
    };
    let mut report = Report::new(name, text);
    hide_secrets(text, &mut report);
    let Some(config) = config(text, &mut report) else { return report.finish(Vec::new()) };
    let mut files = vec![ImportedFile { path: CONFIG_PATH.to_owned(), text: text.to_owned() }];
    files.extend(documents::files(name, &config, somebody.map(|(answers, _)| answers), &mut report));
    files.extend(somebody.into_iter().flat_map(|(answers, kept)| surroundings(answers, kept, false)));
    report.finish(files)
}

fn hide_secrets(text: &str, report: &mut Report) {
    let mut parsed = Parsed::default();
    parsed.read(SOURCE, "alertmanager.yml", text);
    parsed.secrets.into_iter().for_each(|span| report.hide(span));
}

fn config(text: &str, report: &mut Report) -> Option<Node> {
    let mut diags = Vec::new();
    let nodes = yaml::parse(SOURCE, text, &mut diags);
    diags.into_iter().for_each(|diag| report.push(diag));
    let mut nodes = nodes?;
    let at = nodes.iter().position(|node| node.get("route").is_some());
    if at.is_none() {
        let place = evenkeel_diagnostic::Span { source: SOURCE, start: 0, end: 0 };
        let headline = "the text has no `route`, so it is no configuration of Alertmanager's";
        report.push(
            Diagnostic::error(NO_ROUTING, place, headline).help("name the file that Alertmanager is started with"),
        );
    }
    at.map(|at| nodes.swap_remove(at))
}
