//! The key that signs checkpoints, and its public half.
//!
//! Both are kept in the text forms of C2SP signed notes, which Go's `note` package and others read:
//! `PRIVATE+KEY+name+hash+base64` and `name+hash+base64`. The name is `evenkeel/` and the first 16
//! hexadecimal digits of the public key's SHA-256, so it says which key it is and nothing about where.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use evenkeel_record::Hash;

use crate::{OpenError, folder};

const KEY_FILE: &str = "journal-key";
const PUBLIC_KEY_FILE: &str = "journal-key.pub";
const PRIVATE_PREFIX: &str = "PRIVATE+KEY+";

/// Ed25519, in the registry of signed notes.
const ALGORITHM: u8 = 1;

/// A key that checkpoints are checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A text that is not a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key of the form `evenkeel/ID+HASH+BASE64`")]
pub struct ParseKeyError;

impl PublicKey {
    /// `evenkeel/<key id>`, the origin of the checkpoints it signs.
    #[must_use]
    pub fn name(&self) -> String {
        let mut id = Hash::of(&[self.0.as_bytes()]).to_string();
        id.truncate(16);
        format!("evenkeel/{id}")
    }

    /// Four bytes that stand in front of a signature, to find its key by.
    pub(crate) fn hint(&self) -> [u8; 4] {
        let hash = Hash::of(&[self.name().as_bytes(), b"\n", &[ALGORITHM], self.0.as_bytes()]);
        let [a, b, c, d, ..] = hash.0;
        [a, b, c, d]
    }

    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", written(self, self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = ParseKeyError;

    fn from_str(text: &str) -> Result<Self, ParseKeyError> {
        let bytes = key_bytes(text.trim()).ok_or(ParseKeyError)?;
        let key = VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| ParseKeyError)?;
        if key.to_string() == text.trim() { Ok(key) } else { Err(ParseKeyError) }
    }
}

/// The private half.
pub(crate) struct CheckpointKey(SigningKey);

impl fmt::Debug for CheckpointKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckpointKey({})", self.public().name())
    }
}

impl CheckpointKey {
    /// Reads the key of a data folder, and makes one if there is none; the public half is written beside it.
    pub(crate) fn of_folder(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(KEY_FILE);
        let failed = |doing| {
            let path = path.clone();
            move |source| OpenError::Io { doing, path, source }
        };
        let key = match fs::read_to_string(&path) {
            Ok(text) => Self::parse(text.trim()).ok_or_else(|| OpenError::Key { path: path.clone() })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self::random().map_err(|error| failed("make a key for")(io::Error::other(error)))?;
                folder::write_whole(&path, &[format!("{}\n", key.to_text()).as_bytes()]).map_err(failed("write"))?;
                key
            }
            Err(error) => return Err(failed("read")(error)),
        };
        let public = format!("{}\n", key.public());
        if fs::read(folder.join(PUBLIC_KEY_FILE)).ok().as_deref() != Some(public.as_bytes()) {
            folder::write_whole(&folder.join(PUBLIC_KEY_FILE), &[public.as_bytes()]).map_err(failed("write beside"))?;
        }
        Ok(key)
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.0.sign(text).to_bytes()
    }

    fn random() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    fn parse(text: &str) -> Option<Self> {
        let seed = key_bytes(text.strip_prefix(PRIVATE_PREFIX)?)?;
        let key = Self(SigningKey::from_bytes(&seed));
        (key.to_text() == text).then_some(key)
    }

    fn to_text(&self) -> String {
        format!("{PRIVATE_PREFIX}{}", written(&self.public(), self.0.as_bytes()))
    }
}

fn written(key: &PublicKey, bytes: &[u8; 32]) -> String {
    let hint = u32::from_be_bytes(key.hint());
    format!("{}+{hint:08x}+{}", key.name(), BASE64.encode([&[ALGORITHM], bytes.as_slice()].concat()))
}

fn key_bytes(text: &str) -> Option<[u8; 32]> {
    let mut parts = text.splitn(3, '+');
    let bytes = parts.nth(2).and_then(|encoded| BASE64.decode(encoded).ok())?;
    match bytes.split_first()? {
        (&ALGORITHM, key) => key.try_into().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_read_back_from_their_text() {
        let key = CheckpointKey(SigningKey::from_bytes(&[7; 32]));
        let again = CheckpointKey::parse(&key.to_text()).expect("a key");
        assert_eq!(again.public(), key.public());
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
        assert_eq!(format!("{key:?}"), format!("CheckpointKey({})", key.public().name()));
    }

    #[test]
    fn a_key_whose_name_or_hash_is_not_its_own_is_refused() {
        let text = CheckpointKey(SigningKey::from_bytes(&[7; 32])).public().to_string();
        let other = CheckpointKey(SigningKey::from_bytes(&[8; 32])).public().to_string();
        let (name, _) = other.split_once('+').expect("a name");
        let (_, rest) = text.split_once('+').expect("a rest");
        assert_eq!(format!("{name}+{rest}").parse::<PublicKey>(), Err(ParseKeyError));
        assert_eq!("".parse::<PublicKey>(), Err(ParseKeyError));
        assert_eq!("a+b+c".parse::<PublicKey>(), Err(ParseKeyError));
    }
}
