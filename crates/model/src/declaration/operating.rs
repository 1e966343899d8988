//! Documents that say how things are operated.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;
use evenkeel_record::{Declaration, FactValue};

use super::Writer;
use crate::{
    Catalogue, CommunicationPlan, Kpi, Maintenance, Plan, Procedure, ProcedureIndex, Readers, ResponsePlan, Rule,
    RuleKind, StatusPage, Team, Workload,
};

/// The annotations, or labels, by which rules name a procedure.
const PROCEDURE_NAMES: [&str; 9] = [
    "playbook",
    "playbook_url",
    "procedure",
    "procedure_url",
    "runbook",
    "runbookURL",
    "runbook_link",
    "runbook_url",
    "runbook_uri",
];

pub(super) fn of(plan: &Plan) -> Vec<Declaration> {
    let catalogue = &plan.catalogue;
    let mut all = Vec::new();
    all.extend(catalogue.workloads.values().map(|workload| self::workload(workload, plan)));
    all.extend(catalogue.people.values().map(|person| {
        let document = Writer::new("Person", &person.name, None).text("time_zone", person.zone.name());
        document.whole("contacts", person.contacts.len())
    }));
    all.extend(catalogue.teams.values().map(team));
    all.extend(
        catalogue
            .schedules
            .values()
            .map(|schedule| owned("Schedule", &schedule.name, catalogue).whole("layers", schedule.layers.len())),
    );
    all.extend(catalogue.policies.values().map(|policy| {
        let document = owned("EscalationPolicy", &policy.name, catalogue).whole("steps", policy.steps.len());
        document.whole("repeat", policy.repeat).whole("without_asking", policy.without_asking.len())
    }));
    all.extend(catalogue.response_plans.values().map(|response| response_plan(response, catalogue)));
    all.extend(catalogue.communications.values().map(|plan| communication(plan, catalogue)));
    all.extend(catalogue.status_pages.values().map(|page| status_page(page, catalogue)));
    all.extend(catalogue.maintenances.values().map(|work| maintenance(work, catalogue)));
    all.extend(catalogue.procedures.values().map(procedure));
    all.extend(catalogue.objectives.values().map(|objective| {
        let owner = owner_of(catalogue, objective.workload.as_ref());
        Writer::new("Objective", &objective.name, owner).maybe("workload", objective.workload.as_ref())
    }));
    all.extend(catalogue.kpis.values().map(|kpi| self::kpi(kpi, catalogue)));
    all.extend(alert_rules(catalogue));
    all.extend(watched(plan));
    all.into_iter().map(|Writer(declaration)| declaration).collect()
}

fn workload(workload: &Workload, plan: &Plan) -> Writer {
    let environments = workload.environments.iter().map(|environment| environment.name.as_ref());
    let mut document = Writer::new("Workload", &workload.name, workload.owner.as_ref())
        .flag("customers", workload.impact.customers)
        .flag("production", workload.environments.iter().any(|environment| environment.production))
        .list("environments", environments)
        .whole("components", workload.components.len())
        .whole("dependencies", workload.depends_on.len())
        .list("depends_on", workload.depends_on.iter().map(|dependency| dependency.workload.as_ref()));
    if !plan.catalogue.origin.untiered.contains(&workload.name) {
        document = document.whole("tier", workload.tier);
    }
    // First things first: 1 is the organisation's first priority.
    let place = plan.priorities.iter().position(|priority| Some(&priority.name) == workload.priority.as_ref());
    match place {
        Some(place) => document.whole("priority", place + 1),
        None => document,
    }
}

fn team(team: &Team) -> Writer {
    let document = Writer::new("Team", &team.name, None).maybe("escalation", team.escalation.as_ref());
    document.list("members", team.members.iter().map(|member| member.person.as_ref()))
}

fn response_plan(response: &ResponsePlan, catalogue: &Catalogue) -> Writer {
    let workload = response.workload.as_ref().and_then(|name| catalogue.workloads.get(name));
    let visible = response.customer_visible.or_else(|| workload.map(|workload| workload.impact.customers));
    let document = Writer::new("ResponsePlan", &response.name, response.owner.as_ref())
        .maybe("workload", response.workload.as_ref())
        .maybe("escalation", response.escalation.as_ref())
        .text("impact", response.impact.as_str())
        .maybe("communication", response.communication.as_ref())
        .flag("customer_visible", visible.unwrap_or(false));
    match (catalogue.helped_by.get(&response.name), &response.procedure) {
        (Some(procedure), _) => document.text("procedure", procedure),
        (None, Some(text)) => document.text("procedure", text),
        (None, None) => document,
    }
}

fn communication(plan: &CommunicationPlan, catalogue: &Catalogue) -> Writer {
    owned("CommunicationPlan", &plan.name, catalogue)
        .whole("audiences", plan.audiences.len())
        .flag("customers", plan.audiences.iter().any(|audience| audience.customers))
}

fn status_page(page: &StatusPage, catalogue: &Catalogue) -> Writer {
    let mut workloads: Vec<&str> =
        page.components.iter().flat_map(|component| &component.workloads).map(AsRef::as_ref).collect();
    workloads.sort_unstable();
    workloads.dedup();
    owned("StatusPage", &page.name, catalogue)
        .text("audience", &page.audience)
        .flag("public", page.readers == Readers::Public)
        .whole("components", page.components.len())
        .list("workloads", workloads)
}

