//! What must happen before long: notices owed, repeats owed, recoveries owed.
//!
//! A debt is counted only while nothing excuses it: the engine runs, its disk works, the site is sound,
//! the alert is not muted. Any excuse begins the count anew, so that each bound holds without exception.

use std::collections::BTreeMap;

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_labels::LabelSet;
use evenkeel_model::{Plan, Route};
use evenkeel_time::Timestamp;

use crate::clock::{MINUTE, Mono, SECOND};
use crate::ledger::{Known, Ledger, Site};
use crate::reference;
use crate::sites::{Sites, WAIT_MAX};
use crate::violation::{Check, Violation, hold};

/// How often debts are looked at.
pub(crate) const SAMPLE_EVERY: Mono = MINUTE;
/// Two samples, a delivery, and the wake-ups between them.
pub(crate) const SLACK: Mono = 2 * SAMPLE_EVERY + 5 * SECOND;
/// A notice is tried for at least this long.
const NOTICE_FOR_MIN: Mono = 10 * SECOND;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Debt {
    Notice,
    Repeat,
    Recovery,
}

type Key = (Debt, AlertId, GroupId, Site);

/// Debts, each with since when nothing excuses it.
#[derive(Debug, Default)]
pub(crate) struct Owed {
    since: BTreeMap<Key, Mono>,
    /// Since when the engine has been at work undisturbed.
    pub(crate) calm_since: Mono,
    sampled_at: Timestamp,
}

/// One look: what is known and the present instant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) sites: &'a Sites,
    pub(crate) mono: Mono,
    pub(crate) now: Timestamp,
}

impl Owed {
    /// Something excuses everything until now.
    pub(crate) fn disturbed(&mut self, mono: Mono, now: Timestamp) {
        self.since.clear();
        self.calm_since = mono;
        self.sampled_at = now;
    }

    /// Something excuses what is owed for some alerts.
    pub(crate) fn excuse(&mut self, mut whose: impl FnMut(AlertId) -> bool) {
        self.since.retain(|(_, alert, _, _), _| !whose(*alert));
    }

    /// A site gets into trouble.
    pub(crate) fn excuse_site(&mut self, site: &Site) {
        self.since.retain(|(_, _, _, known), _| known != site);
    }

    /// Looks at every debt.
    pub(crate) fn sample(&mut self, look: Look<'_>) -> Result<(), Violation> {
        let from = std::mem::replace(&mut self.sampled_at, look.now);
        let Some(plan) = look.ledger.plan.clone() else { return Ok(()) };
        self.leases(look)?;
        self.first_notices(look, &plan)?;
        for (id, known) in look.ledger.all_firing() {
            if muted(look, &known.labels, from) {
                self.excuse(|alert| alert == id);
                continue;
            }
            for route in reference::routes(&plan, &known.labels) {
                self.notices(look, &plan, route, id, known, from)?;
            }
        }
        self.recoveries(look, &plan, from)
    }

    /// An alert nobody speaks of does not fire for ever.
    fn leases(&self, look: Look<'_>) -> Result<(), Violation> {
        for (id, known) in look.ledger.all_firing() {
            let late = look.mono - known.lease.not_after.max(self.calm_since);
            hold!(
                late < MINUTE,
                LeaseRunsOut,
                "{id} {} fires {late} ms after its lease {:?}, it is {}",
                known.labels,
                known.lease,
                look.mono
            );
        }
        Ok(())
    }

    fn first_notices(&self, look: Look<'_>, plan: &Plan) -> Result<(), Violation> {
        for (group, due) in &look.ledger.first_due {
            let late = look.mono - due;
            let Some((key, _)) = look.ledger.groups.get(group) else { continue };
            let Some(route) = plan.routes.routes.iter().find(|route| route.key == *key) else { continue };
            let told = plan.receivers.get(&route.receiver).is_some_and(|known| !known.integrations.is_empty());
            if !(5 * SECOND..=2 * SAMPLE_EVERY).contains(&late) || *due <= self.calm_since || !told {
                continue;
            }
            let then = Timestamp(look.now.0 - late);
            if reference::route_muted(plan, route, then) || reference::route_muted(plan, route, look.now) {
                continue;
            }
            let owed = look.ledger.all_firing().find(|(_, known)| {
                known.groups.contains(group)
                    && known.changed_at < *due
                    && !look.ledger.silenced(&known.labels, then, look.now)
                    && !plan.inhibit_rules.iter().any(|rule| reference::all_match(&rule.target, &known.labels))
            });
            hold!(owed.is_none(), FirstNoticeInTime, "{group}: first notice {late} ms late, {owed:?} waits");
        }
        Ok(())
    }

