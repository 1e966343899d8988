//! One message to one address: how an attempt went, and how long to wait for the next.

use evenkeel_time::Duration;

/// How one attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Delivered,
    /// It did not arrive, or we cannot know.
    Failed {
        /// For people: what was tried and what came back; no secret, no address with a path.
        reason: String,
        /// Whether trying again can help.
        retry: Retry,
    },
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Yes, after the usual back-off.
    Yes,
    /// Yes, after the usual back-off; and it may have arrived all the same, since no answer came.
    Unsure,
    /// Yes, but not before this long, as the other side said.
    After(Duration),
    /// No: the other side will refuse the same again.
    No,
}

/// Waits between attempts: half a second, growing by half, a minute at most. Source: Alertmanager,
/// `notify.RetryStage` (exponential back-off with its library's defaults).
const BACKOFF_FIRST: Duration = Duration::millis(500);
const BACKOFF_MAX: Duration = Duration::minutes(1);

/// How long to wait after so many attempts, `number` being the message's own.
///
/// Spread by up to a half either way: chance without a dice, so that 10,000 messages to one dead address do not come
/// back in one instant.
#[must_use]
pub fn backoff(number: u64, attempts: u32) -> Duration {
    let grown = (1..attempts.min(32)).fold(BACKOFF_FIRST.0, |wait, _| (wait * 3 / 2).min(BACKOFF_MAX.0));
    let mixed = (number ^ (u64::from(attempts) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    let spread = i64::try_from(mixed).unwrap_or(0); // 0..1024
    Duration(grown / 2 + grown * spread / 1024)
}

/// The same for every attempt of a message to a target, also after a restart: FNV-1a over the message's number and the
/// parts of its target.
#[must_use]
pub fn idempotency_key(number: u64, target: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    number.to_be_bytes().into_iter().for_each(&mut take);
    for (place, part) in target.iter().enumerate() {
        if place > 0 {
            take(0);
        }
        part.bytes().for_each(&mut take);
    }
    format!("{number}-{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_spread() {
        let wait = |attempts| backoff(7, attempts).0;
        assert!((250..750).contains(&wait(1)), "{}", wait(1));
        assert!((30_000..90_000).contains(&wait(40)), "{}", wait(40));
        assert_ne!(wait(40), backoff(8, 40).0);
    }

    #[test]
    fn keys_tell_messages_and_targets_apart() {
        let key = idempotency_key(7, &["dba", "webhook[0]"]);
        assert_eq!(key, idempotency_key(7, &["dba", "webhook[0]"]));
        assert!(key.starts_with("7-"));
        assert_ne!(key, idempotency_key(7, &["dbaw", "ebhook[0]"]));
        assert_ne!(key, idempotency_key(8, &["dba", "webhook[0]"]));
    }
}
