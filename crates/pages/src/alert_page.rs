//! `/alerts/{id}`: one alert, why it is told of or not, and to whom.

use askama::Template;
use evenkeel_alerting::Status;
use evenkeel_engine::{Alert, Group};
use evenkeel_ids::AlertId;
use evenkeel_record::ResolveCause;

use crate::alert_told::{Telling, tellings};
use crate::alerts_line::mark;
use crate::alerts_sieve::Sieve;
use crate::alerts_text::{called, clipped, cost, equal, says};
use crate::link::{encoded, web_address};
use crate::mark::Mark;
use crate::{Asked, Frame, Moment, Section, Shown};

/// Labels and annotations each take no more of HTML than this.
const TEXTS_BYTES_MAX: usize = 10_000;
/// One of them takes no more than this.
const TEXT_BYTES_MAX: usize = 1500;
/// So many silences, groups and incidents are listed.
const LISTED_MAX: usize = 10;
/// Values up to this long are offered as a filter. Units: bytes.
const FILTER_BYTES_MAX: usize = 80;

#[derive(Debug, Template)]
#[template(path = "alert.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    id: String,
    name: String,
    mark: Option<Mark>,
    severity: String,
    /// `fires`, `suppressed`, `over`.
    standing: &'static str,
    says: String,
    since: Moment,
    seen: Moment,
    ends: Ends,
    source: Option<String>,
    labels: Vec<Text>,
    labels_more: usize,
    annotations: Vec<Text>,
    annotations_more: usize,
    silences: Vec<Silenced>,
    silences_more: usize,
    inhibitor: Option<(String, String)>,
    groups: Vec<InGroup>,
    groups_more: usize,
    incidents: Vec<InIncident>,
    incidents_more: usize,
    all_of_it: Option<String>,
}

/// When it is over, or was.
#[derive(Debug)]
enum Ends {
    /// Unless its sender speaks of it again.
    At { at: Moment, told: bool },
    /// It is.
    Over { at: Moment, cause: &'static str },
}

/// A label or an annotation.
#[derive(Debug)]
struct Text {
    name: String,
    value: String,
    /// Where it leads.
    href: Option<String>,
}

#[derive(Debug)]
struct Silenced {
    id: String,
    comment: String,
    by: String,
    until: Moment,
}

#[derive(Debug)]
struct InGroup {
    id: String,
    receiver: String,
    labels: String,
    muted_by: String,
    next: Moment,
    tellings: Vec<Telling>,
}

#[derive(Debug)]
struct InIncident {
    href: Option<String>,
    id: String,
    title: String,
    mark: Mark,
    phase: &'static str,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let id = asked.place.named("id");
    let found = id.parse::<AlertId>().ok().and_then(|id| asked.engine.state().alerting.alert(id));
    match found {
        Some(alert) => Shown::page(view(asked, alert)),
        None => Shown::not_there(
            format!("No alert {} is held now.", clipped(id, 80)),
            "It is over and everybody was told, or never was. The records have what became of it.",
        ),
    }
}

fn view(asked: &Asked<'_>, alert: &Alert) -> View {
    let name = called(&alert.labels);
    let frame = asked.frame(Section::Alerts, name.clone());
    let sieve = Sieve::of(asked);
    let cx = asked.engine.context(asked.now);
    let (labels, labels_more) = texts(alert.labels.iter(), |name, value| {
        let short = name.len() + value.len() <= FILTER_BYTES_MAX;
        short.then(|| format!("{}alerts?state=all&q={}", frame.root, encoded(&equal(name, value))))
    });
    let (annotations, annotations_more) = texts(alert.annotations.iter(), |_, value| {
        web_address(value).filter(|_| value.len() <= TEXT_BYTES_MAX).map(ToOwned::to_owned)
    });
    let silences: Vec<_> = sieve.silences(&alert.labels).collect();
    let inhibitor = cx.inhibited_by(&alert.labels).filter(|_| alert.fires());
    let groups: Vec<&Group> = alert.groups.iter().filter_map(|id| cx.state.group(*id)).collect();
    let (incidents, incidents_more) = incidents(asked, alert);
    let standing = match (alert.fires(), sieve.why(alert)) {
        (false, _) => "over",
        (true, Some(_)) => "suppressed",
        (true, None) => "fires",
    };
    let source = web_address(&alert.generator_url).filter(|address| address.len() <= 4000);
    let alertname = alert.labels.get("alertname");
    let short = !alertname.is_empty() && alertname.len() <= FILTER_BYTES_MAX;
    View {
        id: alert.id.to_string(),
        mark: mark(alert.labels.get("severity")),
        severity: clipped(alert.labels.get("severity"), 80),
        standing,
        says: clipped(says(&alert.annotations), 1000),
        since: frame.moment(alert.starts_at),
        seen: frame.moment(alert.lease.seen_at),
        ends: ends(&frame, alert),
        source: source.map(ToOwned::to_owned),
        silences_more: silences.len().saturating_sub(LISTED_MAX),
        silences: silences.into_iter().take(LISTED_MAX).map(|silence| Silenced::of(&frame, silence)).collect(),
        inhibitor: inhibitor
            .map(|id| (id.to_string(), cx.state.alert(id).map_or_else(String::new, |by| called(&by.labels)))),
        groups_more: groups.len().saturating_sub(LISTED_MAX),
        groups: groups.into_iter().take(LISTED_MAX).map(|group| in_group(asked, &frame, group, alert)).collect(),
        all_of_it: short.then(|| encoded(&equal("alertname", alertname))),
        name,
        labels,
        labels_more,
        annotations,
        annotations_more,
        incidents,
        incidents_more,
        frame,
    }
}

fn ends(frame: &Frame, alert: &Alert) -> Ends {
    match alert.status {
        Status::Firing => Ends::At { at: frame.moment(alert.lease.until), told: alert.lease.told },
        Status::Resolved { ends_at, cause } => Ends::Over {
            at: frame.moment(ends_at),
            cause: match cause {
                ResolveCause::Told => "its sender said so",
                ResolveCause::Expired => "its sender spoke of it no more",
            },
        },
    }
}

/// Names and values as far as there is room for them, and how many more there are.
fn texts<'a>(
    all: impl Iterator<Item = (&'a str, &'a str)>,
    href: impl Fn(&str, &str) -> Option<String>,
) -> (Vec<Text>, usize) {
    let (mut shown, mut left, mut more) = (Vec::new(), TEXTS_BYTES_MAX, 0);
    for (name, value) in all {
        let text = Text { name: clipped(name, 200), value: clipped(value, TEXT_BYTES_MAX), href: href(name, value) };
        // Besides what they say, a row has its tags.
        let costs = cost(&text.name) + cost(&text.value) + text.href.as_deref().map_or(0, cost) + 60;
        if more > 0 || costs > left {
            more += 1;
            continue;
        }
        left -= costs;
        shown.push(text);
    }
    (shown, more)
}

