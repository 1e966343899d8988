//! Sends series by remote write, and remembers what was acknowledged.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};
use std::time::{SystemTime, UNIX_EPOCH};

use evenkeel_metric::{Batch, Sample};
use evenkeel_remote_write::{Version, encode};
use evenkeel_time::Timestamp;

use crate::http::{self, Answer};

/// Series of one request.
const SERIES: u64 = 100;

/// The wall clock. Units: milliseconds since 1970.
pub(super) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("a time of ours")
}

/// Sends the samples of one series.
pub(super) fn send(to: SocketAddr, labels: &[(&str, &str)], samples: &[(i64, f64)]) -> io::Result<Answer> {
    let mut batch = Batch::default();
    batch.begin(labels.iter().copied());
    samples.iter().for_each(|(at, value)| batch.sample(Sample { at: Timestamp(*at), value: *value }));
    post(to, &batch)
}

fn post(to: SocketAddr, batch: &Batch) -> io::Result<Answer> {
    let headers = [("Content-Type", "application/x-protobuf"), ("Content-Encoding", "snappy")];
    http::send_with(to, "POST", "/prometheus/api/v1/write", &headers, &encode(Version::V1, batch))
}

/// What became of what was sent.
pub(super) struct Told {
    pub(super) sent: usize,
    /// By the value of `sender` and time.
    pub(super) acknowledged: BTreeMap<(String, i64), String>,
}

/// Sends until the server is gone.
pub(super) struct Sender(JoinHandle<Told>);

impl Sender {
    pub(super) fn start(to: SocketAddr, life: u64) -> Self {
        Self(thread::spawn(move || {
            let (mut told, mut at) = (Told { sent: 0, acknowledged: BTreeMap::new() }, now_ms());
            loop {
                // Each request has its own instant, also within one millisecond.
                at = now_ms().max(at + 1);
                let mut batch = Batch::default();
                let names: Vec<String> = (0..SERIES).map(|series| format!("{life}-{series}")).collect();
                for name in &names {
                    batch.begin([("__name__", "sent"), ("sender", name.as_str())]);
                    batch.sample(Sample { at: Timestamp(at), value: at as f64 });
                }
                told.sent += names.len();
                match post(to, &batch) {
                    Ok(answer) if answer.status == 204 => {
                        told.acknowledged.extend(names.into_iter().map(|name| ((name, at), at.to_string())));
                    }
                    Ok(answer) => panic!("{} {}", answer.status, answer.body),
                    Err(_) => return told,
                }
            }
        }))
    }

    pub(super) fn ended(self) -> Told {
        self.0.join().expect("the sender ends")
    }
}
