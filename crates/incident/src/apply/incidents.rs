//! Records about incidents and problems.

use std::sync::Arc;

use evenkeel_ids::{IncidentId, PageId, ProblemId};
use evenkeel_record::{
    AcknowledgementExpired, Actor, Ask, EscalationCause, IncidentAcknowledged, IncidentEscalated, IncidentJoined,
    IncidentMerged, IncidentOpened, IncidentPaused, IncidentReopened, IncidentRerouted, IncidentResolved, IncidentRole,
    IncidentUnroutable, ProblemOpened, ProblemResolved, Record,
};
use evenkeel_time::Timestamp;

use crate::problem::Cause;
use crate::volatile::Volatile;
use crate::{
    Acknowledged, Bug, Escalation, Incident, PageStatus, Paused, Phase, Problem, Resolved, State, Unroutable, planted,
};

/// So many resolved problems can still be looked at; the journal has the others.
const RESOLVED_PROBLEMS_KEPT: usize = 1_000;

impl State {
    pub(super) fn incident_opened(&mut self, body: &IncidentOpened, record: &Record) {
        let id = IncidentId(record.seq);
        let key = body.key.clone().map(Arc::new);
        let mut incident = Incident {
            id,
            response_plan: body.response_plan.clone(),
            key: key.clone(),
            taken_over: Vec::new(),
            group: body.group,
            alerts: Vec::new(),
            title: body.title.clone(),
            workload: body.workload.clone(),
            owner: body.owner.clone(),
            severity: body.severity,
            severity_reason: body.severity_reason.clone(),
            severity_by_hand: false,
            customer_visible: body.customer_visible,
            opened_at: record.at,
            phase: Phase::Open,
            paused: None,
            kept_open: body.key.is_none(),
            pause_overruled: false,
            escalation: None,
            unroutable: None,
            acknowledged: None,
            roles: Vec::new(),
            resolved: None,
            closed_at: None,
            merged_into: None,
            problem: None,
            audiences: Vec::new(),
            pages: Vec::new(),
            updates: Vec::new(),
            note: None,
            timeline: Vec::new(),
            timeline_omitted: 0,
        };
        incident.join(&body.alerts);
        self.incidents.insert(id, Box::new(incident));
        self.index(id);
    }

    pub(super) fn incident_joined(&mut self, body: &IncidentJoined) {
        self.with_incident(body.incident, |incident| {
            incident.join(&body.alerts);
            incident.severity = body.severity;
            incident.severity_reason = body.severity_reason.clone();
        });
        self.index(body.incident);
    }

    pub(super) fn incident_rerouted(&mut self, body: &IncidentRerouted) {
        self.unindex(body.incident);
        self.with_incident(body.incident, |incident| {
            incident.response_plan = body.key.response_plan.clone();
            incident.key = Some(Arc::new(body.key.clone()));
            incident.group = Some(body.group);
        });
        self.index(body.incident);
    }

    pub(super) fn incident_escalated(&mut self, body: &IncidentEscalated, record: &Record) {
        let asked = body.cause == EscalationCause::Asked;
        self.with_incident(body.incident, |incident| {
            let before = incident.escalation.take();
            let by_hand = before.and_then(|before| before.by_hand).filter(|_| incident.phase != Phase::Resolved);
            let chosen = match &body.to {
                Some(evenkeel_ids::DocumentRef::Policy(name)) => Some(name.clone()),
                Some(_) | None => by_hand,
            };
            incident.escalation = Some(Escalation {
                policy: body.policy.clone(),
                step: body.step,
                round: body.round,
                last_resort: body.last_resort,
                by_hand: chosen,
                at: record.at,
                next_at: Some(body.next_at),
                pages: Vec::new(),
            });
            incident.unroutable = None;
            if asked {
                incident.phase = Phase::Open;
                incident.pause_overruled |= incident.paused.take().is_some();
            }
        });
        self.use_link(body.page);
    }

    pub(super) fn incident_unroutable(&mut self, body: &IncidentUnroutable) {
        self.with_incident(body.incident, |incident| {
            let next_at = Volatile(body.next_at);
            incident.unroutable = Some(Box::new(Unroutable { reason: body.reason.clone(), next_at }));
        });
    }

