//! Incidents, problems, pages and updates.

use std::sync::Arc;

use evenkeel_ids::{AlertId, DocumentRef, GroupId, IncidentId, PageId, ProblemId, Seq, UpdateId};
use evenkeel_record::{
    AcknowledgementExpired, Ask, Body, EscalationCause, IncidentAcknowledged, IncidentAssigned, IncidentClosed,
    IncidentEscalated, IncidentJoined, IncidentMerged, IncidentNoted, IncidentOpened, IncidentReopened,
    IncidentResolved, IncidentRole, IncidentSeveritySet, IncidentUnroutable, IncidentVisibilitySet, MessageDelivered,
    MessageFailed, PageContact, PageExpired, PageFailed, PageOpened, ProblemCause, ProblemLinked, ProblemOpened,
    ProblemResolved, ResolvedBy, SentId, UpdateApproved, UpdateDrafted, UpdateKind, UpdateWithdrawn,
};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use super::Stream;

impl Stream {
    pub(super) fn incident(&mut self) -> Option<Body> {
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

    pub(super) fn problem(&mut self, incident: IncidentId) -> Option<Body> {
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

    pub(super) fn message(&mut self) -> Option<Body> {
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

    pub(super) fn sent(&mut self) -> Option<SentId> {
        Some(if self.one_in(2) {
            SentId::Page(PageId(self.known("page")?))
        } else {
            SentId::Update(UpdateId(self.known("update")?))
        })
    }
}
