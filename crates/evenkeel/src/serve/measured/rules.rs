//! The rules of the plan, evaluated when they are due: one thread, whose state is what the records say.
//!
//! What changes of alerts is durable, in one commit with the alerts that are sent, before the next evaluation. When it cannot be
//! made durable, the state goes back to what the records say, and the next evaluation finds the same again. After a start it
//! comes from the records, too; time in which nothing was evaluated does not count as time in which an expression held.

mod incoming;
mod shown;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use evenkeel_engine::{Answer, Input, Submission};
use evenkeel_ids::PlanHash;
use evenkeel_labels::LabelSet;
use evenkeel_model::Plan;
use evenkeel_promql_eval::Limits;
use evenkeel_record::Actor;
use evenkeel_rules::{Defaults, Evaluated, Options, Resident, ResidentOptions, RuleSet, State, evaluate};
use evenkeel_time::{Duration as Span, Timestamp};

use super::budgets::Budgets;
use super::contracts::Contracts;
use super::kpis::Kpis;
use super::{Deadline, query_limits};
use crate::serve::desk::Shared;
use crate::serve::inbox::Item;
use crate::serve::wall_now;

/// A new plan is looked for at least this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long one evaluation of all groups that are due may take. Rules that come after are said to have failed.
const CYCLE_WITHIN: Duration = Duration::from_secs(60);
/// A firing alert is sent again after so long. Source: Prometheus, `rules.alert.resend-delay`.
const RESEND_AFTER: Span = Span::minutes(1);
/// Annotations with values in them are renewed after so long: each time is a record.
const ANNOTATE_AFTER: Span = Span::minutes(5);
/// What workloads promise is looked at this often.
const CONTRACTS_EVERY: Span = Span::minutes(1);
/// Where objectives and KPIs stand is reckoned this often: their windows are weeks.
const BUDGETS_EVERY: Span = Span::minutes(5);
/// Who sends alerts of rules.
const ACTOR: &str = "rules";

/// The thread; ends when it is stopped.
pub(crate) struct Rules {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Rules {
    /// Begins; nothing was evaluated for `unseen`.
    pub(crate) fn start(shared: Arc<Shared>, external_url: String, unseen: Span) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let runner = Runner::new(shared, external_url, unseen);
        let thread = thread::Builder::new().name("rules".to_owned()).spawn(move || runner.run(&asked))?;
        Ok(Self { stop, thread })
    }

    /// Lets the evaluation that is under way end.
    pub(crate) fn stop(self) {
        self.stop.store(true, Ordering::Release);
        self.thread.thread().unpark();
        if self.thread.join().is_err() {
            tracing::error!("the evaluation of rules ended by a bug");
        }
    }
}

struct Runner {
    shared: Arc<Shared>,
    external_url: String,
    limits: Limits,
    /// The plan whose rules these are.
    plan: PlanHash,
    set: RuleSet,
    state: State,
    resident: Resident,
    /// How long each group's last evaluation took. Units: seconds.
    seconds: Vec<f64>,
    contracts: Contracts,
    contracts_at: Option<Timestamp>,
    budgets: Budgets,
    kpis: Kpis,
    budgets_at: Option<Timestamp>,
}

impl Runner {
    fn new(shared: Arc<Shared>, external_url: String, unseen: Span) -> Self {
        let mut runner = Self {
            shared,
            external_url,
            limits: query_limits(),
            plan: PlanHash::NONE,
            set: RuleSet::default(),
            state: State::default(),
            resident: Resident::new(ResidentOptions::default()),
            seconds: Vec::new(),
            contracts: Contracts::default(),
            contracts_at: None,
            budgets: Budgets::default(),
            kpis: Kpis::default(),
            budgets_at: None,
        };
        let plan = runner.present_plan();
        runner.take_rules(&plan, wall_now());
        runner.restore(unseen);
        runner
    }

