//! The secret of a token, as it is shown once and sent with every request.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use evenkeel_record::Hash;

/// What every shown secret begins with, so that scanners for leaked secrets find it.
const PREFIX: &str = "ek_";

/// The secret of a token: 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret([u8; 32]);

impl TokenSecret {
    /// Makes one of random bytes.
    #[must_use]
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads the form in which it is shown.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Longer texts are not decoded: callers send what they like.
        let encoded = text.strip_prefix(PREFIX).filter(|encoded| encoded.len() == 43)?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(encoded).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The form in which it is shown.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }

    /// What is kept of it: SHA-256 of the form in which it is shown.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(&[self.shown().as_bytes()])
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// Whether two hashes are the same, in a time that does not depend on where they differ.
#[must_use]
pub fn same_secret(one: &Hash, other: &Hash) -> bool {
    let differing = one.0.iter().zip(&other.0).fold(0, |bits, (a, b)| bits | (a ^ b));
    std::hint::black_box(differing) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_as_shown_and_is_never_printed() {
        let secret = TokenSecret::new([0xfb; 32]);
        let shown = secret.shown();
        assert_eq!(shown, "ek_-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
        assert_eq!(TokenSecret::parse(&shown), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "<secret>");
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let shown = TokenSecret::new([0xfb; 32]).shown();
        let unprefixed = shown.trim_start_matches("ek_");
        let other_bits = shown.replace("_s", "_t");
        for text in ["", "ek_", unprefixed, &shown[..45], &format!("{shown}A"), &format!("{shown}="), &other_bits] {
            assert_eq!(TokenSecret::parse(text), None, "{text}");
        }
    }

    #[test]
    fn hashes_are_compared_in_full() {
        let hash = Hash([7; 32]);
        assert!(same_secret(&hash, &hash.clone()));
        for at in 0..32 {
            let mut other = hash;
            other.0[at] ^= 1;
            assert!(!same_secret(&hash, &other));
        }
    }
}
