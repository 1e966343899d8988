//! A stretch of the chain of records that a page asks to have verified, and what was found.

use evenkeel_ids::Seq;

/// So many records are verified for one look at most.
pub const VERIFIED_AT_ONCE_MAX: u64 = 100_000;
/// So many when nobody says which: the last ones.
const LAST: u64 = 10_000;

/// Which records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerifyAsked {
    /// The first one; `None`: so many before the last.
    pub from: Option<Seq>,
    /// The last one; `None`: the last there is.
    pub to: Option<Seq>,
}

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyFault {
    /// The record it was found at; zero when it is about the file as a whole.
    pub at: Seq,
    /// What is wrong.
    pub what: String,
    /// What it means, and what to do.
    pub meaning: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// The first record of the stretch.
    pub from: Seq,
    /// The last one.
    pub to: Seq,
    /// The last record there is.
    pub head: Seq,
    /// The hash of the last record of the stretch.
    pub hash: String,
    /// How many records were verified.
    pub records: u64,
    /// How many of them have their body erased, each with a record that says so.
    pub erased: u64,
    /// How many signed checkpoints fit.
    pub checkpoints: u64,
    /// What is wrong, in the order found.
    pub faults: Vec<VerifyFault>,
    /// How much more is wrong.
    pub unlisted: u64,
}

impl VerifyAsked {
    /// First and last record, within what there is and what is verified at once; `None` where nothing is there.
    #[must_use]
    pub fn within(self, head: Seq) -> Option<(Seq, Seq)> {
        let wanted = self.to.unwrap_or(head).min(head).0;
        let first = self.from.map_or_else(|| wanted.saturating_sub(LAST - 1), |from| from.0).max(1);
        let last = wanted.min(first.saturating_add(VERIFIED_AT_ONCE_MAX - 1));
        (first <= last).then_some((Seq(first), Seq(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_lies_within_what_there_is() {
        let asked = |from: Option<u64>, to: Option<u64>| {
            let within = VerifyAsked { from: from.map(Seq), to: to.map(Seq) }.within(Seq(250_000));
            within.map(|(from, to)| (from.0, to.0))
        };
        assert_eq!(asked(None, None), Some((240_001, 250_000)));
        assert_eq!(asked(Some(0), Some(u64::MAX)), Some((1, 100_000)));
        assert_eq!(asked(Some(249_999), None), Some((249_999, 250_000)));
        assert_eq!(asked(None, Some(5)), Some((1, 5)));
        assert_eq!(asked(Some(250_001), None), None);
        assert_eq!(asked(Some(7), Some(6)), None);
        assert_eq!(VerifyAsked::default().within(Seq(0)), None);
    }
}
