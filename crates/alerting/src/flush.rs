//! A group is looked at: who is told what.
//!
//! Source: Alertmanager, `dispatch.aggrGroup.flush` and `notify.DedupStage.needsUpdate`. Where it differs,
//! it tells more: a recovery that may not be told now (silenced, inhibited, muted) is told when it may, and an
//! alert whose recovery is not wanted is forgotten as told, so that its next firing is news.

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_model::Route;
use evenkeel_record::{Body, GroupCleared, NoticeIntended, Target};
use evenkeel_time::{Duration, Timestamp};

use crate::decision::{Context, Decision};
use crate::{Bug, Group, LeaseChange, Told, planted};

/// A notice is tried for at least this long, however short the group interval. Source: Alertmanager,
/// `notify.MinTimeout`.
pub const NOTICE_FOR_MIN: Duration = Duration::secs(10);

/// Members that may be told now. Sorted.
struct Tellable {
    firing: Vec<AlertId>,
    resolved: Vec<AlertId>,
}

/// Decides a group's flush.
pub(crate) fn decide_flush(cx: &Context<'_>, id: GroupId, decision: &mut Decision) {
    let Some(group) = cx.state.group(id) else { return };
    let next_flush_at = cx.now + group.group_interval;
    let tellable = tellable(cx, group);
    let mut recovering = false;
    for target in group.targets.iter() {
        let key = (group.receiver.clone(), target.integration.clone());
        let nothing_to_say = tellable.firing.is_empty() && (!target.send_resolved || tellable.resolved.is_empty());
        if group.open.contains_key(&key) || nothing_to_say || !needs_update(cx, group, target, &tellable) {
            continue;
        }
        let resolved = if target.send_resolved { tellable.resolved.clone() } else { Vec::new() };
        recovering |= !resolved.is_empty();
        decision.record(Body::NoticeIntended(NoticeIntended {
            group: id,
            receiver: key.0,
            integration: key.1,
            firing: tellable.firing.clone(),
            resolved,
            not_after: cx.now + group.group_interval.max(NOTICE_FOR_MIN),
            next_flush_at,
        }));
    }
    clear(cx, group, &tellable, recovering, decision);
    decision.leases.push(LeaseChange::Flushed { group: id, next_at: next_flush_at });
}

/// Members that are not muted, inhibited or silenced.
fn tellable(cx: &Context<'_>, group: &Group) -> Tellable {
    let route_muted = cx.plan.routes.by_key(&group.key.route).is_some_and(|route| muted(cx, route));
    let mut tellable = Tellable { firing: Vec::new(), resolved: Vec::new() };
    if route_muted {
        return tellable;
    }
    for alert in group.members.iter().filter_map(|id| cx.state.alert(*id)) {
        if cx.suppressed(&alert.labels) {
            continue;
        }
        let side = if alert.fires() { &mut tellable.firing } else { &mut tellable.resolved };
        side.push(alert.id);
    }
    tellable
}

fn muted(cx: &Context<'_>, route: &Route) -> bool {
    !cx.plan.muted_by(route, cx.now).is_empty()
}

fn needs_update(cx: &Context<'_>, group: &Group, target: &Target, tellable: &Tellable) -> bool {
    let doubtful = target.send_resolved && tellable.resolved.iter().any(|alert| group.perhaps_told_to(target, *alert));
    let Some(told) = group.told_to(target) else { return !tellable.firing.is_empty() || doubtful };
    if !subset(&tellable.firing, &told.firing) {
        return true;
    }
    if tellable.firing.is_empty() {
        return !told.firing.is_empty() || doubtful;
    }
    if target.send_resolved && !subset(&tellable.resolved, &told.resolved) {
        return true;
    }
    repeat_is_due(told, group.repeat_interval, cx.now)
}

/// Strictly after the interval, as Alertmanager has it: a repeat falls on the flush after.
fn repeat_is_due(told: &Told, repeat_interval: Duration, now: Timestamp) -> bool {
    told.at + repeat_interval < now && !planted(Bug::NeverRepeat)
}

fn subset(small: &[AlertId], large: &[AlertId]) -> bool {
    small.iter().all(|id| large.binary_search(id).is_ok())
}

/// Resolved members leave when nobody waits to hear of them. Those that may not be told of now wait, so that who was
/// told of the firing hears of its end when the silence, inhibition or muted time is over.
///
/// With `recovering`, a notice intended just now tells of those that may be told; they leave when it is delivered.
fn clear(cx: &Context<'_>, group: &Group, tellable: &Tellable, recovering: bool, decision: &mut Decision) {
    let leaves = |id: &AlertId| {
        let resolved = cx.state.alert(*id).is_none_or(|alert| !alert.fires());
        let in_notice = recovering && tellable.resolved.binary_search(id).is_ok();
        let settled = group.settled(*id) || planted(Bug::ClearBeforeDelivery);
        resolved && !cx.state.spoken_of(group.id, *id) && !in_notice && settled
    };
    let alerts: Vec<AlertId> = group.members.iter().copied().filter(leaves).collect();
    if !alerts.is_empty() {
        decision.record(Body::GroupCleared(GroupCleared { group: group.id, alerts }));
    }
}
