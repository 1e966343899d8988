//! Streams of records as a busy organisation leaves them: generated from a seed, each referring to what is there.
//!
//! They need not be what the engine would do, only what a journal may hold: the projection has to stand all of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, GroupId, NoticeId, PlanHash, Seq, SilenceId};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_record::{
    Actor, AlertChanged, AlertFired, AlertResolved, Body, FindingsFound, FoundFinding, NoticeDelivered, NoticeFailed,
    NoticeIntended, Origin, PlanAdopted, PlanCommit, PlanRefused, Record, ResolveCause, SilenceExpired, SilenceSet,
    Started,
};
use evenkeel_time::{Duration, Timestamp};

// Named by their paths, since the file is also part of an example.
#[path = "stream/declared.rs"]
mod declared;
#[path = "stream/incident.rs"]
mod incident;
#[path = "stream/review.rs"]
mod review;

/// 2026-01-05T00:00:00Z.
pub(crate) const START: i64 = 1_767_571_200_000;
/// Between two records.
const STEP: i64 = 11 * 60 * 1000;

/// Makes records without end.
pub(crate) struct Stream {
    chance: u64,
    seq: u64,
    at: i64,
    shape: Shape,
    made: BTreeMap<&'static str, Vec<u64>>,
    declared: BTreeMap<(String, String), ()>,
    facts: Vec<(u64, usize, String)>,
}

/// How large the organisation is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) workloads: u64,
    pub(crate) teams: u64,
    pub(crate) people: u64,
    /// How many facts stand for one record of another kind.
    pub(crate) facts: u64,
    /// How many documents there are of each kind.
    pub(crate) documents: u64,
    /// Of so many times one changes the ops repo.
    pub(crate) settled: u64,
}

impl Shape {
    pub(crate) const SMALL: Self = Self { workloads: 5, teams: 3, people: 4, facts: 1, documents: 4, settled: 1 };
}

impl Stream {
    pub(crate) fn new(seed: u64, shape: Shape) -> Self {
        Self {
            chance: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            seq: 0,
            at: START,
            shape,
            made: BTreeMap::new(),
            declared: BTreeMap::new(),
            facts: Vec::new(),
        }
    }

