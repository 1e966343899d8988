//! The engine as the faces see it: inputs through the inbox, looks under the lock.

use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_api::{
    Consulted, Desk, Health, MetricsAnswer, MetricsAsked, NotConsulted, Question, ReviewLook, SeriesSent, SeriesTaken,
    Unavailable,
};
use evenkeel_engine::{Answer, Driver, Engine, Input, Submission};
use evenkeel_ids::Seq;
use evenkeel_notify::Pool;
use evenkeel_pages::{Ask, PlansAsked, PlansFound, RecordsAsked, RecordsFound, Rows, Shown, Verified, VerifyAsked};
use evenkeel_record::Actor;
use evenkeel_time::Timestamp;
use tokio::sync::watch;

use super::clock::wall_now;
use super::consult::Consultant;
use super::inbox::Inbox;
use super::measured::Measured;
use super::metrics;
use super::page_links::PageLinks;
use super::port::Port;
use super::status::Status;
use super::{plan_reader, record_reader, record_verifier};

/// Everything the server's threads share.
pub(crate) struct Shared {
    pub(crate) driver: Mutex<Driver<Port>>,
    pub(crate) inbox: Inbox,
    pub(crate) status: Status,
    pub(crate) pool: Pool,
    pub(crate) links: PageLinks,
    pub(crate) measured: Arc<Measured>,
    pub(crate) started_at: Timestamp,
    /// The number of the last durable record.
    pub(crate) changes: watch::Sender<Seq>,
}

impl Shared {
    pub(crate) fn driver(&self) -> std::sync::MutexGuard<'_, Driver<Port>> {
        self.driver.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A handle for the faces.
#[derive(Clone)]
pub(crate) struct LiveDesk(pub(crate) Arc<Shared>, pub(crate) Consultant);

impl LiveDesk {
    fn head(&self) -> Seq {
        tokio::task::block_in_place(|| self.0.driver().head().seq)
    }
}

impl Desk for LiveDesk {
    async fn submit(&self, actor: Actor, input: Input) -> Result<Answer, Unavailable> {
        if let Some((_, reason)) = self.0.status.outage() {
            return Err(Unavailable::NotDurable { reason, retry_after_s: 5 });
        }
        let answer = self.0.inbox.ask(Submission { actor, input })?;
        answer.await.unwrap_or(Err(Unavailable::Stopping))
    }

    fn look<T>(&self, look: impl FnOnce(&Engine, Timestamp) -> T) -> T {
        tokio::task::block_in_place(|| look(self.0.driver().engine(), wall_now()))
    }

    async fn consult(&self, question: Question) -> Result<Consulted, NotConsulted> {
        self.1.ask(question, self.head()).await
    }

    async fn rows(&self, asked: Vec<Ask>) -> Result<Vec<Rows>, NotConsulted> {
        self.1.rows(asked, self.head()).await
    }

    async fn records(&self, asked: RecordsAsked) -> Result<RecordsFound, NotConsulted> {
        record_reader::read(self.1.data().to_owned(), asked).await
    }

    async fn verify(&self, asked: VerifyAsked) -> Result<Option<Verified>, NotConsulted> {
        record_verifier::verify(self.1.data().to_owned(), asked).await
    }

    async fn plans(&self, asked: PlansAsked) -> Result<PlansFound, NotConsulted> {
        plan_reader::read(self.1.data().to_owned(), asked, self.head()).await
    }

    async fn reviewed(&self, look: ReviewLook) -> Result<Shown, NotConsulted> {
        self.1.reviewed(look).await
    }

    async fn ask_metrics(&self, asked: MetricsAsked) -> MetricsAnswer {
        Arc::clone(&self.0.measured).ask(asked).await
    }

    async fn take_series(&self, sent: SeriesSent) -> SeriesTaken {
        self.0.measured.take(sent).await
    }

    fn changes(&self) -> watch::Receiver<Seq> {
        self.0.changes.subscribe()
    }

    fn health(&self) -> Health {
        let status = &self.0.status;
        let outage = status.outage().map(|(since, why)| format!("nothing can be made durable since {since}: {why}"));
        let (head, plan) = tokio::task::block_in_place(|| {
            let driver = self.0.driver();
            (driver.head(), driver.engine().state().plan)
        });
        Health {
            ready: outage.is_none(),
            reasons: outage.into_iter().chain(status.plan_refused()).collect(),
            now: wall_now(),
            started_at: self.0.started_at,
            plan,
            head,
        }
    }

    fn config_text(&self) -> String {
        self.0.status.config()
    }

    fn metrics(&self) -> String {
        metrics::render(&self.0)
    }
}
