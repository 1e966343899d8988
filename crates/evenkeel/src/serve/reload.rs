//! Watches the ops repo: a change that resolves is adopted, one that does not is said loudly and kept out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_engine::{Input, Submission};
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{ContentFingerprint, Error, Loaded, OpsFiles, Stability, load, read};
use evenkeel_record::Actor;
use tokio::sync::{mpsc, watch};

use super::desk::Shared;
use super::inbox::Item;
use super::status::Status;

/// The folder is read this often; a change is taken when two readings agree.
const READ_EVERY: Duration = Duration::from_secs(1);

/// What the watcher needs.
pub(crate) struct Watcher {
    pub(crate) shared: Arc<Shared>,
    pub(crate) ops: PathBuf,
    pub(crate) missing: Missing,
    /// What serves, or was last refused.
    pub(crate) seen: Option<ContentFingerprint>,
    /// Told of each plan that is handed over for adoption.
    pub(crate) plans: watch::Sender<Arc<Plan>>,
    /// Asks for a reading now, taken as it is (SIGHUP).
    pub(crate) now: mpsc::Receiver<()>,
}

impl Watcher {
    /// Runs until the runtime ends.
    pub(crate) async fn run(mut self) {
        let mut stability = self.seen.map_or_else(Stability::default, Stability::taken);
        let mut ticks = tokio::time::interval(READ_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let asked = tokio::select! {
                _ = ticks.tick() => false,
                asked = self.now.recv() => match asked {
                    Some(()) => true,
                    None => return,
                },
            };
            let ops = self.ops.clone();
            let Ok(files) = tokio::task::spawn_blocking(move || read(&ops)).await else { return };
            match files {
                Ok(files) => {
                    let content = files.fingerprint();
                    if stability.offer(content) || asked {
                        self.seen = Some(content);
                        self.take(files);
                    }
                }
                Err(error) => self.unreadable(&error, asked),
            }
        }
    }

    fn take(&self, files: OpsFiles) {
        let loaded = load(&files, self.missing);
        let Some(plan) = loaded.plan.clone() else {
            return self.refuse(errors(&loaded.diagnostics, &loaded.sources));
        };
        self.shared.inbox.put(Item::Adopt(Box::new(loaded)));
        self.plans.send_replace(Arc::new(plan));
    }

    /// A folder that cannot be read for a moment is no change; one that stays unreadable is said once.
    fn unreadable(&self, error: &Error, asked: bool) {
        let text = super::log::chain(error);
        if asked || self.shared.status.plan_refused().as_deref() != Some(refused_text(&[text.clone().into()]).as_str())
        {
            self.refuse(vec![text.into()]);
        }
    }

    fn refuse(&self, errors: Vec<Box<str>>) {
        let status = &self.shared.status;
        Status::add(&status.plans_refused, 1);
        for error in &errors {
            tracing::error!(%error, "the changed ops repo cannot be resolved; the last adopted plan serves on");
        }
        status.set_plan_refused(Some(refused_text(&errors)));
        let input = Input::RefusePlan { errors };
        self.shared.inbox.put(Item::Own(Submission { actor: Actor("ops-repo".into()), input }));
    }
}

fn refused_text(errors: &[Box<str>]) -> String {
    format!("the ops repo as it is cannot be resolved, the last adopted plan serves: {}", errors.join("; "))
}

/// `file:line:column: code: headline` of each error.
pub(crate) fn errors(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Box<str>> {
    let blocking = diagnostics.iter().filter(|diagnostic| diagnostic.blocks());
    blocking.map(|diagnostic| evenkeel_report::one_line(diagnostic, sources).into()).collect()
}

/// The Alertmanager configuration among the files, without secrets.
pub(crate) fn config_text(loaded: &Loaded) -> String {
    let is_config = |text: &str| text.lines().any(|line| line.starts_with("route:"));
    loaded.redacted.iter().find(|file| is_config(&file.text)).map(|file| file.text.clone()).unwrap_or_default()
}
