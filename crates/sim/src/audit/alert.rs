//! Records about alerts and their groups.

use std::collections::BTreeSet;

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_record::{
    AlertChanged, AlertFired, AlertRegrouped, AlertResolved, GroupCleared, GroupOpened, GroupRebound, Record,
    ResolveCause,
};

use crate::clock::{Mono, SECOND};
use crate::facts::Facts;
use crate::ledger::{Known, Lease, Ledger};
use crate::reference;
use crate::violation::{Violation, hold};

/// Further in the future than any run goes.
const FAR: Mono = Mono::MAX / 4;

impl Ledger {
    pub(super) fn alert_fired(&mut self, body: &AlertFired, record: &Record, facts: &Facts) -> Result<(), Violation> {
        let labels = &body.labels;
        let sent = facts.about(labels).any(|alert| !facts.over(alert) && alert.annotations == body.annotations);
        hold!(sent, RecordHasCause, "{}: nobody sent {labels} as firing", record.seq);
        hold!(self.firing(labels).is_none(), UnchangedCostsNothing, "{}: {labels} fires already", record.seq);
        let id = body.again.unwrap_or(AlertId(record.seq));
        if let Some(again) = body.again {
            let before = self.alerts.get(&again);
            hold!(before.is_some_and(|before| before.labels == *labels), RecordHasCause, "{again} is another alert");
        }
        let held_for = (body.lease_until.0.saturating_sub(facts.now.0)).min(FAR);
        let until = facts.mono + held_for;
        let first_for = (body.lease_until - record.at).0.clamp(0, FAR);
        let told = facts.about(labels).last().map(|alert| alert.ends_at.is_some());
        let known = Known {
            labels: labels.clone(),
            annotations: body.annotations.clone(),
            starts_at: body.starts_at,
            fires: true,
            changed_at: facts.mono,
            groups: body.groups.clone(),
            lease: Lease { not_before: until, not_after: until, first_for, told, longest: until },
        };
        self.alerts.insert(id, known);
        self.by_labels.insert(labels.clone(), id);
        self.counts.fired += 1;
        self.counts.transitions += 1;
        self.routed_by_plan(id)
    }

    pub(super) fn alert_changed(&mut self, body: &AlertChanged, facts: &Facts) -> Result<(), Violation> {
        let Some(known) = self.alerts.get_mut(&body.alert) else {
            return Err(unknown(body.alert));
        };
        let sent = facts.about(&known.labels).any(|alert| alert.annotations == body.annotations);
        hold!(sent, RecordHasCause, "nobody sent {} changed", body.alert);
        let differs = known.annotations != body.annotations || known.starts_at != body.starts_at;
        hold!(differs, UnchangedCostsNothing, "{} did not change", body.alert);
        known.annotations = body.annotations.clone();
        known.starts_at = body.starts_at;
        self.counts.transitions += 1;
        Ok(())
    }

    pub(super) fn alert_resolved(&mut self, body: &AlertResolved, facts: &Facts) -> Result<(), Violation> {
        let Some(known) = self.alerts.get_mut(&body.alert) else {
            return Err(unknown(body.alert));
        };
        hold!(known.fires, ResolveHasCause, "{} does not fire", body.alert);
        let told = facts.about(&known.labels).any(|alert| facts.over(alert));
        let lease = known.lease;
        match body.cause {
            ResolveCause::Told => hold!(told, ResolveHasCause, "nobody said that {} is over", known.labels),
            ResolveCause::Expired => {
                let early = lease.not_before - facts.mono;
                hold!(early <= SECOND / 10, ResolveHasCause, "{} expires {early} ms before its lease", known.labels);
            }
        }
        known.fires = false;
        known.changed_at = facts.mono;
        for told in self.told.values_mut().filter(|told| told.firing.contains(&body.alert)) {
            // Its next firing is news: what is told then is no repeat.
            told.exact = false;
        }
        self.counts.transitions += 1;
        Ok(())
    }

    pub(super) fn alert_regrouped(&mut self, body: &AlertRegrouped) -> Result<(), Violation> {
        let Some(known) = self.alerts.get_mut(&body.alert) else {
            return Err(unknown(body.alert));
        };
        let before = std::mem::replace(&mut known.groups, body.groups.clone());
        for gone in before.into_iter().filter(|group| !body.groups.contains(group)) {
            self.leave(body.alert, gone);
        }
        self.counts.transitions += 1;
        self.routed_by_plan(body.alert)
    }

