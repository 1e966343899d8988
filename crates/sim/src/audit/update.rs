//! Records about what others are told, and what people say of an incident beside acting on it.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, UpdateId};
use evenkeel_incident::Command;
use evenkeel_record::{
    Ask, EscalationCause, IncidentAssigned, IncidentNoted, IncidentRole, IncidentSeveritySet, IncidentVisibilitySet,
    Record, UpdateApproved, UpdateDrafted, UpdateKind, UpdateWithdrawn,
};

use super::page::ways;
use super::standing::concerns;
use crate::cases::{About, Due, Heard, Must, PageEnd, Progress, Sheet};
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::reference::paging;
use crate::violation::{Check, Violation, hold};

/// An update is tried for so long.
const TRIED_FOR: i64 = 3_600_000;

/// Records are dated ahead of a clock that was set back; so is then what counts from them.
fn tried_until(record: &Record, facts: &Facts) -> Due {
    Due::at(facts.mono + (record.at - facts.now).0.max(0) + TRIED_FOR)
}

impl Ledger {
    /// Everybody who is to hear that it began, and did not yet, is told in the same commit.
    pub(super) fn firsts_owed(&mut self, id: IncidentId) {
        for audience in self.audiences(id, false) {
            self.cases.must.push(Must::Draft(id, audience, UpdateKind::First));
        }
    }

    pub(super) fn recoveries_owed(&mut self, id: IncidentId) {
        for audience in self.audiences(id, true) {
            self.cases.must.push(Must::Draft(id, audience, UpdateKind::Recovery));
        }
        self.withdrawals_owed(id);
    }

    pub(super) fn update_drafted(
        &mut self,
        body: &UpdateDrafted,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let (id, incident) = (UpdateId(record.seq), body.incident);
        let of = (body.communication.clone(), body.audience.clone());
        let must = Must::Draft(incident, of.clone(), body.kind);
        let owed = self.cases.must.iter().position(|known| *known == must).map(|place| self.cases.must.remove(place));
        let Some(audience) = self.audience(&of).cloned() else {
            return Err(Violation::new(Check::UpdatesInOrder, format!("{id}: no audience {of:?}")));
        };
        self.draft_has_cause(id, body, &of, owed.is_some(), facts)?;
        let same = body.approvers == audience.approvers;
        hold!(same, UpdatesAreApproved, "{id}: {:?} may approve, not {:?}", body.approvers, audience.approvers);
        let wanted = self.addresses(&audience.receivers);
        hold!(body.addresses == wanted, UpdatesInOrder, "{id} goes to {:?}, not {wanted:?}", body.addresses);
        let over = body.kind == UpdateKind::Recovery;
        let next_at = audience.cadence.filter(|_| !over).map(|cadence| facts.now + cadence);
        hold!(body.next_at == next_at, UpdatesInOrder, "{id}: next {:?}, not {next_at:?}", body.next_at);
        let awaits = !body.approvers.is_empty();
        let sheet = Sheet {
            incident,
            about: About::Update {
                kind: body.kind,
                audience: of.clone(),
                approvers: body.approvers.clone(),
                awaits,
                withdrawn: false,
            },
            opened: facts.mono,
            not_after: tried_until(record, facts),
            end: PageEnd::Open,
            link_used: false,
            ways: ways(body.addresses.iter().map(|name| (name.clone(), facts.now)), facts),
        };
        self.cases.sheets.insert(id.0.0, sheet);
        self.owe_questions(id, body, facts);
        let first = body.kind == UpdateKind::First && !awaits;
        let next = next_at.map(|at| Due::at(facts.mono + (at - facts.now).0));
        if let Some(case) = self.cases.open.get_mut(&incident) {
            let first_left = first || case.heard.get(&of).is_some_and(|heard| heard.first_left);
            case.heard.insert(of, Heard { latest: id, first_left, drafted: facts.mono, next });
        }
        Ok(())
    }

