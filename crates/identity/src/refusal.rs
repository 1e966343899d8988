//! Why a token is not made or revoked.

use std::fmt;

use evenkeel_ids::TokenId;
use evenkeel_record::Role;
use evenkeel_time::Timestamp;

/// Why a token is not made or revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The maker may not look, so they make no tokens.
    NoMaker,
    /// Its bearer could do more than its maker.
    AboveMaker(Role),
    /// It would speak for somebody else than its maker does.
    OtherPerson,
    /// It would send for another source than its maker does.
    OtherSource,
    /// It would end after the token it is made with.
    Outlives(Timestamp),
    /// It would have ended already.
    EndsBeforeNow,
    /// The name is empty, too long, or holds characters that cannot be shown.
    Name(&'static str),
    /// As many tokens count as may.
    TooMany(usize),
    /// As many tokens that were made with this one count as may.
    TooManyOfOne(usize),
    /// It was made with one that was made with one, and so on, too often.
    TooDeep,
    /// Another token has the same secret.
    SecretTaken,
    /// No token has the id.
    NoSuchToken(TokenId),
    /// It is neither the caller's nor made with theirs.
    NotYours(TokenId),
    /// It is revoked already.
    RevokedAlready(TokenId),
}

impl TokenRefusal {
    /// The kind of fault, as the API shows it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoMaker => "no-tokens",
            Self::AboveMaker(_) => "above-own-rights",
            Self::OtherPerson => "other-person",
            Self::OtherSource => "other-source",
            Self::Outlives(_) => "outlives-its-maker",
            Self::EndsBeforeNow => "ends-before-now",
            Self::Name(_) => "invalid-name",
            Self::TooMany(_) | Self::TooManyOfOne(_) => "too-many-tokens",
            Self::TooDeep => "too-many-generations",
            Self::SecretTaken => "secret-taken",
            Self::NoSuchToken(_) => "no-such-token",
            Self::NotYours(_) => "not-your-token",
            Self::RevokedAlready(_) => "revoked-already",
        }
    }

    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoMaker | Self::AboveMaker(_) | Self::OtherPerson | Self::OtherSource => {
                "ask an admin to make the token, or the owner of the data folder"
            }
            Self::Outlives(_) | Self::EndsBeforeNow => "choose another `expires_at`",
            Self::Name(_) => "say in a few words what the token is for",
            Self::TooMany(_) | Self::TooManyOfOne(_) => "revoke tokens that are not used any more",
            Self::TooDeep => "make the token with one that is nearer to the owner's",
            Self::SecretTaken => "try again",
            Self::NoSuchToken(_) => "list the tokens to see which there are",
            Self::NotYours(_) => "ask an admin to revoke it",
            Self::RevokedAlready(_) => "nothing more is to be done",
        }
    }
}

impl fmt::Display for TokenRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMaker => f.write_str("this caller may not make tokens"),
            Self::AboveMaker(role) => {
                write!(f, "a token with the role {} could do more than its maker may", role.as_str())
            }
            Self::OtherPerson => f.write_str("the token would speak for somebody else than its maker does"),
            Self::OtherSource => f.write_str("the token would send for another source than its maker does"),
            Self::Outlives(end) => write!(f, "the token would outlive the one it is made with, which ends at {end}"),
            Self::EndsBeforeNow => f.write_str("the token would have ended already"),
            Self::Name(fault) => f.write_str(fault),
            Self::TooMany(max) => write!(f, "{max} tokens count, and no more may"),
            Self::TooManyOfOne(max) => write!(f, "{max} tokens that were made with this one count, and no more may"),
            Self::TooDeep => f.write_str("the token would stand too many generations below the owner's"),
            Self::SecretTaken => f.write_str("another token has the same secret"),
            Self::NoSuchToken(id) => write!(f, "there is no {id}"),
            Self::NotYours(id) => write!(f, "{id} is neither the caller's nor made with theirs"),
            Self::RevokedAlready(id) => write!(f, "{id} is revoked already"),
        }
    }
}

impl std::error::Error for TokenRefusal {}
