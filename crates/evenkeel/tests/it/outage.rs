//! The disk is full: inputs are refused, open notices still go, the last resort is told once, and work goes on by
//! itself when there is room.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::alerts::{firing, silence};
use crate::full_disk::SmallDisk;
use crate::patience::{stays, until};
use crate::place::Place;
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};

const SOON: Duration = Duration::from_secs(20);
/// Long enough for several tries, one a second.
const SEVERAL_TRIES: Duration = Duration::from_secs(4);
/// The reserve of 64 MiB and some room to work in.
const DISK_BYTES: u64 = 80 << 20;

const OWN_DOCUMENTS: &str = "apiVersion: evenkeel/v1
kind: Organization
metadata: { name: example }
spec: { lastResort: { receiver: direct } }
---
apiVersion: evenkeel/v1
kind: Heartbeat
metadata: { name: outside }
spec: { url: 'BEAT', interval: 200ms }
";

fn configuration(hook: &Sink, watch: &Sink) -> String {
    format!(
        "route: {{ receiver: sink, group_by: ['...'], group_wait: 0s, group_interval: 5m, repeat_interval: 4h }}
receivers:
  - name: sink
    webhook_configs: [{{ url: '{}' }}]
  - name: direct
    webhook_configs: [{{ url: '{}' }}]
",
        hook.url("/hook"),
        watch.url("/direct")
    )
}

/// A server on a small disk, with the receivers it talks to.
struct Scene {
    disk: SmallDisk,
    place: Place,
    /// Takes the notices.
    hook: Sink,
    /// Takes heartbeats and the last resort's message.
    watch: Sink,
    server: Server,
    posted: u64,
    acknowledged: Vec<String>,
}

impl Scene {
    /// `None` when this test cannot run here.
    fn set() -> Option<Self> {
        let Some(disk) = SmallDisk::mount(DISK_BYTES) else {
            eprintln!("skipped: no file system may be mounted here");
            return None;
        };
        let (hook, watch) = (Sink::start(), Sink::start());
        let place = Place::with_data(&configuration(&hook, &watch), &disk.path().join("data"));
        place.write("own.yml", &OWN_DOCUMENTS.replace("BEAT", &watch.url("/beat")));
        let server = Server::start(&place);
        Some(Self { disk, place, hook, watch, server, posted: 0, acknowledged: Vec::new() })
    }

    /// Posts a new alert; whether it was acknowledged.
    fn post(&mut self) -> bool {
        let name = format!("Posted{}", self.posted);
        self.posted += 1;
        let answer = self.server.post("/api/v2/alerts", &json!([firing(&[("alertname", &name)])])).expect("an answer");
        match answer.status {
            200 => self.acknowledged.push(name),
            status => {
                assert_eq!(status, 503, "{}", answer.body);
                assert!(answer.header("retry-after").is_some_and(|wait| wait.parse::<u64>().is_ok()), "{answer:?}");
                assert!(answer.body.contains("the disk is full"), "{}", answer.body);
            }
        }
        answer.status == 200
    }

    fn gauge(&self, name: &str) -> bool {
        self.server.metric(name) == 1.0
    }

    fn beats(&self) -> usize {
        self.watch.count_where(|delivery| delivery.path == "/beat")
    }

    fn told_directly(&self) -> usize {
        self.watch.count_where(|delivery| delivery.path == "/direct")
    }

    /// Fills the disk until nothing can be made durable any more.
    fn run_out(&mut self) {
        until("an outage", SOON, || {
            self.disk.fill();
            let _ = self.post();
            self.gauge("evenkeel_outage").then_some(())
        });
    }

    fn recover(&mut self) {
        self.disk.free();
        until("it works again by itself", SOON, || self.post().then_some(()));
        assert_eq!(self.server.readiness().0, 200);
    }

    /// Whatever was acknowledged is there and was told, and the record is whole.
    fn end(self) {
        for name in &self.acknowledged {
            self.hook.expect(name, SOON, |delivery| delivery.tells("firing", name));
        }
        let shown = self.server.get("/api/v2/alerts").json();
        let names: Vec<&Value> =
            shown.as_array().expect("a list").iter().map(|alert| &alert["labels"]["alertname"]).collect();
        for name in &self.acknowledged {
            assert!(names.iter().any(|shown| *shown == name), "acknowledged and lost: {name}");
        }
        until("no notice is open", SOON, || (self.server.metric("evenkeel_notices_open") == 0.0).then_some(()));
        let (status, log) = self.server.stop();
        assert!(status.success(), "{log}");
        record::assert_whole(self.place.data());
    }
}

#[test]
fn the_reserve_is_given_up_first_and_work_goes_on() {
    let Some(mut scene) = Scene::set() else { return };
    assert!(scene.post());
    let reserve = scene.place.data().join("reserve");
    assert_eq!(fs::metadata(&reserve).expect("the reserve").len(), 64 << 20);
    scene.disk.fill();
    until("the reserve is given up", SOON, || {
        let _ = scene.post();
        scene.gauge("evenkeel_reserve_released").then_some(())
    });
    assert!(!reserve.exists());
    until("it works again", SOON, || scene.post().then_some(()));
    assert!(!scene.gauge("evenkeel_outage"));
    assert_eq!(scene.told_directly(), 0, "nobody has to be woken for this");
    scene.end();
}

