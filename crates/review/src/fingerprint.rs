//! What a result is known by from one review to the next: the practice and the subject, whatever the verdict's numbers.

use evenkeel_lens::SubjectKind;
use sha2::{Digest, Sha256};

/// Thirty-two hexadecimal digits.
pub(crate) fn fingerprint(practice: &str, kind: SubjectKind, subject: &str) -> String {
    let digest = Sha256::digest([practice, kind.as_str(), subject].join("\0"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
