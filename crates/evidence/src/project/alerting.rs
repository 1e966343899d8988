//! Alerts, notices and silences.

use evenkeel_record::{
    AlertChanged, AlertFired, AlertResolved, NoticeDelivered, NoticeFailed, NoticeIntended, ResolveCause,
    SilenceExpired, SilenceSet,
};

use super::Cx;
use crate::error::Trouble;
use crate::value::Value;

impl Cx<'_> {
    pub(super) fn alert_fired(&mut self, body: &AlertFired) -> Result<(), Trouble> {
        if let Some(again) = body.again {
            let known = self.patch("alerts", again.seq(), |row| {
                row.set("starts_at", body.starts_at.0);
                row.set("resolved_at", Value::Null);
                row.set("cause", Value::Null);
                row.add("fired", 1);
            })?;
            if known {
                return Ok(());
            }
        }
        let label = |name: &str| Some(body.labels.get(name)).filter(|text| !text.is_empty());
        let workload = label("workload");
        let team = self.standing.team(workload);
        self.make("alerts", |row| {
            row.set("alertname", label("alertname"));
            row.set("severity", label("severity"));
            row.set("workload", workload);
            row.set("team", team);
            row.set("starts_at", body.starts_at.0);
            row.set("fired", 1_i64);
            row.set("drill", label("drill") == Some("true"));
        });
        Ok(())
    }

    pub(super) fn alert_changed(&mut self, body: &AlertChanged) -> Result<(), Trouble> {
        self.patch("alerts", body.alert.seq(), |row| row.set("starts_at", body.starts_at.0))?;
        Ok(())
    }

    pub(super) fn alert_resolved(&mut self, body: &AlertResolved) -> Result<(), Trouble> {
        let cause = match body.cause {
            ResolveCause::Told => "told",
            ResolveCause::Expired => "expired",
        };
        self.patch("alerts", body.alert.seq(), |row| {
            row.set("resolved_at", body.ends_at.0);
            row.set("cause", cause);
        })?;
        Ok(())
    }

    pub(super) fn notice_intended(&mut self, body: &NoticeIntended) {
        self.make("notices", |row| {
            row.set("receiver", &body.receiver);
            row.set("integration", &body.integration);
            row.set("firing", body.firing.len());
            row.set("resolved", body.resolved.len());
        });
    }

    pub(super) fn notice_delivered(&mut self, body: &NoticeDelivered) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("notices", body.notice.seq(), |row| {
            row.set("delivered_at", now);
            row.set("attempts", body.attempts);
        })?;
        Ok(())
    }

    pub(super) fn notice_failed(&mut self, body: &NoticeFailed) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("notices", body.notice.seq(), |row| {
            row.set("failed_at", now);
            row.set("attempts", body.attempts);
        })?;
        Ok(())
    }

    pub(super) fn silence_set(&mut self, body: &SilenceSet) -> Result<(), Trouble> {
        if let Some(changed) = body.changes {
            let known = self.patch("silences", changed.seq(), |row| {
                row.set("starts_at", body.starts_at.0);
                row.set("ends_at", body.ends_at.0);
            })?;
            if known {
                return Ok(());
            }
        }
        self.make("silences", |row| {
            row.set("starts_at", body.starts_at.0);
            row.set("ends_at", body.ends_at.0);
        });
        Ok(())
    }

    pub(super) fn silence_expired(&mut self, body: &SilenceExpired) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("silences", body.silence.seq(), |row| row.set("expired_at", now))?;
        Ok(())
    }
}
