//! The tokens there are, and what each lets its bearer do now.

use std::collections::BTreeMap;
use std::fmt;

use evenkeel_ids::TokenId;
use evenkeel_record::{Body, Hash, Record, Role};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Identity, Rights, Token, same_secret};

/// Version of the state's shape: a snapshot of another one is not used.
pub const STATE_VERSION: u32 = 1;

/// So many tokens may count at once.
pub const TOKENS_MAX: usize = 10_000;

/// A token that was made with one that was made with one, and so on; the walk up is no longer than this.
pub(crate) const GENERATIONS_MAX: usize = 8;

/// What ended can be looked at for so long at least, unless too much is kept.
const ENDED_KEPT_FOR: Duration = Duration::hours(90 * 24);
/// So many tokens are kept, those that ended included.
const KEPT_MAX: usize = 2 * TOKENS_MAX;

/// The tokens there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    tokens: BTreeMap<TokenId, Token>,
    by_hash: BTreeMap<Hash, TokenId>,
}

/// Why a secret names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unidentified {
    /// No token has it.
    Unknown,
    /// The token's time is over.
    Expired(TokenId),
    /// The token was revoked.
    Revoked(TokenId),
    /// A token that it was made with, directly or not, counts no more.
    MadeWithEnded(TokenId),
}

impl fmt::Display for Unidentified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("the token is not known here"),
            Self::Expired(id) => write!(f, "{id} has expired"),
            Self::Revoked(id) => write!(f, "{id} is revoked"),
            Self::MadeWithEnded(id) => write!(f, "{id} was made with a token that has expired or is revoked"),
        }
    }
}

impl std::error::Error for Unidentified {}

impl State {
    /// Folds one record in.
    pub fn apply(&mut self, record: &Record) {
        if let Body::TokenCreated(body) = &record.body {
            self.forget_ended(record.at);
            self.insert(Token::new(TokenId(record.seq), record.at, body));
        }
        if let Body::TokenRevoked(body) = &record.body
            && let Some(token) = self.tokens.get_mut(&body.token)
        {
            token.revoked_at.get_or_insert(record.at);
        }
    }

    /// Who bears a secret with this hash.
    ///
    /// # Errors
    /// [`Unidentified`] when the secret lets nobody do anything.
    pub fn identify(&self, hash: &Hash, now: Timestamp) -> Result<Identity, Unidentified> {
        // How long the search takes depends on the hash only, which nobody can choose without knowing the secret.
        let found = self.by_hash.get(hash).and_then(|id| self.tokens.get(id));
        let token = found.filter(|token| same_secret(&token.hash, hash)).ok_or(Unidentified::Unknown)?;
        self.identity_of(token.id, now)
    }

    /// Who bears a token.
    ///
    /// # Errors
    /// [`Unidentified`] when it counts no more.
    pub fn identity_of(&self, id: TokenId, now: Timestamp) -> Result<Identity, Unidentified> {
        let token = self.tokens.get(&id).ok_or(Unidentified::Unknown)?;
        if token.revoked_at.is_some() {
            return Err(Unidentified::Revoked(id));
        }
        if token.ended_at(now).is_some() {
            return Err(Unidentified::Expired(id));
        }
        if self.ended_at(token, now).is_some() {
            return Err(Unidentified::MadeWithEnded(id));
        }
        Ok(Identity::of_token(token, self.rights(id, now)))
    }

    /// What a token lets its bearer do now: what its role may, and the token it was made with.
    #[must_use]
    pub fn rights(&self, id: TokenId, now: Timestamp) -> Rights {
        let Some(token) = self.tokens.get(&id) else { return Rights::NONE };
        if self.ended_at(token, now).is_some() {
            return Rights::NONE;
        }
        self.line(token).fold(Rights::ALL, |rights, token| rights.and(Rights::of(token.role)))
    }

    /// The role as far as it reaches now; `None` when the token counts no more.
    #[must_use]
    pub fn role_now(&self, id: TokenId, now: Timestamp) -> Option<Role> {
        let rights = self.rights(id, now);
        Role::ALL.into_iter().rev().find(|role| rights != Rights::NONE && rights.covers(Rights::of(*role)))
    }

    /// One token.
    #[must_use]
    pub fn token(&self, id: TokenId) -> Option<&Token> {
        self.tokens.get(&id)
    }

    /// All that are kept, oldest first; those that ended are kept for a while.
    pub fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.tokens.values()
    }

    /// Whether a token is another one, or was made with it, directly or not.
    #[must_use]
    pub fn descends(&self, id: TokenId, from: TokenId) -> bool {
        self.tokens.get(&id).is_some_and(|token| self.line(token).any(|ancestor| ancestor.id == from))
    }

    /// Why the body of a record has to stay, as far as tokens are concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        if matches!(&record.body, Body::TokenRevoked(_)) {
            return Some("a record of this kind names nobody and is needed to fold the journal");
        }
        let token = self.tokens.get(&TokenId(record.seq)).filter(|_| matches!(&record.body, Body::TokenCreated(_)));
        token.is_some_and(|token| token.revoked_at.is_none()).then_some("the token is not revoked; revoke it first")
    }

    /// How many tokens count now.
    pub(crate) fn live(&self, now: Timestamp) -> usize {
        self.tokens.values().filter(|token| self.ended_at(token, now).is_none()).count()
    }

    pub(crate) fn holds(&self, hash: &Hash) -> bool {
        self.by_hash.contains_key(hash)
    }

    /// A token, the one it was made with, and so on up to one that was made by the owner.
    pub(crate) fn line<'a>(&'a self, token: &'a Token) -> impl Iterator<Item = &'a Token> {
        let next = |token: &&'a Token| token.parent.and_then(|parent| self.tokens.get(&parent));
        std::iter::successors(Some(token), next).take(GENERATIONS_MAX)
    }

    /// When a token ended, by itself or with one it was made with.
    pub(crate) fn ended_at(&self, token: &Token, now: Timestamp) -> Option<Timestamp> {
        let ended = self.line(token).filter_map(|token| token.ended_at(now)).min();
        // Of a line that does not reach the owner, an end is forgotten or a body erased.
        let cut = self.line(token).last().is_none_or(|last| last.parent.is_some());
        if cut { Some(ended.unwrap_or(token.created_at)) } else { ended }
    }

    fn insert(&mut self, token: Token) {
        self.by_hash.insert(token.hash, token.id);
        self.tokens.insert(token.id, token);
    }

    /// Makes room when too much is kept: what ended long ago goes, and if that is too little, what ended first.
    fn forget_ended(&mut self, at: Timestamp) {
        if self.tokens.len() < KEPT_MAX {
            return;
        }
        let mut ended: Vec<(Timestamp, TokenId)> =
            self.tokens.values().filter_map(|token| self.ended_at(token, at).map(|end| (end, token.id))).collect();
        ended.sort_unstable();
        let long_ago = ended.partition_point(|(end, _)| end.saturating_add(ENDED_KEPT_FOR) <= at);
        // A quarter at once, so that the next time is far away.
        for (_, id) in ended.iter().take(long_ago.max(KEPT_MAX / 4)) {
            if let Some(token) = self.tokens.remove(id) {
                self.by_hash.remove(&token.hash);
            }
        }
    }
}

#[cfg(test)]
mod tests;
