//! Forms that are sent twice act once.
//!
//! A form bears the name of the look it was shown in. The same name, with the same fields, from the same caller to the
//! same address is the same act: whoever sends it again gets the answer of the first time, and waits for that while it is
//! under way. What was not done is done when it is sent again. Kept in memory, for a day at most, and the oldest go first.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evenkeel_identity::Identity;
use evenkeel_pages::Fields;
use evenkeel_record::Hash;
use evenkeel_time::{Duration, Timestamp};
use tokio::sync::OnceCell;

/// So long an answer is kept.
const KEPT_FOR: Duration = Duration::hours(24);
/// So many acts are kept; each holds an address.
const ACTS_MAX: usize = 10_000;
/// A longer name is none of ours.
const NAME_BYTES_MAX: usize = 64;

/// Where an act led on to, once it is done.
pub(super) type Done = Arc<OnceCell<String>>;

/// The acts that are known.
#[derive(Debug, Default)]
pub(crate) struct Once(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    acts: BTreeMap<Hash, Done>,
    by_age: VecDeque<(Timestamp, Hash)>,
}

impl Once {
    /// The act that a form asks for: a new one, or the one that was asked for before. A form without a name is always new.
    pub(super) fn act(&self, caller: &Identity, path: &str, fields: &Fields, now: Timestamp) -> Done {
        let name = fields.text("once");
        if name.is_empty() || name.len() > NAME_BYTES_MAX {
            return Done::default();
        }
        let all = format!("{:?}", (&caller.actor, caller.token, path, fields.kept()));
        self.known().act(Hash::of(&[all.as_bytes()]), now)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn act(&mut self, key: Hash, now: Timestamp) -> Done {
        let since = now.saturating_add(Duration::ZERO - KEPT_FOR);
        while self.by_age.front().is_some_and(|(at, _)| *at < since) {
            self.forget_oldest();
        }
        if let Some(known) = self.acts.get(&key) {
            return known.clone();
        }
        if self.by_age.len() >= ACTS_MAX {
            self.forget_oldest();
        }
        let done = Done::default();
        self.acts.insert(key, done.clone());
        self.by_age.push_back((now, key));
        done
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.by_age.pop_front() {
            self.acts.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_one_act_and_anything_else_another() {
        let once = Once::default();
        let fields = |pairs: &[(&str, &str)]| {
            Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let owner = Identity::owner();
        let first = once.act(&owner, "/a", &fields(&[("once", "1"), ("text", "x")]), Timestamp(0));
        let same = |caller: &Identity, path: &str, pairs: &[(&str, &str)], at: i64| {
            Arc::ptr_eq(&first, &once.act(caller, path, &fields(pairs), Timestamp(at)))
        };
        assert!(same(&owner, "/a", &[("text", "x"), ("once", "1")], 1));
        assert!(!same(&owner, "/a", &[("text", "y"), ("once", "1")], 1));
        assert!(!same(&owner, "/b", &[("text", "x"), ("once", "1")], 1));
        assert!(!same(&Identity::remote(), "/a", &[("text", "x"), ("once", "1")], 1));
        assert!(!same(&owner, "/a", &[("text", "x"), ("once", "2")], 1));
        assert!(!same(&owner, "/a", &[("text", "x")], 1));
        assert!(same(&owner, "/a", &[("text", "x"), ("once", "1")], KEPT_FOR.0));
        assert!(!same(&owner, "/a", &[("text", "x"), ("once", "1")], KEPT_FOR.0 + 1));
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let mut known = Known::default();
        let key = |number: usize| Hash::of(&[&number.to_be_bytes()]);
        for number in 0..=ACTS_MAX {
            known.act(key(number), Timestamp(0));
        }
        assert_eq!((known.acts.len(), known.by_age.len()), (ACTS_MAX, ACTS_MAX));
        assert!(!known.acts.contains_key(&key(0)) && known.acts.contains_key(&key(1)));
    }
}
