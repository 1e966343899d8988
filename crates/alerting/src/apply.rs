//! Folds one record into the state. Sees nothing else: no plan, no clock.
//!
//! A record about something unknown changes nothing: what it was about is gone, or its body was erased.

use evenkeel_ids::{AlertId, GroupId, NoticeId, SilenceId};
use evenkeel_record::{
    AlertChanged, AlertFired, AlertRegrouped, AlertResolved, Body, ClockJumped, GroupCleared, GroupOpened,
    GroupRebound, NoticeDelivered, NoticeFailed, NoticeIntended, Record, SilenceSet, access_bodies, incident_bodies,
    review_bodies,
};
use evenkeel_time::Duration;

use crate::deadline::Deadline;
use crate::{Alert, Bug, Group, GroupKey, Lease, Notice, Silence, State, Status, Told, planted};

impl State {
    /// Folds one record in.
    pub fn apply(&mut self, record: &Record) {
        match &record.body {
            Body::Started(body) => self.shift(Duration::ZERO - body.clock_behind),
            Body::ClockJumped(ClockJumped { by }) => self.shift(*by),
            Body::AlertFired(body) => self.alert_fired(body.again.unwrap_or(AlertId(record.seq)), body, record),
            Body::AlertChanged(body) => self.alert_changed(body, record),
            Body::AlertResolved(body) => self.alert_resolved(body),
            Body::AlertRegrouped(body) => self.alert_regrouped(body),
            Body::GroupOpened(body) => self.group_opened(GroupId(record.seq), body),
            Body::GroupRebound(body) => self.group_rebound(body),
            Body::GroupCleared(body) => self.group_cleared(body),
            Body::NoticeIntended(body) => self.notice_intended(NoticeId(record.seq), body),
            Body::NoticeFailing(body) => {
                if let Some(notice) = self.notices.get_mut(&body.notice) {
                    notice.failing = Some(body.reason.clone());
                }
            }
            Body::NoticeDelivered(body) => self.notice_delivered(body, record),
            Body::NoticeFailed(body) => self.notice_failed(body),
            Body::SilenceSet(body) => self.silence_set(body.changes.unwrap_or(SilenceId(record.seq)), body, record),
            Body::SilenceExpired(body) => {
                if let Some(silence) = self.silences.get_mut(&body.silence) {
                    silence.starts_at = silence.starts_at.min(record.at);
                    silence.ends_at = record.at;
                    silence.ended = true;
                    silence.updated_at = record.at;
                }
            }
            Body::RuleAlertsChanged(body) => self.rule_alerts.apply(body),
            Body::Stopped(_)
            | Body::PlanAdopted(_)
            | Body::PlanRefused(_)
            | Body::LastResortTold(_)
            | Body::BodyErased(_)
            | incident_bodies!()
            | access_bodies!()
            | review_bodies!() => {}
        }
    }

    /// What was armed for a length of time keeps what is left of it when the clock moves.
    fn shift(&mut self, by: Duration) {
        if by == Duration::ZERO || planted(Bug::IgnoreClockJump) {
            return;
        }
        for alert in self.alerts.values_mut() {
            alert.lease.seen_at = alert.lease.seen_at + by;
            alert.lease.until = alert.lease.until + by;
        }
        for group in self.groups.values_mut() {
            group.flush_at = group.flush_at + by;
            group.told.values_mut().for_each(|told| told.at = told.at + by);
        }
        for notice in self.notices.values_mut() {
            notice.intended_at = notice.intended_at + by;
            notice.not_after = notice.not_after + by;
            notice.retry_at = notice.retry_at.map(|at| at + by);
        }
        self.rule_alerts.shift(by);
        self.rearm();
    }

    fn alert_fired(&mut self, id: AlertId, body: &AlertFired, record: &Record) {
        let open_notices = self.alerts.get(&id).map_or(0, |before| before.open_notices);
        self.enter(id, &body.groups);
        let alert = Alert {
            id,
            labels: body.labels.clone(),
            annotations: body.annotations.clone(),
            starts_at: body.starts_at,
            generator_url: body.generator_url.as_ref().into(),
            status: Status::Firing,
            groups: self.known(&body.groups),
            open_notices,
            lease_for: body.lease_until - record.at,
            lease: Lease { seen_at: record.at, until: body.lease_until, told: true },
        };
        self.by_labels.insert(alert.labels.clone(), id);
        self.alerts.insert(id, alert);
        self.arm_lease(id, body.lease_until);
    }

