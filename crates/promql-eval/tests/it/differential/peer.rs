//! The other side: a Prometheus that has the same series.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use evenkeel_labels::LabelSet;
use evenkeel_series_notation::MemoryStore;

use super::Given;

const PROMETHEUS: &str = "/usr/bin/prometheus";
const PROMTOOL: &str = "/usr/bin/promtool";

/// A question to both sides. Units: milliseconds.
pub(crate) struct Asked {
    pub(crate) expr: String,
    pub(crate) from: i64,
    pub(crate) until: i64,
    /// Zero: one instant.
    pub(crate) step: i64,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {} to {} step {}", self.expr, self.from, self.until, self.step)
    }
}

/// A Prometheus of our own; it ends when this is dropped.
pub(crate) struct Peer {
    child: Child,
    port: u16,
    /// What it says; it ends when nobody would hear it.
    _log: Lines<BufReader<ChildStderr>>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Peer {
    /// Starts one with these series; `None`: it is not installed.
    pub(crate) fn start(folder: &Path, store: &MemoryStore) -> Option<Self> {
        if !Path::new(PROMETHEUS).exists() || !Path::new(PROMTOOL).exists() {
            return None;
        }
        let (input, data, config) = (folder.join("series.txt"), folder.join("data"), folder.join("prometheus.yml"));
        fs::write(&input, exposition(store)).expect("room for a file");
        fs::write(&config, "global: {}\n").expect("room for a file");
        let blocks = Command::new(PROMTOOL)
            .args(["tsdb", "create-blocks-from", "openmetrics"])
            .args([&input, &data])
            .output()
            .expect("promtool runs");
        assert!(blocks.status.success(), "{}", String::from_utf8_lossy(&blocks.stderr));
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let mut child = Command::new(PROMETHEUS)
            .arg(format!("--config.file={}", config.display()))
            .arg(format!("--storage.tsdb.path={}", data.display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--storage.tsdb.retention.time=100y")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Prometheus starts");
        let log = BufReader::new(child.stderr.take().expect("a stderr"));
        let mut lines = log.lines();
        let mut said = lines.by_ref().map_while(Result::ok);
        let ready = said.any(|line| line.contains("Server is ready to receive web requests"));
        assert!(ready, "Prometheus ends before it is ready");
        Some(Self { child, port, _log: lines })
    }

    /// What it gives.
    pub(crate) fn ask(&self, asked: &Asked) -> Given {
        let seconds = |ms: i64| format!("{}.{:03}", ms / 1000, ms % 1000);
        let (path, times) = if asked.step == 0 {
            ("query", format!("time={}", seconds(asked.from)))
        } else {
            let (from, until, step) = (seconds(asked.from), seconds(asked.until), seconds(asked.step));
            ("query_range", format!("start={from}&end={until}&step={step}"))
        };
        let body = format!("{times}&query={}", escaped(&asked.expr));
        let request = format!(
            "POST /api/v1/{path} HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("Prometheus listens");
        stream.write_all(request.as_bytes()).expect("Prometheus reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("Prometheus answers");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        read(&serde_json::from_str(body).unwrap_or_else(|error| panic!("{asked}: {error} in {body}")))
    }
}

fn read(answer: &serde_json::Value) -> Given {
    if answer["status"] != "success" {
        return None;
    }
    let (kind, result) = (&answer["data"]["resultType"], &answer["data"]["result"]);
    let mut given = BTreeMap::new();
    if kind == "scalar" {
        given.insert(LabelSet::default(), vec![point(result)]);
    } else {
        for series in result.as_array().expect("a list") {
            let labels = series["metric"].as_object().expect("labels");
            let labels = LabelSet::new(labels.iter().map(|(name, value)| (name, value.as_str().expect("a text"))));
            let values = if kind == "vector" {
                vec![point(&series["value"])]
            } else {
                series["values"].as_array().expect("a list").iter().map(point).collect()
            };
            given.insert(labels, values);
        }
    }
    Some(given)
}

fn point(pair: &serde_json::Value) -> (i64, f64) {
    let value = pair[1].as_str().expect("a text").parse().expect("a number");
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds")]
    let at = (pair[0].as_f64().expect("a time") * 1000.0).round() as i64;
    (at, value)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            write!(escaped, "%{byte:02X}").expect("memory");
        }
    }
    escaped
}

/// All samples as OpenMetrics text.
fn exposition(store: &MemoryStore) -> String {
    let mut text = String::new();
    for (labels, column) in store.series() {
        let name = labels.get("__name__");
        let rest: Vec<_> = labels
            .iter()
            .filter(|(name, _)| *name != "__name__")
            .map(|(name, value)| format!("{name}={value:?}"))
            .collect();
        let rest = rest.join(",");
        for (at, value) in column.times.iter().zip(&column.values) {
            let value = match value {
                value if value.is_nan() => "NaN".to_owned(),
                value if value.is_infinite() => if *value > 0.0 { "+Inf" } else { "-Inf" }.to_owned(),
                value => format!("{value:e}"),
            };
            writeln!(text, "{name}{{{rest}}} {value} {}.{:03}", at / 1000, at % 1000).expect("memory");
        }
    }
    text + "# EOF\n"
}
