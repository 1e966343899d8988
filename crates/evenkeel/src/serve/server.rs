//! Puts the server together, and takes it apart in order.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use evenkeel_api::{Keys, Options};
use evenkeel_engine::{Input, Limits, Submission};
use evenkeel_journal::Journal;
use evenkeel_model::{Missing, Plan};
use evenkeel_notify::{MessageId, Pool, Sender, SenderOptions};
use evenkeel_ops_source::{ContentFingerprint, Loaded};
use evenkeel_probe::{ProbeReport, Prober, Probes};
use evenkeel_record::{Actor, Body, Record};
use evenkeel_time::Duration as Span;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::answering::Answering;
use super::clock::{Clock, wall_now};
use super::consult::{Consultant, Consulting};
use super::desk::{LiveDesk, Shared};
use super::engine_loop::{EngineLoop, deliver};
use super::foreign::FOREIGN;
use super::inbox::{Inbox, Item};
use super::measured::{Measured, MeasuredOptions, OtlpListen, Working};
use super::opening::{Found, Opened};
use super::outage::LastResort;
use super::page_links::PageLinks;
use super::private_file::random;
use super::reading::Reader;
use super::status::Status;
use super::status_page::{Serving, StatusPage};
use super::{commits, findings, heartbeat, link_key, listen, owner_token, plan_store, reload, self_test};

/// How `serve` is to run.
#[derive(Debug, Clone)]
pub(crate) struct ServeOptions {
    pub(crate) ops: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) missing: Missing,
    /// Serve files as they lie, although they are in git.
    pub(crate) working_tree: bool,
    pub(crate) external_url: Option<String>,
    /// Where the public status page is served, if it is.
    pub(crate) status_listen: Option<SocketAddr>,
    /// How its readers reach it.
    pub(crate) status_url: Option<String>,
    pub(crate) limits: Limits,
    /// How metrics are kept.
    pub(crate) metrics: MeasuredOptions,
    /// Where OTLP is taken.
    pub(crate) otlp_listen: OtlpListen,
}

/// A running server.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// What its threads share.
    pub(crate) shared: Arc<Shared>,
    /// What was found in the ops repo at the start.
    pub(crate) loaded: Loaded,
    /// Asks for a reload.
    pub(crate) reload: mpsc::Sender<()>,
    engine: thread::JoinHandle<()>,
    /// Projects records into the evidence; ends when nobody can ask any more.
    consulting: thread::JoinHandle<()>,
    /// Works on metrics.
    working: Working,
    answering: Answering,
    outcomes: JoinHandle<()>,
    status_page: Option<Serving>,
    tasks: Vec<JoinHandle<()>>,
}

/// Outcomes that are reported may take this long to be taken in.
const OUTCOMES_STOP_FOR: Duration = Duration::from_secs(5);
/// Notices under way may take this long to end; the others go out after the next start.
const DRAIN_FOR: Duration = Duration::from_secs(10);
/// A review under way may take this long to end.
const CONSULTING_STOPS_FOR: Duration = Duration::from_secs(5);
/// Probes under way at once.
const PROBES_IN_FLIGHT: usize = 32;

