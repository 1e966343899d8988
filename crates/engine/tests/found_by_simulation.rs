//! Faults that the simulator found in the core, each as the shortest story that shows it.

#[path = "found_by_simulation/incidents.rs"]
mod incidents;

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::{Batch, Effect, Engine, IncomingAlert, Input, Limits, Outcome, Retry, State};
use evenkeel_ids::{NoticeId, PlanHash};
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_model::{
    Catalogue, FileReceiver, GroupBy, Integration, LastResort, Plan, Receiver, Route, RouteTree, Transport,
};
use evenkeel_record::{Actor, Body, Record};
use evenkeel_time::{Duration, Timestamp};

fn plan() -> Arc<Plan> {
    let route = Route {
        key: "{}".into(),
        matchers: Matchers::default(),
        receiver: "team".into(),
        group_by: GroupBy::All,
        group_wait: Duration::ZERO,
        group_interval: Duration::minutes(1),
        repeat_interval: Duration::hours(1),
        mute_time_intervals: Vec::new(),
        active_time_intervals: Vec::new(),
        continue_matching: false,
        children: Vec::new(),
    };
    let transport = Transport::File(FileReceiver { path: "notices.jsonl".into() });
    let integration = Integration { name: "file[0]".into(), send_resolved: true, transport };
    let receiver = Receiver { name: "team".into(), integrations: vec![integration] };
    Arc::new(Plan {
        hash: PlanHash([1; 32]),
        commit: None,
        resolve_timeout: Duration::minutes(5),
        routes: RouteTree { routes: vec![route] },
        receivers: BTreeMap::from([("team".into(), receiver)]),
        inhibit_rules: Vec::new(),
        time_intervals: BTreeMap::new(),
        probes: Vec::new(),
        heartbeats: Vec::new(),
        expected_alerts: Vec::new(),
        last_resort: LastResort { receiver: "team".into(), policy: None },
        priorities: vec![],
        catalogue: Catalogue::default(),
    })
}

const fn at(seconds: i64) -> Timestamp {
    Timestamp(1_800_000_000_000 + seconds * 1000)
}

/// Takes up what the records so far add up to, as after a crash.
fn start(records: &[Record], seconds: i64) -> (Engine, Batch) {
    let mut state = State::default();
    records.iter().for_each(|record| state.apply(record));
    let mut engine = Engine::new(state, plan(), at(seconds), Limits::default());
    let mut batch = Batch::default();
    engine.start(at(seconds), "test", 0, &mut batch);
    (engine, batch)
}

fn handle(engine: &mut Engine, seconds: i64, input: Input) -> Batch {
    let mut batch = Batch::default();
    engine.handle(at(seconds), &Actor::system(), input, &mut batch);
    batch
}

fn alert(ends_after: i64) -> Input {
    let labels = LabelSet::new([("alertname", "Down")]);
    Input::Alerts(vec![IncomingAlert { labels, ends_at: Some(at(ends_after)), ..IncomingAlert::default() }])
}

#[test]
fn a_slow_senders_alert_outlives_a_restart_until_the_sender_speaks_again() {
    let (mut engine, started) = start(&[], 0);
    // A rule evaluated each ten minutes: Prometheus lets its alerts hold for four times that.
    let fired = handle(&mut engine, 0, alert(2400));
    let renewed = handle(&mut engine, 2390, alert(2390 + 2400));
    assert!(!renewed.records.iter().any(|record| matches!(record.body, Body::AlertResolved(_))));

    let records: Vec<Record> = started.records.into_iter().chain(fired.records).chain(renewed.records).collect();
    let (mut engine, _) = start(&records, 2400);
    let later = handle(&mut engine, 2980, Input::Deadline);
    assert!(
        !later.records.iter().any(|record| matches!(record.body, Body::AlertResolved(_))),
        "resolved because we restarted: the sender speaks again at 2990 s only"
    );
}

#[test]
fn a_retry_that_comes_after_the_not_after_is_not_made() {
    let (mut engine, _) = start(&[], 0);
    let fired = handle(&mut engine, 0, alert(86_400));
    let notice = fired.records.iter().find(|record| matches!(record.body, Body::NoticeIntended(_)));
    let notice = NoticeId(notice.expect("told at once").seq);
    let outcome = Outcome::Failed { reason: "connection refused".into(), retry: Retry::Yes };
    handle(&mut engine, 1, Input::NoticeOutcome { notice, outcome });

    // Nothing ran for ten minutes; the notice was to be tried until the end of the first.
    let late = handle(&mut engine, 600, Input::Deadline);
    assert!(late.records.iter().any(|record| matches!(record.body, Body::NoticeFailed(_))));
    let tried: Vec<NoticeId> = late.effects.iter().filter_map(told).collect();
    assert!(!tried.contains(&notice), "sent after its not-after, while its failure is on record");
}

#[test]
fn nothing_resolves_because_the_clock_was_set_back_while_nothing_could_be_committed() {
    let (mut engine, started) = start(&[], 0);
    let fired = handle(&mut engine, 0, alert(300));
    // Sent again unchanged: no record tells of it.
    handle(&mut engine, 240, alert(540));

    // The clock is set back by an hour, a commit fails, and the state is folded by the new clock.
    let mut state = State::default();
    started.records.iter().chain(&fired.records).for_each(|record| state.apply(record));
    let mut engine = Engine::new(state, plan(), at(290 - 3600), Limits::default());
    let jumped = handle(&mut engine, 350 - 3600, Input::ClockJumped { by: Duration::hours(-1) });
    assert!(
        !jumped.records.iter().any(|record| matches!(record.body, Body::AlertResolved(_))),
        "the sender's word held until 540 s"
    );
}

#[test]
fn a_snapshot_and_a_clock_set_back_do_not_put_a_groups_next_look_off() {
    let (mut engine, _) = start(&[], 0);
    let fired = handle(&mut engine, 0, alert(86_400));
    let notice = fired.records.iter().find(|record| matches!(record.body, Body::NoticeIntended(_)));
    let notice = NoticeId(notice.expect("told at once").seq);
    handle(&mut engine, 1, Input::NoticeOutcome { notice, outcome: Outcome::Delivered });
    for minute in 1..=50 {
        handle(&mut engine, minute * 60, Input::Deadline);
    }

    // A snapshot of that minute is found by a machine whose clock says it is two minutes after the start.
    let mut engine = Engine::new(engine.state().clone(), plan(), at(120), Limits::default());
    engine.start(at(120), "test", 0, &mut Batch::default());
    let group = engine.state().alerting.groups().next().expect("a group");
    assert!(group.flush_at <= at(180), "looked at after {} only", group.flush_at - at(120));
}

fn told(effect: &Effect) -> Option<NoticeId> {
    match effect {
        Effect::Notify { message, .. } => Some(message.notice),
        Effect::Page { .. } | Effect::Update { .. } => None,
    }
}
