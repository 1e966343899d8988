//! Records about pages, and about the messages that carry pages and updates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_engine::{Outcome, Retry};
use evenkeel_ids::{DocumentRef, IncidentId, PageId};
use evenkeel_record::{
    Ask, EscalationCause, MessageDelivered, MessageFailed, MessageFailing, MessageIntended, PageExpired, PageFailed,
    PageOpened, Record, SentId,
};
use evenkeel_time::Timestamp;

use crate::cases::{About, Case, Due, Must, PageEnd, Progress, Sheet, Way};
use crate::clock::{Mono, SECOND};
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::reference::paging;
use crate::violation::{Check, Violation, hold};

/// The number by which a page or an update is known.
pub(crate) fn number(of: SentId) -> u64 {
    match of {
        SentId::Page(id) => id.0.0,
        SentId::Update(id) => id.0.0,
    }
}

/// Addresses, each with when it is tried.
pub(crate) fn ways(tries: impl IntoIterator<Item = (Arc<str>, Timestamp)>, facts: &Facts) -> BTreeMap<Arc<str>, Way> {
    let way = |at: Timestamp| {
        let due = facts.mono + (at - facts.now).0;
        Way { at: Due::at(due), progress: Progress::Waiting, try_by: due, failing: None }
    };
    tries.into_iter().map(|(name, at)| (name, way(at))).collect()
}

impl Ledger {
    pub(super) fn page_opened(&mut self, body: &PageOpened, record: &Record, facts: &Facts) -> Result<(), Violation> {
        let (id, incident) = (PageId(record.seq), body.incident);
        let must = Must::Page(incident, body.to.clone(), body.ask);
        let Some(place) = self.cases.must.iter().position(|known| *known == must) else {
            let what = format!(
                "{id}: {} is asked to {:?} on {incident}, expected is {:?}",
                body.to, body.ask, self.cases.must
            );
            return Err(Violation::new(Check::RightPeoplePaged, what));
        };
        self.cases.must.remove(place);
        let (Some(plan), Some(case)) = (self.plan.clone(), self.cases.open.get(&incident)) else {
            return Err(Violation::new(Check::RightPeoplePaged, format!("{id}: {incident} is gone")));
        };
        let wanted = paging::tries(&plan, &body.to, case.severity, facts.now);
        let is: BTreeSet<(Arc<str>, Timestamp)> =
            body.contacts.iter().map(|contact| (contact.contact.clone(), contact.at)).collect();
        let same = is == wanted && is.len() == body.contacts.len();
        hold!(same, ContactsByRule, "{id}: {} is tried by {is:?}, by their rules {wanted:?}", body.to);
        let last = body.contacts.iter().map(|contact| contact.at).max().unwrap_or(facts.now);
        hold!(body.not_after > last, ContactsByRule, "{id}: over at {} before the last contact", body.not_after);
        hold!(!body.because.is_empty(), RightPeoplePaged, "{id} does not say why");
        self.supersede(id, body);
        let sheet = Sheet {
            incident,
            about: About::Page { to: body.to.clone(), ask: body.ask },
            opened: facts.mono,
            not_after: Due::at(facts.mono + (body.not_after - facts.now).0),
            end: PageEnd::Open,
            link_used: false,
            ways: ways(body.contacts.iter().map(|contact| (contact.contact.clone(), contact.at)), facts),
        };
        if sheet.ways.is_empty() {
            self.cases.must.push(Must::FailPage(id));
        }
        self.cases.sheets.insert(id.0.0, sheet);
        self.cases.pages += 1;
        Ok(())
    }

    /// Who is asked the same again is asked by the newer page only.
    fn supersede(&mut self, id: PageId, body: &PageOpened) {
        for (_, page) in self.cases.sheets.iter_mut().filter(|(_, sheet)| sheet.incident == body.incident) {
            let same = matches!(&page.about, About::Page { to, ask } if *to == body.to && *ask == body.ask);
            // A question for approval is asked again for another text, which is another question.
            if same && page.acts() && page.end == PageEnd::Open {
                page.end(PageEnd::Over);
            }
        }
        let stand = self.cases.open.get_mut(&body.incident).and_then(|case| case.stand.as_mut());
        if let Some(stand) = stand.filter(|_| !matches!(body.ask, Ask::Approve(_))) {
            stand.pages.insert(id);
        }
    }