    fn run(mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::Acquire) {
            let now = wall_now();
            let plan = self.present_plan();
            if plan.hash != self.plan {
                self.take_rules(&plan, now);
            }
            if self.state.next_due(&self.set).is_some_and(|due| due <= now) {
                self.cycle(now);
            }
            if is_due(self.contracts_at, CONTRACTS_EVERY, now) {
                self.contracts_at = Some(now);
                self.look_at_contracts(&plan, now);
            }
            if is_due(self.budgets_at, BUDGETS_EVERY, now) {
                self.budgets_at = Some(now);
                self.look_at_budgets(&plan, now);
                self.look_at_kpis(&plan, now);
            }
            thread::park_timeout(self.rest());
        }
    }

    fn present_plan(&self) -> Arc<Plan> {
        Arc::clone(self.shared.driver().engine().plan())
    }

    /// Until the next group is due, or a new plan is looked for.
    fn rest(&self) -> Duration {
        let due = self.state.next_due(&self.set).map(|due| (due - wall_now()).max(Span::ZERO).to_std());
        due.unwrap_or(LOOK_EVERY).min(LOOK_EVERY)
    }

    fn take_rules(&mut self, plan: &Plan, now: Timestamp) {
        let (written, made) = (&plan.catalogue.rules, evenkeel_slo::generated(&plan.catalogue.objectives));
        let rules: Vec<_> = written.iter().cloned().chain(made).collect();
        self.kpis.adopt(&plan.catalogue.kpis, &rules);
        let interval = self.shared.measured.options.rules_interval;
        self.set = RuleSet::new(&rules, Defaults { interval, ..Defaults::default() });
        self.state.adopt(&self.set, now);
        self.plan = plan.hash;
        (self.contracts_at, self.budgets_at) = (None, None);
        self.seconds = vec![0.0; self.set.groups.len()];
        self.show();
    }

    /// What the records say of pending and firing alerts.
    fn restore(&mut self, unseen: Span) {
        let shared = Arc::clone(&self.shared);
        let driver = shared.driver();
        let alerts = driver.engine().state().alerting.rule_alerts();
        self.state.restore(alerts.iter().map(|(rule, alert)| (rule.into(), alert.into())), unseen);
    }

    fn cycle(&mut self, now: Timestamp) {
        let store = self.shared.measured.source();
        let until = Deadline::after(CYCLE_WITHIN);
        let (seconds, began) = (RefCell::new(&mut self.seconds), RefCell::new(Instant::now()));
        let finished = |group: usize| {
            let took = began.replace(Instant::now()).elapsed();
            if let Some(seconds) = seconds.borrow_mut().get_mut(group) {
                *seconds = took.as_secs_f64();
            }
        };
        let options = Options {
            limits: &self.limits,
            stop: &until,
            external_labels: &LabelSet::default(),
            external_url: &self.external_url,
            resend_after: RESEND_AFTER,
            annotate_after: ANNOTATE_AFTER,
            finished: &finished,
        };
        if let Some(oldest) = self.shared.measured.store.oldest_appended() {
            self.resident.heard(oldest);
        }
        let source = self.resident.over(store.querier(), now);
        let evaluated = evaluate(&mut self.state, &self.set, &source, now, &options);
        self.resident.settle();
        for problem in &evaluated.problems {
            let (rule, error) = (&problem.rule, &problem.error);
            tracing::warn!(file = %rule.file, group = %rule.group, rule = %rule.name, %error, "a rule cannot be evaluated");
        }
        if self.tell(&evaluated) {
            self.shared.measured.keep_recorded(&evaluated.recorded, now);
        } else {
            // What is not durable did not happen.
            self.state = State::new(&self.set, now);
            self.restore(Span::ZERO);
        }
        self.show();
    }

    /// Puts what changed on record, and sends alerts; says whether that is durable.
    fn tell(&self, evaluated: &Evaluated) -> bool {
        let changes: Vec<_> = evaluated.changes.iter().map(Into::into).collect();
        let alerts: Vec<_> = evaluated.alerts.iter().filter_map(incoming::incoming).collect();
        if changes.is_empty() && alerts.is_empty() {
            return true;
        }
        let submission = Submission { actor: Actor(ACTOR.into()), input: Input::RuleAlerts { changes, alerts } };
        let answer = match self.shared.inbox.ask(submission) {
            Ok(answer) => answer.blocking_recv(),
            Err(unavailable) => {
                tracing::warn!(%unavailable, "alerts of rules wait for the next evaluation");
                return false;
            }
        };
        match answer {
            Ok(Ok(Answer::Refused(refusal))) => {
                tracing::error!(%refusal, "alerts of rules are refused");
                true
            }
            Ok(Ok(_)) => true,
            Ok(Err(unavailable)) => {
                tracing::warn!(%unavailable, "alerts of rules wait for the next evaluation");
                false
            }
            // The engine's thread is gone: the server stops.
            Err(_) => false,
        }
    }

    fn look_at_contracts(&mut self, plan: &Plan, now: Timestamp) {
        let store = self.shared.measured.source();
        let told = self.contracts.look(&plan.catalogue.standing.signal_contracts, store.querier(), now);
        if let Some(submission) = told {
            self.shared.inbox.put(Item::Own(submission));
        }
    }

    fn look_at_budgets(&mut self, plan: &Plan, now: Timestamp) {
        let store = self.shared.measured.source();
        let until = Deadline::after(CYCLE_WITHIN);
        let (all, told) = self.budgets.look(&plan.catalogue.objectives, store.querier(), &until, now);
        self.shared.measured.show_budgets(all);
        if let Some(submission) = told {
            self.shared.inbox.put(Item::Own(submission));
        }
    }

    fn look_at_kpis(&mut self, plan: &Plan, now: Timestamp) {
        let store = self.shared.measured.source();
        let until = Deadline::after(CYCLE_WITHIN);
        let looked = self.kpis.look(&plan.catalogue.kpis, store.querier(), &until, now);
        for (kpi, error) in &looked.faults {
            tracing::warn!(%kpi, %error, "a KPI has no value");
        }
        self.shared.measured.show_kpis(looked.all);
        if let Some(submission) = looked.told {
            self.shared.inbox.put(Item::Own(submission));
        }
    }

    fn show(&self) {
        let missed = self.state.groups.iter().map(|group| group.missed).sum();
        self.shared.measured.show_rules(shown::groups(&self.set, &self.state, &self.seconds), missed);
    }
}

/// Whether something that is done every so often is to be done; a clock that went back makes it due.
fn is_due(last: Option<Timestamp>, every: Span, now: Timestamp) -> bool {
    last.is_none_or(|at| now < at || now - at >= every)
}
