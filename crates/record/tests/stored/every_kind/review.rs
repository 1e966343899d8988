//! What is told, declared and signed, with every field filled.

use std::collections::BTreeMap;

use evenkeel_ids::{AttestationId, DocumentRef, FactId, ImprovementId, Seq};
use evenkeel_record::{
    AttestationWithdrawn, Attested, Body, Declaration, DeclarationKey, DocumentsDeclared, FactReported, FactValue,
    FindingsFound, FoundFinding, Hash, ImprovementClosed, ImprovementDropped, ImprovementOpened, ImprovementReopened,
    MilestoneSet,
};
use evenkeel_time::Timestamp;

use super::START;

const FACT: FactId = FactId(Seq(80));
const ATTESTATION: AttestationId = AttestationId(Seq(82));
const IMPROVEMENT: ImprovementId = ImprovementId(Seq(84));

fn later(secs: i64) -> Timestamp {
    Timestamp(START.0 + secs * 1000)
}

fn values() -> BTreeMap<Box<str>, FactValue> {
    [
        ("environment", FactValue::text("production")),
        ("manual_steps", FactValue::Whole(2)),
        ("verified", FactValue::Flag(true)),
        ("reviewers", FactValue::list(["bob", "cleo"])),
    ]
    .map(|(name, value)| (name.into(), value))
    .into()
}

pub(super) fn bodies() -> Vec<Body> {
    [facts(), attestations(), improvements(), plans()].concat()
}

fn facts() -> Vec<Body> {
    let fact = |supersedes| {
        Body::FactReported(FactReported {
            kind: "deployment".into(),
            key: "gh:8123".into(),
            source: "ci".into(),
            occurred_at: later(-60),
            workload: Some("orders".into()),
            team: Some("payments".into()),
            person: Some("ada".into()),
            fields: values(),
            supersedes,
        })
    };
    vec![fact(None), fact(Some(FACT))]
}

fn attestations() -> Vec<Body> {
    let attested = |not_applicable| {
        Body::Attested(Attested {
            practice: "oe.organization.external-customer-needs".into(),
            subject: "payments".into(),
            person: "ada".into(),
            statement: "We talk to two customers a week.".into(),
            expires_at: later(2_592_000),
            not_applicable,
        })
    };
    vec![
        attested(false),
        attested(true),
        Body::AttestationWithdrawn(AttestationWithdrawn { attestation: ATTESTATION, reason: "it is not so".into() }),
    ]
}

fn improvements() -> Vec<Body> {
    let (improvement, verdict) = (IMPROVEMENT, "practised".into());
    vec![
        Body::ImprovementOpened(ImprovementOpened {
            practice: "oe.operate.escalation-paths".into(),
            subject: "orders".into(),
            owner: DocumentRef::Team("payments".into()),
            title: "Escalate to a second person".into(),
            lens: "5a".repeat(32).into(),
        }),
        Body::ImprovementClosed(ImprovementClosed { improvement, verdict, good: 4, total: 5, seq: Seq(85) }),
        Body::ImprovementReopened(ImprovementReopened { improvement, verdict: "contradicted".into(), seq: Seq(86) }),
        Body::ImprovementDropped(ImprovementDropped { improvement, reason: "the workload is gone".into() }),
        Body::MilestoneSet(MilestoneSet {
            name: "2026-q1".into(),
            seq: Seq(87),
            head: Hash([0x5a; 32]),
            lens_hash: "5a".repeat(32).into(),
            window_end: later(0),
            counts: [("practised", 12), ("unknown", 51)].map(|(verdict, n)| (verdict.into(), n)).into(),
        }),
    ]
}

fn plans() -> Vec<Body> {
    vec![
        Body::DocumentsDeclared(DocumentsDeclared {
            declared: vec![Declaration {
                kind: "Workload".into(),
                name: "orders".into(),
                owner: Some(DocumentRef::Team("payments".into())),
                attributes: values(),
            }],
            withdrawn: vec![DeclarationKey { kind: "Schedule".into(), name: "primary".into() }],
        }),
        Body::FindingsFound(FindingsFound {
            findings: vec![FoundFinding {
                code: "ownerless-workload".into(),
                document: Some("workloads/orders.yaml".into()),
                count: 2,
                allowed: 1,
            }],
        }),
    ]
}
