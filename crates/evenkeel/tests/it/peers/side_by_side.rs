//! One Prometheus sends to Alertmanager and to Evenkeel, with the same configuration: both tell the same.
//!
//! What is compared, and what is tolerated, stands in `histories` and in `shapes`.

use std::time::{Duration, Instant};

use super::amtool::Amtool;
use super::gauges::Gauges;
use super::histories::{differences, histories, otherwise_batched};
use super::process::Process;
use super::prometheus::{self, Setup, rule};
use super::{ALERTMANAGER, AMTOOL, PROMETHEUS, alertmanager, installed, shapes};
use crate::alerts::now;
use crate::place::Place;
use crate::record;
use crate::server::Server;
use crate::sink::Sink;

const CONFIGURATION: &str = "
route:
  receiver: everybody
  group_by: [alertname, cluster]
  group_wait: 1s
  group_interval: 3s
  repeat_interval: 14s
  routes:
    - matchers: [severity=\"page\"]
      receiver: page
      continue: true
      routes:
        - matchers: [team=~\"db|cache\"]
          receiver: page-db
          group_by: [cluster]
          continue: true
        - matchers: [team=\"db\", cluster!=\"b\"]
          receiver: page-again
    - matchers: [team=\"db\"]
      receiver: no-recoveries
      group_by: ['...']
      mute_time_intervals: [never]
      active_time_intervals: [always]
    - matchers: [alertname=\"Many\"]
      receiver: at-most-two
      group_by: [alertname]
time_intervals:
  - name: never
    time_intervals: [{ years: ['2000'] }]
  - name: always
    time_intervals: [{ times: [{ start_time: '00:00', end_time: '24:00' }] }]
inhibit_rules:
  - source_matchers: [alertname=\"Down\"]
    target_matchers: [alertname=~\"Slow|Unheard\"]
    equal: [cluster]
receivers:
  - name: everybody
    webhook_configs: [{ url: 'URL/everybody' }]
  - name: page
    webhook_configs: [{ url: 'URL/page' }]
  - name: page-db
    webhook_configs: [{ url: 'URL/page-db' }]
  - name: page-again
    webhook_configs: [{ url: 'URL/page-again', send_resolved: true }]
  - name: no-recoveries
    webhook_configs: [{ url: 'URL/no-recoveries', send_resolved: false }]
  - name: at-most-two
    webhook_configs: [{ url: 'URL/at-most-two', max_alerts: 2 }]
";

const OWN_RULES: &str = "  - { alert: Steady, expr: vector(1), labels: { severity: info } }
  - alert: Clockwork
    expr: vector((time() - BEGIN) % 24) < 12 and vector(time()) < END
    labels: { severity: page, team: cache, cluster: a }
    annotations: { summary: 'goes off for 12 seconds, three times' }
  - alert: Late
    expr: test_state{alert=\"Late\"} > 0
    for: 2s
    keep_firing_for: 6s
";

/// Of these only how they ended is compared: `Flap` flaps faster than groups are looked at.
const ONLY_THE_END: &[&str] = &["Flap"];
/// After the last change everything is told within this, however slow the machine.
const SETTLED_WITHIN: Duration = Duration::from_secs(40);
/// Nothing is compared before the last change can have been told.
const SETTLES_FOR: Duration = Duration::from_secs(8);

/// Seconds from the start, the gauge's labels, and its new value. What holds, holds for longer than a scrape, an
/// evaluation and a `group_interval` together, but for the flapping one.
#[rustfmt::skip]
const STORY: &[(u64, &str, u32)] = &[
    (1, r#"alert="Level",cluster="a",disk="1",severity="warn",team="db""#, 1),
    (1, r#"alert="Unheard",cluster="a",severity="page",team="web""#, 1),
    (1, r#"alert="Noise",cluster="a",severity="page",team="db""#, 1),
    (1, r#"alert="Told",cluster="a",severity="page",team="web""#, 1),
    (1, r#"alert="Hushed",cluster="b",severity="page",team="cache""#, 1),
    (5, r#"alert="Many",disk="1",severity="info""#, 1),
    (5, r#"alert="Many",disk="2",severity="info""#, 1),
    (5, r#"alert="Many",disk="3",severity="info""#, 1),
    (5, r#"alert="Late",severity="info""#, 1),
    // Joins a group that was told, another waits to be told.
    (9, r#"alert="Level",cluster="a",disk="2",severity="warn",team="db""#, 1),
    (9, r#"alert="Level",cluster="b",disk="1",severity="page",team="db""#, 1),
    // Inhibits one that was told, and one that comes with it; a third is of another cluster.
    (9, r#"alert="Down",cluster="a",severity="page",team="db""#, 1),
    (9, r#"alert="Slow",cluster="a",severity="warn",team="db""#, 1),
    (9, r#"alert="Slow",cluster="b",severity="page",team="db""#, 1),
    // Changes its annotations.
    (17, r#"alert="Level",cluster="a",disk="1",severity="warn",team="db""#, 5),
    // Resolves while it is silenced.
    (18, r#"alert="Hushed",cluster="b",severity="page",team="cache""#, 0),
    (24, r#"alert="Level",cluster="a",disk="2",severity="warn",team="db""#, 0),
    // Resolves while it is inhibited.
    (24, r#"alert="Unheard",cluster="a",severity="page",team="web""#, 0),
    (26, r#"alert="Flap",cluster="a",severity="page",team="db""#, 1),
    (28, r#"alert="Flap",cluster="a",severity="page",team="db""#, 0),
    (30, r#"alert="Flap",cluster="a",severity="page",team="db""#, 1),
    (33, r#"alert="Flap",cluster="a",severity="page",team="db""#, 0),
    (34, r#"alert="Flap",cluster="a",severity="page",team="db""#, 1),
    (34, r#"alert="Down",cluster="a",severity="page",team="db""#, 0),
    (35, r#"alert="Hushed",cluster="b",severity="page",team="cache""#, 1),
    // Again, in a group that was told that it is over, and in one whose recovery waited to be told.
    (37, r#"alert="Level",cluster="a",disk="2",severity="warn",team="db""#, 1),
    (40, r#"alert="Many",disk="1",severity="info""#, 0),
    (40, r#"alert="Many",disk="2",severity="info""#, 0),
    (40, r#"alert="Many",disk="3",severity="info""#, 0),
    (40, r#"alert="Late",severity="info""#, 0),
    (44, r#"alert="Late",severity="info""#, 1),
    (46, r#"alert="Unheard",cluster="a",severity="page",team="web""#, 2),
    (46, r#"alert="Level",cluster="b",disk="1",severity="page",team="db""#, 0),
    (46, r#"alert="Slow",cluster="a",severity="warn",team="db""#, 0),
    (50, r#"alert="Noise",cluster="a",severity="page",team="db""#, 0),
    (50, r#"alert="Slow",cluster="b",severity="page",team="db""#, 0),
    (58, r#"alert="Told",cluster="a",severity="page",team="web""#, 0),
    (62, r#"alert="Hushed",cluster="b",severity="page",team="cache""#, 0),
    (62, r#"alert="Unheard",cluster="a",severity="page",team="web""#, 0),
    (62, r#"alert="Flap",cluster="a",severity="page",team="db""#, 0),
    (62, r#"alert="Late",severity="info""#, 0),
    (68, r#"alert="Level",cluster="a",disk="2",severity="warn",team="db""#, 0),
];

/// Seconds from the start, and of which alert a silence begins or ends.
const SILENCES: &[(u64, &str, bool)] = &[
    (0, "Noise", true),
    (10, "Told", true),
    (10, "Hushed", true),
    (25, "Hushed", false),
    (36, "Noise", false),
    (44, "Told", false),
];

/// Everybody who takes part.
struct Scene {
    gauges: Gauges,
    our_sink: Sink,
    their_sink: Sink,
    place: Place,
    server: Server,
    /// Ours and theirs.
    amtools: [Amtool; 2],
    prometheus: Option<Process>,
    _alertmanager: Process,
}

impl Scene {
    fn set() -> Self {
        let (gauges, our_sink, their_sink) = (Gauges::start(), Sink::start(), Sink::start());
        let place = Place::new(&CONFIGURATION.replace("URL", &our_sink.url("")));
        let server = Server::start(&place);
        let alertmanager = alertmanager::start(&CONFIGURATION.replace("URL", &their_sink.url("")));
        let amtools = [
            Amtool::owning(format!("http://{}/alertmanager", server.address()), &place),
            Amtool::at(format!("http://{}", alertmanager.address())),
        ];
        let both = prometheus::alertmanager(server.address(), "/alertmanager")
            + &prometheus::alertmanager(alertmanager.address(), "/");
        let names = ["Level", "Slow", "Noise", "Told", "Hushed", "Down", "Many", "Unheard", "Flap"];
        // Prometheus is there before that, so each firing lasts.
        let begin = now().0 / 1000 + 10;
        let own_rules = OWN_RULES.replace("BEGIN", &begin.to_string()).replace("END", &(begin + 60).to_string());
        let rules = own_rules + &names.map(rule).concat();
        let setup = Setup { gauges: gauges.address(), rules: &rules, alertmanagers: &both, resend_delay: "3s" };
        let prometheus = prometheus::start(&setup);
        let prometheus = Some(prometheus);
        Self { gauges, our_sink, their_sink, place, server, amtools, prometheus, _alertmanager: alertmanager }
    }

    /// Plays the story in real time.
    fn play(&self) {
        let began = Instant::now();
        let mut silenced: Vec<(&str, [String; 2])> = Vec::new();
        let mut silences = SILENCES.iter().peekable();
        let mut story = STORY.iter().peekable();
        while silences.peek().is_some() || story.peek().is_some() {
            let second = began.elapsed().as_secs();
            while let Some((_, name, begins)) = silences.next_if(|(at, ..)| *at <= second) {
                if *begins {
                    silenced.push((name, self.amtools.clone().map(|amtool| silence(&amtool, name))));
                } else {
                    let (_, ids) = silenced.iter().find(|(silenced, _)| silenced == name).expect("it is silenced");
                    self.amtools.iter().zip(ids).for_each(|(amtool, id)| drop(amtool.says(&["silence", "expire", id])));
                }
            }
            while let Some((_, labels, value)) = story.next_if(|(at, ..)| *at <= second) {
                self.gauges.set(labels, *value);
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    /// Waits until both told the same, and had the time to tell something else.
    fn settle(&self) {
        let over_at = Instant::now();
        while over_at.elapsed() < SETTLES_FOR || !self.differences().is_empty() {
            assert!(over_at.elapsed() < SETTLED_WITHIN, "{}\n{}", self.differences().join("\n"), self.server.log());
            std::thread::park_timeout(Duration::from_millis(200));
        }
    }

    fn differences(&self) -> Vec<String> {
        let (ours, theirs) = (self.our_sink.deliveries(), self.their_sink.deliveries());
        differences(&histories(&ours), &histories(&theirs), ONLY_THE_END)
    }
}

fn silence(amtool: &Amtool, alertname: &str) -> String {
    let matcher = format!("alertname={alertname}");
    let id = amtool.says(&["silence", "add", "--author=test", "--comment=known", "--duration=1h", &matcher]);
    id.trim().to_owned()
}

#[test]
fn prometheus_beside_alertmanager() {
    if !installed(&[PROMETHEUS, ALERTMANAGER, AMTOOL]) {
        return;
    }
    let mut scene = Scene::set();
    scene.play();
    scene.settle();
    let prometheus = scene.prometheus.take().expect("it runs");
    let log = prometheus.log();
    assert!(!log.contains("Error sending alert"), "both were told everything:\n{log}");

    // What Prometheus does not say any more is over after a while.
    drop(prometheus);
    for sink in [&scene.our_sink, &scene.their_sink] {
        sink.expect("the last alert expires", SETTLED_WITHIN, |delivery| delivery.tells("resolved", "Steady"));
    }
    scene.settle();
    let (ours, theirs) = (scene.our_sink.deliveries(), scene.their_sink.deliveries());
    let compared = shapes::compare(&ours, &theirs);
    let (our_histories, their_histories) = (histories(&ours), histories(&theirs));
    let otherwise = otherwise_batched(&our_histories, &their_histories);
    eprintln!(
        "{} groups, {} otherwise batched; {} notices here, {} there, {compared} of them the same and compared\n{}",
        our_histories.len(),
        otherwise.len(),
        ours.len(),
        theirs.len(),
        otherwise.join("\n")
    );
    assert!(our_histories.len() > 15 && compared > 30, "the story was told: {our_histories:#?}");
    assert!(scene.server.stop().0.success());
    record::assert_whole(scene.place.data());
}
