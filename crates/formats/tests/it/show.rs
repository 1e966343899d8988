//! Diagnostics and plans as lines of text.

use evenkeel_diagnostic::{Severity, Sources, Span};
use evenkeel_model::{Catalogue, GroupBy, Plan, Route};

use crate::load::Loaded;

pub(crate) fn diagnostics(loaded: &Loaded) -> String {
    let mut out = String::new();
    for diag in &loaded.diagnostics {
        let severity = match diag.severity {
            Severity::Error => "error",
            Severity::Finding => "finding",
        };
        let place = place(&loaded.sources, diag.primary.span);
        out.push_str(&format!("{place}: {severity}[{}] {}\n", diag.code, diag.headline));
        if !diag.primary.message.is_empty() {
            out.push_str(&format!("  ^ {}\n", diag.primary.message));
        }
        for related in &diag.related {
            out.push_str(&format!("  {}: {}\n", self::place(&loaded.sources, related.span), related.message));
        }
        if let Some(help) = &diag.help {
            out.push_str(&format!("  = {help}\n"));
        }
    }
    out
}

fn place(sources: &Sources, span: Span) -> String {
    let Some(source) = sources.get(span.source) else { return "(no file)".to_owned() };
    let at = source.position(span.start);
    format!("{}:{}:{}", source.path, at.line, at.column)
}

pub(crate) fn plan(plan: &Plan) -> String {
    let mut out = format!("resolve_timeout {}\nlast_resort {}", plan.resolve_timeout, plan.last_resort.receiver);
    out.push_str(&plan.last_resort.policy.as_ref().map_or("\n".to_owned(), |policy| format!(" {policy}\n")));
    plan.routes.routes.iter().for_each(|route| out.push_str(&self::route(route)));
    for (name, receiver) in &plan.receivers {
        out.push_str(&format!("receiver {name}\n"));
        for one in &receiver.integrations {
            out.push_str(&format!("  {} send_resolved={} {:?}\n", one.name, one.send_resolved, one.transport));
        }
    }
    for rule in &plan.inhibit_rules {
        let name = rule.name.as_deref().unwrap_or("-");
        out.push_str(&format!("inhibit {name} {} > {} equal {:?}\n", rule.source, rule.target, rule.equal));
    }
    for (name, intervals) in &plan.time_intervals {
        intervals.iter().for_each(|interval| out.push_str(&format!("interval {name} {interval:?}\n")));
    }
    plan.probes.iter().for_each(|probe| out.push_str(&format!("{probe:?}\n")));
    plan.heartbeats.iter().for_each(|heartbeat| out.push_str(&format!("{heartbeat:?}\n")));
    plan.expected_alerts.iter().for_each(|expected| out.push_str(&format!("{expected:?}\n")));
    plan.priorities.iter().for_each(|priority| out.push_str(&format!("{priority:?}\n")));
    out + &catalogue(&plan.catalogue)
}

/// What the documents say, as attributes.
pub(crate) fn declared(plan: &Plan) -> String {
    let mut out = String::new();
    for one in evenkeel_model::declarations(plan) {
        let owner = one.owner.map_or(String::new(), |owner| format!(" of {owner}"));
        out.push_str(&format!("{} {}{owner}\n", one.kind, one.name));
        one.attributes.iter().for_each(|(name, value)| out.push_str(&format!("  {name} {value:?}\n")));
    }
    out
}

fn catalogue(catalogue: &Catalogue) -> String {
    let Catalogue {
        people,
        teams,
        workloads,
        schedules,
        policies,
        response_plans,
        communications,
        attached,
        helped_by,
        procedures,
        objectives,
        kpis,
        registers,
        event_sources,
        status_pages,
        maintenances,
        rules,
        origin,
        views,
        standing: _,
    } = catalogue;
    let mut out = String::new();
    for person in people.values() {
        out.push_str(&format!("{person:?}\n"));
        person.contacts.values().for_each(|one| out.push_str(&format!("  {} {:?}\n", one.name, one.transport)));
    }
    teams.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    workloads.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    schedules.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    policies.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    response_plans.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    communications.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    procedures.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    objectives.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    kpis.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    for entry in registers.values() {
        out.push_str(&format!("{:?} {} of {:?}\n", entry.kind, entry.name, entry.owner));
        entry.values.iter().for_each(|(field, value)| out.push_str(&format!("  {field} {value:?}\n")));
    }
    event_sources.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    status_pages.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    maintenances.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    rules.iter().for_each(|one| out.push_str(&format!("{one:?}\n")));
    origin.entities.iter().for_each(|(document, entity)| out.push_str(&format!("{document} is {entity}\n")));
    helped_by.iter().for_each(|(plan, procedure)| out.push_str(&format!("helped {plan} by {procedure}\n")));
    attached.iter().for_each(|(receiver, plan)| out.push_str(&format!("attached {receiver} -> {plan}\n")));
    views.values().for_each(|one| out.push_str(&format!("{one:?}\n")));
    out
}

fn route(route: &Route) -> String {
    let group_by = match &route.group_by {
        GroupBy::All => "...".to_owned(),
        GroupBy::Labels(names) => names.join(","),
    };
    let paces = format!("{}/{}/{}", route.group_wait, route.group_interval, route.repeat_interval);
    let mut out = format!("route {} -> {} by [{group_by}] {paces}", route.key, route.receiver);
    if route.continue_matching {
        out.push_str(" continue");
    }
    for (word, names) in [("mute", &route.mute_time_intervals), ("active", &route.active_time_intervals)] {
        if !names.is_empty() {
            out.push_str(&format!(" {word} {}", names.join(",")));
        }
    }
    out.push('\n');
    out
}
