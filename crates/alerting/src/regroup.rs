//! A new plan: every alert finds its groups under it, every group its receiver and pace.

use std::collections::BTreeSet;

use evenkeel_ids::GroupId;
use evenkeel_record::{AlertRegrouped, Body, GroupRebound};

use crate::decision::{Context, Decision};
use crate::intake::{place, targets};
use crate::{Alert, Bug, Group, GroupKey, LeaseChange, planted};

/// Decides where one alert belongs under the plan. A resolved alert only stays where it still belongs: it
/// opens no group.
pub fn decide_regroup_alert(cx: &Context<'_>, alert: &Alert, decision: &mut Decision) {
    let groups: Vec<GroupId> = if alert.fires() {
        place(cx, &alert.labels, alert.starts_at, decision)
    } else {
        let keys = cx
            .plan
            .routes
            .matching(&alert.labels)
            .into_iter()
            .map(|route| GroupKey { route: route.key.clone(), labels: route.group_by.group_labels(&alert.labels) });
        keys.filter_map(|key| cx.state.group_with(&key)).map(|group| group.id).collect()
    };
    let (before, now): (BTreeSet<_>, BTreeSet<_>) = (alert.groups.iter().collect(), groups.iter().collect());
    if before != now && !planted(Bug::KeepOldRoutes) {
        decision.record(Body::AlertRegrouped(AlertRegrouped { alert: alert.id, groups }));
    }
}

/// Decides what one group's receiver and pace are under the plan.
///
/// A group that changed is looked at now, unless it still waits for its first look: a new receiver learns at once
/// what fires, and a shorter interval does not begin with a long wait. Alertmanager looks at every group after a
/// reload.
pub fn decide_rebind_group(cx: &Context<'_>, group: &Group, decision: &mut Decision) {
    let Some(route) = cx.plan.routes.by_key(&group.key.route) else { return };
    let targets = targets(cx, route);
    let same = group.receiver == route.receiver
        && group.targets == targets
        && group.group_interval == route.group_interval
        && group.repeat_interval == route.repeat_interval;
    if !same {
        decision.record(Body::GroupRebound(GroupRebound {
            group: group.id,
            receiver: route.receiver.clone(),
            targets,
            group_interval: route.group_interval,
            repeat_interval: route.repeat_interval,
        }));
        if group.flushed {
            decision.leases.push(LeaseChange::FlushAt { group: group.id, at: cx.now });
        }
    }
}

/// Live objects whose receiver the plan does not have, each with what becomes of it.
#[must_use]
pub fn orphans(cx: &Context<'_>) -> Vec<Box<str>> {
    let gone = |receiver: &str| !cx.plan.receivers.contains_key(receiver);
    let groups = cx.state.groups().filter(|group| gone(&group.receiver)).map(|group| {
        format!("{} was told to receiver `{}`, which is gone; its alerts are routed anew", group.id, group.receiver)
    });
    let notices = cx
        .state
        .notices()
        .filter(|notice| cx.plan.integration(&notice.receiver, &notice.integration).is_none())
        .map(|notice| {
            let (receiver, integration) = (&notice.receiver, &notice.integration);
            format!("{} was for `{receiver}` by {integration}, which is gone; it fails at its next attempt", notice.id)
        });
    groups.chain(notices).map(Into::into).collect()
}