    fn notices(
        &mut self,
        look: Look<'_>,
        plan: &Plan,
        route: &Route,
        id: AlertId,
        known: &Known,
        from: Timestamp,
    ) -> Result<(), Violation> {
        let (Some(group), Some(receiver)) =
            (look.ledger.group_of(route, &known.labels), plan.receivers.get(&route.receiver))
        else {
            return Ok(());
        };
        let muted = reference::route_muted(plan, route, from) || reference::route_muted(plan, route, look.now);
        for integration in &receiver.integrations {
            let site = (receiver.name.clone(), integration.name.clone());
            let told = look.ledger.told.get(&(group, site.clone())).filter(|told| told.firing.contains(&id));
            let sound = !muted && look.sites.sound(&site);
            let notice = self.count(look, (Debt::Notice, id, group, site.clone()), sound && told.is_none());
            let repeat = self.count(look, (Debt::Repeat, id, group, site.clone()), sound && told.is_some());
            let interval = route.group_interval.0;
            if let Some(since) = notice {
                let bound = route.group_wait.0 + 3 * interval.max(NOTICE_FOR_MIN) + WAIT_MAX + SLACK;
                let owed_for = look.mono - since;
                let (labels, key) = (&known.labels, &route.key);
                let last = look.ledger.told.get(&(group, site.clone()));
                hold!(
                    owed_for < bound,
                    AlertIsTold,
                    "{id} {labels} of {key} {group} is owed to {site:?} for {owed_for} ms, last was {last:?}"
                );
            }
            if let (Some(since), Some(told)) = (repeat, told) {
                let due = (told.at + route.repeat_interval.0 + interval).max(since + 3 * interval + WAIT_MAX);
                let late = look.mono - due;
                let (told_for, free_for, pace) = (look.mono - told.at, look.mono - since, route.repeat_interval);
                hold!(
                    late < SLACK,
                    RepeatInTime,
                    "{id} {}: told to {site:?} {told_for} ms ago, to be repeated after {pace} and {interval} ms, nothing excuses {free_for} ms",
                    known.labels
                );
            }
        }
        Ok(())
    }

    fn recoveries(&mut self, look: Look<'_>, plan: &Plan, from: Timestamp) -> Result<(), Violation> {
        let over = |id: &AlertId| look.ledger.alerts.get(id).filter(|known| !known.fires);
        for ((group, site), told) in &look.ledger.told {
            let Some((key, _)) = look.ledger.groups.get(group) else { continue };
            let Some(route) = plan.routes.routes.iter().find(|route| route.key == *key) else { continue };
            let wanted = route.receiver == site.0
                && plan.integration(&site.0, &site.1).is_some_and(|integration| integration.send_resolved);
            for (id, known) in told.firing.iter().filter_map(|id| over(id).map(|known| (*id, known))) {
                let tellable = wanted
                    && known.groups.contains(group)
                    && look.sites.sound(site)
                    && !muted(look, &known.labels, from)
                    && !reference::route_muted(plan, route, from)
                    && !reference::route_muted(plan, route, look.now);
                let key = (Debt::Recovery, id, *group, site.clone());
                let Some(since) = self.count(look, key, tellable) else { continue };
                let owed_for = look.mono - since;
                let bound = 3 * route.group_interval.0.max(NOTICE_FOR_MIN) + WAIT_MAX + SLACK;
                let labels = &known.labels;
                hold!(owed_for < bound, RecoveryIsTold, "{id} {labels}: {site:?} waits for {owed_for} ms");
            }
        }
        // What is settled is owed no more.
        self.since.retain(|(debt, id, group, site), _| {
            *debt != Debt::Recovery || over(id).is_some() && look.ledger.told_firing(*group, site, *id)
        });
        Ok(())
    }

    /// Since when a debt is owed, if it is.
    fn count(&mut self, look: Look<'_>, key: Key, owed: bool) -> Option<Mono> {
        if owed {
            Some(*self.since.entry(key).or_insert(look.mono))
        } else {
            self.since.remove(&key);
            None
        }
    }
}

/// Whether an alert was silenced since the last look, or is muted now.
fn muted(look: Look<'_>, labels: &LabelSet, from: Timestamp) -> bool {
    look.ledger.silenced(labels, from, look.now) || look.ledger.suppressed(labels, look.now)
}

/// The growth that conditions excuse, per sample: a failing site costs a notice each group interval.
pub(crate) fn growth(look: Look<'_>) -> Result<f64, Violation> {
    let Some(plan) = look.ledger.plan.as_ref() else { return Ok(0.0) };
    let mut records = 0.0;
    for group in look.ledger.told.keys().map(|(group, _)| group).chain(look.ledger.first_due.keys()) {
        let place = look.ledger.groups.get(group);
        let route = plan.routes.routes.iter().find(|route| place.is_some_and(|(key, _)| *key == route.key));
        let Some(route) = route else { continue };
        let Some(receiver) = plan.receivers.get(&route.receiver) else { continue };
        for integration in &receiver.integrations {
            let sound = look.sites.sound(&(receiver.name.clone(), integration.name.clone()));
            let every = if sound { route.repeat_interval.0 } else { route.group_interval.0.max(SECOND) };
            records += 4.0 * as_f64(SAMPLE_EVERY) / as_f64(every);
        }
    }
    hold!(records.is_finite(), GrowthIsBounded, "no bound");
    Ok(records)
}

fn as_f64(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX))
}

/// The bound itself.
pub(crate) fn growth_is_bounded(records: usize, allowance: f64, ledger: &Ledger, starts: u64) -> Result<(), Violation> {
    let incidents = ledger.cases.records;
    let causes = ledger.counts.transitions * 8 + ledger.counts.failed * 4 + starts * 40 + incidents;
    let bound = allowance + as_f64(i64::try_from(causes).unwrap_or(i64::MAX)) + 100.0;
    let records = as_f64(i64::try_from(records).unwrap_or(i64::MAX));
    if records <= bound {
        return Ok(());
    }
    Err(Violation::new(Check::GrowthIsBounded, format!("{records} records, {bound} are explained")))
}
