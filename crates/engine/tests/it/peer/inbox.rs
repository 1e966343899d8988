//! Where the peer's webhooks arrive.

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;
use serde_json::Value;

use super::http::next_request;
use super::{Notice, Told};

/// Takes notices, or refuses them; either way they are noted.
#[derive(Debug, Clone)]
pub(super) struct Inbox {
    /// The beginning of the script.
    began: Arc<Mutex<Instant>>,
    told: Arc<Mutex<Told>>,
    refuse: Arc<AtomicBool>,
}

impl Inbox {
    /// Listens; the threads live until the peer closes its connections and the test process ends.
    pub(super) fn open() -> (Self, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let began = Arc::new(Mutex::new(Instant::now()));
        let inbox = Self { began, told: Arc::default(), refuse: Arc::default() };
        let taken = inbox.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inbox = taken.clone();
                thread::spawn(move || inbox.serve(stream));
            }
        });
        (inbox, port)
    }

    /// The script begins now.
    pub(super) fn begin(&self) -> Instant {
        let now = Instant::now();
        *self.began.lock().expect("nobody panics with it") = now;
        now
    }

    /// Whether notices are refused from now on.
    pub(super) fn refuse(&self, refuse: bool) {
        self.refuse.store(refuse, Ordering::SeqCst);
    }

    /// What came so far.
    pub(super) fn told(&self) -> Told {
        self.told.lock().expect("nobody panics with it").clone()
    }

    fn serve(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Ok(Some((_, body))) = next_request(&mut reader) {
            self.take(&serde_json::from_str(&body).expect("a webhook's body"));
            let status = if self.refuse.load(Ordering::SeqCst) { "400 Bad Request" } else { "200 OK" };
            if write!(writer, "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").is_err() {
                return;
            }
        }
    }

    fn take(&self, body: &Value) {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let alerts = body["alerts"].as_array().expect("alerts").iter();
        let alerts = alerts.map(|alert| {
            let said = alert["annotations"].as_object().expect("annotations").iter();
            let annotations = LabelSet::new(said.map(|(name, value)| (name.as_str(), text(value))));
            (text(&alert["fingerprint"]), alert["status"] == "firing", annotations)
        });
        let since = self.began.lock().expect("nobody panics with it").elapsed();
        let at = Duration::millis(i64::try_from(since.as_millis()).expect("a short script"));
        let notice = Notice { at, fires: body["status"] == "firing", alerts: alerts.collect() };
        let group = (text(&body["receiver"]), text(&body["groupKey"]));
        self.told.lock().expect("nobody panics with it").entry(group).or_default().push(notice);
    }
}
