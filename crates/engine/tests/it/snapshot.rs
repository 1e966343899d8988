//! A snapshot of another shape is never taken for one of this shape.

use std::sync::Arc;

use evenkeel_engine::{
    Answer, Batch, Engine, IncomingAlert, IncomingAttestation, IncomingImprovement, IncomingMilestone, IncomingSilence,
    Input, Limits, STATE_VERSION, State,
};
use evenkeel_identity::{Identity, NewToken};
use evenkeel_ids::{DocumentRef, Seq};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_oncall::IncomingOverride;
use evenkeel_record::{
    Actor, Body, Declaration, DocumentsDeclared, FactValue, FoundFinding, Hash, Origin, Record, Role,
};
use evenkeel_time::{Duration, Timestamp};

use evenkeel_scenario::planned;

use crate::erasure::search;

/// Routing, one person on a schedule, and a response plan that pages them and tells somebody.
const CONFIG: &str = "
route: { receiver: team, group_wait: 0s, routes: [{ matchers: ['alertname=A'], receiver: shop }] }
receivers: [{ name: team, webhook_configs: [{ url: 'http://127.0.0.1:1/' }] }, { name: shop }]
---
{ apiVersion: evenkeel/v1, kind: Organization, metadata: { name: acme }, spec: { lastResort: { receiver: team, policy: shop } } }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:1/' } }] }
---
apiVersion: evenkeel/v1
kind: Schedule
metadata: { name: primary }
spec: { timeZone: Europe/Berlin, layers: [{ name: weekly, start: 2026-01-05T09:00, shift: weekly, turns: [ada] }] }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: shop }
spec: { steps: [{ to: ['schedule:primary'], wait: 5m }] }
---
apiVersion: evenkeel/v1
kind: CommunicationPlan
metadata: { name: shop }
spec: { audiences: [{ name: all, receivers: [team], cadence: 1h }] }
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: shop }
spec: { receivers: [shop], escalation: shop, communication: shop }
";

/// A state with one of everything, and its records.
fn state() -> (State, Vec<Record>) {
    let now = Timestamp(1_800_000_000_000);
    let mut engine = Engine::new(State::default(), Arc::new(planned(CONFIG).unwrap()), now, Limits::default());
    let mut batch = Batch::default();
    engine.start(now, "test", 0, &mut batch);
    let labels = LabelSet::new([("alertname", "A")]);
    let alerts = Input::Alerts(vec![IncomingAlert { labels, ..IncomingAlert::default() }]);
    engine.handle(now, &Actor::system(), alerts, &mut batch);
    let silence = IncomingSilence {
        id: None,
        matchers: parse_matchers("b=~\"c|d\"").unwrap(),
        starts_at: now,
        ends_at: now + Duration::hours(1),
        created_by: "a person".into(),
        comment: "works".into(),
    };
    engine.handle(now, &Actor::system(), Input::SetSilence(silence), &mut batch);
    let turn = IncomingOverride {
        schedule: "primary".into(),
        from: now,
        until: now + Duration::hours(1),
        person: "ada".into(),
        replaces: None,
        reason: "a swap".into(),
    };
    engine.handle(now, &Actor::system(), Input::SetOverride(turn), &mut batch);
    let token = NewToken {
        name: "ci".into(),
        role: Role::Sender,
        hash: Hash([7; 32]),
        person: None,
        source: Some("ci".into()),
        expires_at: None,
    };
    let input = Input::CreateToken { maker: Box::new(Identity::owner()), token: Box::new(token) };
    engine.handle(now, &Actor::system(), input, &mut batch);
    for input in told(now) {
        let answer = engine.handle(now, &Actor::system(), input, &mut batch);
        assert!(!matches!(answer, Answer::Refused(_)), "{answer:?}");
    }
    (engine.state().clone(), batch.records)
}

/// What is told and signed, with a document that says the same whatever is read from documents.
fn ledger(records: &[Record]) -> evenkeel_ledger::State {
    let declared = vec![Declaration {
        kind: "Workload".into(),
        name: "shop".into(),
        owner: Some(DocumentRef::Team("shop".into())),
        attributes: [("tier".into(), FactValue::Whole(1))].into(),
    }];
    let fixed = Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn: Vec::new() });
    let mut ledger = evenkeel_ledger::State::default();
    for record in records {
        let documents = matches!(record.body, Body::DocumentsDeclared(_));
        let body = if documents { fixed.clone() } else { record.body.clone() };
        ledger.apply(&Record { body, ..record.clone() });
    }
    ledger
}

/// What is told and signed, one of each.
fn told(now: Timestamp) -> [Input; 5] {
    let attestation = IncomingAttestation {
        practice: "oe.a".into(),
        subject: "organization".into(),
        person: "ada".into(),
        statement: "we do".into(),
        expires_at: now + Duration::hours(24),
        not_applicable: false,
    };
    let improvement = IncomingImprovement {
        practice: "oe.a".into(),
        subject: "organization".into(),
        owner: DocumentRef::Person("ada".into()),
        title: "do it".into(),
        lens: "5a".into(),
    };
    let milestone = IncomingMilestone {
        name: "q1".into(),
        seq: Seq(1),
        head: Hash([7; 32]),
        lens_hash: "5a".into(),
        window_end: now,
        counts: [("practised".into(), 3)].into(),
    };
    let found = FoundFinding { code: "no-owner".into(), document: None, count: 1, allowed: 0 };
    [
        Input::Report { facts: vec![search(now, "a")], origin: Origin::Reported },
        Input::Attest(attestation),
        Input::OpenImprovement(improvement),
        Input::SetMilestone(milestone),
        Input::NoteFindings(vec![found]),
    ]
}

#[test]
fn another_shape_of_the_state_is_another_version() {
    let (mut state, records) = state();
    state.ledger = ledger(&records);
    let bytes = postcard::to_allocvec(&state).unwrap();
    let shape = format!("version {STATE_VERSION}: {}", &Hash::of(&[&bytes]).to_string()[..16]);
    assert_eq!(
        shape, "version 11: 3db9de0d85c63a17",
        "the encoded state has changed: raise STATE_VERSION in crates/engine/src/state.rs, then write the new text here"
    );
}

#[test]
fn a_state_reads_back_from_its_snapshot() {
    let (before, _) = state();
    let mut after: State = postcard::from_bytes(&postcard::to_allocvec(&before).unwrap()).unwrap();
    after.reindex();
    assert!(before == after);
    assert_eq!(before.alerting.next_deadline(), after.alerting.next_deadline());
    assert_eq!(before.incident.next_deadline(), after.incident.next_deadline());
    assert_eq!(before.incident.incidents().count(), 1);
}