fn in_group(asked: &Asked<'_>, frame: &Frame, group: &Group, alert: &Alert) -> InGroup {
    let plan = asked.engine.plan();
    let muted = plan.routes.by_key(&group.key.route).map(|route| plan.muted_by(route, asked.now)).unwrap_or_default();
    let muted: Vec<&str> = muted.into_iter().map(AsRef::as_ref).collect();
    InGroup {
        id: group.id.to_string(),
        receiver: clipped(&group.receiver, 200),
        labels: clipped(&group.key.labels.to_string(), 300),
        muted_by: clipped(&muted.join(", "), 200),
        next: frame.moment(group.flush_at),
        tellings: tellings(asked, frame, group, Some(alert.id)),
    }
}

fn incidents(asked: &Asked<'_>, alert: &Alert) -> (Vec<InIncident>, usize) {
    let has = |incident: &&evenkeel_incident::Incident| incident.alerts.binary_search(&alert.id).is_ok();
    let mut found: Vec<_> = asked.engine.state().incident.incidents().filter(has).collect();
    found.sort_by_key(|incident| (!incident.active(), std::cmp::Reverse(incident.id)));
    let more = found.len().saturating_sub(LISTED_MAX);
    let shown = found.into_iter().take(LISTED_MAX).map(|incident| InIncident {
        href: crate::record_links::leads_to(asked.engine, &incident.id.to_string()),
        id: incident.id.to_string(),
        title: clipped(&incident.title, 300),
        mark: Mark::of(incident.severity),
        phase: if incident.active() && incident.paused.is_some() { "paused" } else { incident.phase.as_str() },
    });
    (shown.collect(), more)
}

impl Silenced {
    fn of(frame: &Frame, silence: &evenkeel_engine::Silence) -> Self {
        Self {
            id: silence.id.to_string(),
            comment: clipped(&silence.comment, 200),
            by: clipped(&silence.created_by, 80),
            until: frame.moment(silence.ends_at),
        }
    }
}

impl View {
    /// Whether nothing keeps it from being told of anywhere.
    fn free(&self) -> bool {
        let muted = self.groups.iter().any(|group| !group.muted_by.is_empty());
        self.silences.is_empty() && self.inhibitor.is_none() && !muted
    }
}
