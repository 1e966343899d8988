//! Documents that say how things are operated: the catalogue's entities, on call, response, procedures and signals.

use super::{Table, WORKLOADS, documents, list, text, whole, workload};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = entities();
    tables.extend(response());
    tables.extend(signals());
    tables
}

fn entities() -> Vec<Table> {
    vec![
        documents(
            "workloads",
            "Workloads: what is operated",
            &["Workload"],
            &[
                whole("tier", "1 is what the organisation lives from, 4 what it can do without for days"),
                whole("customers", "Whether customers use it"),
                whole("priority", "Its place among the workloads, 1 the first"),
                whole("production", "Whether it is in production"),
                whole("environments", "How many environments it has"),
                whole("components", "How many components it has"),
                whole("dependencies", "How many workloads and resources it depends on"),
            ],
            &[list("depends_on", "What it depends on"), list("environments", "Its environments")],
        ),
        documents(
            "people",
            "People, without names and addresses",
            &["Person"],
            &[
                text("time_zone", "Where they live, as a time zone"),
                whole("contacts", "In how many ways they are reached"),
            ],
            &[],
        ),
        documents(
            "teams",
            "Teams",
            &["Team"],
            &[whole("members", "How many people are in it"), text("escalation", "Its escalation policy")],
            &[list("members", "The people in it")],
        ),
        documents(
            "schedules",
            "Schedules: who is on call when",
            &["Schedule"],
            &[whole("layers", "How many layers it has")],
            &[],
        ),
        documents(
            "escalation_policies",
            "Escalation policies: who is paged after whom",
            &["EscalationPolicy"],
            &[
                whole("steps", "How many steps it has"),
                whole("repeat", "How often the steps are gone through"),
                whole("without_asking", "How many things responders may do without asking"),
            ],
            &[],
        ),
    ]
}

fn response() -> Vec<Table> {
    vec![
        documents(
            "response_plans",
            "Response plans: what is done when it goes wrong",
            &["ResponsePlan"],
            &[
                workload(),
                text("escalation", "The escalation policy"),
                text("impact", "How bad it is"),
                text("procedure", "The procedure to follow"),
                whole("customer_visible", "Whether customers notice"),
                text("communication", "The communication plan"),
            ],
            &[],
        ),
        documents(
            "communication_plans",
            "Communication plans: who is told what of an incident",
            &["CommunicationPlan"],
            &[whole("audiences", "How many audiences it has"), whole("customers", "Whether customers are among them")],
            &[],
        ),
        documents(
            "procedures",
            "Procedures: runbooks, which do, and playbooks, which investigate",
            &["Procedure", "Runbook", "Playbook"],
            &[
                text("sort", "`runbook` or `playbook`").words(&["runbook", "playbook"]),
                workload(),
                text("path", "The file it is in").index(),
                whole("steps", "How many steps it has"),
            ],
            &[],
        ),
    ]
}

fn signals() -> Vec<Table> {
    vec![
        documents("objectives", "Service level objectives", &["Objective", "SLO"], &[workload()], &[]),
        documents(
            "kpis",
            "Key performance indicators: an outcome, what measures it, and where it should be",
            &["Kpi"],
            &[
                text("outcome", "What it says of the outcome"),
                text("goal", "The goal it measures").index(),
                workload(),
                text("query", "What gives its value, in PromQL"),
                text("target", "Where it should be, such as `at least 0.95`"),
                text("unit", "What it is counted in"),
            ],
            &[],
        ),
        documents(
            "alert_rules",
            "Alerting rules; `name` is the alert's name",
            &["AlertRule"],
            &[
                workload(),
                text("severity", "Its label `severity`"),
                text("procedure", "The procedure it links to"),
                whole("tested", "Whether a test covers it"),
            ],
            &[],
        ),
        documents("probes", "Probes that ask an address again and again", &["Probe"], &[workload()], &[]),
        documents("expected_alerts", "Alerts that must keep coming", &["ExpectedAlert"], &[workload()], &[]),
        documents("heartbeats", "Addresses that are told that Evenkeel lives", &["Heartbeat"], &[], &[]),
        documents("routing_tests", "Tests of what becomes of an alert", &["RoutingTest"], &[], &[]),
        documents(
            "signal_contracts",
            "The metrics that a workload promises to give",
            &["SignalContract"],
            &[workload(), whole("metrics", "How many metrics it promises")],
            &[],
        ),
        documents(
            "event_sources",
            "Forges that tell what happens in repositories",
            &["EventSource"],
            &[text("type", "`github` or `gitlab`").words(&["github", "gitlab"])],
            &[list("repositories", "The repositories it may speak of"), WORKLOADS],
        ),
    ]
}
