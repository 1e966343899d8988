//! Starts and plans.

use evenkeel_record::{PlanAdopted, PlanRefused, Started};

use super::Cx;
use crate::error::Trouble;
use crate::key::Key;

impl Cx<'_> {
    pub(super) fn started(&mut self, body: &Started) {
        let (number, now) = (self.number(), self.now());
        self.insert("starts", Key::Record(self.seq), |row| {
            row.set("record", number);
            row.set("at", now);
            row.set("version", &*body.version);
            row.set("down_for_ms", body.down_for.0);
        });
    }

    pub(super) fn plan_adopted(&mut self, body: &PlanAdopted) -> Result<(), Trouble> {
        let (number, now) = (self.number(), self.now());
        if let Some(before) = self.standing.plan.replace(self.seq) {
            self.rows.patch(number, "plans", Key::Record(before), |row| row.set("replaced_at", now))?;
        }
        self.insert("plans", Key::Record(self.seq), |row| {
            row.set("id", body.plan.to_string().as_str());
            row.set("record", number);
            row.set("at", now);
            row.set("commit_id", body.commit.as_ref().map(|commit| &*commit.id));
            row.set("findings", body.findings);
            row.set("orphans", body.orphans.len());
        });
        Ok(())
    }

    pub(super) fn plan_refused(&mut self, body: &PlanRefused) {
        let (number, now) = (self.number(), self.now());
        self.insert("plan_refusals", Key::Record(self.seq), |row| {
            row.set("record", number);
            row.set("at", now);
            row.set("errors", body.errors.len());
        });
    }
}
