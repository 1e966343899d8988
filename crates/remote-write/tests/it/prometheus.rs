//! A real Prometheus scrapes itself and writes to a server of the test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, MetricType};
use evenkeel_remote_write::{Decoder, Limits, negotiate};

const PROGRAM: &str = "/usr/bin/prometheus";
/// How long a request may take to come; it comes within seconds.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_real_prometheus_is_understood() {
    if !Path::new(PROGRAM).exists() {
        eprintln!("skipped: {PROGRAM} is not there");
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, batches) = mpsc::channel();
    std::thread::spawn(move || serve(&listener, &sender));
    let folder = tempfile::tempdir().expect("a folder");
    let _prometheus = start(folder.path(), port);

    let (mut up, mut described, mut series) = (0, false, 0);
    while up < 3 || !described || series < 200 {
        let batch: Batch = batches.recv_timeout(PATIENCE).expect("Prometheus writes");
        for each in batch.series() {
            let labels = LabelSet::from_encoded(each.labels).expect("labels");
            assert_eq!(labels.get("job"), "itself");
            up += usize::from(labels.get("__name__") == "up") * each.samples.len();
            series += usize::from(!each.samples.is_empty());
        }
        described |= batch.metadata.iter().any(|(name, metadata)| {
            &**name == "prometheus_tsdb_head_series" && metadata.kind == MetricType::Gauge && !metadata.help.is_empty()
        });
    }
}

/// A Prometheus that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path, port: u16) -> Running {
    let own = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let config = format!(
        "global: {{ scrape_interval: 1s }}\n\
         scrape_configs: [{{ job_name: itself, static_configs: [{{ targets: ['127.0.0.1:{own}'] }}] }}]\n\
         remote_write:\n\
         - url: http://127.0.0.1:{port}/write\n  \
           metadata_config: {{ send_interval: 1s }}\n  \
           send_exemplars: true\n  \
           send_native_histograms: true\n"
    );
    let file = folder.join("prometheus.yml");
    std::fs::write(&file, config).expect("a configuration");
    let child = Command::new(PROGRAM)
        .arg(format!("--config.file={}", file.display()))
        .arg(format!("--storage.tsdb.path={}", folder.join("data").display()))
        .arg(format!("--web.listen-address=127.0.0.1:{own}"))
        .arg("--enable-feature=native-histograms,exemplar-storage")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Running(child.expect("Prometheus starts"))
}

/// Answers requests for as long as anyone wants what they carry.
fn serve(listener: &TcpListener, batches: &mpsc::Sender<Batch>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        let batches = batches.clone();
        std::thread::spawn(move || while answer(&stream, &batches).is_some() {});
    }
}

fn answer(stream: &TcpStream, batches: &mpsc::Sender<Batch>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None if line == "\r\n" => break,
            None => {}
        }
    }
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let version = negotiate(header("content-type"), header("content-encoding")).expect("a version");
    let mut body = vec![0; header("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    let mut batch = Batch::default();
    let decoded = Decoder::new(Limits::default()).decode(version, &body, &mut batch).expect("a request");
    assert!(decoded.refused.is_empty(), "{}", decoded.refused);
    batches.send(batch).ok()?;
    let mut stream = stream;
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").ok()
}
