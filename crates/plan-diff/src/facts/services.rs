//! Workloads and what is about them: procedures, objectives, KPIs, rules, probes.

use evenkeel_model::{Kpi, Plan, ProcedureKind, Rule, RuleKind, Workload};

use super::shown::{joined, yes};
use super::{Fact, Fields};
use crate::Sort;

pub(super) fn facts(plan: &Plan, out: &mut Vec<Fact>) {
    let catalogue = &plan.catalogue;
    out.extend(catalogue.workloads.values().map(|one| (Sort::Workload, Box::from(&*one.name), workload(one))));
    for procedure in catalogue.procedures.values() {
        let kind = match procedure.kind {
            ProcedureKind::Runbook => "runbook",
            ProcedureKind::Playbook => "playbook",
        };
        let fields = Fields::default()
            .with("kind", kind)
            .with("path", &*procedure.path)
            .with("owner", procedure.owner.as_ref().map(ToString::to_string).unwrap_or_default())
            .with("steps", joined(&procedure.steps));
        out.push((Sort::Procedure, Box::from(&*procedure.name), fields));
    }
    for objective in catalogue.objectives.values() {
        let fields = Fields::default()
            .with("workload", objective.workload.as_deref().unwrap_or_default())
            .with("target", format!("{} %", objective.target * 100.0))
            .with("window", objective.window.map(|window| window.to_string()).unwrap_or_default());
        out.push((Sort::Objective, Box::from(&*objective.name), fields));
    }
    out.extend(catalogue.kpis.values().map(|one| (Sort::Kpi, Box::from(&*one.name), kpi(one))));
    out.extend(catalogue.rules.iter().map(|one| (Sort::Rule, Box::from(&*one.name), rule(one))));
    for probe in &plan.probes {
        let fields = Fields::default()
            .with("kind", "probe")
            .with("interval", probe.interval.to_string())
            .with("failures", probe.failures.to_string())
            .with("labels", probe.labels.to_string());
        out.push((Sort::Watch, probe.name.clone(), fields));
    }
    for heartbeat in &plan.heartbeats {
        let fields = Fields::default().with("kind", "heartbeat").with("interval", heartbeat.interval.to_string());
        out.push((Sort::Watch, heartbeat.name.clone(), fields));
    }
    for expected in &plan.expected_alerts {
        let fields = Fields::default()
            .with("kind", "expected alert")
            .with("matchers", expected.matchers.to_string())
            .with("within", expected.within.to_string());
        out.push((Sort::Watch, expected.name.clone(), fields));
    }
}

fn workload(workload: &Workload) -> Fields {
    let depends = workload.depends_on.iter().map(|on| match on.hard {
        true => on.workload.to_string(),
        false => format!("{} (soft)", on.workload),
    });
    let places = workload.environments.iter().map(|place| match place.production {
        true => place.name.to_string(),
        false => format!("{} (not production)", place.name),
    });
    Fields::default()
        .with("owner", workload.owner.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("tier", workload.tier.to_string())
        .with("impact", [&*workload.impact.who, &*workload.impact.what].join(": "))
        .with("customers", yes(workload.impact.customers))
        .with("components", joined(workload.components.iter().map(|part| &part.name)))
        .with("dependsOn", joined(depends))
        .with("environments", joined(places))
        .with("priority", workload.priority.as_deref().unwrap_or_default())
        .with("labels", workload.labels.to_string())
}

fn kpi(kpi: &Kpi) -> Fields {
    Fields::default()
        .with("owner", kpi.owner.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("goal", &*kpi.goal)
        .with("workload", kpi.workload.as_deref().unwrap_or_default())
        .with("outcome", in_one_line(&kpi.outcome))
        .with("query", in_one_line(&kpi.query))
        .with("target", kpi.target_shown())
}

fn rule(rule: &Rule) -> Fields {
    let kind = match rule.kind {
        RuleKind::Alerting => "alert",
        RuleKind::Recording => "record",
    };
    Fields::default()
        .with("kind", kind)
        .with("expr", in_one_line(&rule.expr))
        .with("interval", rule.pace.interval.map_or_else(String::new, |interval| interval.to_string()))
        .with("query_offset", nonzero(rule.pace.query_offset.unwrap_or_default()))
        .with("limit", if rule.pace.limit == 0 { String::new() } else { rule.pace.limit.to_string() })
        .with("for", nonzero(rule.holds_for))
        .with("keep_firing_for", nonzero(rule.keep_firing_for))
        .with("labels", rule.labels.to_string())
        .with("annotations", rule.annotations.to_string())
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn nonzero(duration: evenkeel_time::Duration) -> String {
    if duration == evenkeel_time::Duration::ZERO { String::new() } else { duration.to_string() }
}