    /// A firing alert is in the groups its routes give it, a resolved one in no other.
    pub(crate) fn routed_by_plan(&self, id: AlertId) -> Result<(), Violation> {
        let (Some(plan), Some(known)) = (&self.plan, self.alerts.get(&id)) else { return Ok(()) };
        let wanted: BTreeSet<_> = reference::routes(plan, &known.labels)
            .into_iter()
            .map(|route| (route.key.clone(), reference::group_labels(route, &known.labels)))
            .collect();
        let is: BTreeSet<_> = known.groups.iter().filter_map(|group| self.groups.get(group).cloned()).collect();
        let good = if known.fires { is == wanted } else { is.is_subset(&wanted) };
        hold!(good, RoutedByPlan, "{id} {} is in {is:?}, its routes say {wanted:?}", known.labels);
        Ok(())
    }

    pub(super) fn group_opened(&mut self, body: &GroupOpened, record: &Record, facts: &Facts) -> Result<(), Violation> {
        let plan = self.plan.clone();
        let route = plan.as_ref().and_then(|plan| plan.routes.routes.iter().find(|route| route.key == body.route));
        let Some(route) = route else {
            return Err(Violation::new(
                crate::violation::Check::RoutedByPlan,
                format!("{}: no route {}", record.seq, body.route),
            ));
        };
        hold!(route.receiver == body.receiver, RoutedByPlan, "{}: receiver {}", record.seq, body.receiver);
        let wait = body.flush_at - facts.now;
        let good = wait.0 == 0 || wait == route.group_wait;
        hold!(good, FirstNoticeInTime, "{} waits for {wait}, its route for {}", record.seq, route.group_wait);
        let id = GroupId(record.seq);
        let place = (body.route.clone(), body.labels.clone());
        self.latest.insert(place.clone(), id);
        self.groups.insert(id, place);
        self.first_due.insert(id, facts.mono + wait.0);
        Ok(())
    }

    pub(super) fn group_rebound(&mut self, body: &GroupRebound) -> Result<(), Violation> {
        let place = self.groups.get(&body.group);
        let plan = self.plan.as_ref();
        let route =
            plan.and_then(|plan| plan.routes.routes.iter().find(|route| place.is_some_and(|at| at.0 == route.key)));
        let good = route.is_some_and(|route| {
            route.receiver == body.receiver
                && route.group_interval == body.group_interval
                && route.repeat_interval == body.repeat_interval
        });
        hold!(good, RoutedByPlan, "{} does not follow its route", body.group);
        Ok(())
    }

    /// Who leaves is resolved, and nobody waits to hear so, or may not hear it now.
    pub(super) fn group_cleared(&mut self, body: &GroupCleared) -> Result<(), Violation> {
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let place = self.groups.get(&body.group).cloned();
        let route = plan.routes.routes.iter().find(|route| place.as_ref().is_some_and(|at| at.0 == route.key));
        for id in &body.alerts {
            let Some(known) = self.alerts.get(id) else { return Err(unknown(*id)) };
            hold!(!known.fires, RecoveryIsTold, "{id} leaves {} and fires", body.group);
            let spoken_of = self
                .open
                .values()
                .any(|open| open.group == body.group && (open.firing.contains(id) || open.resolved.contains(id)));
            hold!(!spoken_of, RecoveryIsTold, "{id} leaves {} while a notice speaks of it", body.group);
            let waits = route.and_then(|route| plan.receivers.get(&route.receiver)).is_some_and(|receiver| {
                receiver.integrations.iter().any(|known| {
                    let site = (receiver.name.clone(), known.name.clone());
                    known.send_resolved && self.told_firing(body.group, &site, *id)
                })
            });
            hold!(!waits, RecoveryIsTold, "{id} leaves {} and its recovery is not told", body.group);
        }
        for id in &body.alerts {
            self.leave(*id, body.group);
        }
        Ok(())
    }
}

fn unknown(id: AlertId) -> Violation {
    Violation::new(crate::violation::Check::RecordHasCause, format!("{id} is not known"))
}
