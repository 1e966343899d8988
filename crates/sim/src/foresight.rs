//! Which commands have to be taken, and which refused, by what is known before they are handed in.

use evenkeel_ids::{DocumentRef, IncidentId, PageId};
use evenkeel_incident::{By, Command};
use evenkeel_record::Ask;

use crate::cases::{About, Phase};
use crate::ledger::Ledger;
use crate::reference::paging;
use evenkeel_time::Timestamp;

/// As many closed incidents are looked up for certain.
const KEPT: usize = 900;

impl Ledger {
    /// Whether a command is to be taken; `None` where that cannot be told.
    pub(crate) fn may(&self, by: &By, command: &Command, now: Timestamp) -> Option<bool> {
        if self.cases.gone.len() > KEPT {
            return None;
        }
        let phase = |id: &IncidentId| self.cases.phase(*id);
        let active = |id: &IncidentId| matches!(phase(id), Some(Phase::Open | Phase::Acknowledged));
        let page = |incident: &IncidentId| by.page.is_none_or(|page| self.is_theirs(page, by, *incident));
        Some(match command {
            Command::Open { response_plan, .. } => {
                self.plan.as_ref().is_some_and(|plan| plan.catalogue.response_plans.contains_key(response_plan))
            }
            Command::Acknowledge(id) => active(id) && page(id),
            Command::Resolve { incident, .. } => active(incident) && page(incident),
            Command::Escalate { incident, to, .. } => {
                active(incident) && page(incident) && to.as_ref().is_none_or(|to| self.is_there(to))
            }
            Command::Reopen { incident, .. } | Command::Close { incident, .. } => {
                phase(incident) == Some(Phase::Resolved)
            }
            Command::Note { incident, text, .. } => phase(incident).is_some() && !text.is_empty(),
            Command::Assign { incident, person, .. } => {
                active(incident) && self.is_there(&DocumentRef::Person(person.clone()))
            }
            Command::Merge { incident, into, .. } => incident != into && active(incident) && active(into),
            Command::SetSeverity { incident, .. } | Command::SetVisibility { incident, .. } => active(incident),
            Command::ApproveUpdate { update, .. } | Command::WithdrawUpdate { update, .. } => {
                let sheet = self.cases.sheets.get(&update.0.0)?;
                let About::Update { awaits, approvers, .. } = &sheet.about else { return Some(false) };
                let asked = |page: PageId| {
                    self.cases.sheets.get(&page.0.0).is_some_and(|sheet| {
                        sheet.asks() == Some(Ask::Approve(*update)) && self.is_theirs(page, by, sheet.incident)
                    })
                };
                let plan = self.plan.as_ref()?;
                let among = || {
                    let (who, _) = paging::led_to(plan, &self.stand_ins(), approvers, now);
                    by.person.as_ref().is_some_and(|person| who.contains(&DocumentRef::Person(person.clone())))
                };
                *awaits && by.page.is_none_or(asked) && (by.may_approve || by.page.is_some() || among())
            }
            Command::OpenProblem { incidents, .. } => incidents.iter().all(|id| phase(id).is_some()),
            Command::LinkProblem { .. } | Command::ResolveProblem { .. } => return None,
        })
    }

    /// Whether a page is of that incident and asks that person, who has not acted by its link.
    fn is_theirs(&self, page: PageId, by: &By, incident: IncidentId) -> bool {
        let Some(sheet) = self.cases.sheets.get(&page.0.0) else { return false };
        let About::Page { to: DocumentRef::Person(name), .. } = &sheet.about else { return false };
        let there = self.is_there(&DocumentRef::Person(name.clone()));
        sheet.incident == incident && by.person.as_ref() == Some(name) && there && !sheet.link_used
    }

    fn is_there(&self, to: &DocumentRef) -> bool {
        let Some(plan) = &self.plan else { return false };
        let catalogue = &plan.catalogue;
        match to {
            DocumentRef::Person(name) => catalogue.people.contains_key(name),
            DocumentRef::Team(name) => catalogue.teams.contains_key(name),
            DocumentRef::Schedule(name) => catalogue.schedules.contains_key(name),
            DocumentRef::Policy(name) => catalogue.policies.contains_key(name),
            DocumentRef::Receiver(name) => plan.receivers.contains_key(name),
            DocumentRef::Workload(_) => false,
        }
    }
}
