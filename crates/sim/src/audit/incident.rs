//! Records about incidents: when one begins, is joined, paused, taken on, over.

use std::collections::BTreeSet;

use evenkeel_ids::{AlertId, IncidentId};
use evenkeel_incident::Command;
use evenkeel_record::{
    AcknowledgementExpired, Ask, EscalationCause, IncidentAcknowledged, IncidentJoined, IncidentKey, IncidentOpened,
    IncidentPaused, IncidentRerouted, IncidentResumed, Record,
};

use crate::cases::{Case, Due, Held, Must, PageEnd, Phase, Stand};
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::reference::{escalation, severity};
use crate::violation::{Violation, hold};

impl Ledger {
    pub(super) fn incident_opened(
        &mut self,
        body: &IncidentOpened,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = IncidentId(record.seq);
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let Some(response) = plan.catalogue.response_plans.get(&body.response_plan) else {
            return Err(Violation::new(
                crate::violation::Check::IncidentHasCause,
                format!("{id}: no response plan {}", body.response_plan),
            ));
        };
        match &body.key {
            None => {
                let asked = facts.asked(|command| {
                    matches!(command, Command::Open { response_plan, title }
                        if *response_plan == body.response_plan && *title == body.title)
                });
                hold!(asked && body.alerts.is_empty(), IncidentHasCause, "{id}: nobody opened it");
            }
            Some(key) => {
                let twin = self.case_with(key);
                hold!(twin.is_none(), OneIncidentPerKey, "{id}: {twin:?} has {key:?} already");
                self.is_what_the_group_shows(id, key, body, facts)?;
            }
        }
        let owner = escalation::owner(&plan, &body.response_plan, None);
        hold!(body.owner == owner, IncidentHasCause, "{id}: owner {:?}, the plan says {owner:?}", body.owner);
        let bad = severity::severity(&plan.catalogue, response);
        hold!(body.severity == bad, SeverityIsComputed, "{id}: {} and not {bad}", body.severity);
        let case = Case {
            response_plan: body.response_plan.clone(),
            key: body.key.clone(),
            taken_over: BTreeSet::new(),
            group: body.group,
            alerts: body.alerts.iter().copied().collect(),
            owner,
            severity: body.severity,
            judged: false,
            visible: body.customer_visible,
            kept: body.key.is_none(),
            phase: Phase::Open,
            paused: None,
            overruled: false,
            stand: None,
            unroutable: None,
            held: None,
            over: None,
            heard: std::collections::BTreeMap::new(),
            until: 0,
        };
        self.cases.open.insert(id, case);
        self.cases.opened += 1;
        self.cases.must.push(Must::Step(id, EscalationCause::Opened));
        self.firsts_owed(id);
        Ok(())
    }

    /// All that fires in the group and may be told of, and nothing else; a response plan is attached to its route.
    fn is_what_the_group_shows(
        &self,
        id: IncidentId,
        key: &IncidentKey,
        body: &IncidentOpened,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let place = (key.route.clone(), key.labels.clone());
        let group = self.latest.get(&place).copied();
        hold!(group.is_some() && body.group == group, IncidentHasCause, "{id}: {:?} is not {group:?}", body.group);
        let Some(group) = group else { return Ok(()) };
        let attached = self.attached(group);
        hold!(attached == Some(&key.response_plan), IncidentHasCause, "{id}: {group} leads to {attached:?}");
        let tellable = self.tellable(group, facts.now);
        let alerts: BTreeSet<AlertId> = body.alerts.iter().copied().collect();
        hold!(
            !alerts.is_empty() && alerts == tellable,
            MutedOpensNothing,
            "{id} has {alerts:?}, to tell are {tellable:?}"
        );
        Ok(())
    }

    /// The incident that is not closed and has that key, or took in one that had.
    pub(crate) fn case_with(&self, key: &IncidentKey) -> Option<IncidentId> {
        let has = |case: &Case| case.key.as_ref() == Some(key) || case.taken_over.contains(key);
        let lives = |case: &Case| case.phase != Phase::Merged && has(case);
        self.cases.open.iter().find(|(_, case)| lives(case)).map(|(id, _)| *id)
    }

