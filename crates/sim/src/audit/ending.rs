//! Records about the ends of incidents, and that one was not the end.

use evenkeel_incident::Command;
use evenkeel_record::{
    EscalationCause, IncidentClosed, IncidentMerged, IncidentReopened, IncidentResolved, ResolvedBy,
};

use crate::cases::{Case, Due, Must, Over, Phase};
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::violation::{Violation, hold};

impl Ledger {
    pub(super) fn incident_merged(&mut self, body: &IncidentMerged, facts: &Facts) -> Result<(), Violation> {
        let (id, into) = (body.incident, body.into);
        let asked = facts.asked(|command| {
            matches!(command, Command::Merge { incident, into: other, .. } if *incident == id && *other == into)
        });
        let both = [id, into].iter().all(|id| self.cases.open.get(id).is_some_and(Case::active));
        hold!(asked && both && id != into, IncidentHasCause, "{id} is merged into {into}");
        self.recoveries_owed(id);
        self.end_pages(id, |_| false);
        let case = self.case(id)?;
        (case.phase, case.until, case.paused) = (Phase::Merged, facts.mono, None);
        let (keys, alerts) =
            (case.taken_over.iter().chain(&case.key).cloned().collect::<Vec<_>>(), case.alerts.clone());
        let into_case = self.case(into)?;
        into_case.taken_over.extend(keys);
        into_case.alerts.extend(alerts);
        self.cases.gone.insert(id, Phase::Merged);
        Ok(())
    }

    pub(super) fn incident_resolved(&mut self, body: &IncidentResolved, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        match body.cause {
            ResolvedBy::Person => {
                let asked =
                    facts.asked(|command| matches!(command, Command::Resolve { incident, .. } if *incident == id));
                hold!(asked, IncidentHasCause, "{id}: nobody resolved it");
            }
            ResolvedBy::Alerts => {
                let case = self.case(id)?.clone();
                let fires = self.firing_of(&case).next().map(|(id, _)| id);
                let good = fires.is_none() && !case.alerts.is_empty() && !case.kept;
                hold!(good, ResolveHasCause, "{id} is over, and {fires:?} fires");
            }
        }
        let until = Due::at(facts.mono + (body.reopen_until - facts.now).0);
        let case = self.case(id)?;
        hold!(case.active(), IncidentHasCause, "{id} is resolved as {:?}", case.phase);
        case.phase = Phase::Resolved;
        case.kept = false;
        case.paused = None;
        case.overruled = false;
        case.unroutable = None;
        case.over = Some(Over { by_person: body.cause == ResolvedBy::Person, until });
        if let Some(stand) = &mut case.stand {
            stand.next = None;
        }
        self.no_step_owed(id);
        self.recoveries_owed(id);
        self.end_pages(id, |_| false);
        self.use_link(body.page);
        Ok(())
    }

    pub(super) fn incident_reopened(&mut self, body: &IncidentReopened, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| matches!(command, Command::Reopen { incident, .. } if *incident == id));
        let before = self.case(id)?.clone();
        let Some(over) = before.over.filter(|_| before.phase == Phase::Resolved) else {
            return Err(Violation::new(
                crate::violation::Check::IncidentHasCause,
                format!("{id} is opened again as {:?}", before.phase),
            ));
        };
        let fires = body.alerts.iter().any(|id| {
            self.alerts.get(id).is_some_and(|known| {
                let news = !over.by_person || !before.alerts.contains(id);
                news && known.fires && !self.suppressed(&known.labels, facts.now)
            })
        });
        let ended = over.until.at <= facts.mono + 100 || !over.until.exact;
        let still = over.by_person && self.bad(&before, facts.now) && ended;
        hold!(asked || fires || still, IncidentHasCause, "{id}: nothing opens it again");
        let case = self.case(id)?;
        case.phase = Phase::Open;
        case.kept = asked && body.group.is_none();
        case.over = None;
        case.held = None;
        case.stand = None;
        case.group = body.group.or(case.group);
        case.alerts.extend(&body.alerts);
        case.heard.clear();
        self.cases.must.push(Must::Step(id, EscalationCause::Opened));
        self.firsts_owed(id);
        Ok(())
    }

    pub(super) fn incident_closed(&mut self, body: &IncidentClosed, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| matches!(command, Command::Close { incident, .. } if *incident == id));
        let calm = self.cases.calm_since;
        let case = self.case(id)?.clone();
        let Some(over) = case.over.filter(|_| case.phase == Phase::Resolved) else {
            return Err(Violation::new(
                crate::violation::Check::IncidentHasCause,
                format!("{id} is closed as {:?}", case.phase),
            ));
        };
        if !asked {
            facts.on_time(over.until, calm, crate::violation::Check::IncidentHasCause, &format!("{id} is closed"))?;
            let bad = over.by_person && !case.alerts.is_empty() && self.bad(&case, facts.now);
            hold!(!bad, ResolveHasCause, "{id} is closed, and its alerts fire");
        }
        self.end_pages(id, |_| false);
        self.cases.open.remove(&id);
        self.cases.gone.insert(id, Phase::Closed);
        Ok(())
    }
}
