//! Tokens as the server tells of them.

use serde::Deserialize;

use crate::client::Instant;

#[derive(Debug, Deserialize)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Token {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) rights: Option<String>,
    pub(super) person: Option<String>,
    pub(super) source: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) created_at: Option<Instant>,
    pub(super) expires_at: Option<Instant>,
    pub(super) revoked_at: Option<Instant>,
}

/// A new token. Its secret is in no debug output.
#[derive(Deserialize)]
pub(super) struct Created {
    pub(super) token: Token,
    pub(super) secret: String,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("token", &self.token).finish_non_exhaustive()
    }
}

/// A link that logs in once.
#[derive(Deserialize)]
pub(super) struct Login {
    pub(super) url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Whoami {
    pub(super) actor: String,
    pub(super) role: Option<String>,
    pub(super) person: Option<String>,
    pub(super) token: Option<String>,
}
