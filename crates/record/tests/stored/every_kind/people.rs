//! Records about incidents, pages, updates, tokens and overrides.

use evenkeel_ids::{AlertId, DocumentRef, GroupId, IncidentId, OverrideId, PageId, ProblemId, Seq, TokenId, UpdateId};
use evenkeel_labels::LabelSet;
use evenkeel_record::{
    AcknowledgementExpired, Ask, Body, EscalationCause, Hash, IncidentAcknowledged, IncidentAssigned, IncidentClosed,
    IncidentEscalated, IncidentJoined, IncidentKey, IncidentMerged, IncidentNoted, IncidentOpened, IncidentPaused,
    IncidentReopened, IncidentRerouted, IncidentResolved, IncidentResumed, IncidentRole, IncidentSeveritySet,
    IncidentUnroutable, IncidentVisibilitySet, MessageDelivered, MessageFailed, MessageFailing, MessageIntended,
    OverrideRemoved, OverrideSet, PageContact, PageExpired, PageFailed, PageOpened, ProblemCause, ProblemLinked,
    ProblemOpened, ProblemResolved, ResolvedBy, Role, SentId, TokenCreated, TokenRevoked, UpdateApproved,
    UpdateDrafted, UpdateKind, UpdateWithdrawn,
};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use super::START;

const INCIDENT: IncidentId = IncidentId(Seq(27));
const PAGE: PageId = PageId(Seq(47));
const UPDATE: UpdateId = UpdateId(Seq(54));

fn later(seconds: i64) -> Timestamp {
    Timestamp(START.0 + seconds * 1000)
}

fn key() -> IncidentKey {
    IncidentKey {
        response_plan: "orders-down".into(),
        route: "{}/{severity=\"page\"}".into(),
        labels: LabelSet::new([("alertname", "DiskFull")]),
    }
}

pub(super) fn incidents() -> Vec<Body> {
    [beginnings(), middles(), ends(), problems()].concat()
}

fn beginnings() -> Vec<Body> {
    let (group, alerts, incident) = (GroupId(Seq(13)), vec![AlertId(Seq(8))], INCIDENT);
    let escalated = |cause, to| {
        Body::IncidentEscalated(IncidentEscalated {
            incident,
            policy: "payments".into(),
            step: 1,
            round: 2,
            cause,
            reason: Some("the first line is asleep".into()),
            next_at: later(300),
            last_resort: true,
            to,
            unresolved: vec!["schedule:primary: nobody is on call".into()],
            page: Some(PAGE),
        })
    };
    let mut bodies = vec![
        Body::IncidentOpened(IncidentOpened {
            response_plan: "orders-down".into(),
            key: Some(key()),
            group: Some(group),
            alerts: alerts.clone(),
            title: "The disk of <db-1> is full".into(),
            workload: Some("orders".into()),
            owner: Some(DocumentRef::Team("payments".into())),
            severity: Severity::Sev1,
            severity_reason: "workload checkout, tier 1, stands on it; impact outage".into(),
            customer_visible: true,
        }),
        Body::IncidentJoined(IncidentJoined {
            incident,
            alerts: alerts.clone(),
            severity: Severity::Sev2,
            severity_reason: "workload orders is tier 2".into(),
        }),
        Body::IncidentRerouted(IncidentRerouted { incident, key: key(), group }),
        Body::IncidentUnroutable(IncidentUnroutable {
            incident,
            reason: "policy payments leads to nobody".into(),
            next_at: later(300),
        }),
    ];
    bodies.extend([
        escalated(EscalationCause::Opened, None),
        escalated(EscalationCause::Unanswered, Some(DocumentRef::Person("bob".into()))),
        escalated(EscalationCause::Unreachable, Some(DocumentRef::Schedule("primary".into()))),
        escalated(EscalationCause::Asked, Some(DocumentRef::Policy("payments".into()))),
        escalated(EscalationCause::Restarted, Some(DocumentRef::Receiver("ops".into()))),
        escalated(EscalationCause::Resumed, Some(DocumentRef::Workload("orders".into()))),
        escalated(EscalationCause::Worse, None),
        escalated(EscalationCause::AcknowledgementExpired, None),
    ]);
    bodies
}

fn middles() -> Vec<Body> {
    let incident = INCIDENT;
    let assigned = |role| {
        let (person, reason) = ("bob".into(), Some("going off shift".into()));
        Body::IncidentAssigned(IncidentAssigned { incident, role, person, reason })
    };
    vec![
        Body::IncidentPaused(IncidentPaused {
            incident,
            reason: "silenced by silence:20".into(),
            until: Some(later(3600)),
        }),
        Body::IncidentResumed(IncidentResumed { incident }),
        Body::IncidentAcknowledged(IncidentAcknowledged {
            incident,
            person: Some("ada".into()),
            page: Some(PAGE),
            until: later(3600),
        }),
        Body::AcknowledgementExpired(AcknowledgementExpired { incident, next_at: later(3900) }),
        assigned(IncidentRole::Responder),
        assigned(IncidentRole::Commander),
        assigned(IncidentRole::Communicator),
        assigned(IncidentRole::Scribe),
        Body::IncidentSeveritySet(IncidentSeveritySet {
            incident,
            severity: Severity::Sev3,
            reason: "one shop of ten".into(),
        }),
        Body::IncidentVisibilitySet(IncidentVisibilitySet {
            incident,
            customer_visible: true,
            reason: "the first ticket is here".into(),
        }),
        Body::IncidentNoted(IncidentNoted { incident, text: "it is the \u{1f525} cache".into(), for_updates: true }),
    ]
}

