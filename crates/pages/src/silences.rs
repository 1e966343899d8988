//! `/silences`: those that hold, those to come, and those that were over lately.

use std::collections::BTreeMap;

use askama::Template;
use evenkeel_engine::{Silence, SilenceState};
use evenkeel_ids::{Seq, SilenceId};

use crate::alerts_sieve::Sieve;
use crate::alerts_text::{clipped, matchers};
use crate::alerts_window::{Ways, Window, many, number};
use crate::{Asked, Frame, Moment, Section, Shown};

/// So many on a page.
const ROWS: usize = 40;

#[derive(Debug, Template)]
#[template(path = "silences.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    states: Vec<(&'static str, String, bool)>,
    state: &'static str,
    count: String,
    rows: Vec<Line>,
    ways: Ways,
}

/// One silence on one line.
#[derive(Debug)]
struct Line {
    id: String,
    matchers: String,
    comment: String,
    by: String,
    /// When it begins or ends, whichever comes next, or when it ended.
    at: Moment,
    /// How many firing alerts it catches, while it holds.
    catches: Option<(usize, String)>,
}

/// What ends or begins soonest comes first; of what is over, what ended last.
type Soonest = (i64, SilenceId);

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let (place, now) = (asked.place, asked.now);
    let frame = asked.frame(Section::Alerts, "Silences");
    let wanted = match place.last("state") {
        Some("pending") => SilenceState::Pending,
        Some("expired") => SilenceState::Expired,
        Some(_) | None => SilenceState::Active,
    };
    let mut window = Window::new(place.last("from").and_then(soonest), ROWS);
    let mut counts = BTreeMap::new();
    for silence in asked.engine.state().alerting.silences() {
        let state = silence.state(now);
        *counts.entry(state).or_insert(0_usize) += 1;
        if state == wanted {
            window.push(key(silence, wanted), || silence);
        }
    }
    let paged = window.paged();
    let address = |state: &str, from: Option<&Soonest>| {
        let from = from.map(|(at, id)| format!("&from={at}.{}", id.seq().0)).unwrap_or_default();
        format!("?state={state}{from}")
    };
    let ways = paged.ways(|from| address(wanted.as_str(), from));
    let total = paged.total;
    let catches = if wanted == SilenceState::Active && total > 0 { catches(asked) } else { BTreeMap::new() };
    let line = |silence: &Silence| Line {
        id: silence.id.to_string(),
        matchers: clipped(&matchers(&silence.matchers), 300),
        comment: clipped(&silence.comment, 200),
        by: clipped(&silence.created_by, 80),
        at: frame.moment(if wanted == SilenceState::Pending { silence.starts_at } else { silence.ends_at }),
        catches: (wanted == SilenceState::Active).then(|| {
            let count = catches.get(&silence.id).copied().unwrap_or(0);
            (count, many(count, "alert"))
        }),
    };
    let states = [SilenceState::Active, SilenceState::Pending, SilenceState::Expired];
    let choice =
        |state: SilenceState| (state.as_str(), number(counts.get(&state).copied().unwrap_or(0)), state == wanted);
    Shown::page(View {
        states: states.into_iter().map(choice).collect(),
        state: wanted.as_str(),
        count: format!("{} {} silence{}", number(total), wanted.as_str(), if total == 1 { "" } else { "s" }),
        rows: paged.rows.into_iter().map(line).collect(),
        ways,
        frame,
    })
}

/// How many firing alerts each active silence catches: one walk over the alerts, whatever number of silences there is.
fn catches(asked: &Asked<'_>) -> BTreeMap<SilenceId, usize> {
    let sieve = Sieve::of(asked);
    let mut catches = BTreeMap::new();
    for alert in asked.engine.state().alerting.alerts().filter(|alert| alert.fires()) {
        for silence in sieve.silences(&alert.labels) {
            *catches.entry(silence.id).or_default() += 1;
        }
    }
    catches
}

fn key(silence: &Silence, state: SilenceState) -> Soonest {
    let at = match state {
        SilenceState::Active => silence.ends_at.0,
        SilenceState::Pending => silence.starts_at.0,
        SilenceState::Expired => silence.ends_at.0.saturating_neg(),
    };
    (at, silence.id)
}

fn soonest(text: &str) -> Option<Soonest> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, SilenceId(Seq(id.parse().ok()?))))
}
