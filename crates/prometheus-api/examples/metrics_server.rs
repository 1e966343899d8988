//! A server of metrics alone: remote write, OTLP and Prometheus's API over the embedded store. It shows how the crates are put
//! together, and is what they are measured with.
//!
//! `cargo run --release -p evenkeel-prometheus-api --example metrics_server -- FOLDER PORT [OTLP_PORT]`
#![expect(clippy::disallowed_methods, reason = "it is a program: it has a clock")]
#![expect(clippy::print_stderr, reason = "it says what goes wrong")]

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_metric::Batch;
use evenkeel_otlp::{Denied, Host, Kept, Receiver, Unavailable};
use evenkeel_prometheus_api::{
    ApiRequest, Build, Context, Head, Method, NoRules, Options, PROMETHEUS_LEVEL, Runtime, StatusView, answer,
};
use evenkeel_promql_eval::{Alone, Stop};
use evenkeel_remote_write::{Decoder, Limits, Version, negotiate};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Appended, Store, Work};
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What a body may have, packed. Units: bytes.
const BODY_BYTES_MAX: usize = 32 << 20;

struct Server {
    store: Arc<Store>,
    started_at: Timestamp,
    folder: String,
    options: Options,
    spare: Mutex<Vec<(Decoder, Batch)>>,
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is missing")?;
    let port: u16 = arguments.next().ok_or("a port is missing")?.parse()?;
    let otlp: Option<u16> = arguments.next().map(|port| port.parse()).transpose()?;
    let mut options = evenkeel_tsdb::Options::in_folder(&folder);
    options.retention = Duration::hours(24 * 365 * 100);
    let (store, repairs) = Store::open(options, now())?;
    repairs.iter().for_each(|repair| eprintln!("repaired: {repair:?}"));
    let store = Arc::new(store);
    let server = Arc::new(Server {
        store: store.clone(),
        started_at: now(),
        folder,
        options: Options::default(),
        spare: Mutex::default(),
    });
    std::thread::spawn(move || {
        loop {
            match store.tick(now()) {
                Ok(Work::Nothing) => std::thread::sleep(std::time::Duration::from_secs(1)),
                Ok(_) => {}
                Err(fault) => {
                    eprintln!("the store: {fault}");
                    std::thread::sleep(std::time::Duration::from_secs(1));
                }
            }
        }
    });
    if let Some(port) = otlp {
        let receiver = Arc::new(Receiver::new(Intake(server.clone()), evenkeel_otlp::Options::default()));
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        tokio::spawn(evenkeel_otlp::serve(listener, receiver, std::future::pending()));
    }
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let _ = stream.set_nodelay(true);
        let server = server.clone();
        let service = service_fn(move |request| {
            let server = server.clone();
            async move { Ok::<_, Infallible>(respond(server, request).await) }
        });
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn respond(server: Arc<Server>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, BODY_BYTES_MAX).collect().await else { return plain(413, "too large") };
    let body = body.to_bytes();
    let path = head.uri.path();
    let path = path.strip_prefix("/prometheus").unwrap_or(path).to_owned();
    if path == "/api/v1/write" {
        return write(&server, &head.headers, &body).await;
    }
    let method = match head.method {
        http::Method::GET | http::Method::HEAD => Method::Get,
        http::Method::POST => Method::Post,
        http::Method::OPTIONS => Method::Options,
        _ => Method::Other,
    };
    let query = head.uri.query().unwrap_or_default().to_owned();
    let answered = tokio::task::spawn_blocking(move || {
        let deadline = |timeout: Duration| -> Box<dyn Stop> { Box::new(Until(Instant::now() + timeout.to_std())) };
        let source = server.store.querier();
        let cx = Context {
            source: &source,
            rules: &NoRules,
            status: &*server,
            options: &server.options,
            now: now(),
            deadline: &deadline,
            workers: &Alone,
        };
        answer(&ApiRequest { method, path: &path, query: &query, form: &body }, &cx)
    });
    let Ok(answer) = answered.await else { return plain(500, "the query came to a bad end") };
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = answer.status.try_into().unwrap_or_default();
    response.headers_mut().insert("content-type", http::HeaderValue::from_static(answer.content_type));
    response
}

