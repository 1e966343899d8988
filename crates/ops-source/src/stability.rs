//! When a plain folder may be taken: when two readings in a row are equal.

use std::fmt;

/// SHA-256 over paths and raw content, secrets included; tells whether anything changed at all.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentFingerprint(pub [u8; 32]);

impl fmt::Debug for ContentFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentFingerprint(")?;
        self.0.iter().take(6).try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str("…)")
    }
}

/// Remembers the last reading of a folder that nobody commits to, so that half-written files are not taken.
#[derive(Debug, Clone, Default)]
pub struct Stability {
    last: Option<ContentFingerprint>,
    taken: Option<ContentFingerprint>,
}

impl Stability {
    /// Starts from content that is already taken, such as what the program was started with.
    #[must_use]
    pub const fn taken(content: ContentFingerprint) -> Self {
        Self { last: Some(content), taken: Some(content) }
    }

    /// Takes a reading that needs no second look, such as a commit; true when it is new.
    pub fn take(&mut self, content: ContentFingerprint) -> bool {
        let new = self.taken != Some(content);
        (self.last, self.taken) = (Some(content), Some(content));
        new
    }

    /// Offers a reading; true exactly once for content that is new and was there at the reading before too.
    pub fn offer(&mut self, content: ContentFingerprint) -> bool {
        let stable = self.last == Some(content);
        self.last = Some(content);
        if !stable || self.taken == Some(content) {
            return false;
        }
        self.taken = Some(content);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ContentFingerprint = ContentFingerprint([1; 32]);
    const B: ContentFingerprint = ContentFingerprint([2; 32]);

    #[test]
    fn content_is_taken_once_when_two_readings_agree() {
        let mut folder = Stability::default();
        let taken: Vec<bool> = [A, A, A, B, A, A, B, B].into_iter().map(|content| folder.offer(content)).collect();
        assert_eq!(taken, [false, true, false, false, false, false, false, true]);
    }

    #[test]
    fn what_needs_no_second_look_is_taken_at_once() {
        let mut folder = Stability::taken(A);
        assert_eq!([A, B, B, A].map(|content| folder.take(content)), [false, true, false, true]);
    }

    #[test]
    fn what_is_taken_already_is_not_taken_again() {
        let mut folder = Stability::taken(A);
        assert!(!folder.offer(A));
        assert!(!folder.offer(B));
        assert!(folder.offer(B));
    }
}
