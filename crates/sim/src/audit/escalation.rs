//! Records about escalation: which step, when, and whom it leads to.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::Command;
use evenkeel_model::Plan;
use evenkeel_record::{Ask, EscalationCause, IncidentEscalated, IncidentUnroutable};
use evenkeel_time::Duration;

use crate::cases::{Case, Due, Must, PageEnd, Phase, Stand, StandIn};
use crate::clock::{MINUTE, Mono, SECOND};
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::reference::{escalation, paging};
use crate::violation::{Check, Violation, hold};

/// A step that is later than this at a start is not taken: the one before is, again.
const LATE: Mono = 2 * MINUTE;

impl Ledger {
    pub(crate) fn stand_ins(&self) -> Vec<&StandIn> {
        self.cases.stand_ins.values().collect()
    }

    pub(super) fn incident_escalated(&mut self, body: &IncidentEscalated, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let (Some(plan), Some(case)) = (self.plan.clone(), self.cases.open.get(&id).cloned()) else {
            return Err(Violation::new(Check::StepsInOrder, format!("{id} is escalated and not there")));
        };
        hold!(case.active(), SilencedPagesNobody, "{id} is escalated as {:?}", case.phase);
        let asked = body.cause == EscalationCause::Asked;
        let quiet = case.paused.is_some() && !asked;
        hold!(!quiet, SilencedPagesNobody, "{id} is paused and escalated");
        self.step_has_cause(id, &case, body, facts)?;
        let go_on = match body.cause {
            EscalationCause::Unanswered | EscalationCause::Unreachable => true,
            EscalationCause::Asked => body.to.is_none() && case.stand.is_some(),
            EscalationCause::Opened
            | EscalationCause::Restarted
            | EscalationCause::Resumed
            | EscalationCause::Worse
            | EscalationCause::AcknowledgementExpired => false,
        };
        let stand_ins = self.stand_ins();
        let chosen = if let Some(DocumentRef::Policy(name)) = &body.to { Some(name) } else { None };
        let stop = escalation::next_stop(&plan, &stand_ins, &case, go_on, chosen, facts.now);
        let took = (&*body.policy, usize::try_from(body.step).unwrap_or(usize::MAX), body.round, body.last_resort);
        let wanted =
            stop.as_ref().map_or(("", 0, 0, false), |stop| (&*stop.policy, stop.step, stop.round, stop.last_resort));
        let before = case.stand.as_ref().map(|stand| (&stand.policy, stand.step, stand.round, stand.last_resort));
        let led_by_person = stop.is_some() || body.to.is_some();
        hold!(
            took == wanted && led_by_person,
            StepsInOrder,
            "{id} takes {took:?}, was at {before:?}, {wanted:?} is next"
        );
        let step = plan.catalogue.policies.get(&body.policy).and_then(|policy| policy.steps.get(took.1));
        let targets = match &body.to {
            Some(to) if chosen.is_none() || stop.is_none() => std::slice::from_ref(to),
            Some(_) | None => step.map_or(&[][..], |step| &step.to),
        };
        let (who, astray) = paging::led_to(&plan, &stand_ins, targets, facts.now);
        let visible = astray != body.unresolved.is_empty();
        hold!(visible, RightPeoplePaged, "{id}: {targets:?} lead to {who:?}, said to be astray: {:?}", body.unresolved);
        let wait = step.map_or(Duration::minutes(5), |step| step.wait);
        let next_at = paging::first_try(&plan, &who, case.severity, facts.now).max(facts.now) + wait;
        hold!(body.next_at == next_at, StepInTime, "{id}: next step at {}, not {next_at}", body.next_at);
        let left = plan.catalogue.policies.get(&body.policy).is_some_and(|policy| took.1 + 1 < policy.steps.len());
        let nobody = who.is_empty();
        self.owe_pages(id, who, left);
        let next = Some(Due::at(facts.mono + (next_at - facts.now).0));
        self.stand(
            id,
            body,
            Stand {
                policy: body.policy.clone(),
                step: took.1,
                round: body.round,
                last_resort: body.last_resort,
                chosen: chosen.cloned().or_else(|| case.stand.and_then(|stand| stand.chosen)),
                next,
                pages: BTreeSet::new(),
                nobody,
            },
        );
        self.use_link(body.page);
        Ok(())
    }

    /// Whoever the step leads to is paged in this commit; where it leads to nobody, the next step is taken.
    fn owe_pages(&mut self, id: IncidentId, who: BTreeSet<DocumentRef>, left: bool) {
        if who.is_empty() && left {
            self.cases.must.push(Must::Step(id, EscalationCause::Unreachable));
        }
        self.cases.must.extend(who.into_iter().map(|to| Must::Page(id, to, Ask::Acknowledge)));
    }

    fn stand(&mut self, id: IncidentId, body: &IncidentEscalated, stand: Stand) {
        let Some(case) = self.cases.open.get_mut(&id) else { return };
        case.stand = Some(stand);
        case.unroutable = None;
        if body.cause == EscalationCause::Asked {
            case.phase = Phase::Open;
            case.overruled |= case.paused.take().is_some();
        }
    }

