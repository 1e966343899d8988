//! Who may act: tokens, and overrides of schedules.

use std::sync::Arc;

use evenkeel_ids::{OverrideId, TokenId};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Hash;

/// What a token lets its bearer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sends alerts and events of one source.
    Sender,
    /// Reports facts; never a page, acknowledgement, approval or grant.
    Recorder,
    /// Looks.
    Viewer,
    /// Looks, and acts on incidents and silences.
    Responder,
    /// The same, and changes who is on call, and what goes to customers.
    Operator,
    /// Everything, tokens of others too.
    Admin,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 6] =
        [Self::Sender, Self::Recorder, Self::Viewer, Self::Responder, Self::Operator, Self::Admin];

    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Recorder => "recorder",
            Self::Viewer => "viewer",
            Self::Responder => "responder",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

/// A token was made. Its secret is nowhere; its hash is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCreated {
    /// What it is for, in its maker's words.
    pub name: Box<str>,
    /// What it lets its bearer do.
    pub role: Role,
    /// SHA-256 of the secret.
    pub hash: Hash,
    /// The person it speaks for; `None`: a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Arc<str>>,
    /// The one source whose alerts and events it may send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// The token it was made with; `None`: the owner's. It never lets its bearer do more than that one does now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TokenId>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// A token counts no more, nor does any that was made with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRevoked {
    /// Which.
    pub token: TokenId,
}

/// Somebody else is on call for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideSet {
    /// Of which schedule.
    pub schedule: Arc<str>,
    /// From.
    pub from: Timestamp,
    /// Until, not included.
    pub until: Timestamp,
    /// Who is on call.
    pub person: Arc<str>,
    /// In whose place only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Arc<str>>,
    /// Why.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reason: Box<str>,
}

/// An override was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideRemoved {
    /// Which.
    pub id: OverrideId,
}