impl Server {
    /// Opens, folds, starts and listens.
    pub(crate) async fn start(options: ServeOptions) -> anyhow::Result<Self> {
        if let Some(warning) = listen::check(options.listen, options.external_url.as_deref())? {
            tracing::warn!(address = %options.listen, "{warning}");
        }
        let listener =
            TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
        let address = listener.local_addr()?;
        // First of all, so that readers have the page of before while the journal is folded.
        let status_page = StatusPage::open(&options)?;
        let found = Found::read(&options.ops, options.working_tree, options.missing);
        found.or_stored_in(&options.data)?;
        let (journal, keys) = journal_and_keys(&options.data)?;
        let mut clock = Clock::new();
        let now = clock.read().now;
        let seen = found.seen;
        let (Opened { mut driver, loaded, refused }, mut reader) = found.open(journal, &options, now)?;
        let findings = loaded.diagnostics.iter().filter(|diagnostic| !diagnostic.blocks()).count();
        let released = driver.start(now, env!("CARGO_PKG_VERSION"), u32::try_from(findings).unwrap_or(u32::MAX))?;
        released.records.iter().for_each(super::log::record);
        let down_for = released.records.iter().find_map(down_for).unwrap_or_default();
        plan_store::forget_others(&options.data, driver.engine().plan().hash);
        let external_url = options.external_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let sender = Sender::new(SenderOptions {
            notices_dir: options.data.join("notices"),
            external_url: external_url.clone(),
        });
        let measured = Measured::open(&options.data, options.metrics.clone(), sender.http(), now)?;
        let (outcomes_in, outcomes_out) = mpsc::channel(1024);
        let pool = Pool::new(sender.clone(), evenkeel_notify::Limits::default(), outcomes_in);
        let plan = driver.engine().plan().clone();
        let head = driver.head().seq;
        let shared = Arc::new(Shared {
            driver: Mutex::new(driver),
            inbox: Inbox::default(),
            status: Status::default(),
            pool,
            links: PageLinks::new(keys.links.clone(), &external_url),
            measured: Arc::new(measured),
            started_at: now,
            changes: watch::Sender::new(head),
        });
        shared.status.set_config(reload::config_text(&loaded));
        match refused {
            Some(errors) => refuse(&shared, errors),
            None => {
                shared.inbox.put(Item::Own(findings::of(&loaded)));
                commits::tell_at_start(&shared, &reader);
                reader.tell();
            }
        }
        deliver(&shared, released.effects, now);
        let last_resort = LastResort { sender: sender.clone(), runtime: tokio::runtime::Handle::current() };
        let engine_loop = EngineLoop::new(shared.clone(), options.data.clone(), clock, last_resort);
        let engine = thread::Builder::new().name("engine".to_owned()).spawn(move || engine_loop.run())?;
        let outcomes = tokio::spawn(take_outcomes(shared.clone(), outcomes_out));
        let (reload, asked) = mpsc::channel(1);
        let watched = Watched { reader, seen, missing: options.missing };
        let tasks = watch_over(&shared, &sender, plan, watched, asked);
        let (consultant, questions) = Consultant::new(&options.data);
        let consulting = Consulting::new(shared.clone(), options.data.clone(), questions);
        let consulting = thread::Builder::new().name("evidence".to_owned()).spawn(move || consulting.run())?;
        let status_page = status_page.map(|page| page.serve(&shared, &sender, &keys.links)).transpose()?;
        let desk = LiveDesk(shared.clone(), consultant);
        let working = Working::start(&desk, &keys, &options.otlp_listen, &external_url, down_for).await?;
        let answering = Answering::start(listener, desk, Options { external_url, ..Options::new(keys, FOREIGN) });
        Ok(Self {
            address,
            shared,
            loaded,
            reload,
            engine,
            consulting,
            working,
            answering,
            outcomes,
            status_page,
            tasks,
        })
    }

    /// Takes nothing more in, lets what is under way end, and lays the work down.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        let answering = self.answering.begin_to_stop();
        for task in self.tasks {
            task.abort();
        }
        if let Some(status_page) = self.status_page {
            tokio::task::spawn_blocking(|| status_page.stop()).await?;
        }
        answering.wait().await;
        self.working.stop().await?;
        let drained = self.shared.pool.drain(DRAIN_FOR).await;
        if drained.unsent > 0 {
            tracing::warn!(unsent = drained.unsent, "notices are left; they go out after the next start");
        }
        drop(tokio::time::timeout(OUTCOMES_STOP_FOR, self.outcomes).await);
        self.shared.inbox.close();
        tokio::task::spawn_blocking(|| self.engine.join())
            .await?
            .map_err(|_| anyhow::anyhow!("the engine's thread ended by a bug; the journal is as of its last commit"))?;
        // It ends with the last handle of the faces; a review under way may take longer, and changes nothing.
        let consulting = tokio::task::spawn_blocking(|| self.consulting.join());
        if tokio::time::timeout(CONSULTING_STOPS_FOR, consulting).await.is_err() {
            tracing::warn!("a review is still under way; it is left");
        }
        Ok(())
    }

    /// Where the status page is served, if it is.
    pub(crate) fn status_address(&self) -> Option<SocketAddr> {
        self.status_page.as_ref().map(|page| page.address)
    }

    /// Where OTLP is taken.
    pub(crate) fn otlp_addresses(&self) -> &[SocketAddr] {
        self.working.otlp_addresses()
    }

    /// Whether the engine's thread runs.
    pub(crate) fn engine_runs(&self) -> bool {
        !self.engine.is_finished()
    }
}

