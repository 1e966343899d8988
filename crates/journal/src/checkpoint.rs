//! Signed checkpoints: "the journal had this many records, and the last had this hash".
//!
//! A C2SP signed note in the shape of a log checkpoint. What stands for the tree's root is the chain's
//! head hash. One that is kept outside the machine proves a later cut or rewritten tail.
//!
//! ```text
//! evenkeel/0f1e2d3c4b5a6978
//! 1234
//! VfmNl5cHTZ4NqX0JYvVVQ0rS1kqSmpJ1n0mJ8m1nW3Y=
//! at 2026-11-20T10:00:00.000Z
//!
//! — evenkeel/0f1e2d3c4b5a6978 base64(key hint [4] | signature [64])
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use evenkeel_ids::Seq;
use evenkeel_record::Hash;
use evenkeel_record::chain::Head;
use evenkeel_time::Timestamp;

use crate::commit::classify;
use crate::key::CheckpointKey;
use crate::read::to_sql;
use crate::{CommitError, Journal, PublicKey, ReadError, Reader};

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the key that signed it.
    pub key: String,
    /// The last record at that time.
    pub seq: Seq,
    /// Its hash.
    pub hash: Hash,
    /// When it was signed, if it says so.
    pub at: Option<Timestamp>,
}

/// Why a note proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It is not a signed checkpoint.
    #[error("it is not a signed checkpoint")]
    Malformed,
    /// None of the keys at hand signed it.
    #[error("it is signed with key `{0}`, which is not known")]
    UnknownKey(String),
    /// It was altered after it was signed.
    #[error("its signature does not fit: it was altered, or forged")]
    BadSignature,
}

impl Journal {
    /// Signs and keeps a checkpoint of the current head; gives the note, to be kept outside the machine as
    /// well. `None` while there is no record.
    ///
    /// # Errors
    /// [`CommitError`]; the head is not touched.
    pub fn checkpoint(&mut self, now: Timestamp) -> Result<Option<String>, CommitError> {
        let head = self.known_head.ok_or(CommitError::HeadUnknown)?;
        if head == Head::default() {
            return Ok(None);
        }
        let note = sign(&self.key, head, now);
        let sql = "INSERT INTO checkpoint (seq, note) VALUES ($1, $2) \
                   ON CONFLICT (seq) DO UPDATE SET note = excluded.note";
        let kept = self.reader.connection.prepare_cached(sql);
        kept.and_then(|mut statement| statement.execute((to_sql(head.seq), &note))).map_err(classify)?;
        Ok(Some(note))
    }

    /// The key that checks this journal's checkpoints.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.key.public()
    }
}

impl Reader {
    /// The notes kept in the journal, each with the number it is filed under, oldest first.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read.
    pub fn checkpoints(&self) -> Result<Vec<(Seq, String)>, ReadError> {
        let rows = || {
            let mut statement = self.connection.prepare_cached("SELECT seq, note FROM checkpoint ORDER BY seq")?;
            let rows = statement.query_map([], |row| Ok((crate::read::from_sql(row.get(0)?), row.get(1)?)))?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        rows().map_err(|error| self.failed("read checkpoints", error))
    }

    /// The public keys that signed checkpoints of this journal, as the journal itself has them.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read.
    pub fn public_keys(&self) -> Result<Vec<PublicKey>, ReadError> {
        let rows = || {
            let sql = "SELECT value FROM meta WHERE key LIKE 'public-key/%' ORDER BY key";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        let texts = rows().map_err(|error| self.failed("read public keys", error))?;
        Ok(texts.iter().filter_map(|text| text.parse().ok()).collect())
    }
}

fn sign(key: &CheckpointKey, head: Head, now: Timestamp) -> String {
    let public = key.public();
    let name = public.name();
    let text = format!("{name}\n{}\n{}\nat {now}\n", head.seq.0, BASE64.encode(head.hash.0));
    let signature = BASE64.encode([public.hint().as_slice(), &key.sign(text.as_bytes())].concat());
    format!("{text}\n\u{2014} {name} {signature}\n")
}

impl Checkpoint {
    /// Reads a note and checks its signature with those of `keys` that signed it.
    ///
    /// # Errors
    /// [`NoteFault`] when it proves nothing.
    pub fn verify(note: &str, keys: &[PublicKey]) -> Result<Self, NoteFault> {
        let end = note.rfind("\n\n").ok_or(NoteFault::Malformed)?;
        let (text, signatures) = note.split_at(end + 1);
        let checkpoint = Self::parse(text).ok_or(NoteFault::Malformed)?;
        let key = keys.iter().find(|key| key.name() == checkpoint.key);
        let key = key.ok_or_else(|| NoteFault::UnknownKey(checkpoint.key.clone()))?;
        let signed = signatures.lines().filter_map(|line| signature_of(line, key));
        if signed.into_iter().any(|signature| key.verifies(text.as_bytes(), &signature)) {
            Ok(checkpoint)
        } else {
            Err(NoteFault::BadSignature)
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let key = lines.next()?.to_owned();
        let seq = Seq(lines.next()?.parse().ok()?);
        let hash = Hash(BASE64.decode(lines.next()?).ok()?.try_into().ok()?);
        let at = lines.find_map(|line| line.strip_prefix("at ")?.parse().ok());
        Some(Self { key, seq, hash, at })
    }
}

/// The signature in a line, if it claims to be by this key.
fn signature_of(line: &str, key: &PublicKey) -> Option<[u8; 64]> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = BASE64.decode(encoded).ok()?;
    let (hint, signature) = bytes.split_first_chunk::<4>()?;
    (name == key.name() && *hint == key.hint()).then_some(())?;
    signature.try_into().ok()
}
