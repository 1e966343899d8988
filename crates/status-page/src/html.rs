//! A page as HTML: complete without JavaScript, and quick to paint.

use askama::Template;
use evenkeel_time::Timestamp;

use crate::bars::{Bars, bars, good_days, width};
use crate::board::Component;
use crate::files::{CSP, Offers, STALE_MARK};
use crate::words::{clipped, date, exact, length, minute, share};
use crate::{Board, Condition, Notice, Planned, Said};

/// So many incidents that are over are on the first page; the others are behind a link.
const PAST_SHOWN: usize = 5;
/// So many incidents that last are on the first page.
const CURRENT_SHOWN: usize = 10;
/// So many updates of an incident are on the first page, the newest.
const SAID_SHOWN: usize = 4;
/// Longer updates are cut there. Units: characters.
const SAID_CHARS: usize = 800;

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'a> {
    head: Head<'a>,
    groups: Vec<GroupView<'a>>,
    /// The picture of good days, and how wide it is.
    good_days: String,
    width: usize,
    current: Vec<NoticeView<'a>>,
    current_left: usize,
    planned: Vec<PlannedView<'a>>,
    past: Vec<NoticeView<'a>>,
    subscribing: bool,
}

#[derive(Template)]
#[template(path = "history.html")]
struct History<'a> {
    head: Head<'a>,
    components: Vec<ComponentHistory<'a>>,
    notices: Vec<NoticeView<'a>>,
}

/// What every page begins with.
struct Head<'a> {
    board: &'a Board,
    csp: &'static str,
    stale_mark: &'static str,
    at: Time,
    others: &'a [(String, String)],
}

/// An instant, exact and for people.
struct Time {
    exact: String,
    shown: String,
}

struct GroupView<'a> {
    title: Option<&'a str>,
    components: Vec<ComponentView<'a>>,
}

struct ComponentView<'a> {
    component: &'a Component,
    since: Option<Time>,
    bars: Bars,
    share: Option<String>,
}

struct NoticeView<'a> {
    notice: &'a Notice,
    components: String,
    began: Time,
    over: Option<Time>,
    lasted: String,
    said: Vec<SaidView<'a>>,
    left_out: usize,
}

struct SaidView<'a> {
    said: &'a Said,
    at: Time,
    text: String,
    cut: bool,
}

struct PlannedView<'a> {
    planned: &'a Planned,
    starts: Time,
    ends: Time,
    components: String,
}

struct ComponentHistory<'a> {
    component: &'a Component,
    share: Option<String>,
    /// Days that were not all good, newest first: the day, the condition, and for how long it did not work.
    trouble: Vec<(String, Condition, String)>,
    known_days: usize,
}

impl Time {
    fn of(at: Timestamp) -> Self {
        Self { exact: exact(at), shown: minute(at) }
    }
}

/// The first page.
pub(crate) fn index(board: &Board, offers: &Offers) -> String {
    let groups = board.groups.iter().map(|group| GroupView {
        title: group.title.as_deref(),
        components: group.components.iter().map(component).collect(),
    });
    let view = Index {
        head: head(board, offers),
        groups: groups.collect(),
        good_days: good_days(board.history_days),
        width: width(board.history_days),
        current: board.current.iter().take(CURRENT_SHOWN).map(|one| notice(one, SAID_SHOWN, SAID_CHARS)).collect(),
        current_left: board.current.len().saturating_sub(CURRENT_SHOWN),
        planned: board.planned.iter().map(planned).collect(),
        past: board.past.iter().take(PAST_SHOWN).map(|one| notice(one, 1, SAID_CHARS)).collect(),
        subscribing: offers.subscribing && board.public,
    };
    rendered(&view)
}

/// Every incident and every day with trouble.
pub(crate) fn history(board: &Board, offers: &Offers) -> String {
    let all = board.current.iter().chain(&board.past);
    let view = History {
        head: head(board, offers),
        components: board.components().map(component_history).collect(),
        notices: all.map(|one| notice(one, usize::MAX, usize::MAX)).collect(),
    };
    rendered(&view)
}

/// What is put at [`STALE_MARK`] when a page could not be renewed since an instant.
#[must_use]
pub fn stale_notice(since: Timestamp) -> String {
    let Time { exact, shown } = Time::of(since);
    format!(
        "<p class=\"stale\" role=\"status\"><strong>This page could not be renewed since <time \
         datetime=\"{exact}\">{shown}</time>.</strong> What it says may be out of date.</p>"
    )
}

pub(crate) fn rendered(view: &impl Template) -> String {
    let text = view.render();
    let mut text = text.expect("a template that is given what it asks for only fails to write, and a string takes all");
    // HTML takes no control characters, and nobody reads them.
    text.retain(|c| !c.is_control() || c == '\n' || c == '\t');
    text
}

fn head<'a>(board: &'a Board, offers: &'a Offers) -> Head<'a> {
    Head { board, csp: CSP, stale_mark: STALE_MARK, at: Time::of(board.at), others: &offers.others }
}

fn component(component: &Component) -> ComponentView<'_> {
    ComponentView {
        component,
        since: component.since.map(Time::of),
        bars: bars(component),
        share: component.up_ppm.map(share),
    }
}

fn notice(notice: &Notice, said_max: usize, chars_max: usize) -> NoticeView<'_> {
    let said = notice.said.iter().rev().take(said_max).map(|said| {
        let (text, cut) = clipped(&said.text, chars_max);
        SaidView { said, at: Time::of(said.at), text, cut }
    });
    let said: Vec<_> = said.collect();
    NoticeView {
        notice,
        components: notice.components.join(", "),
        began: Time::of(notice.began),
        over: notice.over.map(Time::of),
        lasted: notice.over.map_or_else(String::new, |over| length(over - notice.began)),
        left_out: notice.left_out + notice.said.len() - said.len(),
        said,
    }
}

fn planned(planned: &Planned) -> PlannedView<'_> {
    PlannedView {
        planned,
        starts: Time::of(planned.starts),
        ends: Time::of(planned.ends),
        components: planned.components.join(", "),
    }
}

fn component_history(component: &Component) -> ComponentHistory<'_> {
    let trouble = component.days.iter().rev().filter_map(|day| {
        let worst = day.worst.filter(|worst| *worst != Condition::Operational)?;
        let down = if day.down_for.0 > 0 { length(day.down_for) } else { "none".to_owned() };
        Some((date(day.start), worst, down))
    });
    ComponentHistory {
        component,
        share: component.up_ppm.map(share),
        trouble: trouble.collect(),
        known_days: component.days.iter().filter(|day| day.worst.is_some()).count(),
    }
}
