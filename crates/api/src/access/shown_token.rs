//! A token as the API shows it: never its secret, nor the hash of it.

use evenkeel_identity::{State, Token};
use evenkeel_ids::DocumentRef;
use evenkeel_time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::openapi::shapes::{Ref, RoleWord, Time};

/// A token as the API shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub(crate) struct ShownToken {
    id: String,
    name: Box<str>,
    #[schemars(with = "RoleWord")]
    role: &'static str,
    /// The role as far as it reaches now; nothing when the token counts no more.
    #[schemars(with = "Option<RoleWord>")]
    rights: Option<&'static str>,
    #[schemars(with = "Option<Ref>")]
    person: Option<DocumentRef>,
    source: Option<String>,
    parent: Option<String>,
    #[schemars(with = "Time")]
    created_at: String,
    #[schemars(with = "Option<Time>")]
    expires_at: Option<String>,
    #[schemars(with = "Option<Time>")]
    revoked_at: Option<String>,
}

impl ShownToken {
    pub(crate) fn new(state: &State, token: &Token, now: Timestamp) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name.clone(),
            role: token.role.as_str(),
            rights: state.role_now(token.id, now).map(evenkeel_record::Role::as_str),
            person: token.person.clone().map(DocumentRef::Person),
            source: token.source.as_deref().map(str::to_owned),
            parent: token.parent.map(|parent| parent.to_string()),
            created_at: token.created_at.to_string(),
            expires_at: token.expires_at.map(|at| at.to_string()),
            revoked_at: token.revoked_at.map(|at| at.to_string()),
        }
    }
}
