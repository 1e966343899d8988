//! The body that asks for a token.

use std::sync::Arc;

use evenkeel_identity::{NewToken, TokenSecret};
use evenkeel_record::Role;
use evenkeel_time::Timestamp;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::openapi::shapes::{RoleWord, Time};
use crate::refused::Refused;

/// The body that asks for a token.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "TokenMaking")]
#[serde(deny_unknown_fields)]
pub(super) struct PostedToken {
    name: Box<str>,
    #[schemars(with = "RoleWord")]
    role: Role,
    #[serde(default)]
    person: Option<String>,
    #[serde(default)]
    source: Option<Arc<str>>,
    #[serde(default)]
    #[schemars(with = "Option<Time>")]
    expires_at: Option<String>,
}

impl PostedToken {
    /// The person's name; `person:ada` is taken too.
    pub(super) fn person(&self) -> Option<&str> {
        self.person.as_deref().map(|person| person.strip_prefix("person:").unwrap_or(person))
    }

    pub(super) fn with(self, secret: &TokenSecret) -> Result<NewToken, Refused> {
        let expires_at = self.expires_at.as_deref().map(|text| {
            let help = "write it as 2026-01-02T03:04:05Z";
            text.parse::<Timestamp>().map_err(|_| malformed(format!("`{text}` is no time")).help(help))
        });
        let person = self.person().map(Arc::from);
        Ok(NewToken {
            name: self.name,
            role: self.role,
            hash: secret.hash(),
            person,
            source: self.source,
            expires_at: expires_at.transpose()?,
        })
    }
}

fn malformed(message: String) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, "malformed", message)
}