    fn alert_changed(&mut self, body: &AlertChanged, record: &Record) {
        if let Some(alert) = self.alerts.get_mut(&body.alert) {
            alert.annotations = body.annotations.clone();
            alert.starts_at = body.starts_at;
            alert.generator_url = body.generator_url.as_ref().into();
            alert.lease.seen_at = record.at;
        }
    }

    fn alert_resolved(&mut self, body: &AlertResolved) {
        self.disarm_lease(body.alert);
        if let Some(alert) = self.alerts.get_mut(&body.alert) {
            alert.status = Status::Resolved { ends_at: body.ends_at, cause: body.cause };
        }
        self.forget_if_done(body.alert);
    }

    fn alert_regrouped(&mut self, body: &AlertRegrouped) {
        let groups = self.known(&body.groups);
        let Some(alert) = self.alerts.get_mut(&body.alert) else { return };
        let before = std::mem::replace(&mut alert.groups, groups);
        for id in before.into_iter().filter(|id| !body.groups.contains(id)) {
            if let Some(group) = self.groups.get_mut(&id) {
                group.remove(&[body.alert]);
            }
            self.close_group_if_empty(id);
        }
        self.enter(body.alert, &body.groups);
        self.forget_if_done(body.alert);
    }

    /// The groups that are there; one may be missing because its body was erased.
    fn known(&self, groups: &[GroupId]) -> Vec<GroupId> {
        groups.iter().copied().filter(|group| self.groups.contains_key(group)).collect()
    }

    fn enter(&mut self, alert: AlertId, groups: &[GroupId]) {
        for id in groups {
            if let Some(group) = self.groups.get_mut(id) {
                group.members.insert(alert);
            }
        }
    }

    fn group_opened(&mut self, id: GroupId, body: &GroupOpened) {
        let key = GroupKey { route: body.route.clone(), labels: body.labels.clone() };
        self.by_key.insert(key.clone(), id);
        self.deadlines.arm(body.flush_at, Deadline::GroupFlush(id));
        let group = Group {
            id,
            key,
            receiver: body.receiver.clone(),
            targets: body.targets.clone(),
            group_interval: body.group_interval,
            repeat_interval: body.repeat_interval,
            flush_at: body.flush_at,
            flushed: false,
            members: Default::default(),
            told: Default::default(),
            perhaps_told: Default::default(),
            open: Default::default(),
        };
        self.groups.insert(id, group);
    }

    fn group_rebound(&mut self, body: &GroupRebound) {
        if let Some(group) = self.groups.get_mut(&body.group) {
            group.receiver = body.receiver.clone();
            group.targets = body.targets.clone();
            group.group_interval = body.group_interval;
            group.repeat_interval = body.repeat_interval;
        }
    }

    fn group_cleared(&mut self, body: &GroupCleared) {
        let mut alerts = body.alerts.clone();
        alerts.sort_unstable();
        self.leave(&alerts, body.group);
        self.close_group_if_empty(body.group);
    }

    fn notice_intended(&mut self, id: NoticeId, body: &NoticeIntended) {
        self.set_flush_at(body.group, body.next_flush_at);
        let Some(group) = self.groups.get_mut(&body.group) else { return };
        group.flushed = true;
        group.open.insert((body.receiver.clone(), body.integration.clone()), id);
        let notice = Notice {
            id,
            group: body.group,
            receiver: body.receiver.clone(),
            integration: body.integration.clone(),
            firing: body.firing.clone(),
            resolved: body.resolved.clone(),
            intended_at: body.next_flush_at - group.group_interval,
            not_after: body.not_after,
            failing: None,
            doubtful: false,
            attempts: 0,
            retry_at: None,
        };
        for alert in notice.alerts() {
            if let Some(alert) = self.alerts.get_mut(&alert) {
                alert.open_notices += 1;
            }
        }
        self.deadlines.arm(body.not_after, Deadline::NoticeExpiry(id));
        self.notices.insert(id, notice);
    }

