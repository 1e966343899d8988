//! SIGKILL again and again at moments from a seed, under constant load: nothing acknowledged is lost.
//!
//! Senders post, repeat and resolve alerts and set and end silences, and remember what was answered with 200. Each
//! life of the server has its own external URL, so a delivery says which life sent it. At the end the last life is
//! left alone until what is owed has arrived.

mod ledger;
mod sender;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ledger::Ledger;
use sender::Sender;

use crate::dice::Dice;
use crate::moment::Moment;
use crate::patience::until;
use crate::place::Place;
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};
use crate::stage::Stage;

/// How often the server is killed, unless `EVENKEEL_TEST_KILLS` says otherwise.
const KILLS: u64 = 200;
const SEED: u64 = 0x00ee_5eed;
const SENDERS: u64 = 3;
/// Every so many deliveries fail at first, so that some notices are between two attempts when the kill comes.
const FAILS_ONE_IN: usize = 23;
/// What is owed arrives at the latest this long after the last start.
const SETTLES_WITHIN: Duration = Duration::from_secs(40);

fn configuration(sink: &Sink) -> String {
    format!(
        "route:
  receiver: sink
  group_by: ['...']
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 4h
  routes:
    - matchers: ['team=~\".+\"']
      group_by: [team]
      group_wait: 1s
receivers:
  - name: sink
    webhook_configs: [{{ url: '{}' }}]
",
        sink.url("/hook")
    )
}

#[test]
fn nothing_acknowledged_is_lost_by_kills_at_any_moment() {
    let kills = std::env::var("EVENKEEL_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let began = Instant::now();
    let sink = Arc::new(Sink::start());
    sink.set_mood(Mood::FailsOneIn(FAILS_ONE_IN));
    let place = Place::new(&configuration(&sink));
    let stage = Arc::new(Stage::default());
    let senders: Vec<_> = (0..SENDERS)
        .map(|number| {
            let sender = Sender::new(number, SEED, stage.clone(), sink.clone());
            thread::spawn(move || sender.run())
        })
        .collect();

    let lives = kill_again_and_again(kills, &place, &stage, &sink);
    let last = Server::start_with(&place, &["--external-url", &life_url(kills)]);
    sink.set_mood(Mood::Answers(200));
    stage.open(&last, kills);
    // The senders have a last word with the life that stays.
    stage.close_after_a_round(SENDERS);
    let mut ledger = Ledger::default();
    senders.into_iter().for_each(|sender| ledger.add(sender.join().expect("a sender ends")));

    until_settled(&ledger, &sink, &last);
    ledger.check_silences(&last);
    ledger.check_deliveries(&sink.deliveries());
    let (status, log) = last.stop();
    assert!(status.success(), "{log}");
    check_record(&place, lives + 1);
    eprintln!("{kills} kills in {:?}, {lives} of them while serving: {}", began.elapsed(), ledger.summary(&sink));
}

fn life_url(number: u64) -> String {
    format!("http://life-{number}")
}

/// How many of the lives came to serve.
fn kill_again_and_again(kills: u64, place: &Place, stage: &Stage, sink: &Sink) -> u64 {
    let mut dice = Dice::new(SEED);
    let mut served = 0;
    for number in 0..kills {
        let mut server = Server::launch(place, &["--external-url", &life_url(number)]);
        let moment = Moment::thrown(&mut dice);
        if let Moment::Starting(after) = moment {
            stage.pause(after);
            server.kill();
            continue;
        }
        assert!(server.await_address().is_some(), "life {number} does not serve:\n{}", server.log());
        stage.open(&server, number);
        moment.await_on(stage, sink);
        server.kill();
        stage.shut();
        served += 1;
    }
    served
}

fn until_settled(ledger: &Ledger, sink: &Sink, last: &Server) {
    let deadline = Instant::now() + SETTLES_WITHIN;
    loop {
        let missing = ledger.missing(&sink.deliveries());
        if missing.is_empty() {
            break;
        }
        assert!(Instant::now() < deadline, "owed and not delivered: {missing:#?}\n{}", last.log());
    }
    until("no notice is open", SETTLES_WITHIN, || (last.metric("evenkeel_notices_open") == 0.0).then_some(()));
}

/// The chain is whole, its numbers have no gap, and each life that served said so.
fn check_record(place: &Place, lives: u64) {
    record::assert_whole(place.data());
    let records = place.records();
    for (record, number) in records.iter().zip(1_u64..) {
        assert_eq!(record["seq"], number, "a gap before {record}");
    }
    let started = records.iter().filter(|record| record["kind"] == "started").count() as u64;
    assert!(started >= lives, "{started} starts on record, {lives} lives served");
    assert_eq!(records.last().expect("records")["kind"], "stopped");
}
