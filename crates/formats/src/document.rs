//! Evenkeel's own documents: `apiVersion`, `kind`, `metadata`, `spec`.

mod address;
mod allowance;
mod calendar;
mod communication;
mod contact;
mod escalation;
mod event_source;
mod kpi;
mod metadata;
pub(crate) mod names;
mod ntfy;
mod organization;
mod person;
mod probe;
mod prose;
mod receiver;
pub(crate) mod register;
mod response;
mod routing_test;
mod schedule;
mod shift;
mod signal;
mod status_page;
mod team;
mod view;
mod watch;
mod workload;

use std::sync::LazyLock;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{Declared, Documents};
use evenkeel_model::{RegisterKind, codes, quoted};

use crate::fields::{Cx, Fields, nearest};
use crate::shape::{Field, Form, Kind, Record, Sort, check};
use crate::yaml::Node;
pub(crate) use metadata::METADATA;
use metadata::Metadata;

/// The version written here.
pub(crate) const API_VERSION: &str = "evenkeel/v1";
/// The kinds that are read, by name.
static KINDS: LazyLock<Vec<&'static Kind>> = LazyLock::new(|| {
    let mut kinds = [OWN.as_slice(), &register::KINDS].concat();
    kinds.sort_by_key(|kind| kind.name);
    kinds
});

/// The kinds that have a reader of their own.
static OWN: [&Kind; 20] = [
    &allowance::KIND,
    &communication::KIND,
    &escalation::KIND,
    &event_source::KIND,
    &watch::EXPECTED_ALERT,
    &watch::HEARTBEAT,
    &kpi::KIND,
    &organization::KIND,
    &person::KIND,
    &probe::KIND,
    &receiver::KIND,
    &response::KIND,
    &routing_test::KIND,
    &schedule::KIND,
    &signal::KIND,
    &status_page::MAINTENANCE,
    &status_page::STATUS_PAGE,
    &team::KIND,
    &view::KIND,
    &workload::KIND,
];

/// Kinds whose owners mean nothing to the plan, so that resolving passes over them.
const OWNER_NOT_LOOKED_UP: [&str; 5] = ["ExpectedAlert", "Heartbeat", "Organization", "Probe", "Receiver"];

/// What every document is made of.
pub(crate) static DOCUMENT: Record = Record {
    what: "a document",
    fields: &[
        Field::new("apiVersion", Sort::Text(Form::Any), "The version of what is written here.").required(),
        Field::new("kind", Sort::Text(Form::Any), "What is described.").required(),
        Field::new("metadata", Sort::Record(&METADATA), "What it is called, who owns it, how it is labelled.")
            .required(),
        Field::new("spec", Sort::Foreign("spec"), "What it says; other for each kind.").required(),
    ],
    rules: &[],
};

/// The kinds of documents that are read, by name.
#[must_use]
pub fn kinds() -> &'static [&'static Kind] {
    &KINDS
}

