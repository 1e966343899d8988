//! The loop against a server on loopback.

use evenkeel_labels::LabelSet;
use evenkeel_model::ProbeExpect;
use evenkeel_notify::HttpClient;
use evenkeel_time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::prober::Fault;

/// Answers the nth connection with `script(n)` as its status, and closes it.
async fn server(script: impl Fn(usize) -> u16 + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        for n in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let answer = format!("HTTP/1.1 {} X\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok", script(n));
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    port
}

fn probe(name: &str, port: u16) -> Arc<Probe> {
    Arc::new(Probe {
        name: name.into(),
        labels: LabelSet::default(),
        annotations: LabelSet::default(),
        url: format!("http://127.0.0.1:{port}/health").into(),
        interval: Duration::millis(20),
        timeout: Duration::secs(60),
        expect: ProbeExpect { status: 200, body: Some("ok".into()), latency: None },
        failures: 2,
    })
}

fn start(in_flight: usize) -> (Probes, mpsc::Receiver<ProbeReport>) {
    let (tell, reports) = mpsc::channel(8);
    let probes = Probes::start(Prober::new(HttpClient::new()), in_flight, || Timestamp(5), tell);
    (probes, reports)
}

#[tokio::test]
async fn a_failure_is_reported_raised_and_resolved() {
    let port = server(|n| if (1..4).contains(&n) { 503 } else { 200 }).await;
    let (probes, mut reports) = start(4);
    probes.replace(vec![probe("shop", port)]);
    let mut seen = Vec::new();
    for _ in 0..6 {
        let report = reports.recv().await.unwrap();
        let summary = report.alert.map(|alert| alert.annotations.get("summary").to_owned());
        seen.push((report.result.status, report.transition, summary));
    }
    let reason = "status 503, 200 expected".to_owned();
    let summary = format!("shop: {reason}");
    let (bad, good) = (Some(503), Some(200));
    let expect = [
        (good, None, None),
        (bad, None, None),
        (bad, Some(Transition::Failed { reason }), Some(summary.clone())),
        (bad, None, Some(summary.clone())),
        (good, Some(Transition::Recovered), Some(summary)),
        (good, None, None),
    ];
    assert_eq!(seen, expect);
}

#[tokio::test]
async fn a_probe_that_hangs_holds_one_place_only() {
    let hanging = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server(|_| 200).await;
    let (probes, mut reports) = start(2);
    probes.replace(vec![probe("hangs", hanging.local_addr().unwrap().port()), probe("shop", port)]);
    for _ in 0..5 {
        assert_eq!(&*reports.recv().await.unwrap().name, "shop");
    }
}

#[tokio::test]
async fn what_nobody_answers_says_so() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let prober = Prober::new(HttpClient::new());
    let result = prober.probe(&probe("shop", nobody)).await;
    assert_eq!((result.fault, result.reason.as_str()), (Some(Fault::Connection), "connection refused"));
    let mut silent = (*probe("shop", nobody)).clone();
    let hanging = TcpListener::bind("127.0.0.1:0").await.unwrap();
    silent.url = format!("http://{}/", hanging.local_addr().unwrap()).into();
    silent.timeout = Duration::millis(80);
    let result = prober.probe(&silent).await;
    assert_eq!((result.fault, result.reason.as_str()), (Some(Fault::Timeout), "no answer within 80ms"));
    silent.url = "http://169.254.169.254/".into();
    let result = prober.probe(&silent).await;
    let refused = "not allowed: it is a link-local or metadata address";
    assert_eq!((result.fault, result.reason.as_str()), (Some(Fault::Address), refused));
}