    /// None is early, none late, each for a reason that is known.
    fn step_has_cause(
        &mut self,
        id: IncidentId,
        case: &Case,
        body: &IncidentEscalated,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let owed = Must::Step(id, body.cause);
        let owed = self.cases.must.iter().position(|must| *must == owed).map(|at| self.cases.must.remove(at));
        if body.cause != EscalationCause::Asked {
            let bad = self.bad(case, facts.now) || case.overruled;
            let begins = body.cause == EscalationCause::Opened && owed.is_some();
            hold!(bad || begins, SilencedPagesNobody, "{id}: {:?} step, and nothing may be told of it", body.cause);
            hold!(case.phase == Phase::Open, SilencedPagesNobody, "{id}: {:?} step as {:?}", body.cause, case.phase);
        }
        let due = case.stand.as_ref().and_then(|stand| stand.next);
        match body.cause {
            EscalationCause::Asked => {
                let asked = facts.asked(|command| {
                    matches!(command, Command::Escalate { incident, to, reason }
                        if *incident == id && *to == body.to && *reason == body.reason)
                });
                hold!(asked, StepsInOrder, "{id}: nobody asked for a step");
            }
            EscalationCause::Unanswered => {
                hold!(case.unroutable.is_none(), StepsInOrder, "{id}: unanswered, and nobody was asked");
                let Some(due) = due else { return self.no_step(id, body) };
                facts.on_time(due, self.cases.calm_since, Check::StepInTime, &format!("{id}: the next step"))?;
                let late = facts.mono - due.at;
                let caught_up = facts.start && due.exact && late > LATE + SECOND;
                hold!(!caught_up, OneStepAtAStart, "{id} goes on {late} ms late, not back");
                let steps = self.cases.stepped.entry(id).or_default();
                *steps += 1;
                hold!(*steps < 2, OneStepAtAStart, "{id} takes {steps} steps at once");
            }
            EscalationCause::Restarted => {
                let late = due.map(|due| (facts.mono - due.at, due.exact));
                let good = facts.start && late.is_some_and(|(late, exact)| !exact || late > LATE - SECOND);
                hold!(good, OneStepAtAStart, "{id} steps back: start {}, late {late:?}", facts.start);
                let steps = self.cases.stepped.entry(id).or_default();
                *steps += 1;
                hold!(*steps < 2, OneStepAtAStart, "{id} takes {steps} steps at a start");
            }
            EscalationCause::Unreachable => {
                let stand = case.stand.as_ref();
                let failed = stand.is_some_and(|stand| stand.nobody || self.step_failed(stand));
                hold!(failed, StepsInOrder, "{id} goes on at once, and somebody can still be reached");
            }
            EscalationCause::Opened => {
                let retried = case.unroutable.is_some();
                hold!(owed.is_some() || retried, StepsInOrder, "{id} begins, and had begun");
            }
            EscalationCause::Resumed | EscalationCause::Worse | EscalationCause::AcknowledgementExpired => {
                hold!(owed.is_some(), StepsInOrder, "{id}: nothing leads to a step {:?}", body.cause);
            }
        }
        Ok(())
    }

    fn no_step(&self, id: IncidentId, body: &IncidentEscalated) -> Result<(), Violation> {
        Err(Violation::new(Check::StepsInOrder, format!("{id}: no step is due, and {:?} is taken", body.cause)))
    }

    /// Whether every page of the step failed.
    pub(crate) fn step_failed(&self, stand: &Stand) -> bool {
        let pages = stand.pages.iter().filter_map(|page| self.cases.sheets.get(&page.0.0));
        let mut asked = pages.filter(|page| page.asks() == Some(Ask::Acknowledge)).peekable();
        asked.peek().is_some() && asked.all(|page| page.end == PageEnd::Failed)
    }

    /// Nobody can be paged: so it is, and the receiver of last resort hears of it.
    pub(super) fn incident_unroutable(&mut self, body: &IncidentUnroutable, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let Some(case) = self.cases.open.get(&id).cloned() else {
            return Err(Violation::new(Check::SomebodyIsPaged, format!("{id} is unroutable and not there")));
        };
        hold!(case.unroutable.is_none(), UnchangedCostsNothing, "{id} was unroutable already");
        let reachable = [true, false].map(|go_on| self.stop(&plan, &case, go_on, facts));
        let nobody = reachable.iter().any(Option::is_none);
        hold!(nobody, SomebodyIsPaged, "{id} is unroutable, and {reachable:?} can be paged");
        self.cases.must.retain(|must| !matches!(must, Must::Step(of, _) if *of == id));
        let to = DocumentRef::Receiver(plan.last_resort.receiver.clone());
        if case.paused.is_none() {
            self.cases.must.push(Must::Page(id, to, Ask::Acknowledge));
        }
        if let Some(case) = self.cases.open.get_mut(&id) {
            case.unroutable = Some(facts.mono);
        }
        Ok(())
    }

    pub(crate) fn stop(&self, plan: &Arc<Plan>, case: &Case, go_on: bool, facts: &Facts) -> Option<escalation::Stop> {
        escalation::next_stop(plan, &self.stand_ins(), case, go_on, None, facts.now)
    }
}