    pub(super) fn incident_paused(&mut self, body: &IncidentPaused, record: &Record) {
        self.with_incident(body.incident, |incident| {
            let since = incident.paused.as_ref().map_or(record.at, |before| before.since);
            incident.paused = Some(Box::new(Paused { reason: body.reason.clone(), until: body.until, since }));
        });
        self.end_pages(body.incident, PageStatus::Superseded, |_| true);
    }

    pub(super) fn incident_acknowledged(&mut self, body: &IncidentAcknowledged, record: &Record) {
        self.with_incident(body.incident, |incident| {
            incident.phase = Phase::Acknowledged;
            incident.unroutable = None;
            incident.pause_overruled = false;
            incident.acknowledged = Some(Acknowledged {
                person: body.person.clone(),
                actor: record.actor.0.clone(),
                at: record.at,
                until: body.until,
            });
            if let Some(escalation) = &mut incident.escalation {
                escalation.next_at = None;
            }
            if let Some(person) = &body.person {
                incident.give_role(IncidentRole::Responder, person.clone());
            }
        });
        self.answered(body.incident, body.page, body.person.as_deref());
    }

    /// Whoever acted has answered their pages; the others' are not needed any more. Approvals go on.
    fn answered(&mut self, incident: IncidentId, page: Option<PageId>, person: Option<&str>) {
        let theirs = |known: &crate::Page| {
            Some(known.id) == page
                || matches!(&known.to, evenkeel_ids::DocumentRef::Person(name) if person == Some(name))
        };
        if !planted(Bug::PageThoughAcknowledged) {
            self.end_pages(incident, PageStatus::Answered, theirs);
            self.end_pages(incident, PageStatus::Superseded, |_| true);
        }
        self.use_link(page);
    }

    pub(super) fn use_link(&mut self, page: Option<PageId>) {
        if let Some(page) = page {
            self.with_page(page, |page| page.link_used = true);
        }
    }

    /// Ends the open pages of an incident that `which` picks; those that ask for an approval stay.
    pub(super) fn end_pages(&mut self, id: IncidentId, status: PageStatus, which: impl Fn(&crate::Page) -> bool) {
        let Some(incident) = self.incidents.get(&id) else { return };
        let open = |page: &&crate::Page| {
            page.status == PageStatus::Open && !matches!(page.ask, Ask::Approve(_)) && which(page)
        };
        let ended: Vec<_> =
            incident.pages.iter().filter_map(|page| self.page(*page)).filter(open).map(|page| page.id).collect();
        for page in ended {
            self.with_page(page, |page| page.end(status));
        }
    }

    pub(super) fn acknowledgement_expired(&mut self, body: &AcknowledgementExpired, record: &Record) {
        self.with_incident(body.incident, |incident| {
            incident.phase = Phase::Open;
            // Where nobody could be paged before, no step was ever taken; the next one is the first.
            let escalation = incident.escalation.get_or_insert_with(|| Escalation {
                policy: Arc::from(""),
                step: 0,
                round: 0,
                last_resort: false,
                by_hand: None,
                at: record.at,
                next_at: None,
                pages: Vec::new(),
            });
            escalation.next_at = Some(body.next_at);
            escalation.pages.clear();
        });
    }

    pub(super) fn incident_merged(&mut self, body: &IncidentMerged, record: &Record) {
        self.end_pages(body.incident, PageStatus::Superseded, |_| true);
        self.unindex(body.incident);
        let mut alerts = Vec::new();
        let mut keys = Vec::new();
        self.with_incident(body.incident, |incident| {
            incident.phase = Phase::Merged;
            incident.paused = None;
            incident.merged_into = Some(body.into);
            incident.closed_at = Some(record.at);
            alerts.clone_from(&incident.alerts);
            keys.extend(incident.key.iter().chain(&incident.taken_over).cloned());
        });
        self.with_incident(body.into, |incident| {
            incident.join(&alerts);
            incident.taken_over.extend(keys);
        });
        self.index(body.into);
        self.over(body.incident, record.at);
    }