    /// A number below `below`.
    fn below(&mut self, below: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        (self.chance >> 11) % below.max(1)
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.below(from.len() as u64)).expect("small");
        from.get(at).copied().expect("there is something to pick from")
    }

    /// Something that was made before, now and then something that never was.
    fn known(&mut self, what: &'static str) -> Option<Seq> {
        if self.one_in(50) {
            return Some(Seq(self.seq + 1000));
        }
        let made = self.made.get(what).filter(|made| !made.is_empty())?.clone();
        let last = made.len().saturating_sub(40);
        Some(Seq(self.pick(made.get(last..)?)))
    }

    fn workload(&mut self) -> Arc<str> {
        format!("workload-{}", self.below(self.shape.workloads)).into()
    }

    fn team(&mut self) -> Arc<str> {
        format!("team-{}", self.below(self.shape.teams)).into()
    }

    fn person(&mut self) -> Arc<str> {
        format!("person-{}", self.below(self.shape.people)).into()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.one_in(3)).then(|| make(self))
    }

    fn owner(&mut self) -> Option<DocumentRef> {
        match self.below(4) {
            0 => None,
            1 => Some(DocumentRef::Person(self.person())),
            _ => Some(DocumentRef::Team(self.team())),
        }
    }

    fn record(&mut self, body: Body) -> Record {
        self.seq += 1;
        let step = self.below(2 * u64::try_from(STEP).expect("positive"));
        self.at += i64::try_from(step).expect("small");
        let told = [Origin::Reported, Origin::Reported, Origin::Observed, Origin::Imported];
        let origin = if matches!(body, Body::FactReported(_)) { self.pick(&told) } else { Origin::Observed };
        Record {
            seq: Seq(self.seq),
            at: Timestamp(self.at),
            actor: Actor("token:1".into()),
            origin,
            plan: PlanHash::NONE,
            body,
        }
    }

    fn make(&mut self, what: &'static str) {
        let seq = self.seq + 1;
        self.made.entry(what).or_default().push(seq);
    }

    fn body(&mut self) -> Option<Body> {
        let facts = self.shape.facts;
        let chosen = self.below(12 + 3 * facts);
        match chosen {
            0 | 1 => self.alerting(),
            2..=5 => self.incident(),
            6 | 7 => self.message(),
            8 => self.system(),
            9 => self.review(),
            10 if self.one_in(self.shape.settled) => Some(self.documents()),
            10 => Some(self.fact()),
            11 => self.access(),
            _ => Some(self.fact()),
        }
    }

    fn system(&mut self) -> Option<Body> {
        let byte = u8::try_from(self.below(3)).expect("small");
        Some(match self.below(6) {
            0 => Body::Started(Started {
                version: "1.0".into(),
                down_for: Duration::millis(i64::try_from(self.below(100_000)).expect("small")),
                clock_behind: Duration::millis(0),
            }),
            1 | 2 => Body::PlanAdopted(PlanAdopted {
                plan: PlanHash([byte; 32]),
                before: None,
                commit: self.maybe(|_| PlanCommit { id: "abc".into(), author: "a".into(), summary: "s".into() }),
                findings: u32::from(byte),
                orphans: vec!["group:1".into()],
            }),
            3 => Body::PlanRefused(PlanRefused { errors: vec!["e".into()] }),
            _ => {
                let codes = ["no-owner", "no-procedure", "no-cadence"];
                let mut findings = Vec::new();
                for code in codes {
                    if self.one_in(2) {
                        findings.push(FoundFinding {
                            code: code.into(),
                            document: self.maybe(|stream| format!("{}.yaml", stream.below(2)).into()),
                            count: 1 + u32::from(byte),
                            allowed: u32::from(byte / 2),
                        });
                    }
                }
                Body::FindingsFound(FindingsFound { findings })
            }
        })
    }

    fn alerting(&mut self) -> Option<Body> {
        Some(match self.below(8) {
            0..=2 => {
                let again = if self.one_in(5) { self.known("alert").map(AlertId) } else { None };
                if again.is_none() {
                    self.make("alert");
                }
                let mut labels = vec![("alertname".to_owned(), self.pick(&["Slow", "Down"]).to_owned())];
                if self.one_in(2) {
                    labels.push(("workload".to_owned(), self.workload().to_string()));
                }
                if self.one_in(6) {
                    labels.push(("drill".to_owned(), "true".to_owned()));
                }
                Body::AlertFired(AlertFired {
                    again,
                    labels: LabelSet::new(labels),
                    annotations: LabelSet::default(),
                    starts_at: Timestamp(self.at),
                    generator_url: "".into(),
                    groups: vec![GroupId(Seq(1))],
                    lease_until: Timestamp(self.at),
                })
            }
            3 => Body::AlertChanged(AlertChanged {
                alert: AlertId(self.known("alert")?),
                annotations: LabelSet::default(),
                starts_at: Timestamp(self.at),
                generator_url: "".into(),
            }),
            4 => Body::AlertResolved(AlertResolved {
                alert: AlertId(self.known("alert")?),
                ends_at: Timestamp(self.at),
                cause: self.pick(&[ResolveCause::Told, ResolveCause::Expired]),
            }),
            5 => {
                self.make("notice");
                Body::NoticeIntended(NoticeIntended {
                    group: GroupId(Seq(1)),
                    receiver: "shop".into(),
                    integration: "webhook[0]".into(),
                    firing: self.known("alert").map(AlertId).into_iter().collect(),
                    resolved: Vec::new(),
                    not_after: Timestamp(self.at),
                    next_flush_at: Timestamp(self.at),
                })
            }
            6 => Body::NoticeDelivered(NoticeDelivered { notice: NoticeId(self.known("notice")?), attempts: 1 }),
            _ if self.one_in(2) => Body::NoticeFailed(NoticeFailed {
                notice: NoticeId(self.known("notice")?),
                attempts: 3,
                reason: "no".into(),
                perhaps_arrived: false,
            }),
            _ if self.one_in(2) => {
                let changes = if self.one_in(3) { self.known("silence").map(SilenceId) } else { None };
                if changes.is_none() {
                    self.make("silence");
                }
                Body::SilenceSet(SilenceSet {
                    changes,
                    matchers: Matchers::default(),
                    starts_at: Timestamp(self.at),
                    ends_at: Timestamp(self.at + 1),
                    created_by: "ada".into(),
                    comment: "".into(),
                })
            }
            _ => Body::SilenceExpired(SilenceExpired { silence: SilenceId(self.known("silence")?) }),
        })
    }
}

impl Iterator for Stream {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(body) = self.body() {
                return Some(self.record(body));
            }
        }
    }
}
