//! Metrics in the server: the store, those who send to it, those who ask it, and the rules that watch it.
//!
//! ```text
//! remote write ─▶ received ─▶ store ◀─ asked ◀─ Grafana, promtool
//! OTLP ─────────▶             │  ▲
//!                             ▼  │ recorded
//!                            rules ─▶ inbox (alerts)
//! ```

mod asked;
mod budgets;
mod contracts;
mod families;
mod instant;
mod kpis;
mod otlp;
mod received;
mod rules;
mod status_view;
mod upkeep;
mod working;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;
use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Querier};
use evenkeel_notify::HttpClient;
use evenkeel_outside_store::{OutsideOptions, OutsideStore};
use evenkeel_prometheus_api::{Options as QueryOptions, RuleGroup, RulesView};
use evenkeel_promql_eval::{Limits as QueryLimits, Stop};
use evenkeel_remote_write::{Decoder, Limits as WriteLimits};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Commit, Durability, Limits, Options, Refused, SenderLimits, Store, StoreQuerier};
use tokio::sync::Semaphore;

use budgets::Stands;
use kpis::KpiStands;

pub(crate) use otlp::OtlpListen;
pub(crate) use working::Working;

/// Questions that are worked on at once; more wait.
const QUESTIONS_AT_ONCE: usize = 4;
/// Threads that work on one question at most.
const THREADS_MAX: usize = 8;
/// Decoders that are kept for the next request, with their memory.
const DECODERS_KEPT: usize = 8;

/// The memory of a batch of more samples is given back: usual requests have some thousands.
const SAMPLES_KEPT_MAX: usize = 50_000;
/// A disk that takes longer than this has a fault.
const DURABLE_WITHIN: std::time::Duration = std::time::Duration::from_secs(30);

/// When something has to end.
struct Deadline(Instant);

impl Deadline {
    fn after(within: std::time::Duration) -> Self {
        Self(Instant::now() + within)
    }
}

impl Stop for Deadline {
    fn stop(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// Where metrics lie in a data folder.
pub(crate) fn metrics_of(data: &Path) -> PathBuf {
    data.join("metrics")
}

/// How metrics are kept.
#[derive(Debug, Clone)]
pub(crate) struct MeasuredOptions {
    /// How long samples are kept.
    pub(crate) retention: Duration,
    /// How much room they may take; the oldest go first. Units: bytes.
    pub(crate) retention_bytes: Option<u64>,
    /// So many series may be active at once.
    pub(crate) series_max: usize,
    /// What each sender may.
    pub(crate) sender: SenderLimits,
    /// What an answer of success promises.
    pub(crate) durability: Durability,
    /// Between two evaluations of a group of rules that does not say.
    pub(crate) rules_interval: Duration,
    /// A store elsewhere that is asked instead, by rules and everybody else.
    pub(crate) outside: Option<OutsideOptions>,
}

impl Default for MeasuredOptions {
    fn default() -> Self {
        Self {
            retention: Duration::hours(15 * 24),
            retention_bytes: None,
            series_max: 2_000_000,
            sender: SenderLimits::default(),
            durability: Durability::GroupCommit,
            rules_interval: Duration::minutes(1),
            outside: None,
        }
    }
}

/// What is asked.
pub(crate) enum Source<'a> {
    Own(StoreQuerier),
    Outside(&'a OutsideStore),
}

impl Source<'_> {
    pub(crate) fn querier(&self) -> &dyn Querier {
        match self {
            Self::Own(own) => own,
            Self::Outside(outside) => *outside,
        }
    }
}

/// Metrics, shared by everyone in the server.
pub(crate) struct Measured {
    pub(crate) store: Store,
    pub(crate) options: MeasuredOptions,
    outside: Option<OutsideStore>,
    started_at: Timestamp,
    queries: QueryOptions,
    at_once: Semaphore,
    /// Threads that work on one question.
    threads: usize,
    spare: Mutex<Vec<(Decoder, Batch)>>,
    rules: Mutex<Arc<Vec<RuleGroup>>>,
    /// Where objectives stand.
    budgets: Mutex<Vec<Stands>>,
    /// Where KPIs stand.
    kpis: Mutex<Vec<KpiStands>>,
    /// Evaluations of rules that were left out.
    missed: AtomicU64,
    /// Damaged places that were found at the start.
    damaged: usize,
}

impl Measured {
    /// Opens the store of a data folder, and says what had to be repaired.
    pub(crate) fn open(
        data: &Path,
        options: MeasuredOptions,
        client: &HttpClient,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let folder = metrics_of(data);
        let usual = Options::in_folder(&folder);
        let wanted = Options {
            retention: options.retention,
            retention_bytes: options.retention_bytes,
            limits: Limits { series_max: options.series_max, sender: options.sender, ..usual.limits },
            durability: options.durability,
            ..usual
        };
        let (store, repairs) =
            Store::open(wanted, now).with_context(|| format!("metrics cannot be kept in {}", folder.display()))?;
        for repair in &repairs {
            tracing::warn!("metrics: {repair}");
        }
        let runtime = tokio::runtime::Handle::current();
        let outside = options.outside.clone().map(|outside| OutsideStore::new(outside, client.clone(), runtime));
        Ok(Self {
            store,
            options,
            outside,
            started_at: now,
            queries: QueryOptions { limits: query_limits(), ..QueryOptions::default() },
            at_once: Semaphore::new(QUESTIONS_AT_ONCE),
            threads: std::thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX),
            spare: Mutex::default(),
            rules: Mutex::default(),
            budgets: Mutex::default(),
            kpis: Mutex::default(),
            missed: AtomicU64::new(0),
            damaged: repairs.len(),
        })
    }

