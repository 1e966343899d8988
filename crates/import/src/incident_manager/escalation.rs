//! `ESCALATION` contacts → escalation policies: stages become steps.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::quoted;
use evenkeel_time::Duration;

use super::contact::{ContactKind, Target};
use super::directory::{Became, Directory, LAST_RESORT};
use super::export::Export;
use crate::codes::{ABSENT_CHANNEL, APPROXIMATED, ESCALATION_CYCLE, NOT_CARRIED_OVER};
use crate::document::Document;
use crate::emit::{Map, Value};
use crate::report::Report;

/// How long the last step is waited for, where Incident Manager gave up at once.
const LAST_WAIT_MINUTES: u64 = 5;
/// Escalation plans inside one another deeper than this are refused.
const DEPTH_MAX: usize = 16;

/// Who is paged, and for how many minutes they are waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) to: Vec<String>,
    pub(super) minutes: u64,
}

/// Makes a policy of each.
pub(super) fn policies(export: &Export<'_>, directory: &Directory<'_>, report: &mut Report) -> Vec<Document> {
    let mut policies = Vec::new();
    for (at, contact) in (0..).zip(&export.contacts) {
        if contact.kind != ContactKind::Escalation {
            continue;
        }
        let Some(Became::Policy(name)) = directory.became(at) else { continue };
        let mark = report.mark();
        let steps = steps(at, export, directory, report);
        let mut comments: Vec<String> = report.since(mark);
        comments.splice(0..0, contact.display_name.map(|name| format!("Incident Manager's escalation plan `{name}`.")));
        policies.push(policy(name.clone(), steps, comments));
    }
    policies
}

/// A policy of these steps.
pub(super) fn policy(name: String, steps: Vec<Step>, comments: Vec<String>) -> Document {
    let step = |step: Step| {
        let wait = Duration::minutes(i64::try_from(step.minutes).unwrap_or(i64::MAX)).to_string();
        Value::from(Map::new().with("to", step.to).with("wait", wait))
    };
    let spec = Map::new().with("steps", Value::List(steps.into_iter().map(step).collect()));
    Document { kind: "EscalationPolicy", name, owner: None, spec, comments }
}

/// The steps of an escalation plan, by its place in the export.
pub(super) fn steps(at: usize, export: &Export<'_>, directory: &Directory<'_>, report: &mut Report) -> Vec<Step> {
    let Some(contact) = export.contacts.get(at) else { return Vec::new() };
    let mark = report.mark();
    let mut reader = Reader { export, directory, report, path: vec![at], seen: BTreeSet::new() };
    let mut steps = Vec::new();
    for stage in contact.plan.iter().flat_map(|plan| &plan.stages) {
        let mut to = Vec::new();
        stage.targets.iter().for_each(|target| reader.target(target, &mut to));
        add(&mut steps, Step { to, minutes: stage.minutes });
    }
    if steps.is_empty() {
        if !report.blocks_since(mark) {
            let headline = format!("the escalation plan {} engages nobody", quoted(contact.alias.value));
            let help = "write its steps; if it has stages, add what `aws ssm-contacts get-contact` prints for it";
            report.find(NOT_CARRIED_OVER, contact.span, headline, help);
        }
        steps.push(Step { to: vec![format!("receiver:{LAST_RESORT}")], minutes: 0 });
    }
    if let Some(last) = steps.last_mut().filter(|last| last.minutes == 0) {
        last.minutes = LAST_WAIT_MINUTES;
    }
    steps
}

/// A stage of no minutes is paged together with the next one; one that engages nobody is a longer wait.
fn add(steps: &mut Vec<Step>, step: Step) {
    match steps.last_mut() {
        Some(last) if last.minutes == 0 => {
            step.to.into_iter().for_each(|to| push_new(&mut last.to, to));
            last.minutes = step.minutes;
        }
        Some(last) if step.to.is_empty() => last.minutes += step.minutes,
        None if step.to.is_empty() => {}
        Some(_) | None => steps.push(step),
    }
}

fn push_new(to: &mut Vec<String>, reference: String) {
    if !to.contains(&reference) {
        to.push(reference);
    }
}

struct Reader<'a, 'n> {
    export: &'a Export<'n>,
    directory: &'a Directory<'n>,
    report: &'a mut Report,
    /// The escalation plans we are in, outermost first.
    path: Vec<usize>,
    /// Those that were gone through.
    seen: BTreeSet<usize>,
}

impl Reader<'_, '_> {
    fn target(&mut self, target: &Target<'_>, to: &mut Vec<String>) {
        match target {
            Target::Contact(id) => match self.directory.contact(*id, self.report) {
                None => {}
                Some((_, Became::Person(name))) => push_new(to, format!("person:{name}")),
                Some((_, Became::Schedules(names))) => {
                    names.iter().for_each(|name| push_new(to, format!("schedule:{name}")));
                }
                Some((at, Became::Policy(_))) => self.inside(at, *id, to),
            },
            Target::Channel(id) => self.channel(*id, to),
        }
    }

    /// An escalation plan inside another: all of its people are paged at once.
    fn inside(&mut self, at: usize, id: Spanned<&str>, to: &mut Vec<String>) {
        if self.path.contains(&at) || self.path.len() > DEPTH_MAX {
            let headline = format!("the escalation plan {} leads back to itself", quoted(id.value));
            let deep = format!("the escalation plan {} lies more than {DEPTH_MAX} plans deep", quoted(id.value));
            let headline = if self.path.contains(&at) { headline } else { deep };
            let diag = Diagnostic::error(ESCALATION_CYCLE, id.span, headline);
            self.report.push(diag.help("name people and on-call schedules in its stages"));
            return;
        }
        let headline = "an escalation plan inside another is paged all at once";
        let help = "write who is in it as steps of their own where that matters";
        self.report.find(APPROXIMATED, id.span, headline, help);
        if !self.seen.insert(at) {
            return;
        }
        self.path.push(at);
        let export = self.export;
        let stages = export.contacts.get(at).and_then(|contact| contact.plan.as_ref()).map(|plan| &plan.stages);
        for stage in stages.into_iter().flatten() {
            stage.targets.iter().for_each(|target| self.target(target, to));
        }
        self.path.pop();
    }

    /// A channel stands for the person it belongs to.
    fn channel(&mut self, id: Spanned<&str>, to: &mut Vec<String>) {
        let Some(channel) = self.export.channels.iter().find(|channel| channel.arn.value == id.value) else {
            let headline = format!("no contact channel {} is here", quoted(id.value));
            let diag = Diagnostic::error(ABSENT_CHANNEL, id.span, headline);
            self.report.push(diag.help("add what `aws ssm-contacts list-contact-channels` prints"));
            return;
        };
        let headline = "a contact channel in an escalation plan stands for its owner, by all their contacts";
        self.report.find(APPROXIMATED, id.span, headline, "page the person");
        if let Some(person) = self.directory.person(channel.contact, self.report) {
            push_new(to, format!("person:{person}"));
        }
    }
}
