//! `/oncall`: who is on call now and next, where nobody will be, and what it takes of people.

use std::sync::Arc;

use askama::Template;
use evenkeel_model::Schedule;

use crate::alerts_text::clipped;
use crate::alerts_window::{Ways, Window};
use crate::link::encoded;
use crate::oncall_cover::{Standing, overrides};
use crate::oncall_gap::{Gaps, ahead};
use crate::oncall_load::{self, Line};
use crate::oncall_turn::{NowAndNext, turns_of};
use crate::{Asked, Frame, Moment, Section, Shown};

/// So many schedules on a page.
const ROWS: usize = 20;
/// So many schedules with gaps are listed.
const GAPS_MAX: usize = 10;
/// So many schedules are looked through for one's own turns and for gaps.
const LOOKED_AT_MAX: usize = 200;
/// One's own turns are looked for so far ahead. Units: days.
const OWN_DAYS: i64 = 60;
/// So many of one's own turns are shown.
const OWN_MAX: usize = 5;
/// So many overrides are shown.
const OVERRIDES_MAX: usize = 10;

#[derive(Debug, Template)]
#[template(path = "oncall.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    own: Option<Vec<Own>>,
    own_days: i64,
    schedules: Vec<NowAndNext>,
    ways: Ways,
    gaps: Vec<Gaps>,
    gaps_more: usize,
    gap_days: i64,
    covered: usize,
    load: Vec<Line>,
    load_more: usize,
    load_days: i64,
    overrides: Vec<Standing>,
    overrides_more: usize,
}

/// One of the reader's own turns.
#[derive(Debug)]
struct Own {
    schedule: String,
    path: String,
    from: Moment,
    until: Moment,
    now: bool,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::OnCall, "On call");
    let all = &asked.engine.plan().catalogue.schedules;
    let mut window = Window::new(asked.place.last("from").map(Arc::<str>::from), ROWS);
    for (name, schedule) in all {
        window.push(name.clone(), || schedule);
    }
    let paged = window.paged();
    let ways = paged.ways(|name| name.map_or_else(|| "?".to_owned(), |name| format!("?from={}", encoded(name))));
    let mut gaps: Vec<Gaps> = all.values().take(LOOKED_AT_MAX).filter_map(|one| ahead(asked, &frame, one, 2)).collect();
    gaps.sort_by(|a, b| {
        a.first.first().map(|gap| &gap.from.instant).cmp(&b.first.first().map(|gap| &gap.from.instant))
    });
    let covered = all.len() - gaps.len();
    let gaps_more = gaps.len().saturating_sub(GAPS_MAX);
    gaps.truncate(GAPS_MAX);
    let (load, load_more) = oncall_load::load(asked);
    let (overrides, overrides_more) = overrides(asked, &frame, None, OVERRIDES_MAX);
    Shown::page(View {
        own: asked.caller.person.as_ref().map(|person| own(asked, &frame, person, all.values())),
        own_days: OWN_DAYS,
        schedules: paged.rows.into_iter().map(|schedule| NowAndNext::of(asked, &frame, schedule)).collect(),
        ways,
        gaps,
        gaps_more,
        gap_days: crate::oncall_gap::DAYS,
        covered,
        load,
        load_more,
        load_days: oncall_load::DAYS,
        overrides,
        overrides_more,
        frame,
    })
}

/// The reader's next turns, whatever schedule they are of.
fn own<'a>(
    asked: &Asked<'_>,
    frame: &Frame,
    person: &Arc<str>,
    schedules: impl Iterator<Item = &'a Schedule>,
) -> Vec<Own> {
    let mut turns: Vec<_> = schedules
        .take(LOOKED_AT_MAX)
        .flat_map(|schedule| turns_of(asked, schedule, person, OWN_DAYS).into_iter().map(move |turn| (turn, schedule)))
        .collect();
    turns.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
    let own = |((from, until), schedule): ((evenkeel_time::Timestamp, _), &Schedule)| Own {
        schedule: clipped(&schedule.name, 120),
        path: encoded(&schedule.name),
        from: frame.moment(from),
        until: frame.moment(until),
        now: from <= asked.now,
    };
    turns.into_iter().take(OWN_MAX).map(own).collect()
}
