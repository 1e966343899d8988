//! What is told and signed is answered, kept with its origin, and nothing is done because of it.

use std::sync::Arc;

use evenkeel_engine::{
    Answer, Batch, Engine, IncomingAlert, IncomingAttestation, IncomingFact, IncomingImprovement, IncomingMilestone,
    Input, Judged, LedgerRefusal, Limits, Refusal, State, Taken, Told,
};
use evenkeel_fact::{Sort, kinds};
use evenkeel_ids::{AttestationId, DocumentRef, FactId, ImprovementId, MilestoneId, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_record::{Actor, Body, FactValue, FoundFinding, Hash, Origin, Record, review_bodies};
use evenkeel_scenario::planned;
use evenkeel_time::{Duration, Timestamp};
use proptest::prelude::*;

use crate::erasure::search;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

const CONFIG: &str = "
route: { receiver: shop, group_wait: 0s }
receivers: [{ name: team, webhook_configs: [{ url: 'http://127.0.0.1:1/' }] }, { name: shop }]
---
{ apiVersion: evenkeel/v1, kind: Organization, metadata: { name: acme }, spec: { lastResort: { receiver: team, policy: shop } } }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:1/' } }] }
---
{ apiVersion: evenkeel/v1, kind: Team, metadata: { name: shop }, spec: { members: [{ person: ada }] } }
---
{ apiVersion: evenkeel/v1, kind: EscalationPolicy, metadata: { name: shop }, spec: { steps: [{ to: ['person:ada'], wait: 5m }] } }
---
{ apiVersion: evenkeel/v1, kind: Workload, metadata: { name: shop, owner: 'team:shop' }, spec: { tier: 1 } }
---
{ apiVersion: evenkeel/v1, kind: ResponsePlan, metadata: { name: shop }, spec: { receivers: [shop], workload: shop, escalation: shop } }
";

/// An engine with an incident that ada was paged for.
fn engine() -> Engine {
    let mut engine = Engine::new(State::default(), Arc::new(planned(CONFIG).unwrap()), NOW, Limits::default());
    let mut batch = Batch::default();
    engine.start(NOW, "test", 0, &mut batch);
    let labels = LabelSet::new([("alertname", "A")]);
    let alerts = Input::Alerts(vec![IncomingAlert { labels, ..IncomingAlert::default() }]);
    engine.handle(NOW, &Actor::system(), alerts, &mut batch);
    assert_eq!(engine.state().incident.pages().count(), 1);
    engine
}

fn tell(engine: &mut Engine, input: Input) -> (Answer, Vec<Record>) {
    let mut batch = Batch::default();
    let answer = engine.handle(NOW, &Actor("token:ci".into()), input, &mut batch);
    assert!(batch.effects.is_empty(), "{:?}", batch.effects);
    (answer, batch.records)
}

fn attestation() -> IncomingAttestation {
    IncomingAttestation {
        practice: "oe.a".into(),
        subject: "shop".into(),
        person: "ada".into(),
        statement: "we do".into(),
        expires_at: NOW + Duration::hours(24),
        not_applicable: false,
    }
}

fn improvement() -> IncomingImprovement {
    IncomingImprovement {
        practice: "oe.a".into(),
        subject: "shop".into(),
        owner: DocumentRef::Team("shop".into()),
        title: "do it".into(),
        lens: "5a".into(),
    }
}

#[test]
fn facts_are_kept_with_the_origin_they_are_told_with() {
    let mut engine = engine();
    let first = engine.state().seq.next();
    for (n, origin) in (0..).zip([Origin::Reported, Origin::Imported, Origin::Observed]) {
        let facts = vec![search(NOW, &n.to_string())];
        let (answer, records) = tell(&mut engine, Input::Report { facts, origin });
        let id = FactId(Seq(first.0 + n));
        assert_eq!(answer, Answer::Facts(vec![Taken { id, told: Told::Recorded }]));
        let [record] = &records[..] else { panic!("{records:?}") };
        assert_eq!((record.origin, &*record.actor.0, record.seq), (origin, "token:ci", id.0));
    }
    let again = Input::Report { facts: vec![search(NOW, "0")], origin: Origin::Imported };
    let (answer, records) = tell(&mut engine, again);
    assert_eq!(answer, Answer::Facts(vec![Taken { id: FactId(first), told: Told::Known }]));
    assert!(records.is_empty(), "what is known is no record, however it is told");
}

#[test]
fn what_is_signed_and_set_out_to_is_answered_with_its_id() {
    let mut engine = engine();
    let next = |engine: &Engine| engine.state().seq.next();
    let id = AttestationId(next(&engine));
    let (answer, records) = tell(&mut engine, Input::Attest(attestation()));
    assert_eq!((answer, records[0].origin), (Answer::Attestation(id), Origin::Reported));
    let withdraw = Input::WithdrawAttestation { attestation: id, reason: "no".into() };
    assert_eq!(tell(&mut engine, withdraw.clone()).0, Answer::Attestation(id));
    let gone = Refusal::Ledger(LedgerRefusal::NoSuchAttestation(id));
    assert_eq!(tell(&mut engine, withdraw).0, Answer::Refused(gone));

    let id = ImprovementId(next(&engine));
    assert_eq!(tell(&mut engine, Input::OpenImprovement(improvement())).0, Answer::Improvement(id));
    let judged = |engine: &Engine, practised| {
        let (verdict, seq) = ("practised".into(), engine.state().seq);
        Input::JudgeImprovements(vec![Judged { improvement: id, practised, verdict, good: 1, total: 1, seq }])
    };
    let input = judged(&engine, true);
    assert_eq!(tell(&mut engine, input).0, Answer::Improvements { closed: vec![id], reopened: vec![] });
    let input = judged(&engine, false);
    assert_eq!(tell(&mut engine, input.clone()).0, Answer::Improvements { closed: vec![], reopened: vec![id] });
    assert_eq!(tell(&mut engine, input).0, Answer::Improvements { closed: vec![], reopened: vec![] });
    let drop = Input::DropImprovement { improvement: id, reason: "no".into() };
    assert_eq!(tell(&mut engine, drop.clone()).0, Answer::Improvement(id));
    assert_eq!(tell(&mut engine, drop).0, Answer::Refused(Refusal::Ledger(LedgerRefusal::NoSuchImprovement(id))));

    let milestone = IncomingMilestone {
        name: "q1".into(),
        seq: engine.state().seq,
        head: Hash([7; 32]),
        lens_hash: "5a".into(),
        window_end: NOW,
        counts: [].into(),
    };
    let id = MilestoneId(next(&engine));
    assert_eq!(tell(&mut engine, Input::SetMilestone(milestone.clone())).0, Answer::Milestone(id));
    let there = Refusal::Ledger(LedgerRefusal::MilestoneThere { id, name: "q1".into() });
    assert_eq!(tell(&mut engine, Input::SetMilestone(milestone)).0, Answer::Refused(there.clone()));
    assert_eq!(there.to_string(), format!("{id} is named `q1` already"));

    let found = vec![FoundFinding { code: "no-owner".into(), document: None, count: 1, allowed: 0 }];
    assert_eq!(tell(&mut engine, Input::NoteFindings(found.clone())).1.len(), 1);
    assert_eq!(tell(&mut engine, Input::NoteFindings(found)), (Answer::Done, vec![]));
}

#[test]
fn a_plan_without_the_workload_takes_no_facts_of_it() {
    let mut engine = engine();
    let facts = vec![IncomingFact { workload: Some("shpo".into()), ..search(NOW, "a") }];
    let (answer, records) = tell(&mut engine, Input::Report { facts, origin: Origin::Reported });
    let Answer::Refused(refusal @ Refusal::Ledger(_)) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.to_string(), "no workload named `shpo`");
    assert!(records.is_empty());
}

