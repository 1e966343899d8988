//! Those who send alerts: a modelled Prometheus, and people's careless scripts.

use evenkeel_engine::IncomingAlert;
use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp};

use crate::clock::{Clock, HOUR, MINUTE, Mono, SECOND};
use crate::plans::UNIVERSE;
use crate::random::Random;

/// How long Prometheus goes on sending that an alert is over. Source: Prometheus, `rules/alerting.go`.
const RESOLVED_SENT_FOR: Duration = Duration::minutes(15);

/// One alert a Prometheus has a rule for.
#[derive(Debug)]
struct Rule {
    labels: LabelSet,
    annotations: LabelSet,
    since: Option<Timestamp>,
    over: Option<Timestamp>,
    changes_at: Mono,
}

/// A Prometheus: says again and again what fires, and for a while what is over.
#[derive(Debug)]
pub(crate) struct Prometheus {
    interval: Mono,
    rules: Vec<Rule>,
    away_until: Mono,
}

impl Prometheus {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let interval = *random.pick(&[30 * SECOND, MINUTE, MINUTE, MINUTE, MINUTE, 5 * MINUTE, 6 * MINUTE]);
        let rules = (0..random.between(1, 5)).map(|_| Rule {
            labels: labels(random),
            annotations: LabelSet::default(),
            since: None,
            over: None,
            changes_at: random.between(0, HOUR),
        });
        let mut rules: Vec<Rule> = rules.collect();
        rules.sort_by(|a, b| a.labels.cmp(&b.labels));
        rules.dedup_by(|a, b| a.labels == b.labels);
        Self { interval, rules, away_until: 0 }
    }

    pub(crate) fn interval(&self) -> Mono {
        self.interval
    }

    /// What it sends now, and how it goes on.
    pub(crate) fn send(&mut self, clock: &Clock, random: &mut Random) -> Vec<IncomingAlert> {
        let now = clock.wall();
        for rule in &mut self.rules {
            if rule.changes_at <= clock.mono {
                rule.turn(clock, random);
            } else if rule.since.is_some() && random.chance(20) {
                rule.annotations = LabelSet::new([("value", random.between(0, 99).to_string())]);
            }
        }
        if clock.mono < self.away_until {
            return Vec::new();
        }
        if random.chance(2) {
            self.away_until = clock.mono + random.between(MINUTE, HOUR);
        }
        let until = now + Duration(4 * self.interval);
        self.rules.iter().filter_map(|rule| rule.alert(now, until)).collect()
    }
}

impl Rule {
    fn turn(&mut self, clock: &Clock, random: &mut Random) {
        let short = random.chance(500);
        self.changes_at =
            clock.mono + if short { random.between(MINUTE, 20 * MINUTE) } else { random.between(MINUTE, 6 * HOUR) };
        if self.since.is_some() && self.over.is_none() {
            self.over = Some(clock.wall());
        } else {
            (self.since, self.over) = (Some(clock.wall()), None);
        }
    }

    fn alert(&self, now: Timestamp, until: Timestamp) -> Option<IncomingAlert> {
        let since = self.since?;
        if self.over.is_some_and(|over| over + RESOLVED_SENT_FOR < now) {
            return None;
        }
        Some(IncomingAlert {
            labels: self.labels.clone(),
            annotations: self.annotations.clone(),
            starts_at: Some(since),
            ends_at: Some(self.over.unwrap_or(until)),
            generator_url: Box::default(),
        })
    }
}

/// One alert's labels out of the universe.
pub(crate) fn labels(random: &mut Random) -> LabelSet {
    LabelSet::new(UNIVERSE.iter().map(|(name, values)| (*name, *random.pick(values))))
}

/// What a careless script sends: without an end, with times that are off, twice, late.
pub(crate) fn careless(now: Timestamp, random: &mut Random) -> Vec<IncomingAlert> {
    let mut alerts: Vec<IncomingAlert> = (0..random.between(1, 3)).map(|_| careless_alert(now, random)).collect();
    if random.chance(150) {
        let again = random.pick(&alerts).clone();
        alerts.push(again);
    }
    alerts.retain(|alert| alert.validate().is_ok());
    alerts
}

fn careless_alert(now: Timestamp, random: &mut Random) -> IncomingAlert {
    let mut near = |span: Mono| now + Duration(random.between(-span, span));
    let (soon, late, far) = (near(10 * MINUTE), near(2 * HOUR), near(24 * HOUR));
    let (starts_at, ends_at) = match random.below(8) {
        0 | 1 => (None, None),
        2 => (Some(soon), None),
        3 => (None, Some(soon)),
        4 => (Some(late), Some(soon)),
        5 => (Some(soon), Some(late)),
        6 => (None, Some(now)),
        _ => (Some(late), Some(far)),
    };
    IncomingAlert { labels: labels(random), starts_at, ends_at, ..IncomingAlert::default() }
}
