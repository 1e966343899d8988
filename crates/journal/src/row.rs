//! The bytes of a row: the headers and the bodies of one commit.
//!
//! ```text
//! headers = ( length u32 | header | hash [32] )*
//! bodies  = ( length u32 | salt [16] | body )*      a length of ffffffff, and nothing behind it: erased
//! ```
//!
//! Numbers are big-endian; the n-th of one belongs to the n-th of the other. Reading never panics,
//! whatever the bytes.

use evenkeel_ids::Seq;
use evenkeel_record::chain::{Salt, Sealed};
use evenkeel_record::{Actor, Body, DecodeError, HASH_BYTES, Hash, Header, HeaderError, Record};

/// Stands where a length would, for a body that was erased.
const ERASED: u32 = u32::MAX;

/// A record as it is stored, borrowed from the page it was read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored<'a> {
    /// The header, as hashed.
    pub header: &'a [u8],
    /// SHA-256 over the header bytes.
    pub hash: Hash,
    /// Salt and body bytes; `None` once erased.
    pub body: Option<(Salt, &'a [u8])>,
}

/// A record read back. An erased one still has its header.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// Its header.
    pub header: Header,
    /// Its hash.
    pub hash: Hash,
    /// What happened; `None` once erased.
    pub body: Option<Body>,
}

/// How the bytes of a row are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// A header's length reaches past the end, or the end comes within one.
    #[error("a header is cut off")]
    HeaderCut,
    /// A body's length reaches past the end, or the end comes within one.
    #[error("a body is cut off")]
    BodyCut,
    /// There are more headers than bodies.
    #[error("a header has no body")]
    MissingBody,
    /// There are more bodies than headers.
    #[error("bytes are left over behind the last body")]
    LeftOver,
}

/// Why a stored record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableRecord {
    /// The header is not one.
    #[error("{0}")]
    Header(HeaderError),
    /// The header ends before its bytes do.
    #[error("there are {0} bytes behind the header's end")]
    HeaderTooLong(usize),
    /// The body is of a kind or version this program does not know, or malformed.
    #[error("record {seq}: {error}")]
    Body {
        /// Whose.
        seq: Seq,
        /// What is wrong.
        error: DecodeError,
    },
}

impl Stored<'_> {
    /// The record's number, read from its header without decoding the rest.
    #[must_use]
    pub fn seq(&self) -> Option<Seq> {
        Header::link(self.header).map(|(seq, _)| seq)
    }

    /// A copy that stands on its own.
    #[must_use]
    pub fn to_sealed(&self) -> Sealed {
        Sealed { header: self.header.into(), hash: self.hash, body: self.body.map(|(salt, body)| (salt, body.into())) }
    }

    /// Reads the header.
    ///
    /// # Errors
    /// [`UnreadableRecord`] when the bytes are not exactly one header.
    pub fn header(&self) -> Result<Header, UnreadableRecord> {
        let (header, taken) = Header::decode(self.header).map_err(UnreadableRecord::Header)?;
        match self.header.len() - taken {
            0 => Ok(header),
            behind => Err(UnreadableRecord::HeaderTooLong(behind)),
        }
    }

    /// Reads header and body. Checks no hash: that is what verifying is for.
    ///
    /// # Errors
    /// [`UnreadableRecord`], among others for a kind that only a newer program knows.
    pub fn decode(&self) -> Result<Decoded, UnreadableRecord> {
        let header = self.header()?;
        let read = |(_, bytes): (Salt, &[u8])| Body::decode(&header.kind, header.version, bytes);
        let body =
            self.body.map(read).transpose().map_err(|error| UnreadableRecord::Body { seq: header.seq, error })?;
        Ok(Decoded { header, hash: self.hash, body })
    }
}

impl Decoded {
    /// The record, unless its body was erased.
    #[must_use]
    pub fn into_record(self) -> Option<Record> {
        let Self { header, body, .. } = self;
        Some(Record {
            seq: header.seq,
            at: header.at,
            actor: Actor(header.actor.into()),
            origin: header.origin,
            plan: header.plan,
            body: body?,
        })
    }
}

/// Writes the two halves of a row.
///
/// # Panics
/// When a header or body is 4 GiB or longer.
pub(crate) fn encode<'a>(records: impl IntoIterator<Item = Stored<'a>>) -> (Vec<u8>, Vec<u8>) {
    let (mut headers, mut bodies) = (Vec::new(), Vec::new());
    for record in records {
        headers.extend(length(record.header));
        headers.extend(record.header);
        headers.extend(record.hash.0);
        match record.body {
            Some((salt, body)) => {
                bodies.extend(length(body));
                bodies.extend(salt);
                bodies.extend(body);
            }
            None => bodies.extend(ERASED.to_be_bytes()),
        }
    }
    (headers, bodies)
}

/// A sealed record seen as a stored one.
pub(crate) fn borrowed(sealed: &Sealed) -> Stored<'_> {
    let body = sealed.body.as_ref().map(|(salt, body)| (*salt, &**body));
    Stored { header: &sealed.header, hash: sealed.hash, body }
}

fn length(bytes: &[u8]) -> [u8; 4] {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length != ERASED);
    length.expect("a record is shorter than 4 GiB").to_be_bytes()
}

/// The records of a row, in order. After a fault it ends.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    headers: &'a [u8],
    bodies: &'a [u8],
}

impl<'a> Records<'a> {
    pub(crate) const fn new(headers: &'a [u8], bodies: &'a [u8]) -> Self {
        Self { headers, bodies }
    }

    pub(crate) const fn headers(&self) -> &'a [u8] {
        self.headers
    }

    fn take_one(&mut self) -> Result<Stored<'a>, RowFault> {
        let (header, hash) = take_header(&mut self.headers)?;
        if self.bodies.is_empty() {
            return Err(RowFault::MissingBody);
        }
        let body = take_body(&mut self.bodies)?;
        Ok(Stored { header, hash, body })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Stored<'a>, RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        let taken = match (self.headers.is_empty(), self.bodies.is_empty()) {
            (true, true) => return None,
            (true, false) => Err(RowFault::LeftOver),
            (false, _) => self.take_one(),
        };
        if taken.is_err() {
            (self.headers, self.bodies) = (&[], &[]);
        }
        Some(taken)
    }
}

/// Takes one header and its hash from the front of a row's headers.
pub(crate) fn take_header<'a>(headers: &mut &'a [u8]) -> Result<(&'a [u8], Hash), RowFault> {
    let taken = || {
        let (length, rest) = headers.split_first_chunk::<4>()?;
        let (header, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let (hash, rest) = rest.split_first_chunk::<HASH_BYTES>()?;
        Some((header, Hash(*hash), rest))
    };
    let (header, hash, rest) = taken().ok_or(RowFault::HeaderCut)?;
    *headers = rest;
    Ok((header, hash))
}

fn take_body<'a>(bodies: &mut &'a [u8]) -> Result<Option<(Salt, &'a [u8])>, RowFault> {
    let (length, rest) = bodies.split_first_chunk::<4>().ok_or(RowFault::BodyCut)?;
    let length = u32::from_be_bytes(*length);
    if length == ERASED {
        *bodies = rest;
        return Ok(None);
    }
    let (salt, rest) = rest.split_first_chunk::<16>().ok_or(RowFault::BodyCut)?;
    let length = usize::try_from(length).map_err(|_| RowFault::BodyCut)?;
    let (body, rest) = rest.split_at_checked(length).ok_or(RowFault::BodyCut)?;
    *bodies = rest;
    Ok(Some((*salt, body)))
}
