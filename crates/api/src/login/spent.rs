//! Links that were used and sessions that were ended, for as long as they would count otherwise.

use std::collections::BTreeMap;

use evenkeel_identity::NONCE_BYTES;
use evenkeel_time::Timestamp;

/// So many are held; each takes its place for at most twelve hours.
const SPENT_MAX: usize = 100_000;

/// What counts no more, with when it would have ended.
#[derive(Debug, Default)]
pub(super) struct Spent(BTreeMap<[u8; NONCE_BYTES], Timestamp>);

/// No more can be held.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full;

impl Spent {
    pub(super) fn holds(&self, nonce: &[u8; NONCE_BYTES]) -> bool {
        self.0.contains_key(nonce)
    }

    /// Whether it counted until now.
    pub(super) fn spend(
        &mut self,
        nonce: [u8; NONCE_BYTES],
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, Full> {
        if self.0.len() >= SPENT_MAX {
            self.0.retain(|_, end| now < *end);
        }
        if self.0.len() >= SPENT_MAX {
            return Err(Full);
        }
        Ok(self.0.insert(nonce, expires_at).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nonce(number: usize) -> [u8; NONCE_BYTES] {
        (number as u128).to_be_bytes()
    }

    #[test]
    fn each_is_spent_once_and_what_has_ended_makes_room() {
        let mut spent = Spent::default();
        assert_eq!(spent.spend(nonce(0), Timestamp(10), Timestamp(0)), Ok(true));
        assert_eq!(spent.spend(nonce(0), Timestamp(10), Timestamp(0)), Ok(false));
        for number in 1..SPENT_MAX {
            assert_eq!(spent.spend(nonce(number), Timestamp(20), Timestamp(0)), Ok(true));
        }
        assert_eq!(spent.spend(nonce(SPENT_MAX), Timestamp(20), Timestamp(9)), Err(Full));
        assert_eq!(spent.spend(nonce(SPENT_MAX), Timestamp(20), Timestamp(10)), Ok(true));
        assert!(!spent.holds(&nonce(0)) && spent.holds(&nonce(1)));
    }
}
