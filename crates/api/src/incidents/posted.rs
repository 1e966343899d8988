//! The bodies of what people do about incidents.

use evenkeel_record::IncidentRole;
use evenkeel_severity::Severity;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::openapi::shapes::{IncidentRoleWord, SeverityWord};

/// `POST /incidents`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Opening {
    pub(super) response_plan: String,
    pub(super) title: Box<str>,
    pub(super) reason: Option<Box<str>>,
}

/// `…/acknowledge`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Acknowledgement {
    pub(super) person: Option<String>,
}

/// `…/escalate`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Push {
    pub(super) to: Option<String>,
    pub(super) reason: Option<Box<str>>,
}

/// `…/resolve`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolution {
    pub(super) reason: Option<Box<str>>,
    #[serde(default)]
    pub(super) workaround: bool,
}

/// `…/reopen` and `…/close`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    pub(super) reason: Box<str>,
}

/// `…/notes`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub(super) text: Box<str>,
    #[serde(default)]
    pub(super) for_updates: bool,
}

/// `…/assign`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assignment {
    pub(super) person: String,
    #[schemars(with = "Option<IncidentRoleWord>")]
    pub(super) role: Option<IncidentRole>,
    pub(super) reason: Option<Box<str>>,
}

/// `…/merge`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Merging {
    pub(super) into: String,
    pub(super) reason: Box<str>,
}

/// `…/severity`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Judgement {
    #[schemars(with = "SeverityWord")]
    pub(super) severity: Severity,
    pub(super) reason: Box<str>,
}

/// `…/visibility`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Visibility {
    pub(super) customer_visible: bool,
    pub(super) reason: Box<str>,
}
