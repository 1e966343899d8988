//! What was acknowledged, and what follows from that for what has to have arrived.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::sender::Work;
use crate::server::Server;
use crate::sink::{Delivery, Sink};

/// One alert and what its sender knows.
#[derive(Debug, Default)]
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) labels: Vec<(String, String)>,
    /// The silence it is posted under.
    pub(super) hush: Option<usize>,
    pub(super) fire_acknowledged: bool,
    pub(super) resolve_posted: bool,
    pub(super) resolve_acknowledged: bool,
}

/// One silence that was acknowledged.
#[derive(Debug, Default)]
pub(super) struct Hush {
    pub(super) value: String,
    pub(super) id: String,
    /// Its end may have been asked for.
    pub(super) may_end: bool,
    pub(super) expire_acknowledged: bool,
}

impl Subject {
    pub(super) fn labels(&self) -> Vec<(&str, &str)> {
        self.labels.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// The work of all senders.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    works: Vec<Work>,
}

impl Ledger {
    pub(super) fn add(&mut self, work: Work) {
        self.works.push(work);
    }

    fn subjects(&self) -> impl Iterator<Item = (&Subject, Option<&Hush>)> {
        self.works.iter().flat_map(|work| {
            work.subjects.iter().map(|subject| (subject, subject.hush.map(|index| &work.hushes[index])))
        })
    }

    /// What is owed and did not arrive.
    pub(super) fn missing(&self, deliveries: &[Delivery]) -> Vec<String> {
        let (fired, over) = (names(deliveries, "firing"), names(deliveries, "resolved"));
        let mut missing = Vec::new();
        for (subject, hush) in self.subjects() {
            let audible = hush.is_none_or(|hush| hush.expire_acknowledged);
            if subject.fire_acknowledged && audible && !fired.contains(subject.name.as_str()) {
                missing.push(format!("`{}` firing", subject.name));
            }
            if subject.resolve_acknowledged && !over.contains(subject.name.as_str()) {
                missing.push(format!("`{}` resolved", subject.name));
            }
        }
        missing
    }

    /// Acknowledged silences are there, those that were to stay active, the others as their end was acknowledged.
    pub(super) fn check_silences(&self, server: &Server) {
        let shown = server.get("/api/v2/silences").json();
        let states: BTreeMap<&str, &Value> = shown
            .as_array()
            .expect("a list")
            .iter()
            .map(|silence| (silence["id"].as_str().expect("an id"), &silence["status"]["state"]))
            .collect();
        for hush in self.works.iter().flat_map(|work| &work.hushes) {
            let state = states.get(hush.id.as_str()).and_then(|state| state.as_str());
            let expected: &[Option<&str>] = match (hush.may_end, hush.expire_acknowledged) {
                (_, true) => &[Some("expired")],
                (false, false) => &[Some("active")],
                (true, false) => &[Some("active"), Some("expired")],
            };
            assert!(expected.contains(&state), "silence {hush:?} is {state:?}");
        }
    }

    /// Nothing silenced was told, and no life told a notice twice: at most one extra per notice and crash.
    pub(super) fn check_deliveries(&self, deliveries: &[Delivery]) {
        let fired = names(deliveries, "firing");
        for (subject, hush) in self.subjects() {
            if hush.is_some_and(|hush| !hush.may_end) {
                assert!(!fired.contains(subject.name.as_str()), "silenced and told: {subject:?}");
            }
        }
        let mut lives: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for delivery in deliveries.iter().filter(|delivery| delivery.taken()) {
            let life = delivery.body["externalURL"].as_str().expect("an external URL");
            assert!(!delivery.key.is_empty(), "without a key: {delivery:?}");
            *lives.entry((&delivery.key, life)).or_default() += 1;
        }
        let twice: Vec<_> = lives.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "told again by the same life: {twice:?}");
    }

    /// How much there was of everything.
    pub(super) fn summary(&self, sink: &Sink) -> String {
        let sum = |of: fn(&Work) -> u64| self.works.iter().map(of).sum::<u64>();
        let count = |so: fn(&Subject) -> bool| self.subjects().filter(|(subject, _)| so(subject)).count();
        let deliveries = sink.deliveries();
        let taken: Vec<&Delivery> = deliveries.iter().filter(|delivery| delivery.taken()).collect();
        let keys: BTreeSet<&str> = taken.iter().map(|delivery| delivery.key.as_str()).collect();
        format!(
            "{} requests, {} acknowledged; {} alerts fired, {} resolved, {} silences; {} notices, {} delivered again",
            sum(|work| work.requests),
            sum(|work| work.acknowledged),
            count(|subject| subject.fire_acknowledged),
            count(|subject| subject.resolve_acknowledged),
            sum(|work| work.hushes.len() as u64),
            keys.len(),
            taken.len() - keys.len(),
        )
    }
}

/// Names of the alerts that arrived in this state.
fn names<'a>(deliveries: &'a [Delivery], status: &'a str) -> BTreeSet<&'a str> {
    let taken = deliveries.iter().filter(|delivery| delivery.taken());
    taken
        .flat_map(|delivery| delivery.alerts(status))
        .filter_map(|alert| alert["labels"]["alertname"].as_str())
        .collect()
}
