//! Records about notices.

use evenkeel_engine::{Outcome, Retry};
use std::collections::BTreeSet;

use evenkeel_ids::{AlertId, NoticeId};
use evenkeel_model::{Plan, Route};
use evenkeel_record::{NoticeDelivered, NoticeFailed, NoticeFailing, NoticeIntended, Record};

use crate::clock::{MINUTE, Mono, SECOND};
use crate::facts::Facts;
use crate::ledger::{Ledger, Open, Told};
use crate::reference;
use crate::sites::WAIT_MAX;
use crate::violation::{Check, Violation, hold};

/// The longest the engine may wait between attempts of its own accord: a minute and a half of it.
const BACKOFF_MAX: Mono = 90 * SECOND;
/// A deadline may come so much late: the shell wakes up, steps, commits.
const LATE: Mono = 2 * SECOND;

impl Ledger {
    pub(super) fn notice_intended(
        &mut self,
        body: &NoticeIntended,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = NoticeId(record.seq);
        let site = (body.receiver.clone(), body.integration.clone());
        let two = self.open.values().any(|open| open.group == body.group && open.site == site);
        hold!(!two, NoticeHasOneOutcome, "{id}: another notice of {} is open", body.group);
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let place = self.groups.get(&body.group).cloned();
        let route = plan.routes.routes.iter().find(|route| place.as_ref().is_some_and(|at| at.0 == route.key));
        let Some(route) = route else {
            return Err(Violation::new(Check::RoutedByPlan, format!("{id}: {} has no route", body.group)));
        };
        let target = plan.receivers.get(&route.receiver).filter(|receiver| receiver.name == body.receiver);
        let target =
            target.and_then(|receiver| receiver.integrations.iter().find(|known| known.name == body.integration));
        let Some(target) = target else {
            return Err(Violation::new(Check::RoutedByPlan, format!("{id}: {site:?} is not on {}", route.key)));
        };
        hold!(target.send_resolved || body.resolved.is_empty(), MutedIsNotTold, "{id}: recoveries are not wanted");
        self.tells_what_is(id, body, &plan, route, facts)?;
        self.no_early_repeat(id, body, &site, route, facts)?;
        let not_after = facts.mono + (body.not_after - facts.now).0;
        let open = Open {
            group: body.group,
            site,
            firing: body.firing.clone(),
            resolved: body.resolved.clone(),
            not_before: not_after,
            not_after,
            try_by: facts.mono,
        };
        self.open.insert(id, open);
        self.first_due.remove(&body.group);
        self.counts.notices += 1;
        Ok(())
    }

    /// All that fires in the group and is not muted, nothing that is, and each on its side.
    fn tells_what_is(
        &self,
        id: NoticeId,
        body: &NoticeIntended,
        plan: &Plan,
        route: &Route,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let muted = reference::route_muted(plan, route, facts.now);
        hold!(!muted, MutedIsNotTold, "{id}: {} is muted", route.key);
        for (alert, fires) in body.firing.iter().map(|id| (id, true)).chain(body.resolved.iter().map(|id| (id, false)))
        {
            let Some(known) = self.alerts.get(alert) else {
                return Err(Violation::new(Check::NoticeIsComplete, format!("{id}: {alert} is not known")));
            };
            hold!(known.fires == fires, NoticeIsComplete, "{id}: {alert} is told wrongly");
            let suppressed = self.suppressed(&known.labels, facts.now);
            hold!(!suppressed, MutedIsNotTold, "{id}: {} is silenced or inhibited", known.labels);
            hold!(known.groups.contains(&body.group), NoticeIsComplete, "{id}: {alert} is not in {}", body.group);
        }
        for (alert, known) in self.all_firing().filter(|(_, known)| known.groups.contains(&body.group)) {
            let told = body.firing.contains(&alert) || self.suppressed(&known.labels, facts.now);
            hold!(told, NoticeIsComplete, "{id}: {alert} {} is left out", known.labels);
        }
        Ok(())
    }

    /// What was told already is told again after the repeat interval only.
    fn no_early_repeat(
        &self,
        id: NoticeId,
        body: &NoticeIntended,
        site: &(std::sync::Arc<str>, std::sync::Arc<str>),
        route: &Route,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let Some(told) = self.told.get(&(body.group, site.clone())) else { return Ok(()) };
        let repeats = told.exact
            && body.resolved.is_empty()
            && !body.firing.is_empty()
            && body.firing.iter().all(|alert| told.firing.contains(alert));
        let since = facts.mono - told.at;
        let good = !repeats || since >= route.repeat_interval.0;
        hold!(good, RepeatNotEarly, "{id}: told {since} ms ago, to be repeated after {}", route.repeat_interval);
        Ok(())
    }