fn ends() -> Vec<Body> {
    let (incident, reason) = (INCIDENT, || Some("restarted".into()));
    let resolved = |cause| {
        Body::IncidentResolved(IncidentResolved {
            incident,
            cause,
            reason: reason(),
            workaround: true,
            reopen_until: later(7200),
            page: Some(PAGE),
        })
    };
    vec![
        Body::IncidentMerged(IncidentMerged { incident, into: IncidentId(Seq(21)), reason: "one cause".into() }),
        resolved(ResolvedBy::Alerts),
        resolved(ResolvedBy::Person),
        Body::IncidentReopened(IncidentReopened {
            incident,
            group: Some(GroupId(Seq(13))),
            alerts: vec![AlertId(Seq(8))],
            reason: reason(),
        }),
        Body::IncidentClosed(IncidentClosed { incident, reason: reason() }),
    ]
}

fn problems() -> Vec<Body> {
    let problem = ProblemId(Seq(44));
    let opened = |cause| {
        Body::ProblemOpened(ProblemOpened { title: "The disk is too small".into(), incidents: vec![INCIDENT], cause })
    };
    vec![
        opened(ProblemCause::Recurrence),
        opened(ProblemCause::Workaround),
        opened(ProblemCause::Person),
        Body::ProblemLinked(ProblemLinked { problem, incident: INCIDENT }),
        Body::ProblemResolved(ProblemResolved { problem, reason: "a larger disk".into() }),
    ]
}

pub(super) fn pages() -> Vec<Body> {
    let opened = |to, ask| {
        Body::PageOpened(PageOpened {
            incident: INCIDENT,
            to,
            ask,
            because: vec!["policy payments, step 1 of 3".into(), "schedule primary, layer weekly".into()],
            contacts: vec![PageContact { contact: "phone".into(), at: later(60) }],
            not_after: later(900),
        })
    };
    let person = || DocumentRef::Person("ada".into());
    let (page, update) = (SentId::Page(PAGE), SentId::Update(UPDATE));
    let drafted = |kind| {
        Body::UpdateDrafted(UpdateDrafted {
            incident: INCIDENT,
            communication: "orders".into(),
            audience: "customers".into(),
            kind,
            title: "Orders are late".into(),
            text: "We are looking into it.".into(),
            approvers: vec![DocumentRef::Team("support".into())],
            addresses: vec!["status-mail/email[0]".into()],
            next_at: Some(later(1800)),
        })
    };
    let reason = || "connection refused".into();
    vec![
        opened(person(), Ask::Acknowledge),
        opened(DocumentRef::Receiver("ops".into()), Ask::StillYours),
        opened(person(), Ask::TakeOver),
        opened(person(), Ask::Approve(UPDATE)),
        Body::MessageIntended(MessageIntended { of: page, address: "phone".into() }),
        Body::MessageFailing(MessageFailing { of: page, address: "phone".into(), reason: reason() }),
        Body::MessageDelivered(MessageDelivered { of: update, address: "status-mail/email[0]".into(), attempts: 2 }),
        Body::MessageFailed(MessageFailed { of: page, address: "phone".into(), attempts: 9, reason: reason() }),
        Body::PageFailed(PageFailed { page: PAGE, reason: "phone: connection refused".into() }),
        Body::PageExpired(PageExpired { page: PAGE }),
        drafted(UpdateKind::First),
        drafted(UpdateKind::Progress),
        drafted(UpdateKind::Recovery),
        Body::UpdateApproved(UpdateApproved {
            update: UPDATE,
            text: Some("We know the cause.".into()),
            page: Some(PAGE),
        }),
        Body::UpdateWithdrawn(UpdateWithdrawn { update: UPDATE, reason: "too early".into(), page: Some(PAGE) }),
    ]
}

pub(super) fn access() -> Vec<Body> {
    let token = |role| {
        Body::TokenCreated(TokenCreated {
            name: "ci".into(),
            role,
            hash: Hash([0x5a; 32]),
            person: Some("ada".into()),
            source: Some("ci".into()),
            parent: Some(TokenId(Seq(3))),
            expires_at: Some(later(86_400)),
        })
    };
    let roles = [Role::Sender, Role::Recorder, Role::Viewer, Role::Responder, Role::Operator, Role::Admin];
    let mut bodies: Vec<Body> = roles.map(token).into();
    bodies.extend([
        Body::TokenRevoked(TokenRevoked { token: TokenId(Seq(60)) }),
        Body::OverrideSet(OverrideSet {
            schedule: "primary".into(),
            from: later(0),
            until: later(3600),
            person: "bob".into(),
            replaces: Some("ada".into()),
            reason: "at the dentist's".into(),
        }),
        Body::OverrideRemoved(OverrideRemoved { id: OverrideId(Seq(67)) }),
    ]);
    bodies
}
