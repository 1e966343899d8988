//! One case, played by the engine in virtual time.

mod notes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_delivery::Outcome;
use evenkeel_engine::{Batch, Effect, Engine, IncomingAlert, Input, InvalidAlert, Limits, State};
use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::{By, Command};
use evenkeel_labels::LabelSet;
use evenkeel_model::Plan;
use evenkeel_model::document::{CaseAlert, RoutingCase};
use evenkeel_record::{Actor, SentId};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use notes::Notes;

/// A case ends after this many deadlines, whatever is due then.
const STEPS_MAX: usize = 100_000;
/// Alerts fire on for this long after the end, so that nothing resolves while it is watched.
const FIRES_ON: Duration = Duration::hours(24);

/// What became of a case's alerts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Played {
    /// Keys of the routes they took.
    pub routes: BTreeSet<Arc<str>>,
    /// Who was told; a receiver without integrations counts as told when its route was not muted.
    pub receivers: BTreeSet<Arc<str>>,
    /// Receivers that would have been told, and the time interval that muted them.
    pub muted: BTreeMap<Arc<str>, Box<str>>,
    /// Incidents that were opened, in order.
    pub incidents: Vec<PlayedIncident>,
    /// Pages, in order; those that ask to approve an update are left out.
    pub pages: Vec<PlayedPage>,
}

/// An incident that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayedIncident {
    /// Which.
    pub id: IncidentId,
    /// By which response plan.
    pub response_plan: Arc<str>,
    /// How bad it was when it was opened.
    pub severity: Severity,
    /// Why it is that bad.
    pub severity_reason: Box<str>,
    /// Why nobody could be paged.
    pub unroutable: Option<Box<str>>,
}

/// Somebody who was paged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayedPage {
    /// A person or a receiver.
    pub to: DocumentRef,
    /// How long after the alerts fired.
    pub after: Duration,
    /// How it came to be them.
    pub because: Vec<Box<str>>,
    /// Contacts that were tried, each with how long after the alerts fired.
    pub contacts: Vec<(Arc<str>, Duration)>,
}

/// Why a case cannot be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplayable {
    /// An alert of it is none that a server would take.
    InvalidAlert(InvalidAlert),
    /// So much came due that it was stopped.
    TooLong,
}

/// Plays a case: its alerts fire at its instant, every message arrives at once, and the person paged last answers when
/// the case says so.
///
/// # Errors
/// [`Unplayable`] when the case's alerts are none, or too much happens.
pub fn play(plan: &Arc<Plan>, case: &RoutingCase) -> Result<Played, Unplayable> {
    let alerts = alerts(case)?;
    let mut stage = Stage::new(plan, case.at);
    stage.handle(case.at, &Actor("routing-test".into()), Input::Alerts(alerts));
    let (until, answer) = (case.at + case.watched_for, case.acknowledged_after.map(|after| case.at + after));
    let mut answer = answer.filter(|at| *at <= until);
    for _ in 0..STEPS_MAX {
        let due = stage.engine.next_deadline().filter(|at| *at <= until);
        match (due, answer) {
            (Some(due), answer_at) if answer_at.is_none_or(|at| due < at) => {
                stage.handle(due, &Actor::system(), Input::Deadline);
            }
            (_, Some(at)) => {
                answer = None;
                stage.acknowledge(at);
            }
            (_, None) => return Ok(stage.notes.played(stage.engine.plan())),
        }
    }
    Err(Unplayable::TooLong)
}

fn alerts(case: &RoutingCase) -> Result<Vec<IncomingAlert>, Unplayable> {
    let alert = |alert: &CaseAlert| IncomingAlert {
        labels: labels(&alert.labels),
        annotations: labels(&alert.annotations),
        starts_at: Some(case.at),
        ends_at: Some(case.at + case.watched_for + FIRES_ON),
        generator_url: "".into(),
    };
    let checked = case.alerts.iter().map(alert).map(|alert| match alert.validate() {
        Ok(()) => Ok(alert),
        Err(invalid) => Err(Unplayable::InvalidAlert(invalid)),
    });
    checked.collect()
}

fn labels(written: &[(evenkeel_model::document::Text, evenkeel_model::document::Text)]) -> LabelSet {
    LabelSet::new(written.iter().map(|(name, value)| (name.value.clone(), value.value.clone())))
}

/// The engine, and who watches it.
struct Stage {
    engine: Engine,
    notes: Notes,
}

impl Stage {
    fn new(plan: &Arc<Plan>, at: Timestamp) -> Self {
        let mut plan = Plan::clone(plan);
        // Nobody sends what is expected; its absence would raise alerts that no case is about.
        plan.expected_alerts.clear();
        let mut engine = Engine::new(State::default(), Arc::new(plan), at, Limits::default());
        engine.start(at, env!("CARGO_PKG_VERSION"), 0, &mut Batch::default());
        Self { engine, notes: Notes::new(at) }
    }

    /// Handles an input, and takes every message that goes out as delivered, until no more go.
    fn handle(&mut self, now: Timestamp, actor: &Actor, input: Input) {
        let mut batch = Batch::default();
        self.engine.handle(now, actor, input, &mut batch);
        while !batch.effects.is_empty() || !batch.records.is_empty() {
            self.notes.read(&batch.records);
            let outcomes: Vec<Input> = batch.effects.drain(..).map(delivered).collect();
            batch = Batch::default();
            for outcome in outcomes {
                self.engine.handle(now, &Actor::system(), outcome, &mut batch);
            }
        }
    }

    /// The person paged last for each open incident takes it on.
    fn acknowledge(&mut self, now: Timestamp) {
        for (incident, page, person) in self.notes.last_asked() {
            let by = By { person: Some(Arc::clone(&person)), page: Some(page), may_approve: false };
            let actor = Actor(DocumentRef::Person(person).to_string().into());
            self.handle(now, &actor, Input::Command { by, command: Command::Acknowledge(incident) });
        }
    }
}

fn delivered(effect: Effect) -> Input {
    let outcome = Outcome::Delivered;
    match effect {
        Effect::Notify { message, .. } => Input::NoticeOutcome { notice: message.notice, outcome },
        Effect::Page { message, .. } => {
            Input::MessageOutcome { of: SentId::Page(message.page), address: message.contact, outcome }
        }
        Effect::Update { message, .. } => {
            Input::MessageOutcome { of: SentId::Update(message.update), address: message.address, outcome }
        }
    }
}