    /// First who has not heard, then how it goes at its pace, and that it is over where a first text left.
    fn draft_has_cause(
        &self,
        id: UpdateId,
        body: &UpdateDrafted,
        of: &(Arc<str>, Arc<str>),
        owed: bool,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let Some(case) = self.cases.open.get(&body.incident) else {
            // One that was merged just now hears its end as well.
            hold!(owed && body.kind == UpdateKind::Recovery, UpdatesInOrder, "{id}: {} is gone", body.incident);
            return Ok(());
        };
        let heard = case.heard.get(of);
        if let Some(last) = heard.and_then(|heard| self.cases.sheets.get(&heard.latest.0.0)) {
            let waits = matches!(last.about, About::Update { awaits: true, .. });
            hold!(!waits, UpdatesInOrder, "{id}: the draft before it waits for approval still");
        }
        if owed {
            return Ok(());
        }
        let left = heard.is_some_and(|heard| heard.first_left);
        let due = heard.and_then(|heard| heard.next);
        let kind = if left { UpdateKind::Progress } else { UpdateKind::First };
        hold!(body.kind == kind, UpdatesInOrder, "{id} is a {:?}, a first text left: {left}", body.kind);
        let early = due.map(|due| due.at - facts.mono).filter(|_| due.is_some_and(|due| due.exact));
        hold!(due.is_some() && early.is_none_or(|early| early <= 100), UpdatesInOrder, "{id} comes {early:?} ms early");
        let meant = self.audience(of).is_some_and(|audience| concerns(audience, case));
        let good = case.active() && case.paused.is_none() && meant;
        hold!(good, UpdatesInOrder, "{id} tells how it goes, and has nobody to tell");
        Ok(())
    }

    fn addresses(&self, receivers: &[Arc<str>]) -> Vec<Arc<str>> {
        let Some(plan) = &self.plan else { return Vec::new() };
        let known = receivers.iter().filter_map(|name| plan.receivers.get(name));
        let each = known.flat_map(|receiver| receiver.integrations.iter().map(move |one| (&receiver.name, &one.name)));
        each.map(|(receiver, name)| format!("{receiver}/{name}").into()).collect()
    }

    /// Everybody who may approve it is asked to.
    fn owe_questions(&mut self, id: UpdateId, body: &UpdateDrafted, facts: &Facts) {
        let Some(plan) = self.plan.clone().filter(|_| self.cases.open.contains_key(&body.incident)) else { return };
        let (who, _) = paging::led_to(&plan, &self.stand_ins(), &body.approvers, facts.now);
        self.cases.must.extend(who.into_iter().map(|to| Must::Page(body.incident, to, Ask::Approve(id))));
    }

    pub(super) fn update_approved(
        &mut self,
        body: &UpdateApproved,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = body.update;
        let asked = facts.asked(|command| matches!(command, Command::ApproveUpdate { update, .. } if *update == id));
        hold!(asked, UpdatesAreApproved, "{id}: nobody approved it");
        let Some(sheet) = self.cases.sheets.get_mut(&id.0.0) else { return Ok(()) };
        let incident = sheet.incident;
        sheet.not_after = tried_until(record, facts);
        for way in sheet.ways.values_mut().filter(|way| way.progress == Progress::Waiting) {
            way.at = Due::at(facts.mono);
            way.try_by = facts.mono;
        }
        let About::Update { kind, audience, awaits, .. } = &mut sheet.about else { return Ok(()) };
        hold!(*awaits, UpdatesAreApproved, "{id} is approved twice, or withdrawn");
        *awaits = false;
        let (kind, audience) = (*kind, audience.clone());
        self.question_over(id);
        self.use_link(body.page);
        let Some(case) = self.cases.open.get_mut(&incident) else { return Ok(()) };
        let again = kind == UpdateKind::Recovery && case.active();
        hold!(!again, UpdatesInOrder, "{id} says that {incident} is over, and it was opened again");
        let heard = case.heard.get_mut(&audience).filter(|heard| heard.latest == id);
        if let Some(heard) = heard.filter(|_| kind == UpdateKind::First) {
            heard.first_left = true;
        }
        Ok(())
    }

