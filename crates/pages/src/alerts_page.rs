//! `/alerts`: what fires, narrowed and a page at a time, or counted by a label.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use evenkeel_engine::Alert;

use crate::alerts_asked::{Misread, Narrowed, Newest, Told, place_of, written};
use crate::alerts_line::{Line, mark};
use crate::alerts_sieve::Sieve;
use crate::alerts_text::{clipped, equal};
use crate::alerts_window::{Ways, Window, many, number};
use crate::mark::Mark;
use crate::{Asked, Frame, Moment, Place, Section, Shown};

/// So many on a page.
const ROWS: usize = 40;
/// So many severities are offered; the others are found by matchers.
const SEVERITIES_MAX: usize = 8;
/// So many receivers are offered.
const RECEIVERS_MAX: usize = 50;

#[derive(Debug, Template)]
#[template(path = "alerts.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    q: String,
    misread: Option<Misread>,
    told: &'static str,
    receiver: String,
    receivers: Vec<String>,
    severity: String,
    by: String,
    grouped: bool,
    states: Vec<Choice>,
    severities: Vec<Choice>,
    views: Vec<Choice>,
    /// In words: how many of how many.
    count: String,
    narrowed: bool,
    fires: usize,
    rows: Vec<Line>,
    sorts: Vec<Sort>,
    ways: Ways,
}

/// One of several ways to look.
#[derive(Debug)]
struct Choice {
    word: String,
    count: String,
    href: String,
    here: bool,
}

/// Alerts that share a value of a label.
#[derive(Debug)]
struct Sort {
    value: String,
    count: String,
    suppressed: String,
    mark: Option<Mark>,
    newest: Moment,
    href: Option<String>,
}

/// What of many alerts a page is made of.
struct Looked<'a> {
    page: Window<Newest, (&'a Alert, Option<crate::alerts_sieve::Why>)>,
    sorts: BTreeMap<&'a str, Tally<'a>>,
    severities: BTreeMap<&'a str, usize>,
    active: usize,
    suppressed: usize,
    /// How many were looked at.
    visited: usize,
}

/// What alerts that share a value of a label have in common.
#[derive(Debug, Default)]
struct Tally<'a> {
    count: usize,
    suppressed: usize,
    severity: &'a str,
    newest: Option<evenkeel_time::Timestamp>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let narrowed = Narrowed::of(asked.place);
    let frame = asked.frame(Section::Alerts, "Alerts");
    let looked = look(asked, &narrowed);
    debug_assert!(looked.visited <= asked.engine.state().alerting.firing());
    Shown::page(view(asked, frame, &narrowed, looked))
}

/// Looks at every firing alert once, and holds a page.
fn look<'a>(asked: &Asked<'a>, narrowed: &Narrowed) -> Looked<'a> {
    let sieve = Sieve::of(asked);
    let alerting = &asked.engine.state().alerting;
    let mut looked = Looked {
        page: Window::new(narrowed.from, ROWS),
        sorts: BTreeMap::new(),
        severities: BTreeMap::new(),
        active: 0,
        suppressed: 0,
        visited: 0,
    };
    if narrowed.misread.is_some() {
        return looked;
    }
    let to_receiver = |alert: &Alert| {
        let mut groups = alert.groups.iter().filter_map(|id| alerting.group(*id));
        narrowed.receiver.is_empty() || groups.any(|group| *group.receiver == *narrowed.receiver)
    };
    for alert in alerting.alerts().filter(|alert| alert.fires()) {
        looked.visited += 1;
        if !narrowed.matchers.matches(&alert.labels) || !to_receiver(alert) {
            continue;
        }
        let why = sieve.why(alert);
        let severity = alert.labels.get("severity");
        if narrowed.told.asks_for(why.is_some())
            && (looked.severities.len() < 200 || looked.severities.contains_key(severity))
        {
            *looked.severities.entry(severity).or_default() += 1;
        }
        if narrowed.severity.as_deref().is_some_and(|wanted| wanted != severity) {
            continue;
        }
        looked.active += usize::from(why.is_none());
        looked.suppressed += usize::from(why.is_some());
        if !narrowed.told.asks_for(why.is_some()) {
            continue;
        }
        looked.page.push(place_of(alert), || (alert, why));
        if let Some(by) = &narrowed.by {
            looked.sorts.entry(alert.labels.get(by)).or_default().add(alert, why.is_some());
        }
    }
    looked
}

impl<'a> Tally<'a> {
    fn add(&mut self, alert: &'a Alert, suppressed: bool) {
        self.count += 1;
        self.suppressed += usize::from(suppressed);
        self.newest = self.newest.max(Some(alert.starts_at));
        let severity = alert.labels.get("severity");
        let class = |text| mark(text).map_or("sev9", |mark| mark.class);
        if self.severity.is_empty() || class(severity) < class(self.severity) {
            self.severity = severity;
        }
    }
}

