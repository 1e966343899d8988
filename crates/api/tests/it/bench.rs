//! The router on a desk in memory, and how tests call it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use evenkeel_api::{
    Consulted, Desk, Health, Keys, MetricsAnswer, MetricsAsked, NotConsulted, Options, Question, ReviewLook,
    SeriesSent, SeriesTaken, Unavailable, router,
};
use evenkeel_engine::{Answer, Batch, Engine, Input, Limits, State};
use evenkeel_identity::{LinkKey, TokenSecret};
use evenkeel_ids::Seq;
use evenkeel_model::Plan;
use evenkeel_pages::{Ask, PlansAsked, PlansFound, RecordsAsked, RecordsFound, Rows, Shown, Verified, VerifyAsked};
use evenkeel_record::Actor;
use evenkeel_time::{Duration, Timestamp};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::sync::watch;
use tower_service::Service;

use crate::described;
use crate::foreign::FOREIGN;
use crate::journal::Journal;
use crate::plan::plan;

/// The clock at the start of every test.
pub(crate) const START: &str = "2026-01-02T03:04:05.678Z";
/// What the desk says is the adopted configuration.
pub(crate) const CONFIG: &str = "route:\n  receiver: team\nreceivers:\n  - name: team\n  - name: pager\n";

/// What links are signed with.
pub(crate) const LINK_KEY: LinkKey = LinkKey([2; 32]);

/// A connection from this machine, and one from another.
pub(crate) const LOCAL: &str = "127.0.0.1:40000";
pub(crate) const REMOTE: &str = "192.0.2.7:40000";

/// The token of the owner.
pub(crate) fn owner() -> String {
    TokenSecret::new([1; 32]).shown()
}

/// The usual options, with keys of the tests.
pub(crate) fn options() -> Options {
    Options::new(Keys { owner: TokenSecret::new([1; 32]).hash(), links: LINK_KEY, random }, FOREIGN)
}

/// Other bytes each time.
fn random() -> [u8; 32] {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&MADE.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
}

/// The engine in memory: an input is durable as soon as it is handled.
#[derive(Clone)]
pub(crate) struct MemoryDesk(Arc<Mutex<Inside>>);

struct Inside {
    engine: Engine,
    now: Timestamp,
    unavailable: Option<Unavailable>,
    config: &'static str,
    last_actor: String,
    changes: watch::Sender<Seq>,
    journal: Journal,
}

impl Inside {
    /// Handles an input, and keeps its records.
    fn handle(&mut self, now: Timestamp, actor: &Actor, input: Input) -> Answer {
        let mut batch = Batch::default();
        let answer = self.engine.handle(now, actor, input, &mut batch);
        self.journal.take(&batch.records);
        self.changes.send_replace(self.engine.state().seq);
        answer
    }
}

impl MemoryDesk {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().expect("no test panics while it holds the desk")
    }
}

impl Desk for MemoryDesk {
    fn submit(&self, actor: Actor, input: Input) -> impl Future<Output = Result<Answer, Unavailable>> + Send {
        let mut inside = self.inside();
        let answer = match inside.unavailable.clone() {
            Some(unavailable) => Err(unavailable),
            None => {
                let now = inside.now;
                inside.last_actor = actor.to_string();
                Ok(inside.handle(now, &actor, input))
            }
        };
        async { answer }
    }

    fn look<T>(&self, look: impl FnOnce(&Engine, Timestamp) -> T) -> T {
        let inside = self.inside();
        look(&inside.engine, inside.now)
    }

    async fn consult(&self, question: Question) -> Result<Consulted, NotConsulted> {
        let text = format!("{question:?}");
        if text.contains("broken") {
            return Err(NotConsulted::Failed("the evidence is broken".to_owned()));
        }
        Ok(Consulted { media: "text/plain; charset=utf-8", text, fails: false, standing: None })
    }

    async fn rows(&self, asked: Vec<Ask>) -> Result<Vec<Rows>, NotConsulted> {
        Ok(asked.iter().map(|_| Rows::default()).collect())
    }

    async fn records(&self, asked: RecordsAsked) -> Result<RecordsFound, NotConsulted> {
        Ok(self.inside().journal.read(&asked))
    }

    async fn verify(&self, _asked: VerifyAsked) -> Result<Option<Verified>, NotConsulted> {
        Ok(None)
    }

    async fn plans(&self, _asked: PlansAsked) -> Result<PlansFound, NotConsulted> {
        Ok(PlansFound::default())
    }

    async fn reviewed(&self, _look: ReviewLook) -> Result<Shown, NotConsulted> {
        Err(NotConsulted::Failed("the evidence is broken".to_owned()))
    }

    /// Says what it was asked.
    async fn ask_metrics(&self, asked: MetricsAsked) -> MetricsAnswer {
        let MetricsAsked { method, path, query, form } = asked;
        let text = format!("{method} {path} {query} {}", String::from_utf8_lossy(&form));
        MetricsAnswer { status: 200, content_type: "application/json", body: text.into_bytes() }
    }

    /// Refuses what is empty, and says what it was sent.
    async fn take_series(&self, sent: SeriesSent) -> SeriesTaken {
        let written = vec![("X-Prometheus-Remote-Write-Samples-Written", sent.body.len().to_string())];
        if sent.body.is_empty() {
            let text = "the body is empty".to_owned();
            return SeriesTaken { status: 503, text, written, retry_after_s: Some(7) };
        }
        let text = format!("{:?} {:?}", sent.content_type, sent.content_encoding);
        SeriesTaken { status: if sent.body == b"good" { 204 } else { 400 }, text, written, retry_after_s: None }
    }

