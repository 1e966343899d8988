//! What is appended to a real server is what is selected from it.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use evenkeel_labels::{MatchOp, Matcher};
use evenkeel_metric::{Batch, Column, Querier, Sample, Selection};
use evenkeel_outside_store::OutsideOptions;
use evenkeel_time::{Duration as Span, Timestamp};

use crate::store;

/// Ended when dropped.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A free port of this machine.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}

fn start(program: &str, arguments: &[String], address: SocketAddr) -> Option<Peer> {
    if !Path::new(program).exists() {
        eprintln!("skipped: {program} is not installed");
        return None;
    }
    let child = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let peer = Peer(child.expect("the program starts"));
    let until = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(address).is_err() {
        assert!(Instant::now() < until, "{program} does not listen");
        std::thread::park_timeout(Duration::from_millis(20));
    }
    Some(peer)
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp(i64::try_from(since.as_millis()).expect("a time of ours"))
}

/// Appends to a server and selects from it.
fn comes_back(address: SocketAddr) {
    let (store, _runtime) = store(OutsideOptions::at(&format!("http://{address}")));
    let (end, minute) = (now(), Span::minutes(1));
    let mut batch = Batch::default();
    for job in ["shop", "sh\"op\\"] {
        batch.begin([("__name__", "queue_depth"), ("job", job)]);
        for (step, value) in [(3, 1.5), (2, f64::INFINITY), (1, -2e-9), (0, 4.0)] {
            batch.sample(Sample { at: end - minute * step, value });
        }
    }
    let until = Instant::now() + Duration::from_secs(20);
    // A server listens before it takes anything.
    while let Err(error) = store.append(&batch) {
        assert!(Instant::now() < until, "{error}");
    }
    let equal = |name: &str, value: &str| Matcher::new(name, MatchOp::Equal, value).expect("a matcher");
    let selection = Selection {
        matchers: vec![equal("__name__", "queue_depth"), equal("job", "sh\"op\\")],
        after: end - minute * 3,
        until: end,
    };
    let column = loop {
        let found = store.select(&selection).expect("an answer");
        let mut column = Column::default();
        if let [labels] = found.labels() {
            assert_eq!(labels.get("job"), "sh\"op\\");
            found.read(0, &mut column).expect("samples");
            break column;
        }
        // What is appended may be seen a little later.
        assert!(Instant::now() < until, "nothing is found");
        std::thread::park_timeout(Duration::from_millis(100));
    };
    let times: Vec<i64> = [2, 1, 0].map(|step| (end - minute * step).0).to_vec();
    assert_eq!(column.times, times, "what is later than the beginning alone");
    assert_eq!(column.values, [f64::INFINITY, -2e-9, 4.0]);
    let names = store.label_names(&Selection { matchers: vec![equal("__name__", "queue_depth")], ..selection.clone() });
    assert_eq!(names.expect("names"), ["__name__".into(), "job".into()] as [Box<str>; 2]);
    let values = store.label_values("job", &Selection { matchers: Vec::new(), ..selection }).expect("values");
    assert_eq!(values, ["sh\"op\\".into(), "shop".into()] as [Box<str>; 2]);
}

#[test]
fn prometheus_gives_back_what_it_was_given() {
    let (folder, address) = (tempfile::tempdir().expect("a folder"), free());
    let file = folder.path().join("prometheus.yml");
    std::fs::write(&file, "global: {}\n").expect("written");
    let arguments = [
        format!("--config.file={}", file.display()),
        format!("--storage.tsdb.path={}", folder.path().join("data").display()),
        format!("--web.listen-address={address}"),
        "--web.enable-remote-write-receiver".to_owned(),
    ];
    let Some(_peer) = start("/usr/bin/prometheus", &arguments, address) else { return };
    comes_back(address);
}

#[test]
fn victoria_metrics_gives_back_what_it_was_given() {
    let (folder, address) = (tempfile::tempdir().expect("a folder"), free());
    let arguments = [
        format!("-storageDataPath={}", folder.path().join("data").display()),
        format!("-httpListenAddr={address}"),
        "-search.latencyOffset=0s".to_owned(),
    ];
    let Some(_peer) = start("/usr/bin/victoria-metrics", &arguments, address) else { return };
    comes_back(address);
}
