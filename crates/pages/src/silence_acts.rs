//! What the forms about silences ask for: to set one, to change it, to end it, to set it again.
//!
//! Each asks for the same however often it is sent: what is done already leads on to where the first one did.

use evenkeel_engine::{IncomingSilence, Input, Silence, SilenceState};
use evenkeel_ids::SilenceId;
use evenkeel_time::Timestamp;

use crate::silence_wanted::{Typed, Wanted};
use crate::{Act, Asked, Fields, Wrong};

/// `POST /silences/new`
pub(crate) fn set(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let wanted = Typed::of(|field| fields.text(field)).read(asked)?;
    Ok(set_once(asked, wanted))
}

/// `POST /silences/{id}/edit`
pub(crate) fn change(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let before = named(asked)?;
    let wanted = Typed::of(|field| fields.text(field)).read(asked)?;
    let then = |id: SilenceId| format!("{}silences/{id}?said=silence-changed", asked.place.root());
    if let Some(there) = wanted.there(asked) {
        return Ok(Act { input: Input::Deadline, then: then(there.id) });
    }
    if before.state(asked.now) == SilenceState::Expired {
        return Err(Wrong::new(format!("{} is over.", before.id), "Set a new one like it instead."));
    }
    let same = wanted.matchers == before.matchers;
    let began = before.state(asked.now) == SilenceState::Active && same;
    let mut incoming = wanted.incoming(asked, Some(before.id));
    if began {
        // What holds goes on holding: only its end and its reason change.
        incoming.starts_at = before.starts_at;
    }
    let then = if same { then(before.id) } else { format!("{}silences?said=silence-changed", asked.place.root()) };
    Ok(Act { input: Input::SetSilence(incoming), then })
}

/// `POST /silences/{id}/expire`
pub(crate) fn expire(asked: &Asked<'_>, _: &Fields) -> Result<Act, Wrong> {
    let silence = named(asked)?;
    let over = silence.state(asked.now) == SilenceState::Expired;
    let input = if over { Input::Deadline } else { Input::ExpireSilence(silence.id) };
    let until = if over { String::new() } else { format!("&until={}", silence.ends_at) };
    Ok(Act { input, then: format!("{}silences/{}?said=silence-expired{until}", asked.place.root(), silence.id) })
}

/// `POST /silences/{id}/again`
pub(crate) fn again(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let silence = named(asked)?;
    let until = fields.text("until").parse::<Timestamp>().ok().filter(|until| *until > asked.now);
    let ends_at = until.ok_or_else(|| {
        Wrong::new("The time until which it was to hold is over.", "Set a new one like it, and say for how long.")
    })?;
    let (matchers, comment) = (silence.matchers.clone(), silence.comment.clone());
    Ok(set_once(asked, Wanted { matchers, comment, starts_at: asked.now, ends_at }))
}

fn set_once(asked: &Asked<'_>, wanted: Wanted) -> Act {
    let root = asked.place.root();
    if let Some(there) = wanted.there(asked) {
        return Act { input: Input::Deadline, then: format!("{root}silences/{}?said=silence-set", there.id) };
    }
    let state = if wanted.starts_at > asked.now { "state=pending&" } else { "" };
    let incoming: IncomingSilence = wanted.incoming(asked, None);
    Act { input: Input::SetSilence(incoming), then: format!("{root}silences?{state}said=silence-set") }
}

fn named<'a>(asked: &Asked<'a>) -> Result<&'a Silence, Wrong> {
    let id = asked.place.named("id");
    let found = id.parse::<SilenceId>().ok().and_then(|id| asked.engine.state().alerting.silence(id));
    found.ok_or_else(|| Wrong::new("There is no such silence any more.", "The list has those that there are."))
}
