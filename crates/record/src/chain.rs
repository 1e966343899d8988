//! Sealing records into the hash chain, and checking it.

use std::fmt;

use evenkeel_ids::Seq;

use crate::{Hash, Header, Record};

/// Random bytes in front of a body when it is hashed, so that an erased body cannot be guessed from its
/// hash. Erased together with the body.
pub type Salt = [u8; 16];

/// A record as it is stored: header bytes, their hash, and salt and body until they are erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The header, as hashed.
    pub header: Box<[u8]>,
    /// SHA-256 over the header bytes.
    pub hash: Hash,
    /// Salt and body bytes; `None` once erased.
    pub body: Option<(Salt, Box<[u8]>)>,
}

/// Where the chain stands: the last record's number and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// The last record's number; zero when there is none.
    pub seq: Seq,
    /// Its hash; zeros when there is none.
    pub hash: Hash,
}

/// How a stored record breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The header bytes do not have the stored hash.
    HeaderAltered,
    /// The header does not name the hash of the record before it.
    Unlinked,
    /// The number is not one more than the one before.
    OutOfSequence {
        /// The number that should stand here.
        expected: Seq,
    },
    /// Salt and body do not have the hash in the header.
    BodyAltered,
    /// The header cannot be read.
    HeaderUnreadable(crate::HeaderError),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderAltered => f.write_str("the header was altered: its hash differs"),
            Self::Unlinked => f.write_str("the record does not follow on the one before it: a record was swapped"),
            Self::OutOfSequence { expected } => write!(f, "record {expected} should stand here"),
            Self::BodyAltered => f.write_str("the body was altered: its hash differs"),
            Self::HeaderUnreadable(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Broken {}

impl Head {
    /// Seals a record behind this head and moves the head on.
    ///
    /// # Panics
    /// When the record's number is not the next one: a gap must never reach the disk.
    pub fn seal(&mut self, record: &Record, salt: Salt) -> Sealed {
        assert_eq!(record.seq, self.seq.next(), "records are sealed in sequence");
        let mut body = Vec::with_capacity(256);
        record.body.encode(&mut body);
        let kind = record.body.kind();
        let header = Header {
            seq: record.seq,
            at: record.at,
            origin: record.origin,
            kind: kind.name.into(),
            version: kind.version,
            actor: record.actor.0.as_ref().into(),
            subject: record.body.subject(record.seq).into(),
            plan: record.plan,
            body_hash: Hash::of(&[&salt, &body]),
            prev: self.hash,
        };
        let mut bytes = Vec::with_capacity(192);
        header.encode(&mut bytes);
        let hash = Hash::of(&[&bytes]);
        *self = Self { seq: record.seq, hash };
        Sealed { header: bytes.into(), hash, body: Some((salt, body.into())) }
    }

    /// Checks that a stored record follows on this head and moves the head on; gives its header.
    ///
    /// An erased body cannot be checked; everything else is.
    ///
    /// # Errors
    /// [`Broken`] with the first fault found; the head then stays.
    pub fn verify(&mut self, sealed: &Sealed) -> Result<Header, Broken> {
        let body = sealed.body.as_ref().map(|(salt, body)| (salt, &**body));
        self.verify_parts(&sealed.header, sealed.hash, body)
    }

    /// [`Head::verify`] for a record that is borrowed from where it is stored.
    ///
    /// # Errors
    /// [`Broken`] with the first fault found; the head then stays.
    pub fn verify_parts(
        &mut self,
        header_bytes: &[u8],
        hash: Hash,
        body: Option<(&Salt, &[u8])>,
    ) -> Result<Header, Broken> {
        let (header, _) = Header::decode(header_bytes).map_err(Broken::HeaderUnreadable)?;
        if Hash::of(&[header_bytes]) != hash {
            return Err(Broken::HeaderAltered);
        }
        if header.seq != self.seq.next() {
            return Err(Broken::OutOfSequence { expected: self.seq.next() });
        }
        if header.prev != self.hash {
            return Err(Broken::Unlinked);
        }
        if let Some((salt, body)) = body
            && Hash::of(&[salt, body]) != header.body_hash
        {
            return Err(Broken::BodyAltered);
        }
        *self = Self { seq: header.seq, hash };
        Ok(header)
    }
}