    /// The integration knows now; resolved alerts that nobody else waits to hear about leave the group.
    fn notice_delivered(&mut self, body: &NoticeDelivered, record: &Record) {
        let Some(notice) = self.close_notice(body.notice) else { return };
        let Some(group) = self.groups.get_mut(&notice.group) else { return };
        let resolved = notice.resolved.clone();
        // Records never go back in time, the wall clock may: while it catches up with them they are dated too late.
        let at = if record.at <= notice.not_after { record.at } else { notice.intended_at };
        let told = Told { at, firing: notice.firing, resolved: notice.resolved };
        let key = (notice.receiver, notice.integration);
        group.tell(key, told);
        let over = |alert: &AlertId| {
            self.alerts.get(alert).is_none_or(|alert| !alert.fires())
                && self.groups.get(&notice.group).is_some_and(|group| group.settled(*alert))
                && !self.spoken_of(notice.group, *alert)
        };
        let leaving: Vec<AlertId> = resolved.into_iter().filter(over).collect();
        self.leave(&leaving, notice.group);
        self.close_group_if_empty(notice.group);
    }

    /// What may have arrived is remembered, so that its recovery is told too.
    fn notice_failed(&mut self, body: &NoticeFailed) {
        let Some(notice) = self.close_notice(body.notice) else { return };
        let Some(group) = self.groups.get_mut(&notice.group).filter(|_| body.perhaps_arrived) else { return };
        let perhaps = group.perhaps_told.entry((notice.receiver, notice.integration)).or_default();
        perhaps.extend(notice.firing.iter().filter(|alert| group.members.contains(alert)));
    }

    /// Whether an open notice of the group speaks of the alert.
    pub(crate) fn spoken_of(&self, group: GroupId, alert: AlertId) -> bool {
        let open = self.groups.get(&group).into_iter().flat_map(|group| group.open.values());
        open.filter_map(|id| self.notices.get(id)).any(|notice| notice.speaks_of(alert))
    }

    /// Takes the notice out of the open ones.
    fn close_notice(&mut self, id: NoticeId) -> Option<Notice> {
        self.set_retry_at(id, None);
        let notice = self.notices.remove(&id)?;
        self.deadlines.disarm(notice.not_after, Deadline::NoticeExpiry(id));
        if let Some(group) = self.groups.get_mut(&notice.group) {
            group.open.retain(|_, open| *open != id);
        }
        for alert in notice.alerts() {
            if let Some(alert) = self.alerts.get_mut(&alert) {
                alert.open_notices -= 1;
            }
            self.forget_if_done(alert);
        }
        self.close_group_if_empty(notice.group);
        Some(notice)
    }

    fn silence_set(&mut self, id: SilenceId, body: &SilenceSet, record: &Record) {
        self.pass(record.at);
        let silence = Silence {
            id,
            matchers: body.matchers.clone(),
            starts_at: body.starts_at,
            ends_at: body.ends_at,
            ended: false,
            updated_at: record.at,
            created_by: body.created_by.clone(),
            comment: body.comment.clone(),
        };
        self.silences.insert(id, silence);
    }

    /// Many at once, in one pass over what was told: a group may be as large as all there is. `alerts` is sorted.
    fn leave(&mut self, alerts: &[AlertId], group: GroupId) {
        if let Some(group) = self.groups.get_mut(&group) {
            group.remove(alerts);
        }
        for id in alerts {
            if let Some(alert) = self.alerts.get_mut(id) {
                alert.groups.retain(|known| *known != group);
            }
            self.forget_if_done(*id);
        }
    }

    fn forget_if_done(&mut self, id: AlertId) {
        let Some(alert) = self.alerts.get(&id) else { return };
        if alert.fires() || !alert.groups.is_empty() || alert.open_notices > 0 {
            return;
        }
        if self.by_labels.get(&alert.labels) == Some(&id) {
            self.by_labels.remove(&alert.labels);
        }
        self.alerts.remove(&id);
    }

    pub(crate) fn close_group_if_empty(&mut self, id: GroupId) {
        let Some(group) = self.groups.get(&id) else { return };
        if group.members.is_empty() && group.open.is_empty() {
            self.deadlines.disarm(group.flush_at, Deadline::GroupFlush(id));
            self.by_key.remove(&group.key);
            self.groups.remove(&id);
        }
    }
}
