//! `GET /stream`: records as they come, as server-sent events.
//!
//! ```text
//! Last-Event-ID or from ─▶ records behind it ─▶ wait for the next ─▶ …   until the reader leaves or the server stops
//! ```
//!
//! An event's id is the record's number, so a browser that comes back goes on where it was, without a hole. Each reader has
//! a task and room for a few events, and no more: one that does not read makes its task wait, and is dropped after a while.
//! Only so many read at once.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use evenkeel_ids::Seq;
use evenkeel_pages::RecordsAsked;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use http_body::Frame;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, timeout_at};

use crate::app::App;
use crate::openapi::problems::EVIDENCE;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::options::stopped;
use crate::query::Query;
use crate::records::list::{KIND, UNKNOWN_KIND, kinds};
use crate::refused::Refused;
use crate::{Desk, reply};

/// So many read at once.
pub(crate) const READERS_MAX: usize = 256;
/// So many events wait for a reader.
const WAITING_MAX: usize = 64;
/// So many records are read in one go.
const RECORDS_MAX: usize = 200;
/// A comment is sent after so long without an event, so that a connection that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A reader that takes nothing for so long is dropped.
const TAKES_WITHIN: Duration = Duration::from_secs(30);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// `GET /stream`
pub(crate) const STREAM: Operation = Operation::get("/api/v1/stream", "streamRecords", Tag::Records)
    .says(
        "Streams records as they come",
        "Server-sent events: `id` is the record's number, `event` its kind, `data` the record as the journal's export has it. \
         `Last-Event-ID` goes on behind that record; `from` begins with one; without either it begins with the next. A comment \
         comes every 15 seconds. A reader that takes nothing for 30 seconds is dropped.",
    )
    .params(&[KIND, Param::query("from", Sort::Whole(1, 9_007_199_254_740_991), "begin with this record")])
    .answers(&[Given::text("text/event-stream", "events, until the reader leaves or the server stops")])
    .refuses(&[EVIDENCE, UNKNOWN_KIND, &[Code::new(503, "too-many-readers")]]);

/// Room for those who read.
#[derive(Debug)]
pub(crate) struct Readers(Arc<Semaphore>);

impl Default for Readers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(READERS_MAX)))
    }
}

/// Begins a stream.
pub(crate) fn stream<D: Desk>(app: &App<D>, uri: &Uri, headers: &HeaderMap) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let kinds = kinds(&query)?;
    let changes = app.desk.changes();
    let next = match (last_event(headers)?, query.last("from")) {
        (Some(last), _) => Seq(last).next(),
        (None, Some(text)) => Seq(number(text, "from")?),
        (None, None) => app.desk.health().head.seq.next(),
    };
    let permit = app.readers.0.clone().try_acquire_owned().map_err(|_| {
        let message = format!("{READERS_MAX} readers have a stream already");
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-readers", message).later(10)
    })?;
    let (events, waiting) = mpsc::channel(WAITING_MAX);
    let stopping = app.options.stopping.clone();
    let feed = Feed { desk: app.desk.clone(), kinds, next, events, stopping, _permit: permit };
    tokio::spawn(feed.run(changes));
    let mut response = reply::with_type(StatusCode::OK, "text/event-stream", Body::new(Events(waiting)));
    // A proxy that collects answers before it passes them on would make a stream of nothing.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Events as the body of an answer.
struct Events(mpsc::Receiver<Bytes>);

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|event| event.map(|event| Ok(Frame::data(event))))
    }
}

/// What writes one stream.
struct Feed<D> {
    desk: D,
    kinds: Vec<String>,
    /// The record that is next.
    next: Seq,
    events: mpsc::Sender<Bytes>,
    /// True when the server stops.
    stopping: watch::Receiver<bool>,
    _permit: OwnedSemaphorePermit,
}

/// The reader is gone, or does not read.
struct Gone;

impl<D: Desk> Feed<D> {
    async fn run(mut self, mut changes: watch::Receiver<Seq>) {
        let mut stopping = self.stopping.clone();
        tokio::select! {
            _ = self.feed(&mut changes) => {}
            () = stopped(&mut stopping) => {}
        }
    }

    async fn feed(&mut self, changes: &mut watch::Receiver<Seq>) -> Result<(), Gone> {
        // Whoever reads knows at once that it works.
        self.send(Bytes::from_static(b"retry: 2000\n: evenkeel\n\n")).await?;
        loop {
            changes.borrow_and_update();
            self.catch_up().await?;
            let beat = Instant::now() + HEARTBEAT;
            match timeout_at(beat, self.woken(changes)).await {
                Ok(true) => {}
                Ok(false) => return Err(Gone),
                Err(_) => self.send(Bytes::from_static(b":\n\n")).await?,
            }
        }
    }

    /// Waits for a record; false when the server stops or the reader leaves.
    async fn woken(&self, changes: &mut watch::Receiver<Seq>) -> bool {
        tokio::select! {
            changed = changes.changed() => changed.is_ok(),
            () = self.events.closed() => false,
        }
    }

    async fn catch_up(&mut self) -> Result<(), Gone> {
        loop {
            let asked = RecordsAsked {
                from: Some(self.next),
                kinds: self.kinds.clone(),
                limit: RECORDS_MAX,
                ..RecordsAsked::default()
            };
            let found = self.desk.records(asked).await.map_err(|error| {
                tracing::warn!(%error, "a stream of records ends, since they cannot be read");
                Gone
            })?;
            for record in &found.records {
                let event = format!("id: {}\nevent: {}\ndata: {}\n\n", record.seq.0, record.kind, record.told());
                self.send(Bytes::from(event)).await?;
                self.next = record.seq.next();
            }
            match found.next {
                Some(next) => self.next = self.next.max(next),
                None => {
                    self.next = self.next.max(found.head.next());
                    return Ok(());
                }
            }
        }
    }

    async fn send(&self, event: Bytes) -> Result<(), Gone> {
        self.events.send_timeout(event, TAKES_WITHIN).await.map_err(|_| Gone)
    }
}

/// The number of the last event that a reader had, where it says so.
fn last_event(headers: &HeaderMap) -> Result<Option<u64>, Refused> {
    let Some(value) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    number(value.to_str().unwrap_or_default(), "Last-Event-ID").map(Some)
}

fn number(text: &str, name: &str) -> Result<u64, Refused> {
    text.parse().map_err(|_| {
        let message = format!("`{name}` is `{text}`, which is no record's number");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write a whole number, or leave it out")
    })
}
