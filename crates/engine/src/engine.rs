//! Handles one input to quiescence.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use evenkeel_alerting::{
    Bug, Context, Deadline, Decision, IncomingAlert, InhibitIndex, LeaseChange, Outcome, decide_alert, decide_deadline,
    decide_expire, decide_outcome, decide_silence, decide_unsendable, planted,
};
use evenkeel_ids::{GroupId, IncidentId, NoticeId, SilenceId};
use evenkeel_model::{Integration, Plan};
use evenkeel_record::{
    Actor, Body, ClockJumped, LastResortTold, Origin, PlanRefused, Record, RuleAlertsChanged, Started, Stopped,
};
use evenkeel_time::{Duration, Timestamp};

use evenkeel_incident::{Lease, SeenGroup, ToSend};

use crate::alerts::AlertsSeen;
use crate::expected::Expected;
use crate::{Answer, Effect, Input, Refusal, State};

/// Bounds on what is held.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// So many alerts may be open; more are refused until some are resolved.
    pub alerts_max: usize,
}

impl Default for Limits {
    /// 500,000 alerts: about 1 GB of memory, far above what anyone can act on.
    fn default() -> Self {
        Self { alerts_max: 500_000 }
    }
}

/// What came of inputs and is not durable yet.
#[derive(Debug, Default)]
pub struct Batch {
    /// In order.
    pub records: Vec<Record>,
    /// To be done once the records are durable.
    pub effects: Vec<Effect>,
}

/// State, plan and what is derived from them.
#[derive(Debug)]
pub struct Engine {
    pub(crate) state: State,
    pub(crate) plan: Arc<Plan>,
    limits: Limits,
    pub(crate) inhibit: InhibitIndex,
    pub(crate) expected: Expected,
    /// By receiver and integration.
    pub(crate) integrations: BTreeMap<(Arc<str>, Arc<str>), Arc<Integration>>,
    /// By person and contact.
    pub(crate) contacts: BTreeMap<(Arc<str>, Arc<str>), Arc<Integration>>,
    /// Records that something may follow from, and was not decided yet. Empty between inputs.
    pub(crate) reactions: VecDeque<Record>,
    /// Nothing was handled since the state was folded.
    folded: bool,
}

impl Engine {
    /// Takes up a folded state under a plan.
    ///
    /// Every firing alert gets a fresh lease, and every expected alert its full time: leases are not in
    /// the records, and nothing may resolve because they were lost.
    #[must_use]
    pub fn new(mut state: State, plan: Arc<Plan>, now: Timestamp, limits: Limits) -> Self {
        state.alerting.renew_all(now, plan.resolve_timeout);
        let mut engine = Self {
            state,
            plan: plan.clone(),
            limits,
            inhibit: InhibitIndex::default(),
            expected: Expected::default(),
            integrations: BTreeMap::new(),
            contacts: BTreeMap::new(),
            reactions: VecDeque::new(),
            folded: true,
        };
        engine.use_plan(plan, now);
        engine
    }