    pub(super) fn case(&mut self, id: IncidentId) -> Result<&mut Case, Violation> {
        let known = self.cases.open.get_mut(&id);
        known.ok_or_else(|| Violation::new(crate::violation::Check::IncidentHasCause, format!("{id} is not there")))
    }

    pub(super) fn incident_joined(&mut self, body: &IncidentJoined, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let plan = self.plan.clone();
        for alert in &body.alerts {
            let known = self.alerts.get(alert).filter(|known| known.fires);
            let told = known.is_some_and(|known| !self.suppressed(&known.labels, facts.now));
            hold!(told, MutedOpensNothing, "{alert} joins {id}, and does not fire or may not be told of");
        }
        let case = self.case(id)?;
        let news = body.alerts.iter().all(|alert| !case.alerts.contains(alert)) && !body.alerts.is_empty();
        hold!(news && case.active(), UnchangedCostsNothing, "{id} was joined by {:?} already", body.alerts);
        let response = plan.as_ref().and_then(|plan| plan.catalogue.response_plans.get(&case.response_plan));
        let computed = plan.as_ref().zip(response).filter(|_| !case.judged);
        let bad = computed.map_or(case.severity, |(plan, response)| severity::severity(&plan.catalogue, response));
        hold!(body.severity == bad, SeverityIsComputed, "{id}: {} and not {bad}", body.severity);
        case.severity = bad;
        case.alerts.extend(&body.alerts);
        Ok(())
    }

    /// An incident moves to another group when its own is gone or leads to no response plan any more.
    pub(super) fn incident_rerouted(&mut self, body: &IncidentRerouted) -> Result<(), Violation> {
        let id = body.incident;
        let before = self.case(id)?.clone();
        let watched = self.watched(&before);
        hold!(!watched, UnchangedCostsNothing, "{id} leaves {:?}, and its alerts are where it is known", before.group);
        let twin = self.case_with(&body.key).filter(|twin| *twin != id);
        hold!(twin.is_none(), OneIncidentPerKey, "{id} takes the key of {twin:?}");
        let attached = self.attached(body.group) == Some(&body.key.response_plan);
        hold!(before.active() && attached, IncidentHasCause, "{id} is not moved to {}", body.group);
        let case = self.case(id)?;
        case.response_plan = body.key.response_plan.clone();
        case.key = Some(body.key.clone());
        case.group = Some(body.group);
        Ok(())
    }

    pub(super) fn incident_paused(&mut self, body: &IncidentPaused, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let muted = self.cases.open.get(&id).is_some_and(|case| self.all_muted(case, facts.now));
        hold!(muted, PausedIsMuted, "{id} is paused by {}, and may be told of", body.reason);
        let case = self.case(id)?;
        hold!(case.active() && !case.overruled, PausedIsMuted, "{id} is paused as {:?}", case.phase);
        let paused = (body.reason.clone(), body.until);
        hold!(case.paused.as_ref() != Some(&paused), UnchangedCostsNothing, "{id} is paused so already");
        case.paused = Some(paused);
        self.no_step_owed(id);
        self.end_pages(id, |_| false);
        Ok(())
    }

    pub(super) fn incident_resumed(&mut self, body: &IncidentResumed, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let bad = self.cases.open.get(&id).is_some_and(|case| self.bad(case, facts.now));
        hold!(bad, PausedIsMuted, "{id} is resumed and not bad");
        let case = self.case(id)?;
        hold!(case.active() && case.paused.is_some(), PausedIsMuted, "{id} was not paused");
        case.paused = None;
        if let Some(held) = &mut case.held {
            // What ran out meanwhile runs out now.
            held.until.at = held.until.at.max(facts.mono);
        }
        let case = case.clone();
        let nobody = case.unroutable.is_some()
            && self.plan.as_ref().is_none_or(|plan| self.stop(plan, &case, false, facts).is_none());
        if case.waits() && !nobody {
            self.cases.must.push(Must::Step(id, EscalationCause::Resumed));
        }
        Ok(())
    }