fn kind_of(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// Whether a document is one of ours, or was meant to be.
pub(crate) fn is_ours(node: &Node) -> bool {
    let text = |name| node.get(name).and_then(Node::as_text);
    match (text("apiVersion"), text("kind")) {
        (Some(version), _) => version.starts_with("evenkeel/") || version == "evenkeel",
        (None, Some(kind)) => kind_of(kind).is_some() && ["metadata", "spec"].iter().any(|key| node.get(key).is_some()),
        (None, None) => false,
    }
}

/// Reads one document into its list. `text` is the whole file's.
pub(crate) fn document(node: &Node, text: &str, out: &mut Documents, cx: &mut Cx) {
    let Some(mut fields) = Fields::declared(node, &DOCUMENT) else { return };
    if !has_our_version(&mut fields, cx) {
        blank_spec(node, cx);
        return;
    }
    check(node, &DOCUMENT, cx);
    let kind = fields.text("kind", cx);
    let known = kind.and_then(|kind| kind_of(kind.value));
    if let (Some(kind), None) = (kind, known) {
        unknown_kind(kind.value, kind.span, cx);
    }
    let (Some(kind), Some(spec)) = (known, fields.node("spec")) else {
        blank_spec(node, cx);
        return;
    };
    check(spec, kind.spec, cx);
    let head = metadata::metadata(&mut fields, cx);
    let (Some(head), Some(mut spec)) = (head, Fields::declared(spec, kind.spec)) else {
        blank_spec(node, cx);
        return;
    };
    if OWNER_NOT_LOOKED_UP.contains(&kind.name) {
        metadata::check_owner(&head, cx);
    }
    read(kind.name, head, &mut spec, text, out, cx);
}

/// Reads the `spec` of a kind into its list.
fn read(kind: &str, head: Metadata, spec: &mut Fields<'_>, text: &str, out: &mut Documents, cx: &mut Cx) {
    match kind {
        "Allowance" => out.allowances.extend(allowance::allowance(spec, cx).map(|spec| declared(head, spec))),
        "CommunicationPlan" => out.communications.push(declared(head, communication::communication_plan(spec, cx))),
        "EscalationPolicy" => out.policies.push(declared(head, escalation::policy(spec, cx))),
        "EventSource" => {
            out.event_sources.extend(event_source::event_source(spec, cx).map(|spec| declared(head, spec)))
        }
        "ExpectedAlert" => {
            let expected = watch::expected_alert(spec, &head, cx);
            out.expected_alerts.push(declared(head, expected));
        }
        "Heartbeat" => out.heartbeats.extend(watch::heartbeat(spec, &head, cx).map(|spec| declared(head, spec))),
        "Kpi" => out.kpis.extend(kpi::kpi(spec, text, cx).map(|spec| declared(head, spec))),
        "Maintenance" => {
            out.maintenances.extend(status_page::maintenance(spec, cx).map(|spec| declared(head, spec)));
        }
        "Organization" => out.organizations.push(declared(head, organization::organization(spec, cx))),
        "Person" => out.people.push(declared(head, person::person(spec, cx))),
        "Probe" => out.probes.extend(probe::probe(spec, &head, cx).map(|spec| declared(head, spec))),
        "Receiver" => out.receivers.push(declared(head, receiver::receiver(spec, cx))),
        "ResponsePlan" => out.response_plans.push(declared(head, response::response_plan(spec, cx))),
        "RoutingTest" => out.routing_tests.push(declared(head, routing_test::routing_test(spec, cx))),
        "Schedule" => out.schedules.push(declared(head, schedule::schedule(spec, cx))),
        "SignalContract" => out.signals.push(declared(head, signal::signal_contract(spec, cx))),
        "StatusPage" => {
            out.status_pages.extend(status_page::status_page(spec, cx).map(|spec| declared(head, spec)));
        }
        "Team" => out.teams.push(declared(head, team::team(spec, cx))),
        "View" => out.views.extend(view::view(spec, cx).map(|spec| declared(head, spec))),
        "Workload" => {
            let workload = workload::workload(spec, &head, cx);
            out.workloads.push(declared(head, workload));
        }
        _ => {
            if let (Some(kind), Some(known)) = (RegisterKind::named(kind), kind_of(kind)) {
                out.registers.push(declared(head, register::register(kind, spec, known.spec, cx)));
            }
        }
    }
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

/// Whether it is of the version written here, or of none; what another version has is not known.
fn has_our_version(fields: &mut Fields<'_>, cx: &mut Cx) -> bool {
    let Some(version) = fields.text("apiVersion", cx).filter(|version| version.value != API_VERSION) else {
        return true;
    };
    let headline = format!("no version is called {}", quoted(version.value));
    let diag = Diagnostic::error(codes::UNKNOWN_API_VERSION, version.span, headline);
    cx.push(diag.help(format!("write `apiVersion: {API_VERSION}`")));
    false
}

fn unknown_kind(kind: &str, span: Span, cx: &mut Cx) {
    let diag = Diagnostic::error(codes::UNKNOWN_KIND, span, format!("no kind is called {}", quoted(kind)));
    let names = || KINDS.iter().map(|kind| kind.name);
    cx.push(match nearest(kind, names()) {
        Some(known) => diag.help(format!("did you mean `{known}`?")),
        None => diag
            .help(format!("the kinds are {}", names().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", "))),
    });
}
