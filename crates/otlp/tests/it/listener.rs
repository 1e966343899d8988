//! The listener: both protocols, what is packed, what is refused.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use evenkeel_metric::Batch;
use evenkeel_otlp::{Denied, Host, Kept, Limits, Options, PartialSuccess, Receiver, Unavailable, serve};
use evenkeel_time::Timestamp;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};

use crate::message::{GAUGE, SUM, double, metric, msg, request, times};
use crate::show::{NOW, show};

/// A program that keeps batches, and refuses what the test wants to see refused.
#[derive(Clone, Default)]
pub(crate) struct Program {
    pub(crate) batches: Arc<Mutex<Vec<Batch>>>,
    pub(crate) answer: Arc<Mutex<Option<Result<Kept, Unavailable>>>>,
}

impl Host for Program {
    fn now(&self) -> Timestamp {
        NOW
    }

    fn admit(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<Arc<str>, Denied> {
        assert!(peer.ip().is_loopback());
        match headers.get("authorization").and_then(|value| value.to_str().ok()) {
            None => Ok("somebody".into()),
            Some(token) => Err(Denied { known: token == "known", why: "you may not send\nhere, ü".to_owned() }),
        }
    }

    fn append(
        &self,
        _: Arc<str>,
        batch: Batch,
    ) -> Pin<Box<dyn Future<Output = Result<Kept, Unavailable>> + Send + '_>> {
        Box::pin(async move {
            self.batches.lock().expect("alone").push(batch);
            self.answer.lock().expect("alone").take().unwrap_or_else(|| Ok(Kept::default()))
        })
    }
}

impl Program {
    pub(crate) fn shown(&self) -> Vec<String> {
        let batches = std::mem::take(&mut *self.batches.lock().expect("alone"));
        batches.iter().map(|batch| show(batch, &PartialSuccess::default())).collect()
    }
}

/// Serves for as long as the runtime lives.
pub(crate) async fn start(program: &Program) -> SocketAddr {
    let limits = Limits { sent_bytes_max: 100_000, body_bytes_max: 200_000, ..Limits::default() };
    let receiver = Arc::new(Receiver::new(program.clone(), Options { limits, ..Options::default() }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(serve(listener, receiver, std::future::pending()));
    address
}

fn gauge() -> Vec<u8> {
    request(&[], &[metric("g", "", GAUGE, &[msg(1, &[times(0, 5_000), double(4, 1.5)])])])
}

const SHOWN: &str = "{__name__=\"g\"} 1.5@5000\ng: gauge `About g.` ``";

/// Asks over HTTP/1: status, some headers, and body.
async fn ask(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> (u16, HeaderMap, Vec<u8>) {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let method = if path == "/v1/metrics?get" { "GET" } else { "POST" };
    let mut request = Request::builder().method(method).uri(path).header("host", "x");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::from(body))).expect("a request");
    let (head, body) = sender.send_request(request).await.expect("an answer").into_parts();
    (head.status.as_u16(), head.headers, body.collect().await.expect("a body").to_bytes().to_vec())
}

/// Calls over HTTP/2: the headers, the message's bytes, and the trailers.
async fn call(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> (HeaderMap, Vec<u8>, HeaderMap) {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let io = TokioIo::new(stream);
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.expect("HTTP/2");
    tokio::spawn(connection);
    let mut request = Request::builder().method("POST").uri(format!("http://{address}{path}"));
    for (name, value) in [("content-type", "application/grpc")].iter().chain(headers) {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::from(body))).expect("a request");
    let response: Response<_> = sender.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 200, "statuses of gRPC are trailers");
    let (head, body) = response.into_parts();
    let collected = body.collect().await.expect("a body");
    let trailers = collected.trailers().cloned().unwrap_or_default();
    (head.headers, collected.to_bytes().to_vec(), trailers)
}

const EXPORT: &str = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

