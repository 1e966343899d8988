//! Evenkeel's own documents: `apiVersion`, `kind`, `metadata`, `spec`.

mod address;
mod calendar;
mod communication;
mod contact;
mod escalation;
mod metadata;
pub(crate) mod names;
mod ntfy;
mod organization;
mod person;
mod probe;
mod prose;
mod receiver;
mod response;
mod schedule;
mod shift;
mod team;
mod template;
mod watch;
mod workload;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{Declared, Documents};
use evenkeel_model::{codes, quoted};

use crate::fields::{Cx, Fields, nearest};
use crate::yaml::Node;
use metadata::Metadata;

/// The version written here.
const API_VERSION: &str = "evenkeel/v1";
/// The kinds that are read.
const KINDS: [&str; 12] = [
    "CommunicationPlan",
    "EscalationPolicy",
    "ExpectedAlert",
    "Heartbeat",
    "Organization",
    "Person",
    "Probe",
    "Receiver",
    "ResponsePlan",
    "Schedule",
    "Team",
    "Workload",
];

/// Whether a document is one of ours, or was meant to be.
pub(crate) fn is_ours(node: &Node) -> bool {
    let text = |name| node.get(name).and_then(Node::as_text);
    match (text("apiVersion"), text("kind")) {
        (Some(version), _) => version.starts_with("evenkeel/") || version == "evenkeel",
        (None, Some(kind)) => KINDS.contains(&kind),
        (None, None) => false,
    }
}

/// Reads one document into its list.
pub(crate) fn document(node: &Node, out: &mut Documents, cx: &mut Cx) {
    let Some(mut fields) = Fields::of(node, "a document", cx) else { return };
    if !has_our_version(&mut fields, cx) {
        blank_spec(node, cx);
        return;
    }
    let Some(kind) = fields.text("kind", cx) else {
        fields.missing("kind", cx);
        blank_spec(node, cx);
        return;
    };
    let head = metadata::metadata(&mut fields, cx);
    let spec = fields.mapping("spec", "`spec`", cx);
    fields.require("spec", cx);
    fields.finish(cx);
    let (Some(head), Some(mut spec)) = (head, spec) else {
        blank_spec(node, cx);
        return;
    };
    if !read(kind.value, head, &mut spec, out, cx) {
        blank_spec(node, cx);
        unknown_kind(kind.value, kind.span, cx);
    }
}

/// Reads the `spec` of a kind into its list; false when nothing is of that kind.
fn read(kind: &str, head: Metadata, spec: &mut Fields<'_>, out: &mut Documents, cx: &mut Cx) -> bool {
    match kind {
        "Probe" => out.probes.extend(probe::probe(spec, &head, cx).map(|spec| declared(head, spec))),
        "Heartbeat" => out.heartbeats.extend(watch::heartbeat(spec, &head, cx).map(|spec| declared(head, spec))),
        "ExpectedAlert" => {
            out.expected_alerts.extend(watch::expected_alert(spec, &head, cx).map(|spec| declared(head, spec)));
        }
        "Receiver" => out.receivers.push(declared(head, receiver::receiver(spec, cx))),
        "Organization" => out.organizations.push(declared(head, organization::organization(spec, cx))),
        "Person" => out.people.push(declared(head, person::person(spec, cx))),
        "Team" => out.teams.push(declared(head, team::team(spec, cx))),
        "Workload" => {
            let workload = workload::workload(spec, &head, cx);
            out.workloads.push(declared(head, workload));
        }
        "Schedule" => out.schedules.push(declared(head, schedule::schedule(spec, cx))),
        "EscalationPolicy" => out.policies.push(declared(head, escalation::policy(spec, cx))),
        "ResponsePlan" => out.response_plans.push(declared(head, response::response_plan(spec, cx))),
        "CommunicationPlan" => out.communications.push(declared(head, communication::communication_plan(spec, cx))),
        _ => return false,
    }
    true
}

/// Nobody knows what of a `spec` that is not read is secret.
fn blank_spec(node: &Node, cx: &mut Cx) {
    if let Some(spec) = node.get("spec") {
        cx.blank(spec);
    }
}

fn declared<T>(head: Metadata, spec: T) -> Declared<T> {
    Declared { name: head.name, owner: head.owner, spec }
}

fn has_our_version(fields: &mut Fields<'_>, cx: &mut Cx) -> bool {
    let Some(version) = fields.text("apiVersion", cx) else {
        fields.missing("apiVersion", cx);
        return true;
    };
    if version.value == API_VERSION {
        return true;
    }
    let headline = format!("no version is called {}", quoted(version.value));
    let diag = Diagnostic::error(codes::UNKNOWN_API_VERSION, version.span, headline);
    cx.push(diag.help(format!("write `apiVersion: {API_VERSION}`")));
    false
}

fn unknown_kind(kind: &str, span: Span, cx: &mut Cx) {
    let diag = Diagnostic::error(codes::UNKNOWN_KIND, span, format!("no kind is called {}", quoted(kind)));
    cx.push(match nearest(kind, KINDS) {
        Some(known) => diag.help(format!("did you mean `{known}`?")),
        None => diag.help(format!("the kinds are {}", KINDS.map(|kind| format!("`{kind}`")).join(", "))),
    });
}
