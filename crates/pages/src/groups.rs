//! `/groups`: what is told to whom, newest group first, and where telling fails.

use std::cmp::Reverse;

use askama::Template;
use evenkeel_engine::Group;
use evenkeel_ids::{GroupId, Seq};

use crate::alerts_text::clipped;
use crate::alerts_window::{Ways, Window, many, number};
use crate::link::encoded;
use crate::{Asked, Frame, Moment, Section, Shown};

/// So many on a page.
const ROWS: usize = 40;
/// Longer names of receivers are not looked for.
const RECEIVER_BYTES_MAX: usize = 200;
/// So many receivers are offered.
const RECEIVERS_MAX: usize = 50;

#[derive(Debug, Template)]
#[template(path = "groups.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    receiver: String,
    receivers: Vec<String>,
    failing_only: bool,
    failing: String,
    every: String,
    all_href: String,
    failing_href: String,
    rows: Vec<Line>,
    ways: Ways,
}

/// One group on one line.
#[derive(Debug)]
struct Line {
    id: String,
    labels: String,
    receiver: String,
    fires: String,
    over: usize,
    muted: bool,
    told: Option<Moment>,
    /// Notices that have no outcome.
    open: usize,
    /// Why one of them fails.
    failing: Option<String>,
    next: Moment,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let place = asked.place;
    let frame = asked.frame(Section::Alerts, "Groups");
    let receiver = place.last("receiver").map(str::trim).filter(|name| name.len() <= RECEIVER_BYTES_MAX).unwrap_or("");
    let failing_only = place.last("state") == Some("failing");
    let from = place.last("from").and_then(|text| text.parse().ok()).map(|seq| Reverse(GroupId(Seq(seq))));
    let state = &asked.engine.state().alerting;
    let mut window = Window::new(from, ROWS);
    let (mut every, mut failing) = (0, 0);
    for group in state.groups().filter(|group| receiver.is_empty() || *group.receiver == *receiver) {
        let fails = why_failing(asked, group).is_some();
        every += 1;
        failing += usize::from(fails);
        if fails || !failing_only {
            window.push(Reverse(group.id), || group);
        }
    }
    let address = |failing: bool, from: Option<&Reverse<GroupId>>| {
        let named = (!receiver.is_empty()).then(|| format!("receiver={}", encoded(receiver)));
        let state = failing.then(|| "state=failing".to_owned());
        let from = from.map(|id| format!("from={}", id.0.seq().0));
        format!("?{}", named.into_iter().chain(state).chain(from).collect::<Vec<_>>().join("&"))
    };
    let paged = window.paged();
    Shown::page(View {
        receiver: receiver.to_owned(),
        receivers: asked.engine.plan().receivers.keys().take(RECEIVERS_MAX).map(|name| clipped(name, 100)).collect(),
        failing_only,
        failing: number(failing),
        every: many(every, "group"),
        all_href: address(false, None),
        failing_href: address(true, None),
        ways: paged.ways(|from| address(failing_only, from)),
        rows: paged.rows.into_iter().map(|group| line(asked, &frame, group)).collect(),
        frame,
    })
}

fn line(asked: &Asked<'_>, frame: &Frame, group: &Group) -> Line {
    let (fires, over) = members(asked, group);
    Line {
        id: group.id.to_string(),
        labels: if group.key.labels.is_empty() {
            "all alerts together".to_owned()
        } else {
            clipped(&group.key.labels.to_string(), 250)
        },
        receiver: clipped(&group.receiver, 120),
        fires: many(fires, "alert"),
        over,
        muted: !muted_by(asked, group).is_empty(),
        told: last_told(group).map(|at| frame.moment(at)),
        open: group.open.len(),
        failing: why_failing(asked, group).map(|why| clipped(why, 150)),
        next: frame.moment(group.flush_at),
    }
}

/// How many of it fire, and how many are over.
pub(crate) fn members(asked: &Asked<'_>, group: &Group) -> (usize, usize) {
    let state = &asked.engine.state().alerting;
    let fires = group.members.iter().filter(|id| state.alert(**id).is_some_and(evenkeel_engine::Alert::fires)).count();
    (fires, group.members.len() - fires)
}

/// The time intervals that mute it now.
pub(crate) fn muted_by(asked: &Asked<'_>, group: &Group) -> Vec<String> {
    let plan = asked.engine.plan();
    let route = plan.routes.by_key(&group.key.route);
    let muting = route.map(|route| plan.muted_by(route, asked.now)).unwrap_or_default();
    muting.into_iter().map(|name| clipped(name, 100)).collect()
}

fn last_told(group: &Group) -> Option<evenkeel_time::Timestamp> {
    group.targets.iter().filter_map(|target| group.told_to(target)).map(|told| told.at).max()
}

/// Why a notice of it that has no outcome fails.
fn why_failing<'a>(asked: &Asked<'a>, group: &Group) -> Option<&'a str> {
    let state = &asked.engine.state().alerting;
    let mut open = group.open.values().filter_map(|id| state.notice(*id));
    open.find_map(|notice| notice.failing.as_deref())
}
