//! A snapshot of another shape is never taken for one of this shape.

use std::sync::Arc;

use evenkeel_engine::{Batch, Engine, IncomingAlert, IncomingSilence, Input, Limits, STATE_VERSION, State};
use evenkeel_identity::{Identity, NewToken};
use evenkeel_labels::{LabelSet, parse_matchers};
use evenkeel_oncall::IncomingOverride;
use evenkeel_record::{Actor, Hash, Role};
use evenkeel_time::{Duration, Timestamp};

use evenkeel_scenario::planned;

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
    engine.state().clone()
}

#[test]
fn another_shape_of_the_state_is_another_version() {
    let bytes = postcard::to_allocvec(&state()).unwrap();
    let shape = format!("version {STATE_VERSION}: {}", &Hash::of(&[&bytes]).to_string()[..16]);
    assert_eq!(
        shape, "version 8: 49eb0a951e2d7f91",
        "the encoded state has changed: raise STATE_VERSION in crates/engine/src/state.rs, then write the new text here"
    );
}

#[test]
fn a_state_reads_back_from_its_snapshot() {
    let before = state();
    let mut after: State = postcard::from_bytes(&postcard::to_allocvec(&before).unwrap()).unwrap();
    after.reindex();
    assert!(before == after);
    assert_eq!(before.alerting.next_deadline(), after.alerting.next_deadline());
    assert_eq!(before.incident.next_deadline(), after.incident.next_deadline());
    assert_eq!(before.incident.incidents().count(), 1);
}
