//! Response plans: what is engaged, how bad it is, and a route that leads to each.

use evenkeel_diagnostic::Spanned;
use evenkeel_formats::yaml::Node;

use super::directory::{Became, Directory, LAST_RESORT};
use super::escalation::{Step, policy, steps};
use super::export::Export;
use super::procedure::{Automation, action, page};
use crate::ImportedFile;
use crate::codes::{APPROXIMATED, NOT_CARRIED_OVER};
use crate::document::Document;
use crate::emit::Map;
use crate::names::Names;
use crate::object::Object;
use crate::report::Report;

/// What `get-response-plan` gives.
#[derive(Debug)]
pub(super) struct Response<'n> {
    pub(super) arn: &'n str,
    name: Spanned<&'n str>,
    display_name: Option<&'n str>,
    title: &'n str,
    impact: u64,
    has_dedupe_string: bool,
    engagements: Vec<Spanned<&'n str>>,
    automations: Vec<Automation>,
    /// What was said while it was read.
    comments: Vec<String>,
}

/// What became of all of them.
#[derive(Debug, Default)]
pub(super) struct Responses {
    pub(super) documents: Vec<Document>,
    pub(super) routed: Vec<Routed>,
    pub(super) procedures: Vec<ImportedFile>,
}

/// A response plan as the routing tree has it.
#[derive(Debug)]
pub(super) struct Routed {
    pub(super) name: String,
    /// Whether all its alerts are one incident.
    pub(super) is_one_incident: bool,
}

/// Reads one.
pub(super) fn response<'n>(node: &'n Node, report: &mut Report) -> Option<Response<'n>> {
    let mark = report.mark();
    let mut fields = Object::of(node, "a response plan", report)?;
    let arn = fields.required_text("arn", report);
    let name = fields.required_text("name", report);
    let display_name = fields.text("displayName", report).map(|name| name.value);
    let engagements = fields.texts("engagements", report);
    let automations = fields.list("actions", report).iter().filter_map(|node| action(node, report)).collect();
    let told = "tell people how it goes by a CommunicationPlan";
    not_carried(&mut fields, "chatChannel", told, report);
    not_carried(&mut fields, "integrations", "people are paged from here", report);
    fields.ignore(&["ResponseMetadata"]);
    let template = fields.object("incidentTemplate", "an incident template", report);
    fields.finish(report);
    let mut template = template?;
    let title = template.text("title", report).map_or("", |title| title.value);
    let impact = template.required_whole("impact", (1, 5), report);
    let has_dedupe_string = template.text("dedupeString", report).is_some();
    not_carried(&mut template, "summary", "an incident's notes say what it is about", report);
    not_carried(&mut template, "notificationTargets", told, report);
    not_carried(&mut template, "incidentTags", "alerts carry labels", report);
    template.finish(report);
    let comments = report.since(mark);
    let (arn, name, impact) = (arn?.value, name?, impact?);
    Some(Response { arn, name, display_name, title, impact, has_dedupe_string, engagements, automations, comments })
}

/// Reports a field that is there and says something.
fn not_carried(fields: &mut Object<'_>, name: &'static str, help: &str, report: &mut Report) {
    use evenkeel_formats::yaml::Value;
    let Some(node) = fields.node(name) else { return };
    let says_nothing = match &node.value {
        Value::Seq(items) => items.is_empty(),
        Value::Map(entries) => entries.iter().all(|(key, _)| key.value == "empty"),
        Value::String(text) => text.is_empty(),
        Value::Null | Value::Bool(_) | Value::Int(..) | Value::Float(..) => false,
    };
    if !says_nothing {
        let place = crate::object::start_of(node.span);
        report.find(NOT_CARRIED_OVER, place, format!("`{name}` has no counterpart"), help);
    }
}