async fn write(server: &Server, headers: &HeaderMap, body: &[u8]) -> Response<Full<Bytes>> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let version = match negotiate(header("content-type"), header("content-encoding")) {
        Ok(version) => version,
        Err(unsupported) => return plain(415, unsupported),
    };
    let spare = server.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let (mut decoder, mut batch) = spare.unwrap_or_else(|| (Decoder::new(Limits::default()), Batch::default()));
    let outcome = match decoder.decode(version, body, &mut batch) {
        Ok(decoded) => Ok((decoded, server.store.append(&batch, now()))),
        Err(fault) => Err(fault),
    };
    server.spare.lock().unwrap_or_else(PoisonError::into_inner).push((decoder, batch));
    let (decoded, appended) = match outcome {
        Ok((decoded, Ok(appended))) => (decoded, appended),
        Ok((_, Err(fault))) => return plain(503, fault),
        Err(fault) => return plain(fault.status(), fault),
    };
    if let Err(fault) = server.store.durable(appended.commit).await {
        return plain(503, fault);
    }
    let mut response = match (decoded.refused.is_empty(), refused(&appended)) {
        (true, None) => plain(204, ""),
        (false, None) => plain(400, decoded.refused),
        (_, Some(refused)) => plain(400, refused),
    };
    if version == Version::V2 {
        for (name, value) in decoded.taken.headers() {
            if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value)) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}

fn plain(status: u16, text: impl ToString) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text.to_string())));
    *response.status_mut() = status.try_into().unwrap_or_default();
    response
}

/// What a store refused, the first of it; `None`: nothing.
fn refused(appended: &Appended) -> Option<String> {
    let lines = appended.refused.iter().take(5).map(|refused| {
        let labels = LabelSet::from_encoded(&refused.labels).unwrap_or_default();
        format!("series {labels}: {}", refused.reason)
    });
    (!appended.refused.is_empty()).then(|| lines.collect::<Vec<_>>().join("\n"))
}

struct Until(Instant);

impl Stop for Until {
    fn stop(&self) -> bool {
        Instant::now() >= self.0
    }
}

struct Intake(Arc<Server>);

impl Host for Intake {
    fn now(&self) -> Timestamp {
        now()
    }

    fn admit(&self, _: SocketAddr, _: &HeaderMap) -> Result<Arc<str>, Denied> {
        Ok("anybody".into())
    }

    fn append(
        &self,
        sender: Arc<str>,
        batch: Batch,
    ) -> Pin<Box<dyn Future<Output = Result<Kept, Unavailable>> + Send + '_>> {
        Box::pin(async move {
            let appended =
                self.0.store.append_from(&sender, &batch, now()).map_err(|fault| Unavailable(fault.to_string()))?;
            self.0.store.durable(appended.commit).await.map_err(|fault| Unavailable(fault.to_string()))?;
            let points = appended.refused.iter().map(|refused| refused.samples).sum();
            Ok(Kept { refused: points, reasons: refused(&appended).into_iter().collect() })
        })
    }
}

impl StatusView for Server {
    fn ready(&self) -> bool {
        true
    }

    fn build(&self) -> Build {
        let text = str::to_owned;
        Build {
            version: text(PROMETHEUS_LEVEL),
            revision: text(env!("CARGO_PKG_VERSION")),
            branch: String::new(),
            user: String::new(),
            date: String::new(),
            compiler: text("rustc"),
        }
    }

    fn runtime(&self) -> Runtime {
        Runtime {
            started_at: self.started_at,
            folder: self.folder.clone(),
            host: String::new(),
            configured_at: self.started_at,
            configured: true,
            damaged: 0,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            retention: "100y".to_owned(),
        }
    }

    fn head(&self, most: usize) -> Head {
        let status = self.store.status();
        let counts = |list: Vec<(Box<str>, usize)>| -> Vec<(String, u64)> {
            list.into_iter().map(|(name, count)| (name.into(), count as u64)).collect()
        };
        Head {
            series: status.head_series as u64,
            label_pairs: status.label_pairs as u64,
            chunks: status.head_chunks as u64,
            from: status.head_from.map_or(i64::MAX, |from| from.0),
            until: status.newest.map_or(i64::MIN, |until| until.0),
            series_by_metric: counts(self.store.largest_values(METRIC_NAME, most)),
            values_by_label: counts(self.store.largest_labels(most)),
            bytes_by_label: Vec::new(),
            series_by_pair: Vec::new(),
        }
    }

    fn flags(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn config(&self) -> String {
        "global: {}\n".to_owned()
    }
}
