//! A snapshot of another shape is never taken for one of this shape.

use std::sync::Arc;

use evenkeel_engine::{Batch, Engine, IncomingAlert, IncomingSilence, Input, Limits, STATE_VERSION, State};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_record::{Actor, Hash};
use evenkeel_time::{Duration, Timestamp};

use crate::planned::planned;

const CONFIG: &str = "
route: { receiver: team, group_wait: 0s }
receivers: [{ name: team, webhook_configs: [{ url: 'http://127.0.0.1:1/' }] }]
";

/// A state with one of everything.
fn state() -> State {
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
    engine.state().clone()
}

#[test]
fn another_shape_of_the_state_is_another_version() {
    let bytes = postcard::to_allocvec(&state()).unwrap();
    let shape = format!("version {STATE_VERSION}: {}", &Hash::of(&[&bytes]).to_string()[..16]);
    assert_eq!(
        shape, "version 5: f490f007b1ff07e9",
        "the encoded state has changed: raise STATE_VERSION in crates/alerting/src/state.rs, then write the new text here"
    );
}

#[test]
fn a_state_reads_back_from_its_snapshot() {
    let before = state();
    let mut after: State = postcard::from_bytes(&postcard::to_allocvec(&before).unwrap()).unwrap();
    after.alerting.reindex();
    assert!(before == after);
    assert_eq!(before.alerting.next_deadline(), after.alerting.next_deadline());
}
