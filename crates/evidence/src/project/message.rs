//! Pages and updates, and whether they arrived.

use evenkeel_ids::{DocumentRef, PageId};
use evenkeel_record::{
    Ask, MessageDelivered, MessageFailed, PageExpired, PageFailed, PageOpened, SentId, UpdateApproved, UpdateDrafted,
    UpdateKind, UpdateWithdrawn,
};
use evenkeel_time::Timestamp;

use super::{Cx, person_of};
use crate::error::Trouble;
use crate::key::Key;
use crate::value::Value;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

impl Cx<'_> {
    pub(super) fn page_opened(&mut self, body: &PageOpened) -> Result<(), Trouble> {
        let whose = self.whose(body.incident)?;
        let ask = match body.ask {
            Ask::Acknowledge => "acknowledge",
            Ask::StillYours => "still-yours",
            Ask::TakeOver => "take-over",
            Ask::Approve(_) => "approve",
        };
        let receiver = match &body.to {
            DocumentRef::Receiver(name) => Value::from(name),
            DocumentRef::Person(_)
            | DocumentRef::Team(_)
            | DocumentRef::Schedule(_)
            | DocumentRef::Policy(_)
            | DocumentRef::Workload(_) => Value::Null,
        };
        let late = out_of_hours(self.at);
        self.make("pages", |row| {
            row.set("incident", whose.id);
            row.set("workload", whose.workload);
            row.set("team", whose.team);
            row.set("person", person_of(&body.to));
            row.set("receiver", receiver);
            row.set("ask", ask);
            row.set("contacts", body.contacts.len());
            row.set("out_of_hours", late);
        });
        Ok(())
    }

    /// Somebody acted through a page.
    pub(super) fn acted_through(&mut self, page: Option<PageId>) -> Result<(), Trouble> {
        let now = self.now();
        if let Some(page) = page {
            self.patch("pages", page.seq(), |row| row.set_first("acknowledged_at", now))?;
        }
        Ok(())
    }

    pub(super) fn message_delivered(&mut self, body: &MessageDelivered) -> Result<(), Trouble> {
        let now = self.now();
        match body.of {
            SentId::Page(page) => {
                let reached = self.first_of_page(page, "delivered_at")?;
                self.last_page(page, reached, false)
            }
            SentId::Update(update) => {
                self.patch("updates", update.seq(), |row| {
                    row.set_first("delivered_at", now);
                    row.add("delivered", 1);
                })?;
                Ok(())
            }
        }
    }

    pub(super) fn message_failed(&mut self, body: &MessageFailed) -> Result<(), Trouble> {
        if let SentId::Update(update) = body.of {
            self.patch("updates", update.seq(), |row| row.add("failed", 1))?;
        }
        Ok(())
    }

    pub(super) fn page_failed(&mut self, body: &PageFailed) -> Result<(), Trouble> {
        let failed = self.first_of_page(body.page, "failed_at")?;
        self.last_page(body.page, failed, true)
    }

    pub(super) fn page_expired(&mut self, body: &PageExpired) -> Result<(), Trouble> {
        self.first_of_page(body.page, "expired_at")?;
        Ok(())
    }

    /// Notes when something first happened to a page; whether it is the first time.
    fn first_of_page(&mut self, page: PageId, column: &'static str) -> Result<bool, Trouble> {
        let now = self.now();
        let mut first = false;
        self.patch("pages", page.seq(), |row| {
            first = *row.get(column) == Value::Null;
            row.set_first(column, now);
        })?;
        Ok(first)
    }

    /// Notes of the page's incident whether the last page reached nobody.
    fn last_page(&mut self, page: PageId, first: bool, failed: bool) -> Result<(), Trouble> {
        if !first {
            return Ok(());
        }
        let incident = self.rows.read("pages", &Key::Record(page.seq().0), |row| {
            row.get("incident").text()?.parse::<evenkeel_ids::IncidentId>().ok()
        })?;
        if let Some(incident) = incident.flatten() {
            self.patch("incidents", incident.seq(), |row| row.set("last_page_failed", failed))?;
        }
        Ok(())
    }

    pub(super) fn update_drafted(&mut self, body: &UpdateDrafted) -> Result<(), Trouble> {
        let whose = self.whose(body.incident)?;
        let kind = match body.kind {
            UpdateKind::First => "first",
            UpdateKind::Progress => "progress",
            UpdateKind::Recovery => "recovery",
        };
        self.make("updates", |row| {
            row.set("incident", whose.id);
            row.set("workload", whose.workload);
            row.set("team", whose.team);
            row.set("communication", &body.communication);
            row.set("audience", &body.audience);
            row.set("kind", kind);
            row.set("approval", !body.approvers.is_empty());
            row.set("delivered", 0_i64);
            row.set("failed", 0_i64);
        });
        Ok(())
    }

    pub(super) fn update_approved(&mut self, body: &UpdateApproved) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("updates", body.update.seq(), |row| row.set("approved_at", now))?;
        self.acted_through(body.page)
    }

    pub(super) fn update_withdrawn(&mut self, body: &UpdateWithdrawn) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("updates", body.update.seq(), |row| row.set("withdrawn_at", now))?;
        self.acted_through(body.page)
    }
}

/// Between 22:00 and 08:00 UTC, or at a weekend.
fn out_of_hours(at: Timestamp) -> bool {
    let hour = at.0.rem_euclid(DAY) / HOUR;
    // The first day of 1970 was a Thursday.
    let weekday = (at.0.div_euclid(DAY) + 3).rem_euclid(7);
    !(8..22).contains(&hour) || weekday >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_and_weekends_are_out_of_hours() {
        let at = |text: &str| out_of_hours(text.parse().expect("an instant"));
        assert!(!at("2026-01-05T08:00:00Z"));
        assert!(!at("2026-01-05T21:59:59Z"));
        assert!(at("2026-01-05T22:00:00Z"));
        assert!(at("2026-01-05T07:59:59Z"));
        assert!(at("2026-01-10T12:00:00Z"));
        assert!(at("2026-01-11T12:00:00Z"));
        assert!(!at("1969-12-31T12:00:00Z"));
    }
}
