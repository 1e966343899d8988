//! What AWS Incident Manager's API gives → an ops repo.
//!
//! Contacts become people, escalation plans become policies, on-call schedules become schedules, one for each
//! rotation, and response plans become response plans with a route each. `export` reads the objects, whatever order
//! and wrapping they come in; the other files make documents of them.
//!
//! Source: the service models `ssm-contacts` 2021-05-03 and `ssm-incidents` 2018-05-10 of botocore.

mod channel;
mod contact;
mod coverage;
mod directory;
mod escalation;
mod export;
mod hand_over;
mod organization;
mod overrides;
mod person;
mod procedure;
mod recurrence;
mod response;
mod rotation;
mod schedule;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_formats::decode;
use evenkeel_formats::yaml::{self, Node};

use crate::codes::NOTHING_TO_IMPORT;
use crate::document::file;
use crate::report::{Report, SOURCE};
use crate::{Import, ImportedFile, json};
use directory::Directory;
use export::Export;

/// Makes an ops repo of what `aws ssm-contacts` and `aws ssm-incidents` print, in one file, in any order.
/// `name` is what people know the text by, such as its path.
#[must_use]
pub fn from_incident_manager(name: &str, bytes: &[u8]) -> Import {
    let text = match decode(SOURCE, bytes) {
        Ok(text) => text,
        Err(diag) => {
            let mut report = Report::new(name, "");
            report.push(*diag);
            return report.finish(Vec::new());
        }
    };
    let mut report = Report::new(name, text);
    let nodes = values(text, &mut report);
    let export = Export::read(&nodes, &mut report);
    if export.is_empty() && !report.blocks() {
        let place = Span { source: SOURCE, start: 0, end: 0 };
        let headline = "the text has no contact, rotation or response plan";
        let help = "give what `aws ssm-contacts get-contact` and `aws ssm-incidents get-response-plan` print";
        report.push(Diagnostic::error(NOTHING_TO_IMPORT, place, headline).help(help));
    }
    let files = files(name, &export, &mut report);
    report.finish(files)
}

/// JSON, or YAML as `aws --output yaml` prints it.
fn values(text: &str, report: &mut Report) -> Vec<Node> {
    let first = text.trim_start_matches('\u{feff}').trim_start().chars().next();
    if matches!(first, None | Some('{' | '[' | '"')) {
        return json::parse(text).unwrap_or_else(|diag| {
            report.push(*diag);
            Vec::new()
        });
    }
    let mut diags = Vec::new();
    let nodes = yaml::parse(SOURCE, text, &mut diags);
    diags.into_iter().for_each(|diag| report.push(diag));
    nodes.unwrap_or_default()
}

fn files(source: &str, export: &Export<'_>, report: &mut Report) -> Vec<ImportedFile> {
    let directory = Directory::of(export, report);
    let people = person::people(export, &directory, report);
    let schedules = schedule::schedules(export, &directory, report);
    let mut policies = escalation::policies(export, &directory, report);
    let responses = response::responses(export, &directory, &mut policies, report);
    policies.push(organization::last_resort_policy(export, &directory));
    let mut files = vec![organization::alertmanager(source, &responses.routed, export)];
    files.extend(responses.procedures);
    files.extend(
        [
            file("organization.yml", "Who is told when all else fails.", &organization::documents()),
            file("people.yml", PEOPLE, &people),
            file("schedules.yml", SCHEDULES, &schedules),
            file("escalation.yml", ESCALATION, &policies),
            file("response.yml", "What alerts become, and who is paged for it.", &responses.documents),
        ]
        .into_iter()
        .flatten(),
    );
    files
}

const PEOPLE: &str = "People, from Incident Manager's contacts. A text message or a call has no counterpart here: an `ntfy` \
                      contact reaches the phone and wakes people.";
const SCHEDULES: &str = "Who is on call when, from Incident Manager's rotations, one schedule each. Compare who is on call \
                         now with `aws ssm-contacts list-rotation-shifts` before you rely on it.";
const ESCALATION: &str = "Who is paged, and who next when nobody acknowledges, from Incident Manager's escalation plans. After \
                          the last step the policy of last resort is gone through, where Incident Manager stops.";
