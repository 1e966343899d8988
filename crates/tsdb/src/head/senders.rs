//! Who sends, and how much each of them may: a part of the series there are, and a rate.
//!
//! A series belongs to the sender that brought it first since the start. The log does not say who that was: of what it had, a
//! series belongs to whoever sends its next sample.

use std::collections::BTreeMap;

use crate::options::SenderLimits;

/// Rates are kept over this many seconds, so that a sender may catch up a little.
const BURST_SECONDS: f64 = 10.0;
/// So many senders are told apart; all further ones count as one.
const SENDERS_MAX: usize = 10_000;

/// The number of a sender. Nobody is the program itself: what it writes is bounded by its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sender(u16);

impl Sender {
    pub(crate) const NOBODY: Self = Self(0);
}

/// The senders there were since the start.
#[derive(Debug, Default)]
pub(crate) struct Senders {
    numbers: BTreeMap<Box<str>, Sender>,
    /// By number, less one.
    each: Vec<Account>,
}

#[derive(Debug, Default)]
struct Account {
    series: usize,
    /// What the limit of samples a second leaves, and of when.
    left: Option<(f64, i64)>,
}

impl Senders {
    /// The sender of a name, or of all further ones.
    pub(crate) fn named(&mut self, name: &str) -> Sender {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        if self.each.len() < SENDERS_MAX {
            self.each.push(Account::default());
        }
        let number = Sender(u16::try_from(self.each.len()).unwrap_or(u16::MAX));
        if self.numbers.len() < SENDERS_MAX {
            self.numbers.insert(name.into(), number);
        }
        number
    }

    /// Whether one more series is more than the sender may have.
    pub(crate) fn is_full(&self, sender: Sender, limits: SenderLimits) -> bool {
        let account = self.each.get(usize::from(sender.0).wrapping_sub(1));
        limits.series_max.zip(account).is_some_and(|(most, account)| account.series >= most)
    }

    /// A series belongs to a sender now.
    pub(crate) fn gains(&mut self, sender: Sender) {
        if let Some(account) = self.account(sender) {
            account.series += 1;
        }
    }

    /// A series of a sender is gone.
    pub(crate) fn loses(&mut self, sender: Sender) {
        if let Some(account) = self.account(sender) {
            account.series = account.series.saturating_sub(1);
        }
    }

    /// What time gives to those whose rate is limited.
    pub(crate) fn earn(&mut self, sender: Sender, limits: SenderLimits, now: i64) {
        let Some((most, account)) = limits.samples_per_second_max.zip(self.account(sender)) else { return };
        let full = most as f64 * BURST_SECONDS;
        let earned = account.left.map(|(left, at)| left + now.saturating_sub(at).max(0) as f64 / 1000.0 * most as f64);
        account.left = Some((earned.map_or(full, |earned| earned.min(full)), now));
    }

    /// Takes the samples from what is left; false: there is not enough.
    pub(crate) fn spend(&mut self, sender: Sender, samples: u64) -> bool {
        let Some((left, _)) = self.account(sender).and_then(|account| account.left.as_mut()) else { return true };
        let enough = *left >= samples as f64;
        if enough {
            *left -= samples as f64;
        }
        enough
    }

    /// Gives back what samples cost that were there already: a request that is sent again because it was too much at once
    /// comes through part by part.
    pub(crate) fn refund(&mut self, sender: Sender, samples: u64) {
        if let Some((left, _)) = self.account(sender).and_then(|account| account.left.as_mut()) {
            *left += samples as f64;
        }
    }

    fn account(&mut self, sender: Sender) -> Option<&mut Account> {
        self.each.get_mut(usize::from(sender.0).wrapping_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sender_has_its_own_rate_and_may_catch_up_a_little() {
        let limits = SenderLimits { samples_per_second_max: Some(100), ..SenderLimits::default() };
        let mut senders = Senders::default();
        let (a, b) = (senders.named("a"), senders.named("b"));
        for sender in [a, b] {
            senders.earn(sender, limits, 0);
        }
        assert!(senders.spend(a, 1_000) && !senders.spend(a, 1), "ten seconds at once");
        assert!(senders.spend(b, 1_000), "which costs nobody else anything");
        senders.earn(a, limits, 500);
        assert!(senders.spend(a, 50) && !senders.spend(a, 1));
        senders.refund(a, 3);
        assert!(senders.spend(a, 3) && !senders.spend(a, 1));
        senders.earn(a, limits, -100_000);
        assert!(!senders.spend(a, 1), "a clock that jumps back gives nothing");
        assert!(senders.spend(Sender::NOBODY, u64::MAX), "the program itself has no limit");
    }

    #[test]
    fn each_sender_has_its_own_series() {
        let limits = SenderLimits { series_max: Some(2), ..SenderLimits::default() };
        let mut senders = Senders::default();
        let (a, b) = (senders.named("a"), senders.named("b"));
        assert_eq!(senders.named("a"), a);
        senders.gains(a);
        senders.gains(a);
        assert!(senders.is_full(a, limits) && !senders.is_full(b, limits));
        assert!(!senders.is_full(Sender::NOBODY, limits) && !senders.is_full(a, SenderLimits::default()));
        senders.loses(a);
        assert!(!senders.is_full(a, limits));
    }

    #[test]
    fn more_senders_than_are_told_apart_count_as_one() {
        let mut senders = Senders::default();
        let numbers: Vec<Sender> = (0..SENDERS_MAX + 3).map(|number| senders.named(&number.to_string())).collect();
        assert_eq!(numbers[SENDERS_MAX], numbers[SENDERS_MAX + 2]);
        assert_ne!(numbers[0], numbers[1]);
    }
}