    pub(super) fn incident_acknowledged(
        &mut self,
        body: &IncidentAcknowledged,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| matches!(command, Command::Acknowledge(of) if *of == id));
        hold!(asked, IncidentHasCause, "{id}: nobody acknowledged it");
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let actor = record.actor.0.strip_prefix("person:").filter(|name| plan.catalogue.people.contains_key(*name));
        hold!(body.person.as_deref() == actor, IncidentHasCause, "{id}: {:?}, not {actor:?}", body.person);
        let case = self.case(id)?;
        hold!(case.active(), IncidentHasCause, "{id} is acknowledged as {:?}", case.phase);
        let stands = case.stand.as_ref().and_then(|stand| plan.catalogue.policies.get(&stand.policy));
        let policy = stands.or_else(|| escalation::own(&plan, case).map(|(policy, _)| policy));
        let lasts = policy.map_or(evenkeel_time::Duration::hours(1), |policy| policy.acknowledge_for);
        let good = body.until - facts.now == lasts;
        hold!(good, AcknowledgementRunsOut, "{id}: until {}, for {lasts}", body.until);
        case.phase = Phase::Acknowledged;
        case.unroutable = None;
        case.overruled = false;
        case.held = Some(Held { person: body.person.clone(), until: Due::at(facts.mono + lasts.0) });
        if let Some(stand) = &mut case.stand {
            stand.next = None;
        }
        self.end_pages(id, |_| false);
        self.use_link(body.page);
        Ok(())
    }

    /// It runs out at its time, and who gave it is asked again.
    pub(super) fn acknowledgement_expired(
        &mut self,
        body: &AcknowledgementExpired,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = body.incident;
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let calm = self.cases.calm_since;
        let bad = self.cases.open.get(&id).is_some_and(|case| self.bad(case, facts.now) || case.overruled);
        hold!(bad, SilencedPagesNobody, "{id} is asked for again and is not bad");
        let case = self.case(id)?;
        let held = case.held.clone().filter(|_| case.phase == Phase::Acknowledged && case.paused.is_none());
        let Some(held) = held else {
            return Err(Violation::new(
                crate::violation::Check::AcknowledgementRunsOut,
                format!("{id} is {:?}, nothing runs out", case.phase),
            ));
        };
        facts.on_time(held.until, calm, crate::violation::Check::AcknowledgementRunsOut, &format!("{id}"))?;
        let wait = case
            .stand
            .as_ref()
            .and_then(|stand| plan.catalogue.policies.get(&stand.policy)?.steps.get(stand.step).map(|step| step.wait));
        let wait = wait.unwrap_or(evenkeel_time::Duration::minutes(5));
        hold!(body.next_at - facts.now == wait, StepInTime, "{id}: the next step at {}", body.next_at);
        case.phase = Phase::Open;
        let stand = case.stand.get_or_insert_with(Stand::nowhere);
        stand.next = Some(Due::at(facts.mono + wait.0));
        stand.pages.clear();
        let giver = held.person.filter(|person| plan.catalogue.people.contains_key(person));
        self.cases.must.push(match giver {
            Some(person) => Must::Page(id, evenkeel_ids::DocumentRef::Person(person), Ask::StillYours),
            None => Must::Step(id, EscalationCause::AcknowledgementExpired),
        });
        Ok(())
    }

    /// A step that would have been taken is not: nothing of it may be told of, or it is over.
    pub(super) fn no_step_owed(&mut self, id: IncidentId) {
        self.cases.must.retain(|must| !matches!(must, Must::Step(of, _) if *of == id));
    }

    /// Nobody is asked to act on it any more.
    pub(crate) fn end_pages(&mut self, id: IncidentId, but: impl Fn(&crate::cases::Sheet) -> bool) {
        for (_, page) in self.cases.pages_of(id) {
            if page.end == PageEnd::Open && !but(page) {
                page.end(PageEnd::Over);
            }
        }
    }

    pub(crate) fn use_link(&mut self, page: Option<evenkeel_ids::PageId>) {
        if let Some(sheet) = page.and_then(|page| self.cases.sheets.get_mut(&page.0.0)) {
            sheet.link_used = true;
        }
    }
}
