//! The play, act by act. Each act is a file; this one has the order and what they share.

mod answer;
mod budget;
mod closing;
mod escalation;
mod explanation;
mod judged;
mod opening;
mod outage;
mod over;
mod paging;
mod recovery;
mod restart;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use storefront::{Counts, Shoppers};
use tokio::task::JoinHandle;

use super::Answerer;
use super::console::{Console, ShownIncident};
use super::folder::Folder;
use super::narrator::{Narrator, Tone};
use super::phones::{Page, Phones};
use super::report::Report;
use super::shop::Shop;
use crate::serve::Server;

/// Nothing that is waited for may take longer, also on a machine that is slow and busy with something else.
const WITHIN: Duration = Duration::from_secs(60);
/// A server that is left in the middle gets so long to stop in order.
const STOPS_WITHIN: Duration = Duration::from_secs(3);
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The play and what comes of it.
pub(crate) struct Play {
    pub(crate) report: Report,
    narrator: Narrator,
    folder: PathBuf,
    kept: bool,
    answerer: Answerer,
    signalled: bool,
    /// Here and not in the scene, so that it can be stopped in order when the play breaks off.
    server: Option<Server>,
    /// A stop under way; as a task, because half a stop would leave threads that write on.
    stopping: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Why a play ends before its last act.
pub(crate) enum EarlyEnd {
    /// Something was not as it has to be.
    Failed(anyhow::Error),
    /// Someone wants it to end: `interrupted`.
    Signal(&'static str),
}

/// Whoever is on stage besides the server; gone when dropped.
struct Scene {
    phones: Phones,
    shop: Shop,
    shoppers: Shoppers,
    console: Console,
    /// Where the shop sends what it measures.
    otlp: SocketAddr,
}

/// What is remembered of the outage.
struct Outage {
    began: Instant,
    before: Counts,
    fingerprint: String,
    starts_at: String,
}

/// Somebody was asked to act.
struct Paged {
    page: Page,
    /// As the API showed it then.
    incident: ShownIncident,
}

/// Somebody has it.
struct Answered {
    incident: String,
    /// How many pages had gone out by then.
    asked: usize,
}

impl Play {
    pub(crate) fn new(narrator: Narrator, answerer: Answerer, folder: &Folder) -> Self {
        let path = folder.path().to_owned();
        Self {
            report: Report::default(),
            narrator,
            folder: path,
            kept: folder.kept(),
            answerer,
            signalled: false,
            server: None,
            stopping: None,
        }
    }

    /// Plays every act.
    pub(crate) async fn run(&mut self) -> anyhow::Result<()> {
        let mut scene = self.open().await?;
        self.measured(&scene).await?;
        self.all_well(&scene).await?;
        let outage = self.break_catalog(&mut scene).await?;
        self.tell(&scene, &outage).await?;
        let first = self.page(&scene, &outage).await?;
        self.restart(&scene, &outage, &first).await?;
        let second = self.escalate(&scene, &first).await?;
        let asked = self.answer(&scene, &second).await?;
        self.explain(&scene, &second).await?;
        let answered = Answered { incident: second.page.incident, asked };
        self.repair(&mut scene, &outage, &answered).await?;
        self.close(scene).await
    }

    /// Notes why the play ended early, and stops the server.
    pub(crate) async fn broken_off(&mut self, why: &EarlyEnd) {
        match why {
            EarlyEnd::Failed(error) => self.report.broken_off(format!("{error:#}")),
            EarlyEnd::Signal(what) => {
                self.signalled = true;
                self.narrator.step(Tone::Bad, &format!("The play is {what}; shop and server stop."));
                self.report.broken_off(*what);
            }
        }
        // Whether it stops in order or not, the process ends.
        let _ = tokio::time::timeout(STOPS_WITHIN, self.stop_server()).await;
    }

    /// Clears up, and says what was not true.
    pub(crate) fn end(&mut self, folder: &Folder) {
        let cleared = folder.clear();
        self.report.check_cleared(cleared);
        let failures = self.report.failures().iter().filter(|_| !self.signalled);
        for (part, why) in failures {
            self.narrator.step(Tone::Bad, &format!("NOT TRUE  {}: {why}", part.name()));
        }
        if self.kept && !self.report.ok() {
            self.narrator.detail(&format!("What there is stays in {}", folder.path().display()));
        }
    }

    /// Stops the server if it runs.
    async fn stop_server(&mut self) -> anyhow::Result<()> {
        if let Some(server) = self.server.take() {
            self.stopping = Some(tokio::spawn(server.stop()));
        }
        let Some(stopping) = &mut self.stopping else { return Ok(()) };
        let stopped = tokio::time::timeout(WITHIN, stopping).await.context("the server does not stop")?;
        self.stopping = None;
        stopped?
    }

    /// Looks until there is something to see, saying what is waited for.
    async fn wait<T>(&mut self, what: impl Fn() -> String, look: impl AsyncFnMut() -> Option<T>) -> anyhow::Result<T> {
        self.wait_within(WITHIN, what, look).await
    }

    async fn wait_within<T>(
        &mut self,
        within: Duration,
        what: impl Fn() -> String,
        mut look: impl AsyncFnMut() -> Option<T>,
    ) -> anyhow::Result<T> {
        let since = Instant::now();
        loop {
            if let Some(seen) = look().await {
                return Ok(seen);
            }
            if since.elapsed() > within {
                bail!("given up after {} s: {}", within.as_secs(), what());
            }
            self.narrator.waiting(&what(), since);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

/// What this program was called as.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "evenkeel".to_owned())
}

/// `2.05 s`
fn seconds(span: Duration) -> String {
    format!("{:.2} s", span.as_secs_f64())
}

/// `1 record`, `2 records`
fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
