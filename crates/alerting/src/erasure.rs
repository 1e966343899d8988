//! Which bodies can be erased, and folding without them.
//!
//! An erased record changes nothing, so only those may be erased whose change is over: what an alert was,
//! once it and its groups are gone; what a silence said, once nobody can look at it any more. Records that
//! close something (resolved, cleared, delivered, failed) are never erased: without them it would stay open.
//! They hold ids only.

use evenkeel_ids::{AlertId, GroupId, SilenceId};
use evenkeel_record::{Body, Record, access_bodies, incident_bodies, review_bodies};
use evenkeel_time::Timestamp;

use crate::State;
use crate::silence::SILENCE_KEPT_FOR;

impl State {
    /// Why the body of a record has to stay, as far as alerting is concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        let needed = match &record.body {
            Body::AlertFired(body) => {
                let alert = body.again.unwrap_or(AlertId(record.seq));
                self.alerts.contains_key(&alert) || body.groups.iter().any(|group| self.groups.contains_key(group))
            }
            Body::AlertChanged(body) => self.alerts.contains_key(&body.alert),
            Body::GroupOpened(_) => self.groups.contains_key(&GroupId(record.seq)),
            Body::SilenceSet(body) => self.silences.contains_key(&body.changes.unwrap_or(SilenceId(record.seq))),
            Body::RuleAlertsChanged(body) => self.rule_alerts.needs(body),
            Body::NoticeFailing(body) => self.notices.contains_key(&body.notice),
            Body::PlanRefused(_) | Body::LastResortTold(_) | Body::Stopped(_) => false,
            // Other domains judge these.
            incident_bodies!() | access_bodies!() | review_bodies!() => false,
            Body::Started(_)
            | Body::ClockJumped(_)
            | Body::PlanAdopted(_)
            | Body::AlertResolved(_)
            | Body::AlertRegrouped(_)
            | Body::GroupRebound(_)
            | Body::GroupCleared(_)
            | Body::NoticeIntended(_)
            | Body::NoticeDelivered(_)
            | Body::NoticeFailed(_)
            | Body::SilenceExpired(_)
            | Body::BodyErased(_) => {
                return Some("a record of this kind names nobody and is needed to fold the journal");
            }
        };
        needed.then_some("what it is about is still open, or can still be looked at; erase it once that is over")
    }

    /// Takes in that an erased record stands at this instant: what time alone ends, ends.
    pub fn pass(&mut self, at: Timestamp) {
        self.silences.retain(|_, silence| at < silence.ends_at + SILENCE_KEPT_FOR);
    }

    /// Drops groups that nobody is in, after a fold: the records that closed them spoke of erased alerts.
    pub fn drop_empty_groups(&mut self) {
        let empty = self.groups.values().filter(|group| group.members.is_empty() && group.open.is_empty());
        for id in empty.map(|group| group.id).collect::<Vec<_>>() {
            self.close_group_if_empty(id);
        }
    }
}
