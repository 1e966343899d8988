//! A real Prometheus is asked the same, and has to answer the same.
//!
//! The series of the fixture are written into it. Debian's is a 2.x: where 3.x answers otherwise by design, the question is
//! not asked here. Texts of faults are compared where they are the API's own; those of the parser are each's own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use evenkeel_metric::{Batch, Sample};
use evenkeel_prometheus_api::{ApiRequest, Method};
use evenkeel_remote_write::{Version, encode};
use evenkeel_time::Timestamp;
use serde_json::Value;

use crate::fixture::Server;

const PROGRAM: &str = "/usr/bin/prometheus";

/// What both answer alike.
const ALIKE: [&str; 49] = [
    "query?query=up&time=600",
    "query?query=up&time=60.001",
    "query?query=up&time=1970-01-01T00:01:00.5Z",
    "query?query=1%2B1&time=1.5",
    "query?query=\"a\\nb\"&time=1",
    "query?query=none&time=600",
    "query?query=odd[100m]&time=600",
    "query?query=up[90s]&time=90.5",
    "query?query=http_requests_total/0&time=600",
    "query?query=-http_requests_total/3&time=600",
    "query?query=http_requests_total*1e21&time=600",
    "query?query=http_requests_total/1e9&time=600",
    "query?query=sum by (job) (up)&time=600",
    "query?query=sort_desc(http_requests_total)&time=600",
    "query?query=topk(1, http_requests_total)&time=600",
    "query?query=up{instance=~\"a|b\",job!=\"x\"}&time=600",
    "query?query=up%20%2B%20on(job)%20up&time=600",
    "query?query=vector(1)&time=0",
    "query?query=time()&time=12345.678",
    "query?query=up&time=600&lookback_delta=1m",
    "query?query=up&time=600&timeout=x",
    "query_range?query=up&start=0&end=600&step=60",
    "query_range?query=up&start=0.5&end=2&step=0.5",
    "query_range?query=up&start=0&end=100&step=1m",
    "query_range?query=1&start=0&end=2&step=1",
    "query_range?query=none&start=0&end=2&step=1",
    "query_range?query=rate(http_requests_total[2m30s])&start=300&end=600&step=60",
    "query_range?query=up offset 1m&start=0&end=120&step=60",
    "query_range?query=up",
    "query_range?query=up&start=1",
    "query_range?query=up&start=1&end=0&step=1",
    "query_range?query=up&start=0&end=1",
    "query_range?query=up&start=0&end=1&step=0",
    "query_range?query=up&start=0&end=1&step=-5",
    "query_range?query=up&start=0&end=1&step=1e20",
    "query_range?query=up&start=0&end=11001&step=1",
    "labels",
    "labels?match[]=up",
    "labels?match[]=up&match[]=odd",
    "label/instance/values",
    "label/__name__/values?match[]={job=\"web\",instance=\"a\"}",
    "label/code/values?match[]=http_requests_total{code!=\"200\"}",
    "label/nothing/values",
    "series?match[]=up&match[]={instance=\"b\"}",
    "series",
    "query_exemplars?query=up&start=0&end=10",
    "query_exemplars?query=up&start=2&end=1",
    "format_query?query=up{a=\"b\"}",
    "rules?type=x",
];

/// Faults whose texts are the parser's own: status and type alike.
const FAULTS_ALIKE: [&str; 9] = [
    "query?query=up{&time=600",
    "query?query=&time=600",
    "query?query=rate(up)&time=600",
    "query?query=nosuch(up)&time=600",
    "query_range?query=up[5m]&start=0&end=1&step=1",
    "query_range?query=\"x\"&start=0&end=1&step=1",
    "series?match[]={job=~\".*\"}",
    "labels?match[]=up{",
    "metadata?limit=x",
];

#[test]
fn prometheus_answers_the_same() {
    if !Path::new(PROGRAM).exists() {
        eprintln!("skipped: {PROGRAM} is not there");
        return;
    }
    let peer = Peer::start().expect("Prometheus becomes ready");
    peer.write(&encode(Version::V1, &floats()));
    let mut different = Vec::new();
    for path in ALIKE.iter().chain(&FAULTS_ALIKE) {
        let (ours, theirs) = (Server::new().get(&format!("/api/v1/{path}")), peer.get(path));
        let (ours, theirs) = (parts(&ours), parts(&theirs));
        let alike = if FAULTS_ALIKE.contains(path) {
            (ours.0, &ours.1["errorType"]) == (theirs.0, &theirs.1["errorType"])
        } else {
            ours == theirs
        };
        if !alike {
            different.push(format!("{path}\n  ours {} {}\n  theirs {} {}", ours.0, ours.1, theirs.0, theirs.1));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Status and JSON, without what is not asked about.
fn parts(answer: &str) -> (u16, Value) {
    let (status, body) = answer.split_once(' ').expect("status and body");
    let mut json: Value = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
    // Remarks came with 2.48.
    if let Some(fields) = json.as_object_mut() {
        fields.remove("warnings");
        fields.remove("infos");
    }
    (status.parse().expect("a status"), json)
}

/// The numbers of the fixture, without the name that 2.x does not take.
fn floats() -> Batch {
    let (server, mut batch) = (Server::new(), Batch::default());
    for (labels, column) in server.store.series().filter(|(labels, _)| labels.get("__name__").is_ascii()) {
        batch.begin(labels.iter());
        for (at, value) in column.times.iter().zip(&column.values) {
            batch.sample(Sample { at: Timestamp(*at), value: *value });
        }
    }
    batch
}

/// A Prometheus that ends with the test.
struct Peer {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Peer {
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let file = folder.path().join("prometheus.yml");
        std::fs::write(&file, "global: {}\n").expect("a configuration");
        let child = Command::new(PROGRAM)
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
            .arg("--storage.tsdb.retention.time=200y")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .args(["--web.enable-remote-write-receiver", "--enable-feature=exemplar-storage"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Prometheus starts");
        let peer = Self { child, port, _folder: folder };
        // It is ready within a second; until then nobody listens, or it says that it is not.
        for _ in 0..100_000 {
            if peer.ask("GET", "/-/ready", &[]).is_some_and(|answer| answer.starts_with("200 ")) {
                return Some(peer);
            }
            std::thread::yield_now();
        }
        None
    }

    fn write(&self, body: &[u8]) {
        let answer = self.ask("POST", "/api/v1/write", body).expect("it listens");
        assert!(answer.starts_with("204 "), "{answer}");
    }

    fn get(&self, path: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: String = query.bytes().map(escaped).collect();
        self.ask("GET", &format!("/api/v1/{path}?{query}"), &[]).expect("it listens")
    }

    /// Status and body.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: x\r\nContent-Encoding: snappy\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        Some(format!("{} {body}", head.split(' ').nth(1)?))
    }
}

/// What stands for a byte in an address; what is escaped already stays.
fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"%&=._-".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[test]
fn a_form_is_answered_as_an_address_is() {
    let (method, path, form) = (Method::Post, "/api/v1/query", &b"query=up&time=60"[..]);
    let posted = Server::new().answer(&ApiRequest { method, path, query: "", form });
    let got = Server::new().get("/api/v1/query?query=up&time=60");
    assert_eq!(format!("200 {}", String::from_utf8_lossy(&posted.body)), got);
}
