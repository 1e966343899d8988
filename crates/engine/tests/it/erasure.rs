//! Folding without erased bodies gives the same state, whichever of those that may be erased are.

use std::sync::Arc;

use evenkeel_engine::{
    Batch, Effect, Engine, IncomingAlert, IncomingSilence, Input, Limits, Outcome, Retry, State, Stored,
};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, Header, Record};
use evenkeel_time::{Duration, Timestamp};
use proptest::prelude::*;

use crate::planned::planned;

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
";

/// One thing that happens; numbers choose which alert, silence or outcome.
#[derive(Debug, Clone)]
enum Event {
    Fire(u8, u8),
    Resolve(u8),
    Silence(u8),
    Pass(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..8_u8, 0..2_u8).prop_map(|(which, said)| Event::Fire(which, said)),
        (0..8_u8).prop_map(Event::Resolve),
        (0..3_u8).prop_map(Event::Silence),
        (1..120_i64).prop_map(Event::Pass),
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
                let Effect::Notify { message, .. } = effect else { continue };
                let fails = message.notice.0.0 % 3 == 0 && message.attempt == 1;
                let outcome = if fails {
                    Outcome::Failed { reason: "a name in a reason".to_owned(), retry: Retry::No }
                } else {
                    Outcome::Delivered
                };
                let input = Input::NoticeOutcome { notice: message.notice, outcome };
                engine.handle(now, &Actor::system(), input, &mut batch);
            }
        }
    }
    (records, engine.state().clone())
}

fn erased(record: &Record) -> Stored {
    let sealed = Head { seq: evenkeel_ids::Seq(record.seq.0 - 1), ..Head::default() }.seal(record, [0; 16]);
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
        prop_assert!(folded == state, "{gone} of {} erased; folded {folded:#?} instead of {state:#?}", records.len());
    }
}
