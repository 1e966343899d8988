//! What was not taken of a request, as its sender is told.

use std::fmt;

/// What was not taken of a request. Nothing: everything was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartialSuccess {
    /// Data points that were not taken.
    pub rejected: u64,
    /// Why, one line for each of the first ones.
    reasons: Vec<String>,
    /// How many reasons there were.
    count: u64,
}

/// How many reasons are told: an answer stays short.
const REASONS_MAX: usize = 8;
/// How long one may be. Units: bytes.
const REASON_BYTES_MAX: usize = 400;

impl PartialSuccess {
    /// Whether everything was taken, and nothing is to be said.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.rejected == 0 && self.count == 0
    }

    /// Adds points that were not taken. Points that share their reason with the one before are counted with it.
    pub fn reject(&mut self, points: u64, reason: impl FnOnce() -> String) {
        self.rejected = self.rejected.saturating_add(points);
        self.count += 1;
        if self.reasons.len() < REASONS_MAX {
            let mut reason = reason();
            if reason.len() > REASON_BYTES_MAX {
                let end = (0..=REASON_BYTES_MAX).rev().find(|end| reason.is_char_boundary(*end)).unwrap_or(0);
                reason.truncate(end);
                reason.push('…');
            }
            if self.reasons.contains(&reason) {
                self.count -= 1;
            } else {
                self.reasons.push(reason);
            }
        }
    }
}

impl fmt::Display for PartialSuccess {
    /// The reasons, one after the other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reasons.join("; "))?;
        match self.count.saturating_sub(self.reasons.len() as u64) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}
