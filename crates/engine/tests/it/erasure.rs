//! Folding without erased bodies gives the same state, whichever of those that may be erased are.

use std::sync::Arc;

use evenkeel_engine::{
    Batch, Effect, Engine, IncomingAlert, IncomingAttestation, IncomingFact, IncomingImprovement, IncomingSilence,
    Input, Limits, Outcome, Retry, State, Stored,
};
use evenkeel_ids::{AttestationId, DocumentRef, ImprovementId, Seq};
use evenkeel_incident::{Address, By, Command, Incident, Page};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, Header, Origin, Record, SentId};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};
use proptest::prelude::*;

use evenkeel_scenario::planned;

const CONFIG: &str = "
route:
  receiver: team
  group_by: [service]
  group_wait: 10s
  group_interval: 1m
  repeat_interval: 2h
  routes:
    - { receiver: quiet, matchers: ['service=\"2\"'], group_by: ['...'], continue: true }
receivers:
  - { name: team, webhook_configs: [{ url: 'http://127.0.0.1:1/' }, { url: 'http://127.0.0.1:2/', send_resolved: false }] }
  - { name: quiet, webhook_configs: [{ url: 'http://127.0.0.1:3/' }] }
---
{ apiVersion: evenkeel/v1, kind: Organization, metadata: { name: acme }, spec: { lastResort: { receiver: team, policy: all } } }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:4/' } }] }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: all }
spec: { steps: [{ to: ['person:ada'], wait: 1m }, { to: ['receiver:team'], wait: 2m }], acknowledgeFor: 3m }
---
apiVersion: evenkeel/v1
kind: CommunicationPlan
metadata: { name: all }
spec: { audiences: [{ name: chiefs, receivers: [team], cadence: 5m, approvers: ['person:ada'] }] }
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: all }
spec: { receivers: [quiet], escalation: all, communication: all, reopenWithin: 2m }
";

/// One thing that happens; numbers choose which alert, silence or outcome.
#[derive(Debug, Clone)]
enum Event {
    Fire(u8, u8),
    Resolve(u8),
    Silence(u8),
    Pass(i64),
    /// What somebody does about the incident, or update, of that place among all.
    Person(u8, u8),
    /// What is told and signed.
    Told(u8, u8),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..8_u8, 0..2_u8).prop_map(|(which, said)| Event::Fire(which, said)),
        (0..8_u8).prop_map(Event::Resolve),
        (0..3_u8).prop_map(Event::Silence),
        (1..120_i64).prop_map(Event::Pass),
        (0..8_u8, any::<u8>()).prop_map(|(what, about)| Event::Person(what, about)),
        (0..5_u8, any::<u8>()).prop_map(|(what, about)| Event::Told(what, about)),
        Just(Event::Pass(600_000)),
    ]
}

fn alert(which: u8, said: u8, ends_at: Option<Timestamp>) -> Input {
    let (id, service) = (which.to_string(), (which % 3).to_string());
    let labels = LabelSet::new([("alertname", "A"), ("id", id.as_str()), ("service", service.as_str())]);
    let annotations = LabelSet::new([("said", said.to_string())]);
    Input::Alerts(vec![IncomingAlert { labels, annotations, ends_at, ..IncomingAlert::default() }])
}

/// Lives through the events; every third notice fails once. Gives all records and the state they add up to.
fn live(events: &[Event]) -> (Vec<Record>, State) {
    let plan = Arc::new(planned(CONFIG).unwrap());
    let mut now = Timestamp(1_800_000_000_000);
    let mut engine = Engine::new(State::default(), plan, now, Limits::default());
    let (mut records, mut batch) = (Vec::new(), Batch::default());
    engine.start(now, "test", 0, &mut batch);
    records.append(&mut batch.records);
    for event in events {
        let input = match event {
            Event::Fire(which, said) => alert(*which, *said, None),
            Event::Resolve(which) => alert(*which, 0, Some(now)),
            Event::Silence(service) => Input::SetSilence(IncomingSilence {
                id: None,
                matchers: parse_matchers(&format!("service={service}")).unwrap(),
                starts_at: now,
                ends_at: now + Duration::minutes(5),
                created_by: "a person".into(),
                comment: "works".into(),
            }),
            Event::Person(what, about) => {
                let Some(command) = command(&engine, *what, *about) else { continue };
                Input::Command { by: By { may_approve: true, ..By::default() }, command }
            }
            Event::Told(what, about) => told(&engine, now, *what, *about),
            Event::Pass(seconds) => {
                now = now + Duration::secs(*seconds);
                Input::Deadline
            }
        };
        engine.handle(now, &Actor::system(), input, &mut batch);
        while !batch.records.is_empty() || !batch.effects.is_empty() {
            let Batch { records: new, effects } = std::mem::take(&mut batch);
            records.extend(new);
            for effect in effects {
                engine.handle(now, &Actor::system(), outcome_of(effect), &mut batch);
            }
        }
    }
    (records, engine.state().clone())
}

