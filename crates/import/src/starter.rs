//! A small ops repo out of answers: everything that a page needs to reach somebody, and why it is there.
//!
//! With an Alertmanager configuration of one's own the routing and the response plans come from that
//! ([`from_alertmanager_for`](crate::from_alertmanager_for)), and only what stands around them is made here.

mod operated;
mod organization;
mod routing;
mod triage;

use std::collections::BTreeSet;

use crate::answers::Answers;
use crate::document::{Document, file};
use crate::emit::{Map, Value};
use crate::{Import, ImportedFile};

/// The path of the playbook that response plans name.
pub(crate) const TRIAGE: &str = "procedures/triage.md";
/// The receiver of what nobody has to act on now.
pub(crate) const EVERYTHING: &str = "everything";

/// What the files that are kept as they are say already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Values of the label `severity` that rules give to their alerts.
    pub severities: BTreeSet<String>,
    /// Workloads of Backstage's that have an owner.
    pub owned_workloads: BTreeSet<String>,
    /// Teams of Backstage's that have members.
    pub manned_teams: BTreeSet<String>,
}

/// An ops repo of its own.
#[must_use]
pub fn starter(answers: &Answers, kept: &Kept) -> Import {
    let about = "People. What is personal here, names and addresses, is kept out of every stored plan and record.";
    let mut files = vec![routing::file(answers, &kept.severities)];
    files.extend(file("organization.yml", "Who is told when all else fails.", &organization::documents(answers)));
    files.extend(file("people.yml", about, &[person(answers)]));
    files.extend(surroundings(answers, kept, true));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Import { files, ..Import::default() }
}

/// The team, what it operates, who is on call for it, and what helps.
pub(crate) fn surroundings(answers: &Answers, kept: &Kept, responds: bool) -> Vec<ImportedFile> {
    let about = "What is operated, by whom, and what happens when it fails. Copy this file for the next one.";
    let documents = operated::documents(answers, kept, responds);
    file("operations.yml", about, &documents).into_iter().chain([triage::file(answers)]).collect()
}

/// The person who begins.
pub(crate) fn person(answers: &Answers) -> Document {
    let quiet = Map::new().with("times", "22:00-07:00").with("severities", vec!["sev4", "sev5"]);
    let zone = vec!["Whose nights are theirs.".to_owned()];
    let contacts: Vec<Value> = answers.contact_list().into_iter().map(Value::from).collect();
    let spec = Map::new()
        .with_some("fullName", answers.full_name.as_deref())
        .with_comments("timeZone", zone, answers.time_zone.as_str())
        .with("contacts", Value::List(contacts))
        .with_comments("quietHours", vec!["Pages that can wait, do.".to_owned()], Value::List(vec![quiet.into()]));
    Document { kind: "Person", name: answers.person.clone(), owner: None, spec, comments: Vec::new() }
}