/// Makes a response plan of each, and policies for those that engage more than one.
pub(super) fn responses(
    export: &Export<'_>,
    directory: &Directory<'_>,
    policies: &mut Vec<Document>,
    report: &mut Report,
) -> Responses {
    let (mut names, mut made) = (Names::default(), Responses::default());
    names.take(LAST_RESORT, LAST_RESORT);
    for response in &export.responses {
        let name = names.take(response.name.value, "response");
        let mark = report.mark();
        let escalation = escalation(response, &name, export, directory, policies, report);
        let mut comments =
            vec![format!("Incident Manager's response plan `{}`: {}", response.name.value, response.title)];
        comments.extend(response.comments.iter().cloned());
        comments.extend(report.since(mark));
        let procedure = (!response.automations.is_empty()).then(|| format!("procedures/{name}.md"));
        if let Some(path) = &procedure {
            let text = page(response.display_name.unwrap_or(response.name.value), &response.automations);
            made.procedures.push(ImportedFile { path: path.clone(), text });
        }
        let (hit, word) = impact(response.impact);
        let from = vec![format!("From Incident Manager's impact {}, {word}.", response.impact)];
        let is_critical = response.impact == 1;
        let spec = Map::new()
            .with("receivers", vec![name.as_str()])
            .with_some("workload", is_critical.then_some(name.as_str()))
            .with("escalation", escalation)
            .with_comments("impact", from, hit)
            .with_some("procedure", procedure);
        made.documents.extend(is_critical.then(|| critical_workload(&name)));
        made.documents.push(Document { kind: "ResponsePlan", name: name.clone(), owner: None, spec, comments });
        made.routed.push(Routed { name, is_one_incident: response.has_dedupe_string });
    }
    made
}

/// Without a workload an outage is `sev2`, so that only the impact `critical` needs one to keep its severity.
const fn impact(number: u64) -> (&'static str, &'static str) {
    match number {
        1 => ("outage", "critical"),
        2 => ("outage", "high"),
        3 => ("degraded", "medium"),
        4 => ("minor", "low"),
        _ => ("none", "no impact"),
    }
}

/// The workload that makes an outage critical.
fn critical_workload(name: &str) -> Document {
    let comments = vec![format!(
        "Proposed so that incidents of the response plan `{name}` stay critical: what is hit is of tier 1. Say who suffers, \
         and give it the name people know it by."
    )];
    let spec = Map::new().with("tier", crate::emit::Value::Whole(1));
    Document { kind: "Workload", name: name.to_owned(), owner: None, spec, comments }
}

/// The name of the policy that engages whom the response plan engages.
fn escalation(
    response: &Response<'_>,
    name: &str,
    export: &Export<'_>,
    directory: &Directory<'_>,
    policies: &mut Vec<Document>,
    report: &mut Report,
) -> String {
    let engaged: Vec<(usize, &Became)> =
        response.engagements.iter().filter_map(|id| directory.contact(*id, report)).collect();
    if let [(_, Became::Policy(policy))] = engaged.as_slice() {
        return policy.clone();
    }
    let steps = together(&engaged, export, directory, report);
    if steps.is_empty() && engaged.len() < response.engagements.len() {
        return LAST_RESORT.to_owned();
    }
    if steps.is_empty() {
        let headline = "the response plan engages nobody, so the last resort is paged";
        report.find(APPROXIMATED, response.name.span, headline, "name an EscalationPolicy");
        return LAST_RESORT.to_owned();
    }
    if engaged.iter().filter(|(_, became)| matches!(became, Became::Policy(_))).count() > 1 {
        let headline = "several escalation plans at once became one policy, with the shortest waits";
        report.find(APPROXIMATED, response.name.span, headline, "compare its steps with theirs");
    }
    let name = free_name(name, policies);
    let comments = vec![format!("Whom the response plan `{}` engages at once.", response.name.value)];
    policies.push(policy(name.clone(), steps, comments));
    name
}

/// All engaged at once: first steps together, second steps together.
fn together(
    engaged: &[(usize, &Became)],
    export: &Export<'_>,
    directory: &Directory<'_>,
    report: &mut Report,
) -> Vec<Step> {
    let mut all: Vec<Step> = Vec::new();
    for (at, became) in engaged {
        let own = match became {
            Became::Person(name) => vec![Step { to: vec![format!("person:{name}")], minutes: 5 }],
            Became::Schedules(names) => {
                vec![Step { to: names.iter().map(|name| format!("schedule:{name}")).collect(), minutes: 5 }]
            }
            Became::Policy(_) => steps(*at, export, directory, report),
        };
        for (number, step) in own.into_iter().enumerate() {
            match all.get_mut(number) {
                Some(known) => {
                    known.minutes = known.minutes.min(step.minutes);
                    known.to.extend(step.to);
                }
                None => all.push(step),
            }
        }
    }
    for step in &mut all {
        let mut seen = std::collections::BTreeSet::new();
        step.to.retain(|to| seen.insert(to.clone()));
    }
    all.retain(|step| !step.to.is_empty());
    all
}

fn free_name(wanted: &str, policies: &[Document]) -> String {
    let mut names = Names::default();
    names.take(LAST_RESORT, LAST_RESORT);
    policies.iter().for_each(|policy| drop(names.take(&policy.name, LAST_RESORT)));
    names.take(wanted, "response")
}