    fn changes(&self) -> watch::Receiver<Seq> {
        self.inside().changes.subscribe()
    }

    fn health(&self) -> Health {
        let inside = self.inside();
        let reasons = inside.unavailable.iter().map(ToString::to_string).collect();
        Health {
            ready: inside.unavailable.is_none(),
            reasons,
            now: inside.now,
            started_at: START.parse().expect("an instant"),
            plan: inside.engine.plan().hash,
            head: inside.journal.head,
        }
    }

    fn config_text(&self) -> String {
        let config = self.inside().config;
        assert_ne!(config, "", "a bug");
        config.to_owned()
    }

    fn metrics(&self) -> String {
        "# TYPE evenkeel_desk gauge\nevenkeel_desk 1\n".to_owned()
    }
}

/// The router on a desk in memory.
pub(crate) struct Bench {
    desk: MemoryDesk,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(Options { version: "0.1.0".into(), ..options() }, Limits::default())
    }

    pub(crate) fn with(options: Options, limits: Limits) -> Self {
        Self::under(plan(), options, limits)
    }

    pub(crate) fn under(plan: Arc<Plan>, options: Options, limits: Limits) -> Self {
        let now = START.parse().expect("an instant");
        let mut engine = Engine::new(State::default(), plan, now, limits);
        let mut batch = Batch::default();
        engine.start(now, "0.1.0", 0, &mut batch);
        let mut journal = Journal::default();
        journal.take(&batch.records);
        let desk = MemoryDesk(Arc::new(Mutex::new(Inside {
            engine,
            now,
            unavailable: None,
            config: CONFIG,
            last_actor: String::new(),
            changes: watch::Sender::new(journal.head.seq),
            journal,
        })));
        Self { router: router(desk.clone(), options), desk }
    }

    /// For a listener: says from where each connection comes.
    pub(crate) fn service(&self) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
        self.router.clone().into_make_service_with_connect_info()
    }

    /// Moves the clock on and handles what comes due.
    pub(crate) fn advance(&self, by: Duration) {
        let mut inside = self.desk.inside();
        inside.now = inside.now + by;
        let now = inside.now;
        inside.handle(now, &Actor::system(), Input::Deadline);
        inside.changes.send_replace(inside.engine.state().seq);
    }

    pub(crate) fn fail(&self, with: Option<Unavailable>) {
        self.desk.inside().unavailable = with;
    }

    /// From now on the desk has a bug: it cannot show the configuration.
    pub(crate) fn break_config(&self) {
        self.desk.inside().config = "";
    }

    /// Changes what the journal has of a record.
    pub(crate) fn alter(&self, seq: u64, from: &str, to: &str) {
        self.desk.inside().journal.alter(seq, from, to);
    }

    /// What comes back, its body not read yet.
    pub(crate) async fn response(&self, mut request: Request<Body>) -> Response<Body> {
        let local = ConnectInfo::<SocketAddr>(LOCAL.parse().expect("an address"));
        request.extensions_mut().get_or_insert(local);
        self.router.clone().call(request).await.expect("a router cannot fail")
    }

    /// Looks at the engine.
    pub(crate) fn engine<T>(&self, look: impl FnOnce(&Engine) -> T) -> T {
        self.desk.look(|engine, _| look(engine))
    }

    /// Something happens that nobody asks for by HTTP.
    pub(crate) fn handle(&self, input: Input) {
        let mut inside = self.desk.inside();
        let now = inside.now;
        let answer = inside.handle(now, &Actor::system(), input);
        assert_eq!(answer, Answer::Done);
        inside.changes.send_replace(inside.engine.state().seq);
    }

    /// The number of the last record.
    pub(crate) fn seq(&self) -> u64 {
        self.desk.look(|engine, _| engine.state().seq.0)
    }

    /// Who caused the last record.
    pub(crate) fn last_actor(&self) -> String {
        self.desk.inside().last_actor.clone()
    }

    /// How many alerts fire.
    pub(crate) fn firing(&self) -> usize {
        self.desk.look(|engine, _| engine.state().alerting.firing())
    }

    /// Sends a request as it is; from this machine unless it says from where.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let (parts, body) = self.response(request).await.into_parts();
        if parts.headers.get("content-type").is_some_and(|media| media == "text/event-stream") {
            // It has no end.
            return Reply { status: parts.status, headers: parts.headers, text: String::new() };
        }
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let reply = Reply { status: parts.status, headers: parts.headers, text };
        described::check(&method, &path, &reply);
        reply
    }

    /// Calls as the owner, from this machine.
    pub(crate) async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> Reply {
        let request = Request::builder().method(method).uri(path).header("host", "localhost:7070");
        let request = request.header("authorization", format!("Bearer {}", owner()));
        self.send(request.header("content-type", "application/json").body(body.into()).expect("a request")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, Body::empty()).await
    }

    /// The JSON of a page that is there.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.json()
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Reply {
        self.call("POST", path, body.to_owned()).await
    }

    /// Posts alerts that have to be taken.
    pub(crate) async fn alerts(&self, body: &Value) {
        let reply = self.post("/api/v2/alerts", &body.to_string()).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
    }

    /// Sets a silence that has to be taken, and gives its id.
    pub(crate) async fn silence(&self, body: &Value) -> String {
        let reply = self.post("/api/v2/silences", &body.to_string()).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let id = reply.json().get("silenceID").and_then(Value::as_str).map(str::to_owned);
        id.expect("the id of the silence")
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Status and the JSON text that is the whole body.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json().as_str().expect("a JSON text").to_owned())
    }
}
