//! The port: what the faces need of the engine.
//!
//! The binary implements it over the driver's thread; tests implement it over an [`Engine`] in memory.
//! A desk takes inputs and answers once they are durable, and lets one look at what was last committed.

use std::fmt;
use std::future::Future;

use evenkeel_engine::{Answer, Engine, Input};
use evenkeel_ids::{PlanHash, Seq};
use evenkeel_pages::{Ask, PlansAsked, PlansFound, RecordsAsked, RecordsFound, Rows, Shown, Verified, VerifyAsked};
use evenkeel_record::Actor;
use evenkeel_record::chain::Head;
use evenkeel_review::Report;
use evenkeel_time::Timestamp;
use tokio::sync::watch;

use crate::{Consulted, MetricsAnswer, MetricsAsked, NotConsulted, Question, SeriesSent, SeriesTaken};

/// Collects a page from the present review.
pub type ReviewLook = Box<dyn FnOnce(&Report<'_>) -> Shown + Send>;

/// The engine as the faces see it.
pub trait Desk: Clone + Send + Sync + 'static {
    /// Hands an input in; answers once it is durable.
    ///
    /// # Errors
    /// [`Unavailable`] when it was not taken; nothing of it happened then, and sending it again is safe.
    fn submit(&self, actor: Actor, input: Input) -> impl Future<Output = Result<Answer, Unavailable>> + Send;

    /// Looks at state and plan as last committed, and gives the present instant along.
    ///
    /// Inputs may wait meanwhile, so a look collects and does nothing else.
    fn look<T>(&self, look: impl FnOnce(&Engine, Timestamp) -> T) -> T;

    /// Asks the evidence, brought up to the last record.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn consult(&self, question: Question) -> impl Future<Output = Result<Consulted, NotConsulted>> + Send;

    /// Asks the evidence, brought up to the last record; an answer for each question.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn rows(&self, asked: Vec<Ask>) -> impl Future<Output = Result<Vec<Rows>, NotConsulted>> + Send;

    /// Reads records of the journal.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn records(&self, asked: RecordsAsked) -> impl Future<Output = Result<RecordsFound, NotConsulted>> + Send;

    /// Verifies a stretch of the journal; `None` where no record is in it.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn verify(&self, asked: VerifyAsked) -> impl Future<Output = Result<Option<Verified>, NotConsulted>> + Send;

    /// Reads which plans were adopted and refused, from evidence and journal.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn plans(&self, asked: PlansAsked) -> impl Future<Output = Result<PlansFound, NotConsulted>> + Send;

    /// Shows the present review, brought up to the last record, where it lies.
    ///
    /// # Errors
    /// [`NotConsulted`].
    fn reviewed(&self, look: ReviewLook) -> impl Future<Output = Result<Shown, NotConsulted>> + Send;

    /// Asks the store of metrics in Prometheus's terms.
    fn ask_metrics(&self, asked: MetricsAsked) -> impl Future<Output = MetricsAnswer> + Send;

    /// Takes series that were sent by remote write; answers once they are durable, or says why they are not.
    fn take_series(&self, sent: SeriesSent) -> impl Future<Output = SeriesTaken> + Send;

    /// The number of the last durable record, as it moves on.
    fn changes(&self) -> watch::Receiver<Seq>;

    /// How the program is doing.
    fn health(&self) -> Health;

    /// The adopted plan as Alertmanager configuration with secrets blanked out, for `/api/v2/status`.
    fn config_text(&self) -> String;

    /// Further metric families as OpenMetrics text without the closing `# EOF`; may be empty.
    ///
    /// The families `evenkeel_http_*`, `evenkeel_alerts`, `evenkeel_alerts_received`, `evenkeel_groups`,
    /// `evenkeel_notices_open`, `evenkeel_silences`, `evenkeel_ready` and `evenkeel_build` are the router's own.
    fn metrics(&self) -> String;
}

/// How the program is doing, as far as those outside have to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Whether inputs are taken and made durable.
    pub ready: bool,
    /// Why not, each a sentence that stands alone; may also name what works but is not well.
    pub reasons: Vec<String>,
    /// The present instant.
    pub now: Timestamp,
    /// When this process took up work.
    pub started_at: Timestamp,
    /// The adopted plan.
    pub plan: PlanHash,
    /// The last durable record.
    pub head: Head,
}

/// Why an input was not taken. Sending it again later is safe, and asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// Too many inputs wait already.
    Full {
        /// When to try again. Units: seconds.
        retry_after_s: u64,
    },
    /// It could not be made durable.
    NotDurable {
        /// What went wrong, in words for the sender.
        reason: String,
        /// When to try again. Units: seconds.
        retry_after_s: u64,
    },
    /// The program is stopping.
    Stopping,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { .. } => f.write_str("too many inputs wait to be made durable; send again later"),
            Self::NotDurable { reason, .. } => write!(f, "could not be made durable, so it was not taken: {reason}"),
            Self::Stopping => f.write_str("evenkeel is stopping; send again later"),
        }
    }
}

impl std::error::Error for Unavailable {}
