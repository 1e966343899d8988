//! `/silences/new` and `/silences/{id}/edit`: what is typed, what that would catch now, and the button that sets it.

use askama::Template;
use evenkeel_engine::{Silence, SilenceState};
use evenkeel_ids::{AlertId, SilenceId};
use evenkeel_time::Duration;

use crate::alerts_asked::{Misread, read_matchers};
use crate::alerts_text::{all_equal, clipped, matcher, matchers};
use crate::calendar_wall::wall;
use crate::silence_preview::{Caught, caught};
use crate::silence_wanted::{MATCHERS_BYTES_MAX, Typed, Wanted};
use crate::{Asked, Frame, Moment, Section, Shown, Wrong};

/// What is offered unless something else was typed.
const LASTS: &str = "2h";
/// Texts of this many bytes of HTML are given back to a form.
const GIVEN_BACK_MAX: usize = 12_000;

#[derive(Debug, Template)]
#[template(path = "silence_form.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    /// Relative to the root: where the form leads, both to preview and to set.
    path: String,
    /// The silence that is changed.
    changes: Option<String>,
    typed: Typed,
    zone: String,
    misread: Option<Misread>,
    wrong: Option<Wrong>,
    preview: Option<Preview>,
}

/// What the silence would be and do.
#[derive(Debug)]
struct Preview {
    matchers: Vec<String>,
    starts: Moment,
    ends: Moment,
    caught: Caught,
    /// What is handed on: the instants that are shown.
    starts_text: String,
    ends_text: String,
    /// Whether it can be set.
    sets: bool,
    /// Whether a new silence comes in place of the one that is changed.
    anew: bool,
}

/// `/silences/new`
pub(crate) fn new(asked: &Asked<'_>) -> Shown {
    show(asked, None)
}

/// `/silences/{id}/edit`
pub(crate) fn edit(asked: &Asked<'_>) -> Shown {
    let id = asked.place.named("id");
    let found = id.parse::<SilenceId>().ok().and_then(|id| asked.engine.state().alerting.silence(id));
    match found {
        Some(silence) if silence.state(asked.now) == SilenceState::Expired => {
            // What is over is not changed: it can be set again.
            Shown::Elsewhere(format!("{}silences/{}", asked.place.root(), silence.id))
        }
        Some(silence) => show(asked, Some(silence)),
        None => crate::silence_page::not_there(id),
    }
}

fn show(asked: &Asked<'_>, changes: Option<&Silence>) -> Shown {
    let title = changes.map_or_else(|| "New silence".to_owned(), |silence| format!("Change {}", silence.id));
    let frame = asked.frame(Section::Alerts, title);
    let zone = asked.clock().zone;
    let sent = !asked.kept.is_empty();
    let (typed, judged) = if sent {
        (Typed::of(|field| asked.typed(field)), true)
    } else if asked.place.last("for").is_some() {
        (Typed::of(|field| asked.place.last(field).unwrap_or("")), true)
    } else {
        (prefilled(asked, changes), false)
    };
    let misread = read_matchers(&typed.q, MATCHERS_BYTES_MAX).err().filter(|_| !typed.q.is_empty());
    let read = typed.read(asked);
    let preview = preview(asked, &frame, &typed, read.as_ref().ok(), changes);
    // What was wrong with a form that was sent stands at the head of the page already.
    let wrong = read.err().filter(|_| judged && !sent && misread.is_none());
    let path = changes.map_or_else(|| "silences/new".to_owned(), |silence| format!("silences/{}/edit", silence.id));
    Shown::page(View {
        path,
        changes: changes.map(|silence| silence.id.to_string()),
        zone: zone.name().to_owned(),
        typed: given_back(typed),
        misread: misread.filter(|_| judged),
        wrong,
        preview,
        frame,
    })
}

/// What the form says before anything is typed: of the alert that is to be quiet, or of the silence that is changed.
fn prefilled(asked: &Asked<'_>, changes: Option<&Silence>) -> Typed {
    let lasts = LASTS.to_owned();
    if let Some(silence) = changes {
        let pending = silence.state(asked.now) == SilenceState::Pending;
        let from = if pending { wall(silence.starts_at, &asked.clock().zone) } else { String::new() };
        let left = silence.ends_at - if pending { silence.starts_at } else { asked.now };
        let whole = Duration::minutes((left.0 / 60_000).max(1));
        let (q, comment) = (matchers(&silence.matchers), silence.comment.to_string());
        return Typed { q, comment, from, lasts: whole.to_string(), ..Typed::default() };
    }
    let alert = asked.place.last("alert").and_then(|id| id.parse::<AlertId>().ok());
    let alert = alert.and_then(|id| asked.engine.state().alerting.alert(id));
    let q = alert.map_or_else(
        || asked.place.last("q").unwrap_or("").to_owned(),
        |alert| all_equal(&alert.labels, MATCHERS_BYTES_MAX),
    );
    Typed { q, comment: asked.place.last("comment").unwrap_or("").to_owned(), lasts, ..Typed::default() }
}

/// What it would catch, as soon as the matchers can be read.
fn preview(
    asked: &Asked<'_>,
    frame: &Frame,
    typed: &Typed,
    wanted: Option<&Wanted>,
    changes: Option<&Silence>,
) -> Option<Preview> {
    let found = typed.matchers().ok()?;
    let starts = wanted.map_or(asked.now, |wanted| wanted.starts_at);
    let ends = wanted.map(|wanted| wanted.ends_at);
    let ends = ends.unwrap_or_else(|| starts + typed.lasts.parse().unwrap_or(Duration::hours(2)));
    let later = typed.starts.is_empty() && typed.from.is_empty();
    Some(Preview {
        starts: frame.moment(starts),
        ends: frame.moment(ends),
        caught: caught(asked, frame, &found, false),
        starts_text: if later { String::new() } else { starts.to_string() },
        ends_text: ends.to_string(),
        sets: wanted.is_some(),
        anew: changes.is_some_and(|silence| silence.matchers != found),
        matchers: found.0.iter().take(20).map(|one| clipped(&matcher(one), 200)).collect(),
    })
}

/// What is far too long to be a matcher or a reason is given back cut.
fn given_back(typed: Typed) -> Typed {
    let cut = |text: String, max| clipped(&text, max);
    Typed {
        q: cut(typed.q, GIVEN_BACK_MAX),
        comment: cut(typed.comment, 5000),
        from: cut(typed.from, 200),
        lasts: cut(typed.lasts, 200),
        starts: cut(typed.starts, 200),
        ends: cut(typed.ends, 200),
    }
}
