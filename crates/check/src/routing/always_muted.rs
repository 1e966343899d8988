//! `always-muted-route`: time intervals that keep a route from telling anybody for the whole of the next year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::RouteDocument;
use evenkeel_model::{codes, quoted};
use evenkeel_time::{TimeInterval, Timestamp, Zone};

use super::tree;
use crate::Repo;

/// How far is looked.
const DAYS: i64 = 366;
/// Asking intervals takes time, so a tree gets so many questions; what is left is not judged.
const QUESTIONS_MAX: usize = 5_000_000;

type Intervals<'a> = BTreeMap<&'a str, &'a [TimeInterval]>;

/// Reports routes that are muted all the time.
pub(super) fn always_muted_route(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let Some(config) = tree::config(repo) else { return };
    let Some(root) = &config.route else { return };
    let lists = config.time_intervals.iter();
    let known: Intervals<'_> = lists.map(|list| (list.name.value.as_ref(), list.intervals.as_slice())).collect();
    let mut judged: BTreeMap<(Vec<&str>, Vec<&str>), bool> = BTreeMap::new();
    let mut left = QUESTIONS_MAX;
    for route in tree::all(root) {
        let Some(first) = route.mute_time_intervals.first().or(route.active_time_intervals.first()) else { continue };
        let key = (names(&route.mute_time_intervals), names(&route.active_time_intervals));
        if !key.0.iter().chain(&key.1).all(|name| known.contains_key(name)) {
            continue;
        }
        let always = *judged.entry(key.clone()).or_insert_with(|| {
            let muting = Muting { mute: of(&key.0, &known), active: of(&key.1, &known), any_active: !key.1.is_empty() };
            muting.always(repo.at, &mut left)
        });
        if always {
            diags.push(always_muted(route, first));
        }
    }
}

fn names(written: &[Spanned<Arc<str>>]) -> Vec<&str> {
    written.iter().map(|name| name.value.as_ref()).collect()
}

fn of<'a>(names: &[&str], known: &Intervals<'a>) -> Vec<&'a TimeInterval> {
    names.iter().filter_map(|name| known.get(name)).copied().flatten().collect()
}

struct Muting<'a> {
    mute: Vec<&'a TimeInterval>,
    active: Vec<&'a TimeInterval>,
    any_active: bool,
}

impl Muting<'_> {
    fn at(&self, at: Timestamp) -> bool {
        let inside = |list: &[&TimeInterval]| list.iter().any(|interval| interval.contains(at));
        inside(&self.mute) || (self.any_active && !inside(&self.active))
    }

    /// Whether it holds at every instant of the next year at which it could change; `false` when that is asked too much.
    fn always(&self, now: Timestamp, left: &mut usize) -> bool {
        let each = self.mute.len() + self.active.len();
        let boundaries = self.boundaries();
        let mut holds = |at: Timestamp| {
            let affordable = left.checked_sub(each + 1);
            *left = affordable.unwrap_or(0);
            affordable.is_some() && self.at(at)
        };
        if !holds(now) {
            return false;
        }
        let end = now + evenkeel_time::Duration::hours(DAYS * 24);
        boundaries.iter().all(|(zone, minutes)| {
            let today = zone.civil(now);
            let instants = (0..=DAYS).flat_map(|day| {
                let midnight = evenkeel_time::Civil { minute: 0, ..today.plus_days(day) };
                minutes.iter().map(move |minute| midnight.plus_minutes(i64::from(*minute)))
            });
            instants.map(|civil| zone.instant(civil)).filter(|at| now < *at && *at < end).all(&mut holds)
        })
    }

    /// The minutes of the day at which an interval can begin or end, by zone.
    fn boundaries(&self) -> Vec<(&Zone, BTreeSet<u16>)> {
        let mut found: BTreeMap<&str, (&Zone, BTreeSet<u16>)> = BTreeMap::new();
        for interval in self.mute.iter().chain(&self.active) {
            let (_, minutes) =
                found.entry(interval.location.name()).or_insert_with(|| (&interval.location, BTreeSet::from([0])));
            minutes.extend(interval.times.iter().flat_map(|range| [range.start, range.end]));
        }
        found.into_values().collect()
    }
}

fn always_muted(route: &RouteDocument, first: &Spanned<Arc<str>>) -> Diagnostic {
    let name =
        if route.matchers.0.is_empty() { "a route".to_owned() } else { format!("the route {}", tree::named(route)) };
    let headline = format!("{name} is muted for the whole of the next {DAYS} days");
    let diag = Diagnostic::finding(codes::ALWAYS_MUTED_ROUTE, first.span, headline);
    let (muted, active) = (names(&route.mute_time_intervals), names(&route.active_time_intervals));
    let list = |names: &[&str]| names.iter().take(3).map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let label = match (muted.is_empty(), active.is_empty()) {
        (_, true) => format!("no time is left outside {}", list(&muted)),
        (true, false) => format!("there is no time in {}", list(&active)),
        (false, false) => format!("no time of {} is left outside {}", list(&active), list(&muted)),
    };
    diag.label(label).help("correct the time interval, or remove the route if it is meant to be quiet for good")
}
