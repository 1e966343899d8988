//! What the forms about a schedule ask for: that somebody stands in, or does not any more.
//!
//! Each asks for the same however often it is sent: what is done already leads on to where the first one did.

use evenkeel_engine::Input;
use evenkeel_ids::OverrideId;
use evenkeel_model::Schedule;

use crate::alerts_text::clipped;
use crate::oncall_cover::{Typed, may_cover, there};
use crate::{Act, Asked, Fields, Wrong};

/// `POST /oncall/{schedule}/overrides`
pub(crate) fn set(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let schedule = named(asked)?;
    let wanted = Typed::of(|field| fields.text(field)).read(asked, schedule)?;
    may(asked, &wanted.person)?;
    let done = there(asked, &wanted).is_some();
    let input = if done { Input::Deadline } else { Input::SetOverride(wanted) };
    Ok(Act { input, then: then(asked, schedule, "override-set") })
}

/// `POST /oncall/{schedule}/overrides/{id}/remove`
pub(crate) fn remove(asked: &Asked<'_>, _: &Fields) -> Result<Act, Wrong> {
    let schedule = named(asked)?;
    let id = asked.place.named("id").parse::<OverrideId>().ok();
    let known = id.and_then(|id| asked.engine.state().oncall.get(id)).filter(|one| one.schedule == schedule.name);
    // What has not begun is gone altogether once it is removed, so a form that is sent again finds nothing.
    let input = match known {
        Some(one) => {
            may(asked, &one.person)?;
            if asked.now < one.until { Input::RemoveOverride(one.id) } else { Input::Deadline }
        }
        None => Input::Deadline,
    };
    Ok(Act { input, then: then(asked, schedule, "override-removed") })
}

fn may(asked: &Asked<'_>, person: &str) -> Result<(), Wrong> {
    if may_cover(asked, person) {
        return Ok(());
    }
    let person = clipped(person, 80);
    Err(Wrong::new(
        format!("The turn is {person}'s, and you are somebody else."),
        format!("{person} can do this, and so can whoever has the role operator."),
    ))
}

fn named<'a>(asked: &Asked<'a>) -> Result<&'a Schedule, Wrong> {
    let found = asked.engine.plan().catalogue.schedules.get(asked.place.named("schedule"));
    found.ok_or_else(|| Wrong::new("The ops repo has no such schedule any more.", "The list has those that there are."))
}

fn then(asked: &Asked<'_>, schedule: &Schedule, said: &str) -> String {
    format!("{}oncall/{}?said={said}", asked.place.root(), crate::link::encoded(&schedule.name))
}