    /// Waits until what was appended is on the disk; `Err` says why it is not.
    async fn durable(&self, commit: Commit) -> Result<(), String> {
        match tokio::time::timeout(DURABLE_WITHIN, self.store.durable(commit)).await {
            Ok(durable) => durable.map_err(|fault| fault.to_string()),
            Err(_) => Err(format!("the disk did not take it within {} s", DURABLE_WITHIN.as_secs())),
        }
    }

    /// A decoder and a batch, with the memory of an earlier request where there is one.
    fn decoder(&self) -> (Decoder, Batch) {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| (Decoder::new(WriteLimits::default()), Batch::default()))
    }

    /// Keeps their memory for the next request, unless it is large.
    fn give_back(&self, mut decoder: (Decoder, Batch)) {
        if decoder.1.len() > SAMPLES_KEPT_MAX {
            return;
        }
        decoder.1.clear();
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < DECODERS_KEPT {
            spare.push(decoder);
        }
    }

    /// What is asked: the own store, or the one elsewhere.
    pub(crate) fn source(&self) -> Source<'_> {
        self.outside.as_ref().map_or_else(|| Source::Own(self.store.querier()), Source::Outside)
    }

    /// Keeps what rules recorded. It can be had again from what it was made of, so nobody waits for the own disk.
    pub(crate) fn keep_recorded(&self, recorded: &Batch, now: Timestamp) {
        if recorded.is_empty() {
            return;
        }
        if let Some(outside) = &self.outside {
            if let Err(fault) = outside.append(recorded) {
                tracing::warn!(%fault, "recorded series are lost");
            }
            return;
        }
        match self.store.append(recorded, now) {
            Ok(appended) => {
                if let Some(first) = appended.refused.first() {
                    tracing::warn!(
                        series = appended.refused.len(),
                        first = refusal(first),
                        "recorded series are refused"
                    );
                }
            }
            Err(fault) => tracing::warn!(%fault, "recorded series cannot be kept"),
        }
    }

    /// The rules as they are shown.
    pub(crate) fn rule_groups(&self) -> Arc<Vec<RuleGroup>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on the rules are shown like that; so many evaluations were left out up to now.
    pub(crate) fn show_rules(&self, groups: Vec<RuleGroup>, missed: u64) {
        *self.rules.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(groups);
        self.missed.store(missed, Ordering::Relaxed);
    }

    /// From now on objectives stand like that.
    pub(crate) fn show_budgets(&self, all: Vec<Stands>) {
        *self.budgets.lock().unwrap_or_else(PoisonError::into_inner) = all;
    }

    /// From now on KPIs stand like that.
    pub(crate) fn show_kpis(&self, all: Vec<KpiStands>) {
        *self.kpis.lock().unwrap_or_else(PoisonError::into_inner) = all;
    }

    fn missed(&self) -> u64 {
        self.missed.load(Ordering::Relaxed)
    }
}

/// How expressions are taken, by people and by rules alike. Names of metrics stay to be seen until an answer is whole: what groups
/// or replaces labels by them works, and everything else is the same.
pub(crate) fn query_limits() -> QueryLimits {
    QueryLimits { delayed_names: true, ..QueryLimits::default() }
}

/// A series that the store refused, in words.
fn refusal(refused: &Refused) -> String {
    format!("series {}: {}", LabelSet::from_encoded(&refused.labels).unwrap_or_default(), refused.reason)
}

impl RulesView for Measured {
    fn groups(&self) -> Vec<RuleGroup> {
        self.rule_groups().as_ref().clone()
    }
}
