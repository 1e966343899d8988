//! Tokens and overrides of schedules.

use evenkeel_record::{OverrideRemoved, OverrideSet, TokenCreated, TokenRevoked};

use super::Cx;
use crate::error::Trouble;

impl Cx<'_> {
    pub(super) fn token_created(&mut self, body: &TokenCreated) {
        self.make("tokens", |row| {
            row.set("role", body.role.as_str());
            row.set("person", body.person.as_ref());
            row.set("expires_at", body.expires_at.map(|at| at.0));
        });
    }

    pub(super) fn token_revoked(&mut self, body: &TokenRevoked) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("tokens", body.token.seq(), |row| row.set_first("revoked_at", now))?;
        Ok(())
    }

    pub(super) fn override_set(&mut self, body: &OverrideSet) {
        self.make("overrides", |row| {
            row.set("schedule", &body.schedule);
            row.set("person", &body.person);
            row.set("starts_at", body.from.0);
            row.set("ends_at", body.until.0);
        });
    }

    pub(super) fn override_removed(&mut self, body: &OverrideRemoved) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("overrides", body.id.seq(), |row| row.set_first("removed_at", now))?;
        Ok(())
    }
}
