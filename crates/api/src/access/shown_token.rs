//! A token as the API shows it: never its secret, nor the hash of it.

use evenkeel_identity::{State, Token};
use evenkeel_ids::DocumentRef;
use evenkeel_time::Timestamp;
use serde::Serialize;

/// A token as the API shows it.
#[derive(Debug, Serialize)]
pub(crate) struct ShownToken {
    id: String,
    name: Box<str>,
    role: &'static str,
    /// The role as far as it reaches now; nothing when the token counts no more.
    rights: Option<&'static str>,
    person: Option<DocumentRef>,
    source: Option<String>,
    parent: Option<String>,
    created_at: String,
    expires_at: Option<String>,
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
