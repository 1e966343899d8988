//! People at work: they set, change and end silences.

use evenkeel_engine::{IncomingSilence, Input};
use evenkeel_ids::{Seq, SilenceId};
use evenkeel_labels::Matchers;
use evenkeel_time::{Duration, Timestamp};

use crate::clock::{HOUR, MINUTE};
use crate::plans::matcher;
use crate::random::Random;

/// What somebody does about silences now; `known` are those that were answered with an id.
pub(crate) fn command(known: &[(SilenceId, IncomingSilence)], now: Timestamp, random: &mut Random) -> Input {
    if known.is_empty() || random.chance(500) {
        return Input::SetSilence(silence(now, random));
    }
    let (id, before) = random.pick(known).clone();
    if random.chance(20) {
        return Input::ExpireSilence(SilenceId(Seq(u64::MAX)));
    }
    if random.chance(600) {
        return Input::ExpireSilence(id);
    }
    let mut changed = IncomingSilence { id: Some(id), ..before };
    if random.chance(700) {
        changed.ends_at = now + Duration(random.between(MINUTE, HOUR));
    } else {
        changed.matchers = Matchers(vec![matcher(random)]);
    }
    Input::SetSilence(changed)
}

fn silence(now: Timestamp, random: &mut Random) -> IncomingSilence {
    let starts_at = match random.below(4) {
        0 => now + Duration(random.between(0, 20 * MINUTE)),
        1 => now - Duration(random.between(0, 20 * MINUTE)),
        _ => now,
    };
    let mut matchers = vec![matcher(random)];
    if random.chance(500) {
        matchers.push(matcher(random));
    }
    IncomingSilence {
        id: None,
        matchers: Matchers(matchers),
        starts_at,
        ends_at: now + Duration(random.between(MINUTE, 2 * HOUR)),
        created_by: "somebody".into(),
        comment: "known".into(),
    }
}