    /// What is known.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The plan decisions are made by.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// State, plan and instant, for those who ask why.
    #[must_use]
    pub fn context(&self, now: Timestamp) -> Context<'_> {
        Context { state: &self.state.alerting, plan: &self.plan, inhibit: &self.inhibit, now }
    }

    /// When [`Input::Deadline`] is due next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let alerting = self.state.alerting.next_deadline().map(|(at, _)| at);
        let incident = self.state.incident.next_deadline().map(|(at, _)| at);
        alerting.into_iter().chain(incident).chain(self.expected.next()).min()
    }

    /// Puts on record that work is taken up, adopts the plan if it is another one than before, sends again
    /// what has no outcome, and handles what came due in the meantime.
    pub fn start(&mut self, now: Timestamp, version: &str, findings: u32, batch: &mut Batch) {
        self.folded = false;
        let first = self.state.seq.0 == 0;
        let since = if first { Duration::ZERO } else { now - self.state.at };
        let zero = Duration::ZERO;
        // What a jump before the crash took in already is not taken in again.
        let clock_behind = zero.max(zero - since - self.state.behind);
        let body = Started { version: version.into(), down_for: since.max(zero), clock_behind };
        self.record(Body::Started(body), &Actor::system(), now, batch);
        self.state.alerting.renew_all(now, self.plan.resolve_timeout);
        self.state.alerting.draw_near(now);
        self.adopt(now, &Actor::system(), self.plan.clone(), findings, batch);
        self.incidents_started(now, batch);
        self.resend_open(now, batch);
        self.run_deadlines(now, batch);
    }

    /// Sends every open notice again whose outcome nobody will report: those of before a start or a fold.
    pub fn resend_open(&mut self, now: Timestamp, batch: &mut Batch) {
        if planted(Bug::ForgetOpenNoticesAfterRestart) {
            return;
        }
        let open: Vec<NoticeId> =
            self.state.alerting.notices().filter(|notice| now < notice.not_after).map(|notice| notice.id).collect();
        for notice in open {
            self.state.alerting.renew(LeaseChange::Tried { notice });
            self.notify(notice, now, batch);
        }
        self.resend_messages(now, batch);
    }

    /// Handles one input to quiescence.
    pub fn handle(&mut self, now: Timestamp, actor: &Actor, input: Input, batch: &mut Batch) -> Answer {
        let folded = std::mem::take(&mut self.folded);
        let answer = match input {
            Input::Alerts(alerts) => self.alerts(now, actor, &alerts, batch),
            Input::RuleAlerts { changes, alerts } => self.rule_alerts(now, actor, changes, &alerts, batch),
            Input::SetSilence(incoming) => {
                let decided = self.decide(now, actor, batch, |cx, decision| decide_silence(cx, &incoming, decision));
                self.silences_changed(now, batch);
                decided.map_or_else(|refusal| Answer::Refused(Refusal::Silence(refusal)), Answer::Silence)
            }
            Input::ExpireSilence(id) => self.expire_silence(now, actor, id, batch),
            Input::NoticeOutcome { notice, outcome } => self.outcome(now, notice, &outcome, batch),
            Input::MessageOutcome { of, address, outcome } => self.message_outcome(now, of, &address, &outcome, batch),
            Input::Command { by, command } => self.command(now, actor, &by, &command, batch),
            Input::SetOverride(incoming) => self.set_override(now, actor, &incoming, batch),
            Input::RemoveOverride(id) => self.remove_override(now, actor, id, batch),
            Input::CreateToken { maker, token } => self.create_token(now, actor, &maker, *token, batch),
            Input::RevokeToken { caller, token } => self.revoke_token(now, actor, &caller, token, batch),
            Input::Report { facts, origin } => self.report(now, actor, &facts, origin, batch),
            Input::Attest(incoming) => self.attest(now, actor, &incoming, batch),
            Input::WithdrawAttestation { attestation, reason } => {
                self.withdraw_attestation(now, actor, attestation, &reason, batch)
            }
            Input::OpenImprovement(incoming) => self.open_improvement(now, actor, &incoming, batch),
            Input::DropImprovement { improvement, reason } => {
                self.drop_improvement(now, actor, improvement, &reason, batch)
            }
            Input::JudgeImprovements(judged) => self.judge_improvements(now, actor, &judged, batch),
            Input::SetMilestone(incoming) => self.set_milestone(now, actor, &incoming, batch),
            Input::NoteFindings(found) => self.note_findings(now, actor, found, batch),
            Input::Subscription(input) => self.subscription(now, actor, input, batch),
            Input::Deadline => Answer::Done,
            Input::AdoptPlan { plan, findings } => self.adopt(now, actor, plan, findings, batch),
            Input::RefusePlan { errors } => self.note(Body::PlanRefused(PlanRefused { errors }), actor, now, batch),
            Input::ClockJumped { by } => {
                self.expected.shift(by);
                self.note(Body::ClockJumped(ClockJumped { by }), actor, now, batch);
                if folded {
                    // The fold gave leases by the clock that jumped already; moved along they may be over.
                    self.state.alerting.renew_all(now, self.plan.resolve_timeout);
                }
                Answer::Done
            }
            Input::LastResortTold { receiver, reason, sent_at, delivered } => {
                let body = LastResortTold { receiver, reason, sent_at, delivered };
                self.note(Body::LastResortTold(body), actor, now, batch)
            }
            Input::Stop { reason } => return self.note(Body::Stopped(Stopped { reason }), actor, now, batch),
        };
        self.run_deadlines(now, batch);
        answer
    }

    fn note(&mut self, body: Body, actor: &Actor, now: Timestamp, batch: &mut Batch) -> Answer {
        self.record(body, actor, now, batch);
        Answer::Done
    }

    fn alerts(&mut self, now: Timestamp, actor: &Actor, alerts: &[IncomingAlert], batch: &mut Batch) -> Answer {
        let mut refused = false;
        for alert in alerts {
            let over = alert.ends_at.is_some_and(|end| end <= now);
            let full = self.state.alerting.counts().0 >= self.limits.alerts_max;
            if full && !over && self.state.alerting.alert_with(&alert.labels).is_none() {
                refused = true;
                continue;
            }
            self.decide(now, actor, batch, |cx, decision| decide_alert(cx, alert, decision));
            if self.plan.expected_alerts.is_empty() {
                continue;
            }
            let plan = self.plan.clone();
            for absence_over in self.expected.seen(&plan, alert, now) {
                self.decide(now, &Actor::system(), batch, |cx, decision| decide_alert(cx, &absence_over, decision));
            }
        }
        if refused { Answer::Refused(Refusal::TooManyAlerts { max: self.limits.alerts_max }) } else { Answer::Done }
    }

    fn rule_alerts(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        changes: Vec<RuleAlertsChanged>,
        alerts: &[IncomingAlert],
        batch: &mut Batch,
    ) -> Answer {
        for change in changes {
            if let Some(news) = self.state.alerting.rule_alerts().news(change) {
                self.record(Body::RuleAlertsChanged(news), actor, now, batch);
            }
        }
        self.alerts(now, actor, alerts, batch)
    }

    fn expire_silence(&mut self, now: Timestamp, actor: &Actor, id: SilenceId, batch: &mut Batch) -> Answer {
        let decided = self.decide(now, actor, batch, |cx, decision| decide_expire(cx, id, decision));
        self.silences_changed(now, batch);
        decided.map_or_else(|refusal| Answer::Refused(Refusal::Silence(refusal)), |()| Answer::Done)
    }

    fn outcome(&mut self, now: Timestamp, notice: NoticeId, outcome: &Outcome, batch: &mut Batch) -> Answer {
        self.decide(now, &Actor::system(), batch, |cx, decision| decide_outcome(cx, notice, outcome, decision));
        Answer::Done
    }

    /// Handles everything that is due, in order, until nothing is.
    ///
    /// INVARIANT: each deadline that is handled is disarmed or armed for later, so this ends.
    fn run_deadlines(&mut self, now: Timestamp, batch: &mut Batch) {
        loop {
            let plan = self.plan.clone();
            for absence in self.expected.overdue(&plan, now) {
                self.decide(now, &Actor::system(), batch, |cx, decision| decide_alert(cx, &absence, decision));
            }
            self.settle(now, batch);
            let alerting = self.state.alerting.next_deadline().filter(|(at, _)| *at <= now);
            let incident = self.state.incident.next_deadline().filter(|(at, _)| *at <= now);
            match (alerting, incident) {
                (None, None) => return,
                (Some((at, deadline)), other) if other.is_none_or(|(other, _)| at <= other) => {
                    self.deadline(now, deadline, batch);
                    let handled = self.state.alerting.next_deadline() != Some((at, deadline));
                    assert!(handled, "a handled deadline is disarmed or armed for later");
                }
                (_, Some((at, deadline))) => {
                    self.incident_deadline(now, deadline, batch);
                    let handled = self.state.incident.next_deadline() != Some((at, deadline));
                    assert!(handled, "a handled deadline is disarmed or armed for later: {deadline:?}");
                }
                (Some(_), None) => {}
            }
        }
    }

    fn deadline(&mut self, now: Timestamp, deadline: Deadline, batch: &mut Batch) {
        let again = self.decide(now, &Actor::system(), batch, |cx, decision| decide_deadline(cx, deadline, decision));
        if let Some(notice) = again {
            self.notify(notice, now, batch);
        }
    }

    /// Decides on the present state and takes the decision in: records, then leases.
    pub(crate) fn decide<T>(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        batch: &mut Batch,
        decide: impl FnOnce(&Context<'_>, &mut Decision) -> T,
    ) -> T {
        let mut decision = Decision::new(self.state.seq.next());
        let answer = decide(&self.context(now), &mut decision);
        let (seen, incidents) = self.seen(now, &decision.leases);
        for body in decision.records {
            self.record(body, actor, now, batch);
        }
        for change in decision.leases {
            self.state.alerting.renew(change);
        }
        for seen in seen {
            self.group_seen(now, &seen, batch);
        }
        self.unwatched_seen(now, incidents, batch);
        answer
    }

    /// The groups that a decision looked at, as they stand before it is taken in: one that told all there was to tell may
    /// be gone after. And the incidents of their alerts, of which some may
    /// be under a key that no group has any more.
    fn seen(&self, now: Timestamp, leases: &[LeaseChange]) -> (Vec<SeenGroup>, Vec<IncidentId>) {
        if self.plan.catalogue.attached.is_empty() && self.state.incident.no_alerts() {
            return (Vec::new(), Vec::new());
        }
        let looked_at = leases.iter().filter_map(|lease| match lease {
            LeaseChange::Flushed { group, .. } => Some(*group),
            LeaseChange::AlertSeen { .. }
            | LeaseChange::FlushAt { .. }
            | LeaseChange::RetryAt { .. }
            | LeaseChange::Doubtful { .. }
            | LeaseChange::Tried { .. } => None,
        });
        let alerts = AlertsSeen(self.context(now));
        let groups: Vec<GroupId> = looked_at.collect();
        let theirs = |group: &GroupId| alerts.incidents(*group, &self.state.incident);
        let incidents = groups.iter().flat_map(theirs).collect();
        (groups.into_iter().filter_map(|group| alerts.seen(group)).collect(), incidents)
    }

    pub(crate) fn record(&mut self, body: Body, actor: &Actor, now: Timestamp, batch: &mut Batch) {
        self.record_as(Origin::Observed, body, actor, now, batch);
    }

    pub(crate) fn record_as(&mut self, origin: Origin, body: Body, actor: &Actor, now: Timestamp, batch: &mut Batch) {
        let record = Record {
            seq: self.state.seq.next(),
            at: now.max(self.state.at),
            actor: actor.clone(),
            origin,
            plan: self.state.plan,
            body,
        };
        self.index(&record.body, &record);
        self.state.apply(&record);
        self.await_reaction(&record);
        let notice = matches!(record.body, Body::NoticeIntended(_)).then_some(NoticeId(record.seq));
        let message = message_of(&record);
        batch.records.push(record);
        if let Some(notice) = notice {
            self.state.alerting.renew(LeaseChange::Tried { notice });
            self.notify(notice, now, batch);
        }
        if let Some((of, address)) = message {
            self.state.incident.renew(Lease::Tried { of, address: address.clone() });
            self.send(of, &address, now, batch);
        }
    }

    /// Keeps what is derived in step; called before the record is applied, while a resolved alert is still there.
    fn index(&mut self, body: &Body, record: &Record) {
        if let Body::AlertFired(fired) = body {
            let id = fired.again.unwrap_or(evenkeel_ids::AlertId(record.seq));
            self.inhibit.fired(&self.plan, id, &fired.labels);
        }
        if let Body::AlertResolved(resolved) = body
            && let Some(alert) = self.state.alerting.alert(resolved.alert)
        {
            self.inhibit.resolved(&self.plan, alert.id, &alert.labels);
        }
    }

    /// The effect of an open notice: to be sent, or on record as one that cannot be.
    fn notify(&mut self, id: NoticeId, now: Timestamp, batch: &mut Batch) {
        let Some(notice) = self.state.alerting.notice(id) else { return };
        let key = (notice.receiver.clone(), notice.integration.clone());
        let message = self.state.alerting.message(notice);
        if let (Some(message), Some(integration)) = (message, self.integrations.get(&key)) {
            batch.effects.push(Effect::Notify { message, integration: integration.clone() });
            return;
        }
        let reason = format!("receiver `{}` has no {} in the plan any more", key.0, key.1);
        self.decide(now, &Actor::system(), batch, |cx, decision| decide_unsendable(cx, id, &reason, decision));
    }
}

/// The message that is to go by a record.
fn message_of(record: &Record) -> Option<ToSend> {
    if let Body::MessageIntended(body) = &record.body { Some((body.of, body.address.clone())) } else { None }
}