    pub(super) fn notice_failing(&mut self, body: &NoticeFailing, facts: &Facts) -> Result<(), Violation> {
        let id = body.notice;
        let reported = facts.outcomes(id).any(
            |outcome| matches!(outcome, Outcome::Failed { reason, .. } if reason.as_str() == body.reason.as_ref()),
        );
        hold!(reported, RecordHasCause, "{id}: nobody reported {:?}", body.reason);
        hold!(self.open.contains_key(&id), NoticeHasOneOutcome, "{id} fails after its outcome");
        self.counts.transitions += 1;
        Ok(())
    }

    pub(super) fn notice_delivered(
        &mut self,
        body: &NoticeDelivered,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = body.notice;
        let reported = facts.outcomes(id).any(|outcome| *outcome == Outcome::Delivered);
        hold!(reported, RecordHasCause, "{id}: nobody delivered it");
        let Some(open) = self.open.remove(&id) else {
            return Err(Violation::new(Check::NoticeHasOneOutcome, format!("{id} is delivered after its outcome")));
        };
        // What changed while it was under way is told by the next one, whenever that is.
        let as_told = |alert: &AlertId| self.alerts.get(alert).is_some_and(|known| known.fires);
        // After the clock was set back records are dated ahead of it; what is told then counts from its intention,
        // and so does what could be put on record only after its not-after.
        let dated = record.at <= facts.now && facts.mono < open.not_before;
        let exact = open.firing.iter().all(as_told) && dated;
        let firing = open.firing.iter().copied().collect();
        // What a site heard before and not this time, it takes to hold still.
        let key = (open.group, open.site.clone());
        let member = |alert: &AlertId| self.alerts.get(alert).is_some_and(|known| known.groups.contains(&open.group));
        let before = self.told.get(&key).into_iter().flat_map(|told| told.firing.iter().copied()).filter(member);
        let mut perhaps: BTreeSet<AlertId> = before.chain(self.perhaps_told.remove(&key).unwrap_or_default()).collect();
        perhaps.retain(|alert| !open.firing.contains(alert) && !open.resolved.contains(alert));
        self.perhaps_told.insert(key, perhaps);
        // Dated ahead it may count from later, though from no later than the notice could be sent.
        let ahead = (record.at - facts.now).0.clamp(0, (open.not_after - facts.mono).max(0));
        self.told.insert((open.group, open.site.clone()), Told { at: facts.mono + ahead, exact, firing });
        self.counts.delivered += 1;
        Ok(())
    }

    pub(super) fn notice_failed(&mut self, body: &NoticeFailed, facts: &Facts) -> Result<(), Violation> {
        let id = body.notice;
        let Some(open) = self.open.remove(&id) else {
            return Err(Violation::new(Check::NoticeHasOneOutcome, format!("{id} fails after its outcome")));
        };
        let refused = facts.outcomes(id).any(|outcome| matches!(outcome, Outcome::Failed { retry: Retry::No, .. }));
        let over = facts.mono + SECOND / 10 >= open.not_before;
        let gone = self.plan.as_ref().is_none_or(|plan| plan.integration(&open.site.0, &open.site.1).is_none());
        hold!(refused || over || gone, RecordHasCause, "{id} is given up before its time: {}", body.reason);
        hold!(!body.reason.is_empty(), NoticeHasOneOutcome, "{id} fails without a reason");
        if body.perhaps_arrived {
            let member =
                |alert: &AlertId| self.alerts.get(alert).is_some_and(|known| known.groups.contains(&open.group));
            let firing: Vec<AlertId> = open.firing.iter().copied().filter(member).collect();
            self.perhaps_told.entry((open.group, open.site)).or_default().extend(firing);
        }
        self.counts.failed += 1;
        self.counts.transitions += 1;
        Ok(())
    }

    /// An attempt's outcome was taken: what is still open is tried again before long.
    pub(crate) fn attempt_ended(&mut self, id: NoticeId, now: Mono) {
        if let Some(open) = self.open.get_mut(&id) {
            open.try_by = now + BACKOFF_MAX.max(WAIT_MAX);
        }
    }

    /// Open notices get their outcome in time, and those not under way are tried in time.
    pub(crate) fn open_notices_live(&self, now: Mono, under_way: impl Fn(NoticeId) -> bool) -> Result<(), Violation> {
        for (id, open) in &self.open {
            let late = now - open.not_after;
            hold!(late < LATE + MINUTE, NoticeHasOneOutcome, "{id} has none {late} ms after its not-after");
            let idle = now - open.try_by;
            let tried = under_way(*id) || idle < LATE || now >= open.not_after;
            hold!(tried, NoticeIsTried, "{id} is open, not under way, and {idle} ms late to be tried");
        }
        Ok(())
    }
}