#[test]
fn inputs_are_refused_and_the_last_resort_is_told_once() {
    let Some(mut scene) = Scene::set() else { return };
    assert!(scene.post());
    scene.run_out();
    assert!(!scene.post());
    let refused = scene.server.post("/api/v2/silences", &silence("alertname", "Any")).expect("an answer");
    assert_eq!(refused.status, 503);
    let (status, reasons) = scene.server.readiness();
    assert_eq!(status, 503);
    assert!(reasons.contains("the disk is full"), "{reasons}");
    assert_eq!(scene.server.get("/healthz").status, 200);

    let told = scene.watch.expect("the direct message", SOON, |delivery| delivery.path == "/direct");
    assert_eq!(told.body["alerts"][0]["labels"]["alertname"], "EvenkeelCannotRecord");
    stays("the last resort is told once", SEVERAL_TRIES, || scene.told_directly() == 1);

    scene.recover();
    until("it is on record", SOON, || (scene.place.of_kind("last-resort-told").len() == 1).then_some(()));
    assert_eq!(scene.place.of_kind("last-resort-told")[0]["delivered"], true);
    assert_eq!(scene.told_directly(), 1);
    scene.end();
}

#[test]
fn a_last_resort_that_does_not_answer_is_still_told_once() {
    let Some(mut scene) = Scene::set() else { return };
    scene.watch.set_mood(Mood::Hangs);
    scene.run_out();
    until("the direct message", SOON, || (scene.told_directly() == 1).then_some(()));
    let refused = |scene: &Scene| scene.gauge("evenkeel_outage") && scene.told_directly() == 1;
    stays("the outage lasts and nobody is told again", SEVERAL_TRIES, || refused(&scene));
    scene.watch.set_mood(Mood::Answers(200));
    scene.recover();
    scene.end();
}

#[test]
fn open_notices_still_go() {
    let Some(mut scene) = Scene::set() else { return };
    scene.hook.set_mood(Mood::Answers(503));
    assert!(scene.post());
    let first = scene.hook.expect("an attempt", SOON, |delivery| delivery.answered == Some(503));
    scene.run_out();
    scene.hook.set_mood(Mood::Answers(200));
    let again =
        scene.hook.expect("the open notice, during the outage", SOON, |delivery| delivery.tells("firing", "Posted0"));
    assert_eq!(again.key, first.key);
    assert!(scene.gauge("evenkeel_outage"));
    let taken = |scene: &Scene| scene.hook.count_where(|delivery| delivery.taken() && delivery.key == first.key);
    stays("it is told once", SEVERAL_TRIES, || taken(&scene) == 1);
    scene.recover();
    until("its outcome is on record", SOON, || (!scene.place.of_kind("notice-delivered").is_empty()).then_some(()));
    assert_eq!(taken(&scene), 1, "what arrived is not sent again");
    scene.end();
}

#[test]
fn the_heartbeat_is_held_back() {
    let Some(mut scene) = Scene::set() else { return };
    until("heartbeats", SOON, || (scene.beats() >= 3).then_some(()));
    scene.run_out();
    let held = scene.server.metric("evenkeel_heartbeats_held_total");
    until("one is held back", SOON, || (scene.server.metric("evenkeel_heartbeats_held_total") > held).then_some(()));
    let before = scene.beats();
    stays("no heartbeat", SEVERAL_TRIES, || scene.beats() == before);
    scene.recover();
    until("heartbeats again", SOON, || (scene.beats() > before).then_some(()));
    scene.end();
}

#[test]
fn an_outage_is_waited_out_quietly() {
    let Some(mut scene) = Scene::set() else { return };
    // A group whose look is due all the time must not keep the thread running in circles.
    assert!(scene.post());
    scene.run_out();
    let before = scene.server.cpu_for();
    stays("an outage", SEVERAL_TRIES, || scene.gauge("evenkeel_outage"));
    let spent = scene.server.cpu_for() - before;
    assert!(spent < SEVERAL_TRIES / 2, "{spent:?} of computing in {SEVERAL_TRIES:?}");
    scene.recover();
    scene.end();
}

#[test]
fn a_plan_that_changes_during_an_outage_is_adopted_after_it() {
    let Some(mut scene) = Scene::set() else { return };
    assert!(scene.post());
    scene.run_out();
    let slower = configuration(&scene.hook, &scene.watch).replace("repeat_interval: 4h", "repeat_interval: 5h");
    scene.place.write("alertmanager.yml", &slower);
    scene.server.signal("HUP");
    stays("an outage", SEVERAL_TRIES, || scene.gauge("evenkeel_outage"));
    scene.recover();
    until("the changed plan is adopted", SOON, || (scene.place.of_kind("plan-adopted").len() == 2).then_some(()));
    scene.end();
}

#[test]
fn a_kill_during_an_outage_loses_nothing() {
    let Some(mut scene) = Scene::set() else { return };
    scene.hook.set_mood(Mood::Answers(503));
    assert!(scene.post() && scene.post());
    scene.run_out();
    scene.server.crash();
    record::assert_whole(scene.place.data());
    scene.disk.free();
    scene.hook.set_mood(Mood::Answers(200));
    scene.server = Server::start(&scene.place);
    let reserve = fs::metadata(scene.place.data().join("reserve")).expect("a new reserve");
    assert_eq!(reserve.len(), 64 << 20);
    scene.end();
}
