//! The header of a record: what is chained.
//!
//! Layout of the hashed bytes, all numbers big-endian:
//!
//! ```text
//! layout u8 = 1 | seq u64 | at i64 | origin u8 | version u16
//! kind len u8, bytes | actor len u16, bytes | subject len u16, bytes
//! plan [32] | body hash [32] | prev [32]
//! ```
//!
//! `hash` is SHA-256 over these bytes, `prev` the `hash` of the record before (zeros for the first), and
//! `body hash` is SHA-256(salt ‖ body). Each field is of fixed length or has its length in front, so no
//! two different headers have the same bytes.

use std::fmt;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_time::Timestamp;
use sha2::{Digest, Sha256};

use crate::Origin;

/// Length of a [`Hash`].
pub const HASH_BYTES: usize = 32;

/// The layout's own version, the first byte of every header.
const LAYOUT: u8 = 1;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// What stands in `prev` of the first record.
    pub const ZERO: Self = Self([0; HASH_BYTES]);

    /// SHA-256 of parts put one behind the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        parts.iter().for_each(|part| hasher.update(part));
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl serde::Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let byte = |at: usize| text.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let mut hash = Self::ZERO;
        for (at, place) in hash.0.iter_mut().enumerate() {
            *place = byte(at).ok_or_else(|| serde::de::Error::custom("not 64 hexadecimal digits"))?;
        }
        if text.len() == 2 * HASH_BYTES { Ok(hash) } else { Err(serde::de::Error::custom("not 64 hexadecimal digits")) }
    }
}

/// The header of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its place.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// How it came to be known.
    pub origin: Origin,
    /// The kind's name.
    pub kind: Box<str>,
    /// The body's version.
    pub version: u16,
    /// Who.
    pub actor: Box<str>,
    /// About what.
    pub subject: Box<str>,
    /// Under which plan.
    pub plan: PlanHash,
    /// SHA-256(salt ‖ body).
    pub body_hash: Hash,
    /// The hash of the record before.
    pub prev: Hash,
}

/// Why bytes are not a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderError {
    /// They end before the header does.
    Truncated,
    /// A layout this program does not know.
    UnknownLayout(u8),
    /// A field holds what it cannot hold.
    Malformed(&'static str),
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the header is cut off"),
            Self::UnknownLayout(layout) => write!(f, "header layout {layout} is not known to this version"),
            Self::Malformed(field) => write!(f, "the header's {field} is malformed"),
        }
    }
}

impl std::error::Error for HeaderError {}

impl Header {
    /// Appends the hashed bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(LAYOUT);
        out.extend(self.seq.0.to_be_bytes());
        out.extend(self.at.0.to_be_bytes());
        out.push(self.origin.code());
        out.extend(self.version.to_be_bytes());
        let kind = self.kind.as_bytes().get(..usize::from(u8::MAX)).unwrap_or(self.kind.as_bytes());
        out.push(u8::try_from(kind.len()).unwrap_or(u8::MAX));
        out.extend(kind);
        for text in [&self.actor, &self.subject] {
            let text = clipped(text);
            out.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes());
            out.extend(text.as_bytes());
        }
        out.extend(self.plan.0);
        out.extend(self.body_hash.0);
        out.extend(self.prev.0);
    }

    /// Reads a header from the front of `bytes`; also how many bytes it took.
    ///
    /// # Errors
    /// [`HeaderError`] when the bytes are not one.
    pub fn decode(bytes: &[u8]) -> Result<(Self, usize), HeaderError> {
        let mut rest = bytes;
        let [layout] = take(&mut rest)?;
        if layout != LAYOUT {
            return Err(HeaderError::UnknownLayout(layout));
        }
        let seq = Seq(u64::from_be_bytes(take(&mut rest)?));
        let at = Timestamp(i64::from_be_bytes(take(&mut rest)?));
        let [origin] = take(&mut rest)?;
        let origin = Origin::from_code(origin).ok_or(HeaderError::Malformed("origin"))?;
        let version = u16::from_be_bytes(take(&mut rest)?);
        let [kind_len] = take(&mut rest)?;
        let kind = text(&mut rest, usize::from(kind_len), "kind")?;
        let actor_len = u16::from_be_bytes(take(&mut rest)?);
        let actor = text(&mut rest, usize::from(actor_len), "actor")?;
        let subject_len = u16::from_be_bytes(take(&mut rest)?);
        let subject = text(&mut rest, usize::from(subject_len), "subject")?;
        let plan = PlanHash(take(&mut rest)?);
        let body_hash = Hash(take(&mut rest)?);
        let prev = Hash(take(&mut rest)?);
        let header = Self { seq, at, origin, kind, version, actor, subject, plan, body_hash, prev };
        Ok((header, bytes.len() - rest.len()))
    }
}

impl Header {
    /// How many bytes [`Header::encode`] writes for a header that was decoded.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        // Layout, seq, at, origin, version, three lengths, three hashes.
        const FIXED: usize = 1 + 8 + 8 + 1 + 2 + 1 + 2 + 2 + 3 * HASH_BYTES;
        FIXED + self.kind.len() + self.actor.len() + self.subject.len()
    }

    /// The number and the hash of the record before, without reading what lies between; `None` when the bytes
    /// are too short or of another layout.
    #[must_use]
    pub fn link(bytes: &[u8]) -> Option<(Seq, Hash)> {
        let (&[layout], rest) = bytes.split_first_chunk::<1>()?;
        let (seq, rest) = rest.split_first_chunk::<8>()?;
        let prev = rest.last_chunk::<HASH_BYTES>()?;
        (layout == LAYOUT).then_some((Seq(u64::from_be_bytes(*seq)), Hash(*prev)))
    }
}

/// At most what a length of two bytes can say, cut between characters.
fn clipped(text: &str) -> &str {
    text.get(..text.floor_char_boundary(usize::from(u16::MAX))).unwrap_or("")
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], HeaderError> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(HeaderError::Truncated)?;
    *rest = tail;
    Ok(*head)
}

fn text(rest: &mut &[u8], len: usize, field: &'static str) -> Result<Box<str>, HeaderError> {
    let (head, tail) = rest.split_at_checked(len).ok_or(HeaderError::Truncated)?;
    *rest = tail;
    std::str::from_utf8(head).map(Into::into).map_err(|_| HeaderError::Malformed(field))
}