    pub(super) fn incident_resolved(&mut self, body: &IncidentResolved, record: &Record) {
        self.with_incident(body.incident, |incident| {
            incident.phase = Phase::Resolved;
            incident.kept_open = false;
            incident.paused = None;
            incident.pause_overruled = false;
            incident.unroutable = None;
            if let Some(escalation) = &mut incident.escalation {
                escalation.next_at = None;
            }
            incident.resolved = Some(Box::new(Resolved {
                at: record.at,
                cause: body.cause,
                reason: body.reason.clone(),
                workaround: body.workaround,
                reopen_until: body.reopen_until,
            }));
        });
        self.use_link(body.page);
        let person = record.actor.0.strip_prefix("person:");
        self.end_pages(
            body.incident,
            PageStatus::Answered,
            |page| matches!(&page.to, evenkeel_ids::DocumentRef::Person(name) if person == Some(name.as_ref())),
        );
        self.end_pages(body.incident, PageStatus::Superseded, |_| true);
        self.last_of_its_kind(body.incident, record.at);
    }

    /// Remembers when the same was bad last.
    fn last_of_its_kind(&mut self, id: IncidentId, at: Timestamp) {
        let Some(incident) = self.incidents.get(&id) else { return };
        let Some(key) = incident.key.clone() else { return };
        let cause = Cause { incident: id, at, problem: incident.problem, title: Arc::from(incident.title.as_ref()) };
        self.remember_cause(key, cause);
    }

    pub(super) fn incident_reopened(&mut self, body: &IncidentReopened, record: &Record) {
        self.with_incident(body.incident, |incident| {
            incident.phase = Phase::Open;
            incident.kept_open = body.group.is_none() && record.actor != Actor::system();
            incident.resolved = None;
            incident.acknowledged = None;
            incident.escalation = None;
            incident.group = body.group.or(incident.group);
            incident.join(&body.alerts);
            // Who heard that it is over hears that it began again.
            incident.audiences.clear();
        });
        self.index(body.incident);
    }

    pub(super) fn incident_closed(&mut self, id: IncidentId, at: Timestamp) {
        self.end_pages(id, PageStatus::Superseded, |_| true);
        self.unindex(id);
        self.with_incident(id, |incident| {
            incident.phase = Phase::Closed;
            incident.closed_at = Some(at);
        });
        self.over(id, at);
    }

    fn over(&mut self, id: IncidentId, at: Timestamp) {
        if self.incidents.contains_key(&id) {
            self.closed.insert((at, id));
            self.forget_closed();
        }
    }

    pub(super) fn problem_opened(&mut self, body: &ProblemOpened, record: &Record) {
        let id = ProblemId(record.seq);
        let problem = Problem {
            id,
            title: body.title.clone(),
            incidents: Vec::new(),
            cause: body.cause,
            opened_at: record.at,
            resolved: None,
        };
        self.problems.insert(id, problem);
        self.problem_linked(id, &body.incidents);
    }

    pub(super) fn problem_linked(&mut self, id: ProblemId, incidents: &[IncidentId]) {
        let Some(problem) = self.problems.get_mut(&id) else { return };
        problem.incidents.extend(incidents);
        problem.incidents.sort_unstable();
        problem.incidents.dedup();
        for incident in incidents {
            self.with_incident(*incident, |incident| incident.problem = Some(id));
            let key = self.incidents.get(incident).and_then(|incident| incident.key.clone());
            if let Some(cause) = key.and_then(|key| self.causes.get_mut(&key)) {
                cause.problem = Some(id);
            }
        }
    }

    pub(super) fn problem_resolved(&mut self, body: &ProblemResolved, record: &Record) {
        if let Some(problem) = self.problems.get_mut(&body.problem) {
            problem.resolved = Some((record.at, body.reason.clone()));
        }
        let over = |problem: &&Problem| problem.resolved.is_some();
        if self.problems.values().filter(over).count() > RESOLVED_PROBLEMS_KEPT {
            let oldest = self.problems.values().find(over).map(|problem| problem.id);
            oldest.map(|id| self.problems.remove(&id));
        }
    }
}
