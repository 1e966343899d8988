//! The content hash of an ops repo.

use evenkeel_ids::PlanHash;
use sha2::{Digest, Sha256};

/// Hashes paths and redacted texts, in the order given; callers give them by path.
///
/// Each part is preceded by its length, so that no two lists of files give the same bytes.
pub fn plan_hash<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> PlanHash {
    let mut hasher = Sha256::new();
    for part in files.into_iter().flat_map(|(path, text)| [path, text]) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    PlanHash(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_text_begins_counts() {
        assert_ne!(plan_hash([("a", "bc")]), plan_hash([("ab", "c")]));
        assert_ne!(plan_hash([("a", "b"), ("c", "d")]), plan_hash([("c", "d"), ("a", "b")]));
        assert_eq!(plan_hash([("a", "b")]), plan_hash([("a", "b")]));
    }
}
