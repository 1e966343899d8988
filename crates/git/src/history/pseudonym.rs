//! What stands for a person: the same for the same address, and no name.

use sha2::{Digest, Sha256};

const DIGITS: usize = 12;

/// The pseudonym of whoever has the address; of the name where there is none.
pub(super) fn of_signature(name: &[u8], address: &[u8]) -> String {
    if address.trim_ascii().is_empty() { of(name) } else { of(address) }
}

/// The pseudonym of a text.
pub(super) fn of(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text).trim().to_lowercase();
    let digits: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("author:{}", digits.get(..DIGITS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `printf %s ada@example.com | sha256sum`.
    #[test]
    fn a_pseudonym_is_that_of_the_address_however_it_is_written() {
        let ada = of_signature(b"Ada", b"ada@example.com");
        assert_eq!(ada, "author:b5fc85e55755");
        assert_eq!(of_signature(b"A. Lovelace", b" Ada@Example.COM "), ada);
        assert_ne!(of_signature(b"Ada", b"bob@example.com"), ada);
        assert_eq!(of_signature(b"ada@example.com", b" "), ada);
    }
}
