//! `/silences/{id}`: one silence, what it catches, and how it is ended or set again.

use askama::Template;
use evenkeel_engine::{Silence, SilenceState};
use evenkeel_ids::SilenceId;
use evenkeel_time::Timestamp;

use crate::alerts_text::{clipped, matcher, matchers};
use crate::link::encoded;
use crate::silence_preview::{Caught, caught};
use crate::silence_wanted::MATCHERS_BYTES_MAX;
use crate::{Asked, Frame, Moment, Section, Shown};

#[derive(Debug, Template)]
#[template(path = "silence.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    id: String,
    state: &'static str,
    matchers: Vec<String>,
    comment: String,
    by: String,
    starts: Moment,
    ends: Moment,
    changed: Moment,
    /// What it catches, while it holds; what it would, before.
    caught: Option<Caught>,
    /// Until when it would have held, where somebody just ended it.
    until: Option<(String, Moment)>,
    /// A new one like it, as a query.
    like_it: Option<String>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let id = asked.place.named("id");
    let found = id.parse::<SilenceId>().ok().and_then(|id| asked.engine.state().alerting.silence(id));
    found.map_or_else(|| not_there(id), |silence| Shown::page(view(asked, silence)))
}

/// No such silence.
pub(crate) fn not_there(id: &str) -> Shown {
    let what = format!("There is no {}, or it was over for more than five days.", clipped(id, 80));
    Shown::not_there(what, "The list of silences has those that there are; the records have the others.")
}

fn view(asked: &Asked<'_>, silence: &Silence) -> View {
    let frame = asked.frame(Section::Alerts, silence.id.to_string());
    let state = silence.state(asked.now);
    let expired = state == SilenceState::Expired;
    let until = asked.place.last("until").and_then(|text| text.parse::<Timestamp>().ok());
    let until = until.filter(|until| expired && *until > asked.now);
    let text = matchers(&silence.matchers);
    let like_it = format!("?q={}&comment={}", encoded(&text), encoded(&silence.comment));
    let caught = (!expired).then(|| {
        let holds = state == SilenceState::Active;
        let caught = caught(asked, &frame, &silence.matchers, holds);
        // While it holds, what it catches is quiet because of it.
        if holds { Caught { already: 0, ..caught } } else { caught }
    });
    let short = text.len() + silence.comment.len() <= MATCHERS_BYTES_MAX;
    View {
        id: silence.id.to_string(),
        state: state.as_str(),
        matchers: silence.matchers.0.iter().take(50).map(|one| clipped(&matcher(one), 300)).collect(),
        comment: clipped(&silence.comment, 2000),
        by: clipped(&silence.created_by, 200),
        starts: frame.moment(silence.starts_at),
        ends: frame.moment(silence.ends_at),
        changed: frame.moment(silence.updated_at),
        caught,
        until: until.map(|until| (until.to_string(), frame.moment(until))),
        like_it: short.then_some(like_it),
        frame,
    }
}
