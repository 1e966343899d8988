//! Prometheus sends to Evenkeel alone, which is killed in the middle of it: what fires and recovers is told, and what
//! keeps firing does not recover because of the time it was down.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

use super::gauges::Gauges;
use super::prometheus::{self, Setup, rule};
use super::{PROMETHEUS, installed};
use crate::patience::until;
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::Server;
use crate::sink::Sink;

/// Alerts in a wave.
const ALERTS: usize = 50;
/// Prometheus says the same again this often, and each time for four times as long.
const RESEND_DELAY: &str = "2s";
/// Everything of a wave is told within this, also on a slow machine.
const TOLD_WITHIN: Duration = Duration::from_secs(40);

/// When the server is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kill {
    /// After the metrics changed, before Prometheus saw it: the firing is sent to nobody.
    BeforeItFires,
    /// As soon as the first notice of the wave came.
    WhileItIsTold,
    /// When all is told.
    WhileItFires,
    /// After the metrics changed back: the recovery is sent to nobody.
    BeforeItRecovers,
    /// As soon as the first recovery came.
    WhileRecoveryIsTold,
}

/// Each kill, and how long the server is down. Alerts hold for 8 s since they were sent, so one absence is longer.
const KILLS: [(Kill, Duration); 5] = [
    (Kill::BeforeItFires, Duration::from_secs(4)),
    (Kill::WhileItIsTold, Duration::from_millis(500)),
    (Kill::WhileItFires, Duration::from_secs(11)),
    (Kill::BeforeItRecovers, Duration::from_secs(4)),
    (Kill::WhileRecoveryIsTold, Duration::from_millis(500)),
];

/// The server, now and then not there.
struct Scene {
    gauges: Gauges,
    sink: Sink,
    place: Place,
    address: SocketAddr,
    server: Option<Server>,
}

impl Scene {
    fn set() -> Self {
        let sink = Sink::start();
        let place = Place::new(&everything_to(&sink.url("/hook")));
        let server = Server::start(&place);
        Self { gauges: Gauges::start(), sink, place, address: server.address(), server: Some(server) }
    }

    /// Kills the server and starts it again on the same port.
    fn kill(&mut self, down_for: Duration) {
        self.server.take().expect("it runs").kill();
        thread::park_timeout(down_for);
        self.server = Some(Server::start_with(&self.place, &["--listen", &self.address.to_string()]));
    }

    /// Names of a wave's alerts of which this was told.
    fn told(&self, wave: usize, status: &str) -> BTreeSet<String> {
        let wave = wave.to_string();
        let deliveries = self.sink.deliveries();
        let alerts = deliveries.iter().filter(|delivery| delivery.taken()).flat_map(|delivery| delivery.alerts(status));
        alerts.filter(|alert| alert["labels"]["wave"] == wave).map(|alert| alert["labels"]["n"].to_string()).collect()
    }

    /// Waits until so many alerts of a wave were told.
    fn await_told(&self, wave: usize, status: &str, count: usize) {
        until(&format!("{count} of wave {wave} are told {status}"), TOLD_WITHIN, || {
            (self.told(wave, status).len() >= count).then_some(())
        });
    }

    fn set_wave(&self, wave: usize, value: u32) {
        let labels = |n| format!(r#"alert="Wave",wave="{wave}",n="{n}",cluster="a""#);
        self.gauges.set_all((0..ALERTS).map(labels), value);
    }

    /// A wave rises and ebbs, with a kill in it.
    fn play(&mut self, wave: usize, kill: Kill, down_for: Duration) {
        self.set_wave(wave, 1);
        match kill {
            Kill::BeforeItFires => self.kill(down_for),
            Kill::WhileItIsTold => {
                self.await_told(wave, "firing", 1);
                self.kill(down_for);
            }
            Kill::WhileItFires | Kill::BeforeItRecovers | Kill::WhileRecoveryIsTold => {}
        }
        self.await_told(wave, "firing", ALERTS);
        if kill == Kill::WhileItFires {
            self.kill(down_for);
            // Long enough for Prometheus to send again, and for what counts as over to be told.
            thread::park_timeout(Duration::from_secs(4));
        }
        assert_eq!(self.told(wave, "resolved"), BTreeSet::new(), "told that it is over while it fires: {kill:?}");
        self.set_wave(wave, 0);
        match kill {
            Kill::BeforeItRecovers => self.kill(down_for),
            Kill::WhileRecoveryIsTold => {
                self.await_told(wave, "resolved", 1);
                self.kill(down_for);
            }
            Kill::BeforeItFires | Kill::WhileItIsTold | Kill::WhileItFires => {}
        }
        self.await_told(wave, "resolved", ALERTS);
    }
}

#[test]
fn prometheus_through_kills() {
    if !installed(&[PROMETHEUS]) {
        return;
    }
    let mut scene = Scene::set();
    let setup = Setup {
        gauges: scene.gauges.address(),
        rules: &[rule("Wave"), rule("Steady")].concat(),
        alertmanagers: &prometheus::alertmanager(scene.address, "/alertmanager"),
        resend_delay: RESEND_DELAY,
    };
    let _prometheus = prometheus::start(&setup);
    // Alerts that fire all the time, as a wave of their own that does not ebb.
    let steady = KILLS.len();
    scene.gauges.set_all((0..ALERTS).map(|n| format!(r#"alert="Steady",wave="{steady}",n="{n}",cluster="a""#)), 1);
    scene.await_told(steady, "firing", ALERTS);
    for (wave, (kill, down_for)) in KILLS.into_iter().enumerate() {
        scene.play(wave, kill, down_for);
    }
    assert_eq!(scene.told(steady, "resolved"), BTreeSet::new(), "what fires all the time is not over");
    let (status, log) = scene.server.take().expect("it runs").stop();
    assert!(status.success(), "{log}");
    let resolved = scene.place.of_kind("alert-resolved").len();
    assert_eq!(resolved, KILLS.len() * ALERTS, "each alert is resolved once");
    record::assert_whole(scene.place.data());
    let notices = scene.sink.deliveries();
    let keys: BTreeSet<&str> = notices.iter().map(|delivery| delivery.key.as_str()).collect();
    eprintln!("{} kills; {} notices, {} came again", KILLS.len(), keys.len(), notices.len() - keys.len());
}