    pub(super) fn update_withdrawn(&mut self, body: &UpdateWithdrawn, facts: &Facts) -> Result<(), Violation> {
        let id = body.update;
        let asked = facts.asked(|command| matches!(command, Command::WithdrawUpdate { update, .. } if *update == id));
        let must = Must::Withdraw(id);
        let owed = self.cases.must.iter().position(|known| *known == must).map(|place| self.cases.must.remove(place));
        let Some(sheet) = self.cases.sheets.get_mut(&id.0.0) else { return Ok(()) };
        let incident = sheet.incident;
        let About::Update { awaits, withdrawn, audience, .. } = &mut sheet.about else { return Ok(()) };
        hold!(*awaits, UpdatesAreApproved, "{id} is withdrawn and does not wait");
        (*awaits, *withdrawn) = (false, true);
        let of = audience.clone();
        self.question_over(id);
        self.use_link(body.page);
        if !asked && owed.is_none() {
            // A newer one takes its place, in this commit.
            let case = self.cases.open.get(&incident);
            let left = case.and_then(|case| case.heard.get(&of)).is_some_and(|heard| heard.first_left);
            let reopened = case.is_some_and(|case| !case.heard.contains_key(&of));
            let kind = if left { UpdateKind::Progress } else { UpdateKind::First };
            if !reopened {
                let due = case.and_then(|case| case.heard.get(&of)?.next);
                hold!(
                    due.is_some_and(|due| due.at <= facts.mono + 100 || !due.exact),
                    UpdatesAreApproved,
                    "{id}: nobody withdrew it"
                );
                self.cases.must.push(Must::Draft(incident, of, kind));
            }
        }
        Ok(())
    }

    /// Nobody has to approve it any more.
    fn question_over(&mut self, id: UpdateId) {
        for sheet in self.cases.sheets.values_mut() {
            if sheet.asks() == Some(Ask::Approve(id)) {
                sheet.end(PageEnd::Over);
            }
        }
    }

    pub(super) fn incident_assigned(
        &mut self,
        body: &IncidentAssigned,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| {
            matches!(command, Command::Assign { incident, role, person, .. }
                if *incident == id && *role == body.role && *person == body.person)
        });
        hold!(asked, IncidentHasCause, "{id}: nobody gave {} a role", body.person);
        let own = record.actor.0.strip_prefix("person:") == Some(&*body.person);
        let paused = self.cases.open.get(&id).is_some_and(|case| case.paused.is_some());
        if body.role == IncidentRole::Responder && !own && !paused {
            let to = DocumentRef::Person(body.person.clone());
            self.cases.must.push(Must::Page(id, to, Ask::TakeOver));
        }
        Ok(())
    }

    pub(super) fn severity_set(&mut self, body: &IncidentSeveritySet, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| {
            matches!(command, Command::SetSeverity { incident, severity, .. }
                if *incident == id && *severity == body.severity)
        });
        hold!(asked, IncidentHasCause, "{id}: nobody judged it");
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let Some(case) = self.cases.open.get_mut(&id) else { return Ok(()) };
        (case.severity, case.judged) = (body.severity, true);
        let case = case.clone();
        self.firsts_owed(id);
        // Somebody of the step who waits for the end of quiet hours would be tried sooner now.
        let waits = |sheet: &Sheet| {
            let still = sheet.end == PageEnd::Open && !sheet.ways.is_empty();
            let About::Page { to, .. } = &sheet.about else { return false };
            let now = paging::tries(&plan, to, body.severity, facts.now).into_iter().map(|(_, at)| at).min();
            let was = sheet.ways.values().map(|way| way.at.at).min();
            let sooner = now.zip(was).is_some_and(|(now, was)| facts.mono + (now - facts.now).0 < was);
            still && sooner && sheet.ways.values().all(|way| way.progress == Progress::Waiting)
        };
        let pages = case.stand.iter().flat_map(|stand| &stand.pages);
        let waiting = pages.filter_map(|page| self.cases.sheets.get(&page.0.0)).any(waits);
        if case.waits() && waiting && case.unroutable.is_none() {
            self.cases.must.push(Must::Step(id, EscalationCause::Worse));
        }
        Ok(())
    }

    pub(super) fn visibility_set(&mut self, body: &IncidentVisibilitySet, facts: &Facts) -> Result<(), Violation> {
        let id = body.incident;
        let asked = facts.asked(|command| {
            matches!(command, Command::SetVisibility { incident, customer_visible, .. }
                if *incident == id && *customer_visible == body.customer_visible)
        });
        hold!(asked, IncidentHasCause, "{id}: nobody said who notices");
        if let Some(case) = self.cases.open.get_mut(&id) {
            case.visible = body.customer_visible;
        }
        self.firsts_owed(id);
        Ok(())
    }

    pub(super) fn noted(&mut self, body: &IncidentNoted, facts: &Facts) -> Result<(), Violation> {
        let id: IncidentId = body.incident;
        let asked = facts.asked(
            |command| matches!(command, Command::Note { incident, text, .. } if *incident == id && *text == body.text),
        );
        hold!(asked, IncidentHasCause, "{id}: nobody wrote {:?}", body.text);
        Ok(())
    }
}