    pub(super) fn page_failed(&mut self, body: &PageFailed) -> Result<(), Violation> {
        let id = body.page;
        let must = Must::FailPage(id);
        let place = self.cases.must.iter().position(|known| *known == must);
        hold!(place.is_some(), PageFailureIsKnown, "{id} failed, and not all of its contacts did");
        place.map(|place| self.cases.must.remove(place));
        hold!(!body.reason.is_empty(), PageFailureIsKnown, "{id} failed without a reason");
        let Some(sheet) = self.cases.sheets.get_mut(&id.0.0) else { return Ok(()) };
        sheet.end = PageEnd::Failed;
        let (incident, ask) = (sheet.incident, sheet.asks());
        let Some(case) = self.cases.open.get(&incident).filter(|case| case.waits() && case.unroutable.is_none()) else {
            return Ok(());
        };
        let Some(stand) = case.stand.as_ref().filter(|stand| stand.next.is_some() && stand.pages.contains(&id)) else {
            return Ok(());
        };
        let every =
            stand.pages.iter().all(|id| self.cases.sheets.get(&id.0.0).is_some_and(|page| page.end == PageEnd::Failed));
        if ask == Some(Ask::Acknowledge) && every && self.steps_left(case) {
            self.cases.must.push(Must::Step(incident, EscalationCause::Unreachable));
        }
        Ok(())
    }

    fn steps_left(&self, case: &Case) -> bool {
        let Some((plan, stand)) = self.plan.as_ref().zip(case.stand.as_ref()) else { return false };
        plan.catalogue.policies.get(&stand.policy).is_some_and(|policy| stand.step + 1 < policy.steps.len())
    }

    pub(super) fn page_expired(&mut self, body: &PageExpired, facts: &Facts) -> Result<(), Violation> {
        let id = body.page;
        let calm = self.cases.calm_since;
        let sheet = self.cases.sheets.get_mut(&id.0.0).filter(|sheet| sheet.end == PageEnd::Open);
        let Some(sheet) = sheet else {
            return Err(Violation::new(Check::PageHasOneOutcome, format!("{id} expires after its end")));
        };
        facts.on_time(sheet.not_after, calm, Check::PageHasOneOutcome, &format!("the end of {id}"))?;
        sheet.end(PageEnd::Over);
        Ok(())
    }

    fn way(&mut self, of: SentId, address: &str) -> Result<(&mut Way, IncidentId), Violation> {
        let sheet = self.cases.sheets.get_mut(&number(of));
        let found = sheet.and_then(|sheet| sheet.ways.get_mut(address).map(|way| (way, sheet.incident)));
        found.ok_or_else(|| Violation::new(Check::MessageHasOneOutcome, format!("{of} has no address {address}")))
    }

    /// A message goes at its time, while it is needed: what is silenced, acknowledged or over pages nobody.
    pub(super) fn message_intended(&mut self, body: &MessageIntended, facts: &Facts) -> Result<(), Violation> {
        let (of, address) = (body.of, &body.address);
        let calm = self.cases.calm_since;
        let (way, incident) = self.way(of, address)?;
        hold!(way.progress == Progress::Waiting, MessageHasOneOutcome, "{of} to {address} goes, is {:?}", way.progress);
        facts.on_time(way.at, calm, Check::ContactsByRule, &format!("{of} to {address}"))?;
        way.progress = Progress::Sending;
        way.try_by = facts.mono;
        let Some(sheet) = self.cases.sheets.get(&number(of)) else { return Ok(()) };
        let over = facts.mono - sheet.not_after.at;
        hold!(
            over < 0 || !sheet.not_after.exact,
            OneStepAtAStart,
            "{of} to {address} goes {over} ms after its not-after"
        );
        match &sheet.about {
            About::Page { ask: Ask::Approve(_), .. } => {}
            About::Page { .. } => {
                let case = self.cases.open.get(&incident);
                let case = case.filter(|case| case.active() && case.paused.is_none());
                let bad = case.is_some_and(|case| case.overruled || self.bad(case, facts.now));
                hold!(bad, SilencedPagesNobody, "{of} of {incident} pages by {address}, and it is not to");
            }
            About::Update { awaits, withdrawn, .. } => {
                hold!(!awaits && !withdrawn, UpdatesAreApproved, "{of} goes to {address} and is not approved");
            }
        }
        Ok(())
    }

