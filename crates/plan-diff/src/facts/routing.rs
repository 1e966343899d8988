//! Routes, receivers, time intervals, inhibition.

use evenkeel_model::{GroupBy, Plan, Route, Transport};

use super::shown::{interval, joined, yes};
use super::{Fact, Fields};
use crate::Sort;

pub(super) fn facts(plan: &Plan, out: &mut Vec<Fact>) {
    out.extend(plan.routes.routes.iter().map(|one| (Sort::Route, Box::from(&*one.key), route(one))));
    for receiver in plan.receivers.values() {
        let told = receiver.integrations.iter().map(|one| {
            let recoveries = if one.send_resolved { "" } else { " without recoveries" };
            format!("{}{recoveries}", way(&one.transport))
        });
        let attached = plan.catalogue.attached.get(&receiver.name).map_or("", |plan| plan);
        let tells = if receiver.integrations.is_empty() { "nobody".to_owned() } else { joined(told) };
        let fields = Fields::default().with("tells", tells).with("response plan", attached);
        out.push((Sort::Receiver, Box::from(&*receiver.name), fields));
    }
    for (name, intervals) in &plan.time_intervals {
        let times = intervals.iter().map(interval).collect::<Vec<_>>().join("; ");
        out.push((Sort::TimeInterval, Box::from(&**name), Fields::default().with("times", times)));
    }
    for rule in &plan.inhibit_rules {
        let unnamed = || format!("{} > {}", rule.source, rule.target).into();
        let fields = Fields::default()
            .with("source", rule.source.to_string())
            .with("target", rule.target.to_string())
            .with("equal", joined(&rule.equal));
        out.push((Sort::InhibitRule, rule.name.clone().unwrap_or_else(unnamed), fields));
    }
    let fields = Fields::default()
        .with("receiver", &*plan.last_resort.receiver)
        .with("policy", plan.last_resort.policy.as_deref().unwrap_or_default());
    out.push((Sort::LastResort, "organization".into(), fields));
}

fn route(route: &Route) -> Fields {
    let group_by = match &route.group_by {
        GroupBy::All => "every label".to_owned(),
        GroupBy::Labels(names) => joined(names),
    };
    Fields::default()
        .with("receiver", &*route.receiver)
        .with("group_by", group_by)
        .with("group_wait", route.group_wait.to_string())
        .with("group_interval", route.group_interval.to_string())
        .with("repeat_interval", route.repeat_interval.to_string())
        .with("mute_time_intervals", joined(&route.mute_time_intervals))
        .with("active_time_intervals", joined(&route.active_time_intervals))
        .with("continue", yes(route.continue_matching))
}

/// What it is sent through; never where to, since that may be secret.
pub(super) const fn way(transport: &Transport) -> &'static str {
    match transport {
        Transport::Webhook(_) => "webhook",
        Transport::Email(_) => "mail",
        Transport::Slack(_) => "slack",
        Transport::File(_) => "file",
        Transport::Ntfy(_) => "ntfy",
    }
}
