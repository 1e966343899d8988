//! Digests of what was told: enough to know it again, and nothing that could be read.

use evenkeel_record::{Body, Declaration, DocumentsDeclared, FactReported, FindingsFound, FoundFinding, Hash};
use serde::{Deserialize, Serialize};

/// The first half of a SHA-256: 128 bits, so that two of hundreds of thousands are never equal by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Digest([u8; 16]);

impl Digest {
    /// Which thing a fact is about: its kind and key.
    pub(crate) fn of_key(kind: &str, key: &str) -> Self {
        // The length keeps `ab` + `c` and `a` + `bc` apart.
        Self::of(&[&kind.len().to_be_bytes(), kind.as_bytes(), key.as_bytes()])
    }

    /// What a fact says, whoever says it.
    pub(crate) fn of_content(fact: &FactReported) -> Self {
        Self::of_body(&Body::FactReported(FactReported { source: "".into(), supersedes: None, ..fact.clone() }))
    }

    /// What a document says.
    pub(crate) fn of_document(declaration: &Declaration) -> Self {
        let declared = vec![declaration.clone()];
        Self::of_body(&Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn: Vec::new() }))
    }

    /// What the check found.
    pub(crate) fn of_findings(findings: &[FoundFinding]) -> Self {
        Self::of_body(&Body::FindingsFound(FindingsFound { findings: findings.to_vec() }))
    }

    fn of_body(body: &Body) -> Self {
        let mut bytes = Vec::with_capacity(256);
        body.encode(&mut bytes);
        Self::of(&[&bytes])
    }

    fn of(parts: &[&[u8]]) -> Self {
        let Hash(whole) = Hash::of(parts);
        let mut half = [0; 16];
        half.iter_mut().zip(whole).for_each(|(place, byte)| *place = byte);
        Self(half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_key_begins_counts() {
        assert_ne!(Digest::of_key("push", "1"), Digest::of_key("pus", "h1"));
        assert_eq!(Digest::of_key("push", "1"), Digest::of_key("push", "1"));
    }
}