/// What a data folder holds before anything is read from it.
fn journal_and_keys(data: &Path) -> anyhow::Result<(Journal, Keys)> {
    self_test::close_empty(data);
    self_test::check(data)?;
    let journal = Journal::open(data)?;
    let keys = keys(data)?;
    if let Err(error) = journal.restore_reserve(evenkeel_journal::RESERVE_BYTES) {
        tracing::warn!(%error, "no disk reserve could be set aside");
    }
    Ok((journal, keys))
}

/// What callers prove with who they are; made at the first start, and looked at once more when all is there: a file
/// system may have no modes.
fn keys(data: &Path) -> anyhow::Result<Keys> {
    let keys =
        Keys { owner: owner_token::read_owner_token(data)?.hash(), links: link_key::read_link_key(data)?, random };
    self_test::check(data)?;
    Ok(keys)
}

/// How long nothing was served before this start.
fn down_for(record: &Record) -> Option<Span> {
    if let Body::Started(started) = &record.body { Some(started.down_for) } else { None }
}

fn refuse(shared: &Shared, errors: Vec<Box<str>>) {
    shared.status.set_plan_refused(Some(format!(
        "the ops repo as it is cannot be resolved, the last adopted plan serves: {}",
        errors.join("; ")
    )));
    let input = Input::RefusePlan { errors };
    shared.inbox.put(Item::Own(Submission { actor: Actor("ops-repo".into()), input }));
}

/// Outcomes of attempts become inputs.
async fn take_outcomes(shared: Arc<Shared>, mut outcomes: mpsc::Receiver<(MessageId, evenkeel_alerting::Outcome)>) {
    while let Some((id, outcome)) = outcomes.recv().await {
        let input = match id {
            MessageId::Notice(notice) => Input::NoticeOutcome { notice, outcome },
            MessageId::Sent(of, address) => Input::MessageOutcome { of, address, outcome },
        };
        shared.inbox.put(Item::Own(Submission { actor: Actor::system(), input }));
    }
}

/// The ops repo as it was at the start, and how to go on looking at it.
struct Watched {
    reader: Reader,
    seen: Option<ContentFingerprint>,
    missing: Missing,
}

/// Probes, heartbeats, the ops repo.
fn watch_over(
    shared: &Arc<Shared>,
    sender: &Sender,
    plan: Arc<Plan>,
    watched: Watched,
    asked: mpsc::Receiver<()>,
) -> Vec<JoinHandle<()>> {
    let (plans, changes) = watch::channel(plan);
    let (reports_in, reports_out) = mpsc::channel(1024);
    let prober = Prober::new(sender.http().clone());
    let probes = Probes::start(prober, PROBES_IN_FLIGHT, wall_now, reports_in);
    let Watched { reader, seen, missing } = watched;
    let watcher = reload::Watcher { shared: shared.clone(), reader, missing, seen, plans, now: asked };
    vec![
        tokio::spawn(watcher.run()),
        tokio::spawn(heartbeat::run(shared.clone(), sender.clone(), changes.clone())),
        tokio::spawn(follow_plan(probes, changes)),
        tokio::spawn(take_reports(shared.clone(), reports_out)),
    ]
}

/// Keeps the set of probes that of the plan.
async fn follow_plan(probes: Probes, mut plans: watch::Receiver<Arc<Plan>>) {
    loop {
        let plan = plans.borrow_and_update().clone();
        probes.replace(plan.probes.iter().cloned().map(Arc::new).collect());
        if plans.changed().await.is_err() {
            return;
        }
    }
}

/// Alerts of probes are taken in like those of any sender.
async fn take_reports(shared: Arc<Shared>, mut reports: mpsc::Receiver<ProbeReport>) {
    while let Some(report) = reports.recv().await {
        let Some(alert) = report.alert else { continue };
        let alert = evenkeel_engine::IncomingAlert {
            labels: alert.labels,
            annotations: alert.annotations,
            starts_at: Some(alert.starts_at),
            ends_at: Some(alert.ends_at),
            generator_url: "".into(),
        };
        if let Err(error) = alert.validate() {
            tracing::error!(probe = %report.name, %error, "the probe's alert is not valid");
            continue;
        }
        let actor = Actor(format!("probe:{}", report.name).into());
        shared.inbox.put(Item::Own(Submission { actor, input: Input::Alerts(vec![alert]) }));
    }
}
