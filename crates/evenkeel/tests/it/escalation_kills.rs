//! SIGKILL again and again at moments from a seed, while people are paged step by step: no step is left out, none is
//! taken twice, and nobody is paged once somebody has it.
//!
//! Incidents go through three steps, twice, and then the last resort, a second each; some pages are answered by their
//! links in between. Each life of the server has its own external URL, so a page says which life sent it. At the end
//! the last life is left alone, every page is answered, and the journal, the phones and those who answered have to agree.

mod checks;
mod history;
mod ladder;
mod responder;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use history::History;
use responder::Responder;

use crate::dice::Dice;
use crate::moment::Moment;
use crate::patience::until;
use crate::place::Place;
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};
use crate::stage::Stage;

/// How often the server is killed, unless `EVENKEEL_TEST_ESCALATION_KILLS` says otherwise.
const KILLS: u64 = 100;
const SEED: u64 = 0x00ee_5ca1;
/// A life lasts so much longer than its moment, so that steps become due and not only messages.
const LINGERS_MS: u64 = 400;
/// A phone takes so long to answer, so that most kills come while some page is on its way.
const ON_ITS_WAY: Duration = Duration::from_millis(40);
/// Everything is answered at the latest this long after the last start.
const SETTLES_WITHIN: Duration = Duration::from_secs(30);

#[test]
fn people_are_paged_step_by_step_through_kills_at_any_moment() {
    let kills = std::env::var("EVENKEEL_TEST_ESCALATION_KILLS").ok().and_then(|text| text.parse().ok());
    let kills = kills.unwrap_or(KILLS);
    let began = Instant::now();
    let sink = Arc::new(Sink::start());
    sink.set_mood(Mood::AnswersAfter(ON_ITS_WAY));
    let place = ladder::place(&sink);
    let (stage, settling) = (Arc::new(Stage::default()), Arc::new(AtomicBool::new(false)));
    let responder = Responder::new(SEED ^ 1, stage.clone(), sink.clone(), settling.clone());
    let responder = thread::spawn(move || responder.run());

    kill_again_and_again(kills, &place, &stage, &sink);
    let last = Server::start_with(&place, &["--external-url", &life_url(kills)]);
    settling.store(true, Ordering::Relaxed);
    stage.open(&last, kills);
    until("every incident is somebody's", SETTLES_WITHIN, || responder.is_finished().then_some(()));
    let work = responder.join().expect("whoever answers ends");

    let before = sink.count();
    assert!(!sink.more_than(before, Duration::from_secs(3)), "paged after everything was acknowledged");
    let history = History::of(&place.records());
    checks::shown(&last, &history);
    let (status, log) = last.stop();
    assert!(status.success(), "{log}");
    record::assert_whole(place.data());
    let deliveries = sink.deliveries();
    checks::opened_once(&history, &work);
    checks::in_order(&history);
    checks::sent_again(&history);
    checks::answered(&history, &work);
    checks::at_the_sink(&history, &work, &deliveries);
    let summary = checks::summary(&history, &work, &deliveries);
    eprintln!("{kills} kills in {:?}, {} starts on record: {summary}", began.elapsed(), history.starts);
}

fn life_url(number: u64) -> String {
    format!("http://life-{number}")
}

fn kill_again_and_again(kills: u64, place: &Place, stage: &Stage, sink: &Sink) {
    let mut dice = Dice::new(SEED);
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
        stage.pause(Duration::from_millis(dice.below(LINGERS_MS)));
        moment.await_on(stage, sink);
        server.kill();
        stage.shut();
    }
}
