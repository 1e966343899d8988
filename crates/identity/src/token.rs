//! A token, as the records have it.

use std::sync::Arc;

use evenkeel_ids::TokenId;
use evenkeel_record::{Hash, Role, TokenCreated};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// A token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Which.
    pub id: TokenId,
    /// What it is for.
    pub name: Box<str>,
    /// What it lets its bearer do, as far as the token it was made with may.
    pub role: Role,
    /// SHA-256 of the secret.
    pub hash: Hash,
    /// The person it speaks for; `None`: a machine.
    pub person: Option<Arc<str>>,
    /// The one source it sends for.
    pub source: Option<Arc<str>>,
    /// The token it was made with; `None`: the owner's.
    pub parent: Option<TokenId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Token {
    pub(crate) fn new(id: TokenId, created_at: Timestamp, body: &TokenCreated) -> Self {
        Self {
            id,
            name: body.name.clone(),
            role: body.role,
            hash: body.hash,
            person: body.person.clone(),
            source: body.source.clone(),
            parent: body.parent,
            created_at,
            expires_at: body.expires_at,
            revoked_at: None,
        }
    }

    /// When it ended by itself, whatever became of the one it was made with; `None` while it counts.
    #[must_use]
    pub fn ended_at(&self, now: Timestamp) -> Option<Timestamp> {
        let expired_at = self.expires_at.filter(|at| *at <= now);
        [self.revoked_at, expired_at].into_iter().flatten().min()
    }
}