    pub(super) fn message_failing(&mut self, body: &MessageFailing, facts: &Facts) -> Result<(), Violation> {
        let reported = facts.message_outcomes(body.of, &body.address).any(
            |outcome| matches!(outcome, Outcome::Failed { reason, .. } if reason.as_str() == body.reason.as_ref()),
        );
        hold!(reported, RecordHasCause, "{}: nobody reported {:?}", body.of, body.reason);
        let (way, _) = self.way(body.of, &body.address)?;
        hold!(way.progress == Progress::Sending, MessageHasOneOutcome, "{} fails as {:?}", body.of, way.progress);
        let news = way.failing.as_ref() != Some(&body.reason);
        hold!(news, UnchangedCostsNothing, "{} fails again by {}", body.of, body.reason);
        way.failing = Some(body.reason.clone());
        Ok(())
    }

    pub(super) fn message_delivered(&mut self, body: &MessageDelivered, facts: &Facts) -> Result<(), Violation> {
        let reported = facts.message_outcomes(body.of, &body.address).any(|outcome| *outcome == Outcome::Delivered);
        hold!(reported, RecordHasCause, "{}: nobody delivered it to {}", body.of, body.address);
        let (way, _) = self.way(body.of, &body.address)?;
        let good = matches!(way.progress, Progress::Sending | Progress::Dropped);
        hold!(good, MessageHasOneOutcome, "{} is delivered as {:?}", body.of, way.progress);
        way.progress = Progress::Delivered;
        Ok(())
    }

    pub(super) fn message_failed(&mut self, body: &MessageFailed, facts: &Facts) -> Result<(), Violation> {
        let (of, address) = (body.of, &body.address);
        let refused = facts
            .message_outcomes(of, address)
            .any(|outcome| matches!(outcome, Outcome::Failed { retry: Retry::No, .. }));
        let waits = facts.message_outcomes(of, address).any(|outcome| matches!(outcome, Outcome::Failed { .. }));
        let gone = self.cases.sheets.get(&number(of)).is_some_and(|sheet| !self.reaches(sheet, address));
        let Some(sheet) = self.cases.sheets.get_mut(&number(of)) else {
            return Err(Violation::new(Check::MessageHasOneOutcome, format!("{of} fails and is not known")));
        };
        // The last attempt may fail so shortly before the end that no other fits in.
        let left = sheet.not_after.at - facts.mono;
        let over = left <= SECOND / 10 || (waits && left <= crate::sites::WAIT_MAX) || !sheet.not_after.exact;
        hold!(
            refused || over || gone,
            RecordHasCause,
            "{of} to {address} is given up {left} ms early: {}",
            body.reason
        );
        hold!(!body.reason.is_empty(), MessageHasOneOutcome, "{of} fails at {address} without a reason");
        let Some(way) = sheet.ways.get_mut(address) else { return Ok(()) };
        hold!(way.open(), MessageHasOneOutcome, "{of} fails at {address} as {:?}", way.progress);
        way.progress = Progress::Failed;
        if let (SentId::Page(page), true, PageEnd::Open) = (of, sheet.all_failed(), sheet.end) {
            self.cases.must.push(Must::FailPage(page));
        }
        Ok(())
    }

    /// Whether the plan has the address still.
    fn reaches(&self, sheet: &Sheet, address: &str) -> bool {
        let Some(plan) = &self.plan else { return false };
        match &sheet.about {
            About::Page { to: DocumentRef::Person(name), .. } => {
                plan.catalogue.people.get(name).is_some_and(|person| person.contacts.contains_key(address))
            }
            About::Page { to, .. } => plan.integration(to.name(), address).is_some(),
            About::Update { .. } => address
                .rsplit_once('/')
                .is_some_and(|(receiver, integration)| plan.integration(receiver, integration).is_some()),
        }
    }

    /// An attempt's outcome was taken: what is still open is tried again before long.
    pub(crate) fn message_attempt_ended(&mut self, of: SentId, address: &str, now: Mono, wait: Mono) {
        if let Some(way) = self.cases.sheets.get_mut(&number(of)).and_then(|sheet| sheet.ways.get_mut(address)) {
            way.try_by = now + wait;
        }
    }
}
