//! Signed links: what they allow stands in them, and nobody can write one without the key.
//!
//! ```text
//! base64url( version u8 = 1 | purpose u8 | length u16 | expires_at i64 | fields | MAC [16] )
//! ```
//!
//! Numbers are big-endian, `length` is that of the fields. The MAC is HMAC-SHA256 over a fixed text and all before it,
//! cut to its first 16 bytes. The purpose is under the MAC, so a link for one is never taken for another. A link says
//! nothing secret: it is a secret as a whole.

mod fields;

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use evenkeel_ids::{PageId, SubscriptionId, TokenId};
use evenkeel_time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const VERSION: u8 = 1;
/// What is signed is a link of ours and nothing else that might be signed with the same key.
const DOMAIN: &[u8] = b"evenkeel link\0";
/// Half of HMAC-SHA256, as short as RFC 2104 (section 5) has it; links stay short enough for a text message.
const MAC_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + 1 + 2 + 8;
/// A longer text is not decoded.
const TEXT_MAX: usize = 4096;
/// Length of what tells one start of the program, or one link, from all others.
pub const NONCE_BYTES: usize = 16;

/// The key that links are signed with: 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkKey(pub [u8; 32]);

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it allows.
    pub purpose: Purpose,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What a link allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To look at one page, and act on it, as the person it was sent to.
    Page {
        /// Which.
        page: PageId,
        /// Who.
        person: Arc<str>,
    },
    /// To log a browser in, once.
    Login {
        /// As the bearer of this token; `None`: as the owner.
        token: Option<TokenId>,
        /// The start of the program that made it; another one does not take it.
        boot: [u8; NONCE_BYTES],
        /// What tells it from all others.
        nonce: [u8; NONCE_BYTES],
    },
    /// To call as somebody who has logged in.
    Session {
        /// As the bearer of this token; `None`: as the owner.
        token: Option<TokenId>,
        /// The start of the program that made it; another one does not take it.
        boot: [u8; NONCE_BYTES],
        /// What tells it from all others.
        nonce: [u8; NONCE_BYTES],
    },
    /// To say that whoever reads at the address of a subscription wants it.
    Confirm {
        /// Which.
        subscription: SubscriptionId,
    },
    /// To end a subscription.
    Unsubscribe {
        /// Which.
        subscription: SubscriptionId,
    },
}

/// Why a text is no link that allows anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// It has not the form of a link.
    Malformed,
    /// A part of it is missing.
    Truncated,
    /// It is of a form that this version does not know.
    UnknownVersion(u8),
    /// It was not signed with this key.
    Forged,
    /// Its time is over.
    Expired(Timestamp),
    /// It is a link, but for something else.
    OtherPurpose,
}

impl LinkError {
    /// What to do.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Malformed | Self::Truncated => "open the whole link as it stands in the message",
            Self::UnknownVersion(_) | Self::Forged => "use the newest message, or log in",
            Self::Expired(_) => "log in, or ask for a new link",
            Self::OtherPurpose => "open the link where it leads",
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("this has not the form of a link"),
            Self::Truncated => f.write_str("a part of the link is missing"),
            Self::UnknownVersion(version) => write!(f, "links of form {version} are not known to this version"),
            Self::Forged => f.write_str("the link was not made here"),
            Self::Expired(at) => write!(f, "the link ended at {at}"),
            Self::OtherPurpose => f.write_str("the link is for something else"),
        }
    }
}

impl std::error::Error for LinkError {}

impl Link {
    /// The page, and the person it was sent to.
    ///
    /// # Errors
    /// [`LinkError::OtherPurpose`] when it is a link for something else.
    pub fn into_page(self) -> Result<(PageId, Arc<str>), LinkError> {
        match self.purpose {
            Purpose::Page { page, person } => Ok((page, person)),
            Purpose::Login { .. } | Purpose::Session { .. } | Purpose::Confirm { .. } | Purpose::Unsubscribe { .. } => {
                Err(LinkError::OtherPurpose)
            }
        }
    }
}

/// Writes a link.
#[must_use]
pub fn sign(key: &LinkKey, link: &Link) -> String {
    let mut fields = Vec::new();
    link.purpose.encode(&mut fields);
    // A longer name does not read back; documents have no such names.
    let length = u16::try_from(fields.len()).unwrap_or(u16::MAX);
    let mut bytes = vec![VERSION, link.purpose.code()];
    bytes.extend(length.to_be_bytes());
    bytes.extend(link.expires_at.0.to_be_bytes());
    bytes.extend(fields);
    let mac = mac(key, &bytes).finalize().into_bytes();
    bytes.extend(mac.iter().take(MAC_BYTES));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a link that was signed with this key and has not ended.
///
/// # Errors
/// [`LinkError`] when the text is no such link. Which fields it has is looked at only when the signature is right.
pub fn verify(key: &LinkKey, text: &str, now: Timestamp) -> Result<Link, LinkError> {
    if text.len() > TEXT_MAX {
        return Err(LinkError::Malformed);
    }
    let bytes = decode(text)?;
    let (signed, tag) = split(&bytes)?;
    mac(key, signed).verify_truncated_left(tag).map_err(|_| LinkError::Forged)?;
    let link = read(signed).ok_or(LinkError::Malformed)?;
    if link.expires_at <= now {
        return Err(LinkError::Expired(link.expires_at));
    }
    Ok(link)
}

/// A text that was cut off somewhere is told from one that is no link at all.
fn decode(text: &str) -> Result<Vec<u8>, LinkError> {
    if let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(text) {
        return Ok(bytes);
    }
    // Four characters are three bytes; what is left of the next four may be none.
    let whole = text.get(..text.len() / 4 * 4).and_then(|whole| BASE64_URL_SAFE_NO_PAD.decode(whole).ok());
    let cut_off = whole.is_some_and(|bytes| split(&bytes) == Err(LinkError::Truncated));
    Err(if cut_off { LinkError::Truncated } else { LinkError::Malformed })
}

/// What is signed, and the MAC.
fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), LinkError> {
    match bytes {
        [] => Err(LinkError::Malformed),
        [VERSION, _, high, low, ..] => {
            let signed = HEAD_BYTES + usize::from(u16::from_be_bytes([*high, *low]));
            match bytes.len().cmp(&(signed + MAC_BYTES)) {
                std::cmp::Ordering::Less => Err(LinkError::Truncated),
                std::cmp::Ordering::Equal => bytes.split_at_checked(signed).ok_or(LinkError::Truncated),
                std::cmp::Ordering::Greater => Err(LinkError::Malformed),
            }
        }
        [VERSION, ..] => Err(LinkError::Truncated),
        [other, ..] => Err(LinkError::UnknownVersion(*other)),
    }
}

fn read(signed: &[u8]) -> Option<Link> {
    let (&[_, code, _, _], rest) = signed.split_first_chunk::<4>()?;
    let (expires_at, fields) = rest.split_first_chunk::<8>()?;
    let expires_at = Timestamp(i64::from_be_bytes(*expires_at));
    Some(Link { purpose: Purpose::decode(code, fields)?, expires_at })
}

fn mac(key: &LinkKey, bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes keys of any length");
    mac.update(DOMAIN);
    mac.update(bytes);
    mac
}

#[cfg(test)]
mod tests;
