//! A plan, facts and records for the tests of this crate.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_fact::IncomingFact;
use evenkeel_ids::{PlanHash, Seq};
use evenkeel_model::{Catalogue, Impact, LastResort, Person, Plan, RouteTree, Team, Workload};
use evenkeel_record::{Actor, Body, FactValue, Origin, Record};
use evenkeel_time::{Duration, Timestamp, Zone};

use crate::{State, decide_report};

pub(crate) const NOON: Timestamp = Timestamp(1_800_000_000_000);

fn named<T>(name: &str, of: impl Fn(Arc<str>) -> T) -> BTreeMap<Arc<str>, T> {
    BTreeMap::from([(name.into(), of(name.into()))])
}

/// The workload shop, the team payments, the person ada.
pub(crate) fn plan() -> Plan {
    let workload = |name| Workload {
        name,
        owner: None,
        tier: 1,
        impact: Impact::default(),
        components: vec![],
        depends_on: vec![],
        environments: vec![],
        priority: None,
        labels: evenkeel_labels::LabelSet::default(),
    };
    let person = |name| Person {
        name,
        full_name: None,
        zone: Zone::UTC,
        contacts: BTreeMap::new(),
        notify: vec![],
        quiet_hours: vec![],
    };
    let catalogue = Catalogue {
        workloads: named("shop", workload),
        teams: named("payments", |name| Team { name, members: vec![], escalation: None }),
        people: named("ada", person),
        ..Catalogue::default()
    };
    Plan {
        hash: PlanHash([1; 32]),
        commit: None,
        resolve_timeout: Duration::minutes(5),
        routes: RouteTree { routes: vec![] },
        receivers: BTreeMap::new(),
        inhibit_rules: vec![],
        time_intervals: BTreeMap::new(),
        probes: vec![],
        heartbeats: vec![],
        expected_alerts: vec![],
        last_resort: LastResort { receiver: "ops".into(), policy: None },
        priorities: vec![],
        catalogue,
    }
}

/// A search for knowledge with that key, from the wiki.
pub(crate) fn search(key: &str, found: bool) -> IncomingFact {
    IncomingFact {
        kind: "search".into(),
        key: key.into(),
        source: "wiki".into(),
        occurred_at: NOON,
        workload: None,
        team: None,
        person: None,
        fields: [("found".into(), FactValue::Flag(found))].into(),
    }
}

pub(crate) fn record(seq: u64, at: Timestamp, body: Body) -> Record {
    let (actor, origin, plan) = (Actor::system(), Origin::Reported, PlanHash([1; 32]));
    Record { seq: Seq(seq), at, actor, origin, plan, body }
}

/// A state with its records.
#[derive(Debug, Default)]
pub(crate) struct Lived {
    pub(crate) state: State,
    pub(crate) records: Vec<Record>,
}

impl Lived {
    /// Records something; its number.
    pub(crate) fn take(&mut self, at: Timestamp, body: Body) -> Seq {
        let record = record(u64::try_from(self.records.len()).expect("few") + 1, at, body);
        self.state.apply(&record);
        self.records.push(record);
        self.last()
    }

    pub(crate) fn last(&self) -> Seq {
        self.records.last().map_or(Seq(0), |record| record.seq)
    }

    /// Tells facts at noon, all of them good; what became of each, as `fact:1 recorded`.
    pub(crate) fn tell(&mut self, facts: &[IncomingFact]) -> Vec<String> {
        let report = decide_report(&self.state, &plan(), NOON, self.last().next(), facts).expect("good facts");
        for body in report.records {
            self.take(NOON, Body::FactReported(body));
        }
        report.taken.iter().map(|taken| format!("{} {}", taken.id, taken.told.as_str())).collect()
    }
}