fn view(asked: &Asked<'_>, frame: Frame, narrowed: &Narrowed, looked: Looked<'_>) -> View {
    let place = asked.place;
    let shown = looked.page.paged();
    let grouped = narrowed.by.is_some();
    let address = |key: Option<&Newest>| from_start(place, "from", &key.map(written).unwrap_or_default());
    let (sorts, ways) = match &narrowed.by {
        Some(by) => sorts(place, &frame, by, looked.sorts),
        None => (Vec::new(), shown.ways(address)),
    };
    let narrowed_by = ["q", "receiver", "severity"].into_iter().any(|name| place.last(name).is_some());
    let told = narrowed.told;
    let line = |(alert, why)| Line::of(asked.engine, &frame, alert, why);
    let rows = if grouped { Vec::new() } else { shown.rows.into_iter().map(line).collect() };
    let word = if told == Told::All { String::new() } else { format!("{} ", told.as_str()) };
    let count = format!("{} {word}alert{}", number(shown.total), if shown.total == 1 { "" } else { "s" });
    let receivers = asked.engine.plan().receivers.keys().take(RECEIVERS_MAX);
    View {
        q: clipped(place.last("q").unwrap_or(""), 2500),
        misread: narrowed.misread.clone(),
        told: told.as_str(),
        receiver: clipped(&narrowed.receiver, 500),
        receivers: receivers.map(|name| clipped(name, 100)).collect(),
        severity: clipped(narrowed.severity.as_deref().unwrap_or(""), 200),
        by: narrowed.by.as_deref().map_or_else(String::new, |by| clipped(by, 200)),
        grouped,
        states: states(place, told, looked.active, looked.suppressed),
        severities: severities(place, narrowed, &looked.severities),
        views: views(place, grouped),
        count,
        narrowed: narrowed_by,
        fires: asked.engine.state().alerting.firing(),
        rows,
        sorts,
        ways,
        frame,
    }
}

/// The values of a label, what most alerts share first.
fn sorts(place: &Place, frame: &Frame, by: &str, tallies: BTreeMap<&str, Tally<'_>>) -> (Vec<Sort>, Ways) {
    let from = place.last("from").and_then(|from| {
        let (count, value) = from.split_once('.')?;
        Some((Reverse(count.parse::<usize>().ok()?), value.to_owned()))
    });
    let mut window = Window::new(from, ROWS);
    for (value, tally) in &tallies {
        window.push((Reverse(tally.count), (*value).to_owned()), || (*value, tally));
    }
    let paged = window.paged();
    let ways = paged.ways(|key| {
        from_start(place, "from", &key.map(|(count, value)| format!("{}.{value}", count.0)).unwrap_or_default())
    });
    let sort = |(value, tally): (&str, &Tally<'_>)| Sort {
        value: if value.is_empty() { format!("no {by}") } else { clipped(value, 200) },
        count: number(tally.count),
        suppressed: if tally.suppressed == 0 { String::new() } else { number(tally.suppressed) },
        mark: mark(tally.severity),
        newest: frame.moment(tally.newest.unwrap_or_default()),
        href: narrower(place, by, value),
    };
    (paged.rows.into_iter().map(sort).collect(), ways)
}

/// The alerts of one value, as a list; `None` where the address would be too long to be one.
fn narrower(place: &Place, by: &str, value: &str) -> Option<String> {
    let own = place.last("q").unwrap_or("");
    let both = if own.is_empty() { equal(by, value) } else { format!("{own}, {}", equal(by, value)) };
    if both.len() > 512 || own.starts_with('{') {
        return None;
    }
    let rest = ["state", "receiver", "severity"].into_iter().filter_map(|name| Some((name, place.last(name)?)));
    let rest: String = rest.map(|(name, value)| format!("&{name}={}", crate::link::encoded(value))).collect();
    Some(format!("?q={}{rest}", crate::link::encoded(&both)))
}

fn states(place: &Place, told: Told, active: usize, suppressed: usize) -> Vec<Choice> {
    let counts = [(Told::Active, active), (Told::Suppressed, suppressed), (Told::All, active + suppressed)];
    let choice = |(one, count): (Told, usize)| Choice {
        word: one.as_str().to_owned(),
        count: number(count),
        href: from_start(place, "state", if one == Told::Active { "" } else { one.as_str() }),
        here: one == told,
    };
    counts.into_iter().map(choice).collect()
}

/// The severities that most alerts have.
fn severities(place: &Place, narrowed: &Narrowed, counts: &BTreeMap<&str, usize>) -> Vec<Choice> {
    let mut sorted: Vec<_> = counts.iter().filter(|(value, _)| !value.is_empty()).collect();
    sorted.sort_by_key(|(value, count)| (Reverse(**count), **value));
    let choice = |(value, count): (&&str, &usize)| Choice {
        word: clipped(value, 60),
        count: number(*count),
        href: from_start(place, "severity", if narrowed.severity.as_deref() == Some(*value) { "" } else { value }),
        here: narrowed.severity.as_deref() == Some(*value),
    };
    sorted.into_iter().filter(|(value, _)| value.len() <= 60).take(SEVERITIES_MAX).map(choice).collect()
}

fn views(place: &Place, grouped: bool) -> Vec<Choice> {
    let choice = |word: &str, view: &str, here| Choice {
        word: word.to_owned(),
        count: String::new(),
        href: from_start(place, "view", view),
        here,
    };
    vec![choice("one by one", "", !grouped), choice("counted by a label", "grouped", grouped)]
}

/// The same look with one thing otherwise, from its first page on. What is too long to have been read is left out.
fn from_start(place: &Place, name: &str, value: &str) -> String {
    let pairs = ["q", "state", "receiver", "severity", "view", "by", "from"].into_iter().filter_map(|known| {
        let value = if known == name { value } else { place.last(known).filter(|_| known != "from")? };
        (!value.is_empty() && value.len() <= 512).then(|| format!("{known}={}", crate::link::encoded(value)))
    });
    format!("?{}", pairs.collect::<Vec<_>>().join("&"))
}

impl View {
    /// What is said where nothing is shown.
    fn nothing(&self) -> &'static str {
        match (self.fires, self.narrowed, self.told) {
            (0, _, _) => "No alert fires.",
            (_, false, "active") => "Every alert that fires is suppressed.",
            (_, false, "suppressed") => "No alert that fires is suppressed.",
            _ => "No alert that fires is like this.",
        }
    }

    fn firing(&self) -> String {
        many(self.fires, "alert")
    }
}

#[cfg(test)]
mod tests;
