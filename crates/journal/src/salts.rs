//! Salts for sealing, from the operating system.

use evenkeel_record::Record;
use evenkeel_record::chain::{Head, Salt, Sealed};

const SALTS_AT_A_TIME: usize = 256;

/// An endless source of salts from the operating system, fetched many at a time.
#[derive(Default)]
pub struct OsSalts {
    fetched: Vec<Salt>,
}

impl std::fmt::Debug for OsSalts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OsSalts")
    }
}

impl Iterator for OsSalts {
    type Item = Salt;

    /// The next salt.
    ///
    /// # Panics
    /// When the operating system has no randomness to give; nothing that is kept private works then.
    fn next(&mut self) -> Option<Salt> {
        if self.fetched.is_empty() {
            let mut bytes = [0; SALTS_AT_A_TIME * size_of::<Salt>()];
            getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
            self.fetched.extend(bytes.as_chunks().0);
        }
        self.fetched.pop()
    }
}

/// Seals the records of one commit behind a head, each with the next salt.
///
/// # Panics
/// When the records do not follow on the head in sequence, or the salts run out.
pub fn seal(mut head: Head, records: &[Record], salts: &mut impl Iterator<Item = Salt>) -> Vec<Sealed> {
    records.iter().map(|record| head.seal(record, salts.next().expect("there is a salt for each record"))).collect()
}