/// Any fact of any kind, with values that say the most alarming things.
fn any_fact() -> impl Strategy<Value = IncomingFact> {
    (0..kinds().len(), 0..4_u8, any::<bool>(), any::<prop::sample::Index>()).prop_map(|(kind, key, flag, chosen)| {
        let kind = kinds()[kind];
        let value = |sort| match sort {
            Sort::Text => FactValue::text(["incident:4", "page:6", "person:ada"][chosen.index(3)]),
            Sort::Whole | Sort::Instant => FactValue::Whole(i64::from(key)),
            Sort::Flag => FactValue::Flag(flag),
            Sort::List => FactValue::list(["ada", "shop"]),
            Sort::Word(words) => FactValue::text(words[chosen.index(words.len())]),
        };
        IncomingFact {
            kind: kind.name.into(),
            key: key.to_string().into(),
            source: "ci".into(),
            occurred_at: NOW,
            workload: Some("shop".into()),
            team: Some("shop".into()),
            person: Some("ada".into()),
            fields: kind.fields.iter().map(|field| (field.name.into(), value(field.sort))).collect(),
        }
    })
}

fn any_input() -> impl Strategy<Value = Input> {
    let seq = || (0..60_u64).prop_map(Seq);
    let origin = prop::sample::select(vec![Origin::Observed, Origin::Reported, Origin::Imported]);
    let judged = (seq(), any::<bool>(), seq()).prop_map(|(of, practised, seq)| Judged {
        improvement: ImprovementId(of),
        practised,
        verdict: "contradicted".into(),
        good: 0,
        total: 9,
        seq,
    });
    prop_oneof![
        (prop::collection::vec(any_fact(), 0..6), origin).prop_map(|(facts, origin)| Input::Report { facts, origin }),
        any::<bool>().prop_map(|not_applicable| Input::Attest(IncomingAttestation { not_applicable, ..attestation() })),
        seq().prop_map(|of| Input::WithdrawAttestation { attestation: AttestationId(of), reason: "no".into() }),
        (0..3_u8).prop_map(|n| Input::OpenImprovement(IncomingImprovement {
            practice: n.to_string().into(),
            ..improvement()
        })),
        seq().prop_map(|of| Input::DropImprovement { improvement: ImprovementId(of), reason: "no".into() }),
        prop::collection::vec(judged, 0..4).prop_map(Input::JudgeImprovements),
        (0..9_u8, seq()).prop_map(|(name, seq)| Input::SetMilestone(IncomingMilestone {
            name: name.to_string().into(),
            seq,
            head: Hash([7; 32]),
            lens_hash: "5a".into(),
            window_end: NOW,
            counts: [].into(),
        })),
        (0..3_u32).prop_map(|count| Input::NoteFindings(vec![FoundFinding {
            code: "no-owner".into(),
            document: None,
            count,
            allowed: 0,
        }])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is told and signed, nothing is paged, acknowledged, approved, granted, closed or sent because of it.
    #[test]
    fn nothing_is_done_because_of_what_is_told(inputs in prop::collection::vec(any_input(), 1..40)) {
        let mut engine = engine();
        let before = engine.state().clone();
        for input in inputs {
            let (_, records) = tell(&mut engine, input);
            for record in &records {
                prop_assert!(matches!(&record.body, review_bodies!()), "{:?}", record.body);
                prop_assert!(!matches!(&record.body, Body::DocumentsDeclared(_)), "{:?}", record.body);
            }
        }
        let after = engine.state();
        prop_assert!(after.incident == before.incident && after.identity == before.identity);
        prop_assert!(after.alerting == before.alerting && after.oncall == before.oncall);
    }
}
