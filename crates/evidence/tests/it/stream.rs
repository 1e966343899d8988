//! Streams of records as a busy organisation leaves them: generated from a seed, each referring to what is there.
//!
//! They need not be what the engine would do, only what a journal may hold: the projection has to stand all of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_evidence_sql::{Sort, Source, Table, tables};
use evenkeel_fact::{Sort as FactSort, kinds};
use evenkeel_ids::{
    AlertId, AttestationId, DocumentRef, FactId, GroupId, ImprovementId, IncidentId, NoticeId, OverrideId, PageId,
    PlanHash, ProblemId, Seq, SilenceId, TokenId, UpdateId,
};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_record::{
    AcknowledgementExpired, Actor, AlertChanged, AlertFired, AlertResolved, Ask, AttestationWithdrawn, Attested, Body,
    Declaration, DeclarationKey, DocumentsDeclared, EscalationCause, FactReported, FactValue, FindingsFound,
    FoundFinding, Hash, ImprovementClosed, ImprovementDropped, ImprovementOpened, ImprovementReopened,
    IncidentAcknowledged, IncidentAssigned, IncidentClosed, IncidentEscalated, IncidentJoined, IncidentMerged,
    IncidentNoted, IncidentOpened, IncidentReopened, IncidentResolved, IncidentRole, IncidentSeveritySet,
    IncidentUnroutable, IncidentVisibilitySet, MessageDelivered, MessageFailed, MilestoneSet, NoticeDelivered,
    NoticeFailed, NoticeIntended, Origin, OverrideRemoved, OverrideSet, PageContact, PageExpired, PageFailed,
    PageOpened, PlanAdopted, PlanCommit, PlanRefused, ProblemCause, ProblemLinked, ProblemOpened, ProblemResolved,
    Record, ResolveCause, ResolvedBy, Role, SentId, SilenceExpired, SilenceSet, Started, TokenCreated, TokenRevoked,
    UpdateApproved, UpdateDrafted, UpdateKind, UpdateWithdrawn,
};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

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
}

