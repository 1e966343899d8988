//! How many one-alert webhook notices one core sends, and what one costs.
//!
//! `cargo run --release -p evenkeel-notify --example notify_speed [-- MESSAGES]`. The sink is this program again, as a
//! process of its own, so that its work is not counted.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "measures itself and prints the figures")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use evenkeel_alerting::{Message, MessageAlert, Outcome};
use evenkeel_ids::{NoticeId, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_model::{HttpOptions, Integration, SecretRef, Transport, WebhookReceiver};
use evenkeel_notify::{Content, Delivery, Limits, Pool, Sender, SenderOptions};
use evenkeel_time::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("sink") {
        runtime.block_on(sink());
        return;
    }
    let messages: u64 = argument.and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let itself = std::env::current_exe().expect("own path");
    let mut sink = Command::new(itself).arg("sink").stdout(Stdio::piped()).spawn().expect("a sink");
    let mut address = String::new();
    BufReader::new(sink.stdout.take().expect("its output")).read_line(&mut address).expect("its address");
    for round in 0..5 {
        runtime.block_on(measure(address.trim(), messages, round));
    }
    sink.kill().expect("ends the sink");
    sink.wait().expect("the sink has ended");
}

async fn measure(address: &str, messages: u64, round: u64) {
    let webhook = WebhookReceiver {
        url: SecretRef::inline(format!("http://{address}/hook")),
        max_alerts: 0,
        timeout: None,
        http: HttpOptions { follow_redirects: true, ..HttpOptions::default() },
    };
    let transport = Transport::Webhook(webhook);
    let integration = Arc::new(Integration { name: "webhook[0]".into(), send_resolved: true, transport });
    let sender = Sender::new(SenderOptions {
        notices_dir: std::env::temp_dir(),
        external_url: "http://evenkeel.example".to_owned(),
    });
    let (tell, mut outcomes) = tokio::sync::mpsc::channel(1024);
    let pool = Pool::new(sender, Limits::default(), tell);
    let all: Vec<Content> = (0..messages).map(|n| Content::Notice(message(round * messages + n))).collect();
    let (start, user, sys) = (Instant::now(), ticks(11), ticks(12));
    let cpu = cpu_ns();
    for content in all {
        pool.submit(Delivery { integration: Arc::clone(&integration), content, deadline: Duration::from_secs(60) });
    }
    let mut delivered = 0_u64;
    for _ in 0..messages {
        let (_, outcome) = outcomes.recv().await.expect("an outcome");
        delivered += u64::from(outcome == Outcome::Delivered);
    }
    let (took, cpu) = (start.elapsed(), cpu_ns() - cpu);
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let (rate, each) = (delivered as f64 / took.as_secs_f64(), cpu as f64 / 1000.0 / messages as f64);
    let (user, sys) = (ticks(11) - user, ticks(12) - sys);
    println!(
        "{delivered} of {messages} delivered in {took:.2?}: {rate:.0}/s, {each:.1} µs of CPU each (user:sys = {user}:{sys})"
    );
}

fn message(n: u64) -> Message {
    let labels =
        LabelSet::new([("alertname", "HighLatency"), ("instance", &format!("host-{n}:9100")), ("severity", "page")]);
    Message {
        notice: NoticeId(Seq(n + 1)),
        receiver: "team".into(),
        integration: "webhook[0]".into(),
        group_key: format!("{{}}:{{alertname=\"HighLatency\", instance=\"host-{n}:9100\"}}"),
        group_labels: labels.only(|name| name != "severity"),
        alerts: vec![MessageAlert {
            labels,
            annotations: LabelSet::new([("summary", "the 99th percentile is above one second")]),
            starts_at: Timestamp(1_795_000_000_123),
            ends_at: None,
            generator_url: "http://prometheus.example/graph?g0.expr=up".into(),
        }],
        attempt: 1,
        not_after: Timestamp::MAX,
        idempotency_key: format!("{n:064x}"),
    }
}

/// The time this process has been on a CPU, over all its threads. Units: nanoseconds.
fn cpu_ns() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let files = tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok());
    files.filter_map(|text| text.split(' ').next()?.parse::<u64>().ok()).sum()
}

/// A field of `/proc/self/stat` counted after the program's name. Units: clock ticks.
fn ticks(field: usize) -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit(") ").next().expect("fields");
    fields.split(' ').nth(field).and_then(|text| text.parse().ok()).expect("a number")
}

/// Takes every request and answers 200, with as little work as possible.
async fn sink() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("its address"));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        tokio::spawn(serve(stream));
    }
}

async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(8192);
    while stream.read_buf(&mut buffer).await? > 0 {
        if let Some(length) = request_length(&buffer)
            && buffer.len() >= length
        {
            buffer.drain(..length);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
        }
    }
    Ok(())
}

fn request_length(buffer: &[u8]) -> Option<usize> {
    let head = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(buffer.get(..head)?).ok()?;
    let field = text.split("\r\n").find_map(|line| line.strip_prefix("content-length: "))?;
    Some(head + field.parse::<usize>().ok()?)
}
