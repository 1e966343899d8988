//! Watches the ops repo: a change that resolves is adopted, one that does not is said loudly and kept out.

use std::sync::Arc;
use std::time::Duration;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_engine::{Input, Submission};
use evenkeel_model::{Missing, Plan, codes};
use evenkeel_ops_source::{ContentFingerprint, Loaded, Stability, load};
use evenkeel_record::Actor;
use tokio::sync::{mpsc, watch};

use super::commits;
use super::desk::Shared;
use super::findings;
use super::inbox::Item;
use super::reading::{ReadError, Reader, Reading};
use super::status::Status;
use super::untold;

/// The ops repo is looked at this often. A commit is taken at once, a change of a folder when two looks agree.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the watcher needs.
pub(crate) struct Watcher {
    pub(crate) shared: Arc<Shared>,
    pub(crate) reader: Reader,
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
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        // What was read last and is not taken yet.
        let mut waiting: Option<(ContentFingerprint, Reading)> = None;
        loop {
            let asked = tokio::select! {
                _ = ticks.tick() => false,
                asked = self.now.recv() => match asked {
                    Some(()) => true,
                    None => return,
                },
            };
            let mut reader = self.reader;
            let looked = tokio::task::spawn_blocking(move || {
                if asked {
                    reader.forget();
                }
                let looked = reader.look();
                (reader, looked)
            });
            let Ok((reader, looked)) = looked.await else { return };
            self.reader = reader;
            match looked {
                Ok(Some(reading)) => waiting = Some((reading.files.fingerprint(), reading)),
                Ok(None) => {}
                Err(error) => {
                    waiting = None;
                    self.unreadable(&error, asked);
                }
            }
            let Some((content, reading)) = waiting.take() else { continue };
            let committed = reading.commit.is_some();
            let take = if committed || asked { stability.take(content) || asked } else { stability.offer(content) };
            if take {
                self.seen = Some(content);
                if self.take(&reading) {
                    tokio::task::block_in_place(|| commits::tell_since(&self.shared, &self.reader));
                    self.reader.tell();
                }
            } else if !committed && self.seen != Some(content) {
                waiting = Some((content, reading));
            }
        }
    }

    /// Whether it is handed over for adoption.
    fn take(&self, reading: &Reading) -> bool {
        let mut loaded = load(&reading.files, self.missing);
        let present = Arc::clone(self.shared.driver().engine().plan());
        if untold::is_untold(&present)
            && let Some(untold) = untold::load_untold(&reading.files, &loaded, self.missing)
        {
            loaded = untold;
        }
        committed(&mut loaded, reading);
        let Some(plan) = loaded.plan.clone() else {
            self.refuse(errors(&loaded.diagnostics, &loaded.sources));
            return false;
        };
        let found = tokio::task::block_in_place(|| findings::of(&loaded));
        self.shared.inbox.put(Item::Adopt(Box::new(loaded)));
        self.shared.inbox.put(Item::Own(found));
        self.plans.send_replace(Arc::new(plan));
        true
    }

    /// A folder that cannot be read for a moment is no change; one that stays unreadable is said once.
    fn unreadable(&self, error: &ReadError, asked: bool) {
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

/// `file:line:column: code: headline` of each reason why there is no plan.
///
/// An ops repo that nothing in needs routing is sound without, and still cannot serve.
pub(crate) fn errors(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Box<str>> {
    let said = |wanted: &dyn Fn(&Diagnostic) -> bool| -> Vec<Box<str>> {
        let those = diagnostics.iter().filter(|diagnostic| wanted(diagnostic));
        those.map(|diagnostic| evenkeel_report::one_line(diagnostic, sources).into()).collect()
    };
    let blocking = said(&Diagnostic::blocks);
    let reasons = if blocking.is_empty() { said(&|diagnostic| diagnostic.code == codes::NO_ROUTING) } else { blocking };
    if reasons.is_empty() {
        vec!["the ops repo has no routing tree, so nobody would be told anything".into()]
    } else {
        reasons
    }
}

/// Says where a plan was committed.
pub(crate) fn committed(loaded: &mut Loaded, reading: &Reading) {
    let commit = reading.commit.as_ref().map(|commit| evenkeel_model::Commit {
        id: commit.id.to_string().into(),
        author: commit.author.as_str().into(),
        summary: commit.summary.as_str().into(),
    });
    if let Some(plan) = &mut loaded.plan {
        plan.commit = commit;
    }
}

/// The Alertmanager configuration among the files, without secrets.
pub(crate) fn config_text(loaded: &Loaded) -> String {
    let is_config = |text: &str| text.lines().any(|line| line.starts_with("route:"));
    loaded.redacted.iter().find(|file| is_config(&file.text)).map(|file| file.text.clone()).unwrap_or_default()
}
