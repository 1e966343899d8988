//! The body that asks for an override.

use evenkeel_oncall::IncomingOverride;
use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::read_instant;
use crate::incidents::person_name;
use crate::openapi::shapes::Time;
use crate::refused::Refused;

/// The body that asks for an override.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "OverrideSetting")]
#[serde(deny_unknown_fields)]
pub(super) struct PostedOverride {
    person: String,
    #[schemars(with = "Time")]
    from: String,
    #[schemars(with = "Time")]
    until: String,
    replaces: Option<String>,
    reason: Option<Box<str>>,
}

impl PostedOverride {
    pub(super) fn of(self, schedule: &str) -> Result<IncomingOverride, Refused> {
        Ok(IncomingOverride {
            schedule: schedule.strip_prefix("schedule:").unwrap_or(schedule).into(),
            from: read_instant("from", &self.from)?,
            until: read_instant("until", &self.until)?,
            person: person_name(&self.person),
            replaces: self.replaces.as_deref().map(person_name),
            reason: self.reason.unwrap_or_default(),
        })
    }
}
