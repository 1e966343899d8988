//! Changes that are no records: leases.

use evenkeel_ids::{AlertId, GroupId, NoticeId};
use evenkeel_time::Timestamp;

use crate::deadline::Deadline;
use crate::{Lease, State};

/// A change that is lost in a crash, and may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaseChange {
    /// An alert was heard of again, unchanged.
    AlertSeen {
        /// Which.
        alert: AlertId,
        /// Its lease now.
        lease: Lease,
    },
    /// A group was looked at, and is again then.
    Flushed {
        /// Which.
        group: GroupId,
        /// When again.
        next_at: Timestamp,
    },
    /// A group is looked at then.
    FlushAt {
        /// Which.
        group: GroupId,
        /// When.
        at: Timestamp,
    },
    /// An attempt failed as the one before; it is tried again then.
    RetryAt {
        /// Which.
        notice: NoticeId,
        /// When.
        at: Timestamp,
    },
    /// An attempt may have arrived although no outcome says so.
    Doubtful {
        /// Which.
        notice: NoticeId,
    },
    /// An attempt is under way.
    Tried {
        /// Which.
        notice: NoticeId,
    },
}

impl State {
    /// Takes a lease change in.
    pub fn renew(&mut self, change: LeaseChange) {
        match change {
            LeaseChange::AlertSeen { alert: id, lease } => self.renew_alert(id, lease),
            LeaseChange::Flushed { group: id, next_at } => {
                self.set_flush_at(id, next_at);
                if let Some(group) = self.groups.get_mut(&id) {
                    group.flushed = true;
                }
            }
            LeaseChange::FlushAt { group, at } => self.set_flush_at(group, at),
            LeaseChange::RetryAt { notice, at } => self.set_retry_at(notice, Some(at)),
            LeaseChange::Doubtful { notice: id } => {
                if let Some(notice) = self.notices.get_mut(&id) {
                    notice.doubtful = true;
                }
            }
            LeaseChange::Tried { notice: id } => {
                self.set_retry_at(id, None);
                if let Some(notice) = self.notices.get_mut(&id) {
                    notice.attempts += 1;
                }
            }
        }
    }

    /// A later end leaves the deadline where it is, to be moved when it comes up: renewals are many.
    fn renew_alert(&mut self, id: AlertId, lease: Lease) {
        let Some(alert) = self.alerts.get_mut(&id) else { return };
        alert.lease = lease;
        let Some(armed_at) = self.lease_armed_at.get(&id).copied() else { return };
        let due = self.deadlines.first().is_some_and(|(at, what)| at == armed_at && what == Deadline::AlertLease(id));
        if due || lease.until < armed_at {
            self.arm_lease(id, lease.until);
        }
    }

    pub(crate) fn set_retry_at(&mut self, id: NoticeId, at: Option<Timestamp>) {
        let Some(notice) = self.notices.get_mut(&id) else { return };
        if let Some(before) = std::mem::replace(&mut notice.retry_at, at) {
            self.deadlines.disarm(before, Deadline::NoticeRetry(id));
        }
        if let Some(at) = at {
            self.deadlines.arm(at, Deadline::NoticeRetry(id));
        }
    }
}
