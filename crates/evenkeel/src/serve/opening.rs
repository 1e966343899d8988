//! What a start serves: the ops repo's plan, or the last adopted one when that cannot be had.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use evenkeel_engine::Driver;
use evenkeel_ids::PlanHash;
use evenkeel_journal::{Journal, OsSalts};
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{ContentFingerprint, Loaded, load};
use evenkeel_time::Timestamp;

use super::port::{Port, PortError};
use super::reading::Reader;
use super::server::ServeOptions;
use super::untold;
use super::{log, plan_store, reload};

/// The ops repo as it lies there.
pub(crate) struct Found {
    /// What it holds; `None` when it cannot be read.
    pub(crate) seen: Option<ContentFingerprint>,
    /// Goes on looking.
    pub(crate) reader: Reader,
    /// The plan, or why there is none: the errors, and how to show them.
    result: Result<Box<Loaded>, Refused>,
    /// The plan that there would be if nobody had to be told.
    untold: Option<Box<Loaded>>,
}

struct Refused {
    errors: Vec<Box<str>>,
    shown: String,
}

/// What a start gives.
pub(crate) struct Opened {
    pub(crate) driver: Driver<Port>,
    /// What serves.
    pub(crate) loaded: Loaded,
    /// Why the ops repo itself does not, if so.
    pub(crate) refused: Option<Vec<Box<str>>>,
}

impl Found {
    pub(crate) fn read(ops: &Path, working_tree: bool, missing: Missing) -> Self {
        let mut reader = Reader::new(PathBuf::from(ops), working_tree);
        let reading = match reader.look() {
            Ok(reading) => reading.expect("the first look always reads"),
            Err(error) => {
                let shown = log::chain(&error);
                let refused = Refused { errors: vec![shown.as_str().into()], shown };
                return Self { seen: None, reader, result: Err(refused), untold: None };
            }
        };
        let seen = Some(reading.files.fingerprint());
        let mut loaded = load(&reading.files, missing);
        reload::committed(&mut loaded, &reading);
        if loaded.plan.is_some() {
            return Self { seen, reader, result: Ok(Box::new(loaded)), untold: None };
        }
        let mut untold = untold::load_untold(&reading.files, &loaded, missing);
        if let Some(untold) = &mut untold {
            reload::committed(untold, &reading);
        }
        let errors = reload::errors(&loaded.diagnostics, &loaded.sources);
        let shown = evenkeel_report::text(&loaded.diagnostics, &loaded.sources, false);
        Self { seen, reader, result: Err(Refused { errors, shown }), untold: untold.map(Box::new) }
    }

    /// Nothing is made in a data folder that was never used when there is nothing to serve.
    pub(crate) fn or_stored_in(&self, data: &Path) -> anyhow::Result<()> {
        match &self.result {
            Err(_) if self.untold.is_some() => Ok(()),
            Err(refused) if !data.join("journal.db").exists() => bail!("{}", nothing_to_serve(&refused.shown)),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Folds the journal under the plan that is to serve.
    pub(crate) fn open(
        self,
        journal: Journal,
        options: &ServeOptions,
        now: Timestamp,
    ) -> anyhow::Result<(Opened, Reader)> {
        let (loaded, refused) = match self.result {
            Ok(loaded) => (*loaded, None),
            Err(Refused { errors, shown }) => {
                let last = last_adopted(&journal)?;
                // What cannot be read may have told somebody.
                let gives_way = last == PlanHash::NONE || untold::was_untold(&journal, last);
                if let Some(untold) = self.untold.filter(|_| gives_way) {
                    untold::warn();
                    return Self::adopted(*untold, None, journal, options, now).map(|opened| (opened, self.reader));
                }
                if last == PlanHash::NONE {
                    bail!("{}", nothing_to_serve(&shown));
                }
                tracing::error!("the ops repo cannot be resolved; the last adopted plan serves\n{shown}");
                let stored = plan_store::get(&journal, &options.data, last, options.missing);
                (stored.context("the ops repo cannot be resolved, nor the last adopted plan")?, Some(errors))
            }
        };
        Self::adopted(loaded, refused, journal, options, now).map(|opened| (opened, self.reader))
    }

    fn adopted(
        loaded: Loaded,
        refused: Option<Vec<Box<str>>>,
        mut journal: Journal,
        options: &ServeOptions,
        now: Timestamp,
    ) -> anyhow::Result<Opened> {
        let plan = loaded.plan.clone().context("the last adopted plan cannot be resolved by this version")?;
        if refused.is_none() {
            plan_store::put(&mut journal, &options.data, plan.hash, &loaded)?;
        }
        let driver = fold(journal, Arc::new(plan), options, now)?;
        Ok(Opened { driver, loaded, refused })
    }
}

fn nothing_to_serve(shown: &str) -> String {
    format!("the ops repo cannot be resolved, and no plan was adopted before\n{shown}")
}

fn fold(journal: Journal, plan: Arc<Plan>, options: &ServeOptions, now: Timestamp) -> anyhow::Result<Driver<Port>> {
    let mut salts = OsSalts::default();
    let salts = Box::new(move || salts.next().expect("there is always another salt"));
    Driver::open(Port(journal), |_| plan, now, options.limits, salts).map_err(|error: PortError| {
        let help = error.help();
        anyhow::Error::new(error).context(format!("the journal cannot be folded; {help}"))
    })
}

/// Every record names its plan, so the last one names the last adopted.
fn last_adopted(journal: &Journal) -> anyhow::Result<PlanHash> {
    let head = journal.head();
    let Some(last) = journal.read().record(head.seq)? else { return Ok(PlanHash::NONE) };
    let (header, _) = evenkeel_record::Header::decode(&last.header)?;
    Ok(header.plan)
}