/// Every third message fails at its first attempt.
fn outcome_of(effect: Effect) -> Input {
    let outcome = |number: u64, attempt: u32| {
        if number.is_multiple_of(3) && attempt == 1 {
            Outcome::Failed { reason: "a name in a reason".to_owned(), retry: Retry::No }
        } else {
            Outcome::Delivered
        }
    };
    let (of, address, outcome) = match effect {
        Effect::Notify { message, .. } => {
            let outcome = outcome(message.notice.0.0, message.attempt);
            return Input::NoticeOutcome { notice: message.notice, outcome };
        }
        Effect::Page { message, .. } => {
            let outcome = outcome(message.page.0.0, message.attempt);
            (SentId::Page(message.page), message.contact, outcome)
        }
        Effect::Update { message, .. } => {
            let outcome = outcome(message.update.0.0, message.attempt);
            (SentId::Update(message.update), message.address, outcome)
        }
    };
    Input::MessageOutcome { of, address, outcome }
}

fn command(engine: &Engine, what: u8, about: u8) -> Option<Command> {
    let incidents: Vec<_> = engine.state().incident.incidents().collect();
    let chosen = incidents.get(usize::from(about) % incidents.len().max(1))?;
    let (incident, reason): (_, Box<str>) = (chosen.id, "a person's words".into());
    Some(match what {
        0 => Command::Acknowledge(incident),
        1 => Command::Resolve { incident, reason: Some(reason), workaround: about.is_multiple_of(2) },
        2 => Command::Close { incident, reason },
        3 => Command::Note { incident, text: reason, for_updates: about.is_multiple_of(2) },
        4 => Command::Merge { incident, into: incidents.first()?.id, reason },
        5 => Command::SetSeverity { incident, severity: Severity::Sev1, reason },
        6 => Command::ApproveUpdate { update: *chosen.updates.last()?, text: Some(reason) },
        _ => Command::Escalate { incident, to: None, reason: Some(reason) },
    })
}

fn told(engine: &Engine, now: Timestamp, what: u8, about: u8) -> Input {
    let ledger = &engine.state().ledger;
    match what {
        0 => Input::Report { facts: vec![search(now, &about.to_string())], origin: Origin::Reported },
        1 => Input::Attest(IncomingAttestation {
            practice: "oe.a".into(),
            subject: "organization".into(),
            person: "ada".into(),
            statement: "a person's words".into(),
            expires_at: now + Duration::minutes(i64::from(about % 20) + 1),
            not_applicable: false,
        }),
        2 => Input::WithdrawAttestation {
            attestation: ledger.attestations().next().map_or(AttestationId(Seq(1)), |known| known.id),
            reason: "a person's words".into(),
        },
        3 => Input::OpenImprovement(IncomingImprovement {
            practice: format!("oe.{}", about % 4).into(),
            subject: "organization".into(),
            owner: DocumentRef::Person("ada".into()),
            title: "a person's words".into(),
            lens: "5a".into(),
        }),
        _ => Input::DropImprovement {
            improvement: ledger.improvements().next().map_or(ImprovementId(Seq(1)), |known| known.id),
            reason: "a person's words".into(),
        },
    }
}

/// A search that somebody told about.
pub(crate) fn search(now: Timestamp, key: &str) -> IncomingFact {
    let pairs = [("key", key), ("found", "true"), ("person", "ada")];
    IncomingFact::from_pairs("search", "wiki", pairs, Some(now)).expect("a search")
}

/// What anything can follow from: incidents that are not closed, but for what is only shown of them, and whatever is
/// still to be sent.
fn live_part(state: &State) -> (Vec<Incident>, Vec<Page>) {
    let shown = |incident: &Incident| Incident { timeline: Vec::new(), timeline_omitted: 0, ..incident.clone() };
    let open = state.incident.incidents().filter(|incident| incident.closed_at.is_none()).map(shown).collect();
    let asked = state.incident.pages().filter(|page| page.contacts.iter().any(Address::open)).cloned().collect();
    (open, asked)
}

fn erased(record: &Record) -> Stored {
    let sealed = Head { seq: Seq(record.seq.0 - 1), ..Head::default() }.seal(record, [0; 16]);
    Stored::Erased(Header::decode(&sealed.header).unwrap().0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_may_be_erased_is_not_missed(events in prop::collection::vec(event(), 1..120), chance in any::<u64>()) {
        let (records, state) = live(&events);
        let mut folded = State::default();
        let mut gone = 0;
        for record in &records {
            let chosen = (chance.rotate_left(u32::try_from(record.seq.0 % 64).unwrap()) & 1) == 1;
            if chosen && state.needs(record).is_none() {
                gone += 1;
                folded.fold(&erased(record));
            } else {
                folded.fold(&Stored::Record(record.clone()));
            }
        }
        folded.alerting.drop_empty_groups();
        // Facts that are erased are known no more, and nothing else is missed of them.
        folded.ledger.facts = state.ledger.facts.clone();
        let same = folded.alerting == state.alerting && folded.oncall == state.oncall;
        let same = same && folded.identity == state.identity && folded.ledger == state.ledger;
        prop_assert!(same, "{gone} of {} erased; folded {folded:#?} instead of {state:#?}", records.len());
        prop_assert_eq!(live_part(&folded), live_part(&state), "{} of {} erased", gone, records.len());
    }
}