fn framed(packed: bool, message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("short").to_be_bytes();
    [&[u8::from(packed)], &length[..], message].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("in memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

const PROTOBUF: (&str, &str) = ("content-type", "application/x-protobuf");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn metrics_are_taken_over_http() {
    let program = Program::default();
    let address = start(&program).await;
    for (encoding, body) in [("identity", gauge()), ("gzip", gzip(&gauge())), ("zstd", zstd(&gauge()))] {
        let (status, headers, body) =
            ask(address, "/v1/metrics", &[PROTOBUF, ("content-encoding", encoding)], body).await;
        assert_eq!((status, body.as_slice()), (200, &b""[..]));
        assert_eq!(headers["content-type"], "application/x-protobuf");
        assert_eq!(program.shown(), [SHOWN]);
    }
    let json = br#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":1}]}}]}]}]}"#;
    let media = ("content-type", "application/json; charset=utf-8");
    let (status, headers, body) = ask(address, "/v1/metrics", &[media], json.to_vec()).await;
    assert_eq!((status, body.as_slice()), (200, &b"{}"[..]));
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(program.shown(), ["{__name__=\"g\"} 1@99000\ng: gauge `` ``"]);
    // Nothing to keep is nothing to wait for.
    assert_eq!(ask(address, "/v1/metrics", &[PROTOBUF], Vec::new()).await.0, 200);
    assert!(program.shown().is_empty());
}

#[tokio::test]
async fn metrics_are_taken_over_grpc() {
    let program = Program::default();
    let address = start(&program).await;
    for (encoding, body) in [
        ("identity", framed(false, &gauge())),
        ("gzip", framed(true, &gzip(&gauge()))),
        ("gzip", framed(false, &gauge())),
        ("zstd", framed(true, &zstd(&gauge()))),
    ] {
        let (headers, body, trailers) = call(address, EXPORT, &[("grpc-encoding", encoding)], body).await;
        assert_eq!(headers["content-type"], "application/grpc");
        assert_eq!(body, [0, 0, 0, 0, 0]);
        assert_eq!(trailers["grpc-status"], "0");
        assert_eq!(program.shown(), [SHOWN]);
    }
}

#[tokio::test]
async fn what_is_not_kept_is_told() {
    let program = Program::default();
    let address = start(&program).await;
    let unsaid = request(&[], &[metric("c", "", SUM, &[msg(1, &[times(0, 5_000), double(4, 1.5)])])]);
    let why = "metric \"c\": its temporality is not said";
    let expect = msg(1, &[vec![8, 1], crate::message::len(2, why)]);
    assert_eq!(ask(address, "/v1/metrics", &[PROTOBUF], unsaid.clone()).await.2, expect);
    assert_eq!(call(address, EXPORT, &[], framed(false, &unsaid)).await.1, framed(false, &expect));
    let refused = Kept { refused: 3, reasons: vec!["series {a=\"b\"}: too old".to_owned()] };
    *program.answer.lock().expect("alone") = Some(Ok(refused));
    let json = br#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":1}]}}]}]}]}"#;
    let (status, _, body) = ask(address, "/v1/metrics", &[JSON], json.to_vec()).await;
    assert_eq!(status, 200);
    let body: serde_json::Value = serde_json::from_slice(&body).expect("json");
    let expect = serde_json::json!({ "rejectedDataPoints": "3", "errorMessage": "series {a=\"b\"}: too old" });
    assert_eq!(body, serde_json::json!({ "partialSuccess": expect }));
}

#[tokio::test]
async fn a_store_that_is_not_there_is_to_be_tried_again() {
    let program = Program::default();
    let address = start(&program).await;
    let full = || Some(Err(Unavailable("the disk is full".to_owned())));
    *program.answer.lock().expect("alone") = full();
    let (status, headers, body) = ask(address, "/v1/metrics", &[PROTOBUF], gauge()).await;
    assert_eq!((status, body), (503, crate::message::len(2, "the disk is full")));
    assert_eq!(headers["retry-after"], "5");
    *program.answer.lock().expect("alone") = full();
    let (headers, body, _) = call(address, EXPORT, &[], framed(false, &gauge())).await;
    assert!(body.is_empty());
    assert_eq!(
        (&headers["grpc-status"], &headers["grpc-message"]),
        (&"14".parse().unwrap(), &"the disk is full".parse().unwrap())
    );
}

#[tokio::test]
async fn what_cannot_be_taken_over_http_is_refused_with_its_reason() {
    let address = start(&Program::default()).await;
    let zeros = gzip(&vec![0; 300_000]);
    for (path, headers, body, status, says) in [
        ("/v1/traces", vec![PROTOBUF], gauge(), 404, "metrics are taken at /v1/metrics"),
        ("/v1/metrics?get", vec![PROTOBUF], gauge(), 405, "metrics are taken by POST"),
        ("/v1/metrics", vec![("content-type", "text/plain")], gauge(), 415, "send `application/x-protobuf`"),
        (
            "/v1/metrics",
            vec![PROTOBUF, ("content-encoding", "br")],
            gauge(),
            415,
            "content encoding \"br\" is not taken",
        ),
        (
            "/v1/metrics",
            vec![PROTOBUF],
            vec![0x0a, 9],
            400,
            "not an ExportMetricsServiceRequest: the message ends within",
        ),
        ("/v1/metrics", vec![JSON], b"{".to_vec(), 400, "EOF while parsing"),
        ("/v1/metrics", vec![PROTOBUF, ("content-encoding", "gzip")], gauge(), 400, "the body is not packed with gzip"),
        ("/v1/metrics", vec![PROTOBUF, ("content-encoding", "gzip")], zeros, 413, "unpacks to more than 200000 bytes"),
        ("/v1/metrics", vec![PROTOBUF], vec![0; 100_001], 413, "the body has more than 100000 bytes"),
        ("/v1/metrics", vec![JSON, ("authorization", "x")], gauge(), 401, "you may not send"),
        ("/v1/metrics", vec![JSON, ("authorization", "known")], gauge(), 403, "you may not send"),
    ] {
        let answer = ask(address, path, &headers, body).await;
        let text = String::from_utf8_lossy(&answer.2);
        assert!(answer.0 == status && text.contains(says), "{path}: {} {text}", answer.0);
    }
}

#[tokio::test]
async fn what_cannot_be_taken_over_grpc_is_refused_with_its_reason() {
    let address = start(&Program::default()).await;
    let zeros = framed(true, &gzip(&vec![0; 300_000]));
    let traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    for (path, headers, body, status, says) in [
        (traces, vec![], framed(false, &gauge()), "12", "metrics are taken by /opentelemetry"),
        (EXPORT, vec![("grpc-encoding", "br")], framed(false, &gauge()), "12", "encoding \"br\" is not taken"),
        (EXPORT, vec![], gauge(), "13", "the body is not one frame of gRPC"),
        (EXPORT, vec![], framed(false, &[0x0a, 9]), "3", "the message ends within a field"),
        (EXPORT, vec![("grpc-encoding", "gzip")], zeros, "8", "unpacks to more than 200000 bytes"),
        (EXPORT, vec![], framed(false, &[0; 100_001]), "8", "the body has more than 100000 bytes"),
        (EXPORT, vec![("authorization", "x")], framed(false, &gauge()), "16", "you may not send%0Ahere, %C3%BC"),
        (EXPORT, vec![("authorization", "known")], framed(false, &gauge()), "7", "you may not send"),
    ] {
        let (headers, body, _) = call(address, path, &headers, body).await;
        let text = headers["grpc-message"].to_str().expect("text");
        assert!(body.is_empty() && headers["grpc-status"] == status && text.contains(says), "{path}: {text}");
    }
}

#[tokio::test]
async fn the_listener_stops_when_it_is_told_to() {
    let receiver = Arc::new(Receiver::new(Program::default(), Options::default()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, receiver, async move {
        let _ = stopped.await;
    }));
    stop.send(()).expect("it listens");
    serving.await.expect("it ends");
}