fn maintenance(maintenance: &Maintenance, catalogue: &Catalogue) -> Writer {
    owned("Maintenance", &maintenance.name, catalogue)
        .value("starts", FactValue::Whole(maintenance.starts.0))
        .value("ends", FactValue::Whole(maintenance.ends.0))
        .list("workloads", maintenance.workloads.iter().map(AsRef::as_ref))
}

fn procedure(procedure: &Procedure) -> Writer {
    Writer::new("Procedure", &procedure.name, procedure.owner.as_ref())
        .text("sort", procedure.kind.as_str())
        .maybe("workload", procedure.workload.as_ref())
        .text("path", &procedure.path)
        .whole("steps", procedure.steps.len())
}

/// A KPI without an owner is its workload's owner's.
fn kpi(kpi: &Kpi, catalogue: &Catalogue) -> Writer {
    let owner = kpi.owner.as_ref().or_else(|| owner_of(catalogue, kpi.workload.as_ref()));
    let unit = kpi.unit.as_deref().map(Arc::from);
    Writer::new("Kpi", &kpi.name, owner)
        .text("outcome", &kpi.outcome)
        .text("goal", &kpi.goal)
        .maybe("workload", kpi.workload.as_ref())
        .text("query", &kpi.query)
        .text("target", &kpi.target.to_string())
        .maybe("unit", unit.as_ref())
}

/// Alerting rules by the alert's name; of several with one name the first that is about a workload, else the first.
fn alert_rules(catalogue: &Catalogue) -> Vec<Writer> {
    let procedures = ProcedureIndex::new(&catalogue.procedures);
    let mut rules: Vec<&Rule> = catalogue.rules.iter().filter(|rule| rule.kind == RuleKind::Alerting).collect();
    rules.sort_by_key(|rule| (&rule.name, known_workload(&rule.labels, catalogue).is_none()));
    rules.dedup_by(|later, first| later.name == first.name);
    let tested = &catalogue.standing.tested_alerts;
    let declared = rules.into_iter().map(|rule| {
        let workload = known_workload(&rule.labels, catalogue);
        let severity = Some(rule.labels.get("severity")).filter(|text| !text.is_empty() && !text.contains("{{"));
        let document = Writer::new("AlertRule", &rule.name, owner_of(catalogue, workload))
            .maybe("workload", workload)
            .maybe("severity", severity.map(Arc::from).as_ref())
            .flag("tested", tested.contains(&rule.name));
        match named_procedure(rule) {
            Some(text) => {
                let found = procedures.find(text, Some(&rule.file));
                document.text("procedure", found.map_or(text, |procedure| &procedure.name))
            }
            None => document,
        }
    });
    declared.collect()
}

fn named_procedure(rule: &Rule) -> Option<&str> {
    let all = rule.annotations.iter().chain(rule.labels.iter());
    all.filter(|(name, text)| PROCEDURE_NAMES.contains(name) && !text.trim().is_empty()).map(|(_, text)| text).next()
}

/// What is asked, what must keep coming, what is told that all is well, and what is promised and tested.
fn watched(plan: &Plan) -> Vec<Writer> {
    let catalogue = &plan.catalogue;
    let about = |kind: &'static str, name: &str, labels: &LabelSet| {
        let workload = known_workload(labels, catalogue);
        let mut document = owned(kind, name, catalogue).maybe("workload", workload);
        if document.0.owner.is_none() {
            document.0.owner = owner_of(catalogue, workload).cloned();
        }
        document
    };
    let mut all: Vec<Writer> = Vec::new();
    all.extend(plan.probes.iter().map(|probe| about("Probe", &probe.name, &probe.labels)));
    all.extend(plan.expected_alerts.iter().map(|alert| about("ExpectedAlert", &alert.name, &alert.labels)));
    all.extend(plan.heartbeats.iter().map(|heartbeat| owned("Heartbeat", &heartbeat.name, catalogue)));
    all.extend(catalogue.standing.routing_tests.iter().map(|test| owned("RoutingTest", test, catalogue)));
    all.extend(catalogue.standing.signal_contracts.iter().map(|(name, contract)| {
        let document = owned("SignalContract", name, catalogue).maybe("workload", contract.workload.as_ref());
        document.whole("metrics", contract.metrics.len())
    }));
    all
}

fn owned(kind: &'static str, name: &str, catalogue: &Catalogue) -> Writer {
    Writer::new(kind, name, catalogue.standing.owners.get(&(kind, Arc::from(name))))
}

/// The workload that a label `workload` names, if there is such a one.
fn known_workload<'a>(labels: &LabelSet, catalogue: &'a Catalogue) -> Option<&'a Arc<str>> {
    catalogue.workloads.get(labels.get("workload")).map(|workload| &workload.name)
}

fn owner_of<'a>(catalogue: &'a Catalogue, workload: Option<&Arc<str>>) -> Option<&'a DocumentRef> {
    workload.and_then(|name| catalogue.workloads.get(name)).and_then(|workload| workload.owner.as_ref())
}