impl Shape {
    pub(crate) const SMALL: Self = Self { workloads: 5, teams: 3, people: 4, facts: 1 };
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
        from[at]
    }

    /// Something that was made before, now and then something that never was.
    fn known(&mut self, what: &'static str) -> Option<Seq> {
        if self.one_in(50) {
            return Some(Seq(self.seq + 1000));
        }
        let made = self.made.get(what).filter(|made| !made.is_empty())?.clone();
        let last = made.len().saturating_sub(40);
        Some(Seq(self.pick(&made[last..])))
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

    /// The documents that the organisation begins with.
    pub(crate) fn foundation(&mut self) -> Vec<Record> {
        let Shape { workloads, teams, people, .. } = self.shape;
        let mut all = Vec::new();
        for team in 0..teams {
            let members = (0..people).filter(|person| person % teams == team).map(|person| format!("person-{person}"));
            let attributes =
                [("members".into(), FactValue::list(members)), ("escalation".into(), FactValue::text("everyone"))];
            all.push(declaration("Team", &format!("team-{team}"), None, attributes.into()));
        }
        for person in 0..people {
            let attributes =
                [("time_zone".into(), FactValue::text("Europe/Berlin")), ("contacts".into(), FactValue::Whole(2))];
            all.push(declaration("Person", &format!("person-{person}"), None, attributes.into()));
        }
        for workload in 0..workloads {
            let owner = DocumentRef::Team(format!("team-{}", workload % teams).into());
            let attributes = [
                ("tier".into(), FactValue::Whole(1 + i64::try_from(workload % 4).expect("small"))),
                ("customers".into(), FactValue::Flag(workload % 2 == 0)),
                ("production".into(), FactValue::Flag(workload % 3 != 0)),
                ("environments".into(), FactValue::list(["staging", "production"])),
                (
                    "depends_on".into(),
                    FactValue::list((workload % 3 == 1).then(|| format!("workload-{}", workload / 2))),
                ),
                ("dependencies".into(), FactValue::Whole(i64::from(workload % 3 == 1))),
                ("components".into(), FactValue::Whole(1)),
            ];
            all.push(declaration("Workload", &format!("workload-{workload}"), Some(owner), attributes.into()));
        }
        let declared: Vec<Vec<Declaration>> = all.chunks(500).map(<[Declaration]>::to_vec).collect();
        declared
            .into_iter()
            .map(|declared| {
                for declaration in &declared {
                    self.declared.insert((declaration.kind.to_string(), declaration.name.to_string()), ());
                }
                self.record(Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn: Vec::new() }))
            })
            .collect()
    }

    fn record(&mut self, body: Body) -> Record {
        self.seq += 1;
        let step = self.below(2 * u64::try_from(STEP).expect("positive"));
        self.at += i64::try_from(step).expect("small");
        let origin = match &body {
            Body::FactReported(_) => {
                self.pick(&[Origin::Reported, Origin::Reported, Origin::Observed, Origin::Imported])
            }
            _ => Origin::Observed,
        };
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
            10 => Some(self.documents()),
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

    fn incident(&mut self) -> Option<Body> {
        let severity = self.pick(&Severity::ALL);
        let alerts: Vec<AlertId> = self.known("alert").map(AlertId).into_iter().collect();
        let reason: Box<str> = "because".into();
        if self.one_in(4) {
            self.make("incident");
            return Some(Body::IncidentOpened(IncidentOpened {
                response_plan: "shop-down".into(),
                key: None,
                group: (!alerts.is_empty()).then_some(GroupId(Seq(1))),
                alerts,
                title: "down".into(),
                workload: self.maybe(Self::workload),
                owner: self.owner(),
                severity,
                severity_reason: reason,
                customer_visible: self.one_in(2),
            }));
        }
        let incident = IncidentId(self.known("incident")?);
        Some(match self.below(15) {
            0 => Body::IncidentJoined(IncidentJoined { incident, alerts, severity, severity_reason: reason }),
            1 => Body::IncidentEscalated(IncidentEscalated {
                incident,
                policy: "shop".into(),
                step: 0,
                round: 1,
                cause: self.pick(&[EscalationCause::Opened, EscalationCause::Asked, EscalationCause::Unanswered]),
                reason: None,
                next_at: Timestamp(self.at),
                last_resort: self.one_in(4),
                to: None,
                unresolved: vec!["schedule:x".into()],
                page: self.maybe(|stream| stream.known("page").map(PageId)).flatten(),
            }),
            2 => Body::IncidentUnroutable(IncidentUnroutable { incident, reason, next_at: Timestamp(self.at) }),
            3 | 4 => Body::IncidentAcknowledged(IncidentAcknowledged {
                incident,
                person: self.maybe(Self::person),
                page: self.maybe(|stream| stream.known("page").map(PageId)).flatten(),
                until: Timestamp(self.at),
            }),
            5 => Body::AcknowledgementExpired(AcknowledgementExpired { incident, next_at: Timestamp(self.at) }),
            6 => Body::IncidentAssigned(IncidentAssigned {
                incident,
                role: self.pick(&[IncidentRole::Commander, IncidentRole::Communicator, IncidentRole::Scribe]),
                person: self.person(),
                reason: None,
            }),
            7 => Body::IncidentSeveritySet(IncidentSeveritySet { incident, severity, reason }),
            8 => Body::IncidentVisibilitySet(IncidentVisibilitySet {
                incident,
                customer_visible: self.one_in(2),
                reason,
            }),
            9 => Body::IncidentNoted(IncidentNoted { incident, text: reason, for_updates: false }),
            10 => Body::IncidentMerged(IncidentMerged { incident, into: IncidentId(self.known("incident")?), reason }),
            11 => Body::IncidentResolved(IncidentResolved {
                incident,
                cause: self.pick(&[ResolvedBy::Alerts, ResolvedBy::Person]),
                reason: None,
                workaround: self.one_in(3),
                reopen_until: Timestamp(self.at),
                page: None,
            }),
            12 => Body::IncidentReopened(IncidentReopened { incident, group: None, alerts, reason: None }),
            13 => Body::IncidentClosed(IncidentClosed { incident, reason: None }),
            _ => return self.problem(incident),
        })
    }

    fn problem(&mut self, incident: IncidentId) -> Option<Body> {
        Some(match self.below(3) {
            0 => {
                self.make("problem");
                Body::ProblemOpened(ProblemOpened {
                    title: "again".into(),
                    incidents: vec![incident, incident],
                    cause: self.pick(&[ProblemCause::Recurrence, ProblemCause::Person]),
                })
            }
            1 => Body::ProblemLinked(ProblemLinked { problem: ProblemId(self.known("problem")?), incident }),
            _ => {
                Body::ProblemResolved(ProblemResolved { problem: ProblemId(self.known("problem")?), reason: "".into() })
            }
        })
    }

    fn message(&mut self) -> Option<Body> {
        let address: Arc<str> = "phone".into();
        Some(match self.below(9) {
            0 | 1 => {
                self.make("page");
                Body::PageOpened(PageOpened {
                    incident: IncidentId(self.known("incident")?),
                    to: if self.one_in(4) {
                        DocumentRef::Receiver("ops".into())
                    } else {
                        DocumentRef::Person(self.person())
                    },
                    ask: self.pick(&[Ask::Acknowledge, Ask::StillYours, Ask::TakeOver, Ask::Approve(UpdateId(Seq(1)))]),
                    because: Vec::new(),
                    contacts: vec![PageContact { contact: Arc::clone(&address), at: Timestamp(self.at) }],
                    not_after: Timestamp(self.at),
                })
            }
            2 => {
                self.make("update");
                Body::UpdateDrafted(UpdateDrafted {
                    incident: IncidentId(self.known("incident")?),
                    communication: "customers".into(),
                    audience: "all".into(),
                    kind: self.pick(&[UpdateKind::First, UpdateKind::Progress, UpdateKind::Recovery]),
                    title: "".into(),
                    text: "".into(),
                    approvers: if self.one_in(2) { vec![DocumentRef::Team("team-0".into())] } else { Vec::new() },
                    addresses: vec![Arc::clone(&address)],
                    next_at: None,
                })
            }
            3 => {
                Body::UpdateApproved(UpdateApproved { update: UpdateId(self.known("update")?), text: None, page: None })
            }
            4 => Body::UpdateWithdrawn(UpdateWithdrawn {
                update: UpdateId(self.known("update")?),
                reason: "".into(),
                page: self.maybe(|stream| stream.known("page").map(PageId)).flatten(),
            }),
            5 | 6 => {
                let of = self.sent()?;
                if self.one_in(3) {
                    Body::MessageFailed(MessageFailed { of, address, attempts: 2, reason: "".into() })
                } else {
                    Body::MessageDelivered(MessageDelivered { of, address, attempts: 1 })
                }
            }
            7 => Body::PageFailed(PageFailed { page: PageId(self.known("page")?), reason: "".into() }),
            _ => Body::PageExpired(PageExpired { page: PageId(self.known("page")?) }),
        })
    }

    fn sent(&mut self) -> Option<SentId> {
        Some(if self.one_in(2) {
            SentId::Page(PageId(self.known("page")?))
        } else {
            SentId::Update(UpdateId(self.known("update")?))
        })
    }

    fn subject(&mut self) -> Box<str> {
        match self.below(3) {
            0 => "organization".into(),
            1 => (*self.team()).into(),
            _ => (*self.workload()).into(),
        }
    }

    fn review(&mut self) -> Option<Body> {
        let practice: Box<str> = "oe.operate.escalation-paths".into();
        Some(match self.below(8) {
            0 | 1 => {
                self.make("attestation");
                Body::Attested(Attested {
                    practice,
                    subject: self.subject(),
                    person: self.person(),
                    statement: "we do".into(),
                    expires_at: Timestamp(self.at + 86_400_000),
                    not_applicable: self.one_in(2),
                })
            }
            2 => Body::AttestationWithdrawn(AttestationWithdrawn {
                attestation: AttestationId(self.known("attestation")?),
                reason: "".into(),
            }),
            3 => {
                self.make("improvement");
                Body::ImprovementOpened(ImprovementOpened {
                    practice,
                    subject: self.subject(),
                    owner: DocumentRef::Team(self.team()),
                    title: "".into(),
                    lens: "".into(),
                })
            }
            4 => Body::ImprovementClosed(ImprovementClosed {
                improvement: ImprovementId(self.known("improvement")?),
                verdict: "practised".into(),
                good: 1,
                total: 1,
                seq: Seq(1),
            }),
            5 => Body::ImprovementReopened(ImprovementReopened {
                improvement: ImprovementId(self.known("improvement")?),
                verdict: "stale".into(),
                seq: Seq(1),
            }),
            6 => Body::ImprovementDropped(ImprovementDropped {
                improvement: ImprovementId(self.known("improvement")?),
                reason: "".into(),
            }),
            _ => Body::MilestoneSet(MilestoneSet {
                name: "m".into(),
                seq: Seq(1),
                head: Hash::ZERO,
                lens_hash: "".into(),
                window_end: Timestamp(0),
                counts: BTreeMap::new(),
            }),
        })
    }

    fn access(&mut self) -> Option<Body> {
        Some(match self.below(4) {
            0 => {
                self.make("token");
                Body::TokenCreated(TokenCreated {
                    name: "ci".into(),
                    role: self.pick(&Role::ALL),
                    hash: Hash::ZERO,
                    person: self.maybe(Self::person),
                    source: None,
                    parent: None,
                    expires_at: self.maybe(|stream| Timestamp(stream.at)),
                })
            }
            1 => Body::TokenRevoked(TokenRevoked { token: TokenId(self.known("token")?) }),
            2 => {
                self.make("override");
                Body::OverrideSet(OverrideSet {
                    schedule: "primary".into(),
                    from: Timestamp(self.at),
                    until: Timestamp(self.at + 1),
                    person: self.person(),
                    replaces: None,
                    reason: "".into(),
                })
            }
            _ => Body::OverrideRemoved(OverrideRemoved { id: OverrideId(self.known("override")?) }),
        })
    }

    fn documents(&mut self) -> Body {
        let tables: Vec<&'static Table> =
            tables().iter().filter(|table| matches!(table.source, Source::Documents(_))).collect();
        let (mut declared, mut withdrawn) = (Vec::new(), Vec::new());
        for _ in 0..=self.below(3) {
            let known: Vec<(String, String)> = self.declared.keys().cloned().collect();
            if self.one_in(6) && !known.is_empty() {
                let at = usize::try_from(self.below(known.len() as u64)).expect("small");
                let (kind, name) = &known[at];
                self.declared.remove(&known[at]);
                withdrawn.push(DeclarationKey { kind: kind.as_str().into(), name: name.as_str().into() });
                continue;
            }
            let table = self.pick(&tables);
            let Source::Documents(kinds) = table.source else { continue };
            let kind = kinds[0];
            let name = match kind {
                "Workload" => self.workload().to_string(),
                "Team" => self.team().to_string(),
                "Person" => self.person().to_string(),
                _ => format!("d{}", self.below(4)),
            };
            let attributes = self.attributes(table);
            self.declared.insert((kind.to_owned(), name.clone()), ());
            declared.push(declaration(kind, &name, self.owner(), attributes));
        }
        Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn })
    }

    fn attributes(&mut self, table: &'static Table) -> BTreeMap<Box<str>, FactValue> {
        let mut attributes = BTreeMap::new();
        for column in table.columns.iter().skip(7) {
            let value = match (column.name, column.sort) {
                ("workload", _) => FactValue::Text((*self.workload()).into()),
                (name, Sort::Text) if column.words.is_empty() => FactValue::text(name),
                (_, Sort::Text) => FactValue::text(self.pick(column.words)),
                (_, Sort::Whole | Sort::Real) => FactValue::Whole(i64::try_from(self.below(3)).expect("small")),
            };
            if !self.one_in(4) {
                attributes.insert(column.name.into(), value);
            }
        }
        for list in &table.lists {
            let values = self.values(list.name);
            attributes.insert(list.name.into(), FactValue::List(values));
        }
        attributes
    }

    fn values(&mut self, list: &str) -> Vec<Box<str>> {
        let count = self.below(3);
        let one = |stream: &mut Self| match list {
            "teams" => stream.team(),
            "workloads" | "depends_on" => stream.workload(),
            "people" | "members" | "attendees" | "participants" => stream.person(),
            _ => format!("v{}", stream.below(3)).into(),
        };
        (0..count).map(|_| (*one(self)).into()).collect()
    }

    pub(crate) fn fact(&mut self) -> Body {
        if self.one_in(10) && !self.facts.is_empty() {
            let at = usize::try_from(self.below(self.facts.len() as u64)).expect("small");
            let (first, kind, key) = self.facts[at].clone();
            return self.fact_of(kind, key, Some(FactId(Seq(first))));
        }
        let kind = usize::try_from(self.below(kinds().len() as u64)).expect("small");
        let key = format!("key-{}", self.seq);
        self.facts.push((self.seq + 1, kind, key.clone()));
        self.fact_of(kind, key, None)
    }

    fn fact_of(&mut self, kind: usize, key: String, supersedes: Option<FactId>) -> Body {
        let kind = kinds()[kind];
        let mut fields = BTreeMap::new();
        for field in kind.fields {
            if !field.required && self.one_in(3) {
                continue;
            }
            let value = match field.sort {
                FactSort::Text => FactValue::Text(format!("d{}", self.below(4)).into()),
                FactSort::Whole => FactValue::Whole(i64::try_from(self.below(5)).expect("small")),
                FactSort::Flag => FactValue::Flag(self.one_in(2)),
                FactSort::Word(words) => FactValue::text(self.pick(words)),
                FactSort::Instant => FactValue::Whole(self.at),
                FactSort::List => FactValue::List(self.values(field.name)),
            };
            fields.insert(field.name.into(), value);
        }
        let ago = self.below(86_400_000 * 100);
        Body::FactReported(FactReported {
            kind: kind.name.into(),
            key: key.into(),
            source: "ci".into(),
            occurred_at: Timestamp(self.at - i64::try_from(ago).expect("small")),
            workload: self.maybe(Self::workload),
            team: if self.one_in(4) { Some(self.team()) } else { None },
            person: if self.one_in(4) { Some(self.person()) } else { None },
            fields,
            supersedes,
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

fn declaration(
    kind: &str,
    name: &str,
    owner: Option<DocumentRef>,
    attributes: BTreeMap<Box<str>, FactValue>,
) -> Declaration {
    Declaration { kind: kind.into(), name: name.into(), owner, attributes }
}
