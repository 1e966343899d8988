//! The incident domain in the engine: it is told what alerts do, and what it decides becomes records and messages.
//!
//! What a record leads to is decided once it is applied: `reactions` holds those that wait, in order, and
//! [`Engine::settle`] works them off before anything else is decided.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::{
    By, Command, Context, Deadline, Decision, SeenGroup, ToSend, decide_command, decide_deadline, decide_group,
    decide_outcome, decide_reaction, decide_resend, decide_silences_changed, decide_started, decide_unsendable,
    decide_unwatched,
};
use evenkeel_model::Integration;
use evenkeel_record::{Actor, Body, Record, SentId};
use evenkeel_time::Timestamp;

use crate::alerts::AlertsSeen;
use crate::{Answer, Batch, Effect, Engine, Outcome, Refusal};

/// So many reactions may follow from one input. A policy of 100 steps that nobody can be reached by makes some hundreds.
const REACTIONS_MAX: usize = 1_000_000;

impl Engine {
    /// Decides on the present state and takes the decision in: records, then leases.
    pub(crate) fn decide_incident<T>(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        batch: &mut Batch,
        decide: impl FnOnce(&Context<'_>, &mut Decision) -> T,
    ) -> T {
        let mut decision = Decision::new(self.state.seq.next());
        let answer = self.with_incidents(now, |cx| decide(cx, &mut decision));
        for body in decision.records {
            self.record(body, actor, now, batch);
        }
        for lease in decision.leases {
            self.state.incident.renew(lease);
        }
        answer
    }

    /// State, plan and instant, for those who ask why.
    pub fn with_incidents<T>(&self, now: Timestamp, look: impl FnOnce(&Context<'_>) -> T) -> T {
        let alerts = AlertsSeen(self.context(now));
        let (state, overrides, plan) = (&self.state.incident, &self.state.oncall, &*self.plan);
        look(&Context { state, overrides, plan, alerts: &alerts, now })
    }

    pub(crate) fn command(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        by: &By,
        command: &Command,
        batch: &mut Batch,
    ) -> Answer {
        let decided = self.decide_incident(now, actor, batch, |cx, decision| decide_command(cx, by, command, decision));
        decided.map_or_else(|refusal| Answer::Refused(Refusal::Command(refusal)), Answer::Subject)
    }

    pub(crate) fn message_outcome(
        &mut self,
        now: Timestamp,
        of: SentId,
        address: &str,
        outcome: &Outcome,
        batch: &mut Batch,
    ) -> Answer {
        let decide = |cx: &Context<'_>, decision: &mut Decision| decide_outcome(cx, of, address, outcome, decision);
        self.decide_incident(now, &Actor::system(), batch, decide);
        Answer::Done
    }

    pub(crate) fn incident_deadline(&mut self, now: Timestamp, deadline: Deadline, batch: &mut Batch) {
        let decide = |cx: &Context<'_>, decision: &mut Decision| decide_deadline(cx, deadline, decision);
        let again = self.decide_incident(now, &Actor::system(), batch, decide);
        if let Some((of, address)) = again {
            self.send(of, &address, now, batch);
        }
    }

    pub(crate) fn incidents_started(&mut self, now: Timestamp, batch: &mut Batch) {
        self.decide_incident(now, &Actor::system(), batch, decide_started);
        self.settle(now, batch);
    }

    pub(crate) fn silences_changed(&mut self, now: Timestamp, batch: &mut Batch) {
        self.decide_incident(now, &Actor::system(), batch, decide_silences_changed);
    }

    pub(crate) fn group_seen(&mut self, now: Timestamp, seen: &SeenGroup, batch: &mut Batch) {
        self.decide_incident(now, &Actor::system(), batch, |cx, decision| decide_group(cx, seen, decision));
    }

    /// Looks at incidents that no look at a group is for.
    pub(crate) fn unwatched_seen(&mut self, now: Timestamp, incidents: Vec<IncidentId>, batch: &mut Batch) {
        for id in incidents {
            self.decide_incident(now, &Actor::system(), batch, |cx, decision| decide_unwatched(cx, id, decision));
        }
    }

    /// Remembers what a record may lead to; an alert's end matters where its incident's group is not looked at any more.
    pub(crate) fn await_reaction(&mut self, record: &Record) {
        let ended = |record: &Record| {
            let Body::AlertResolved(body) = &record.body else { return false };
            self.state.incident.incidents_of(body.alert).next().is_some()
        };
        if about_incidents(&record.body) || ended(record) {
            self.reactions.push_back(record.clone());
        }
    }

    /// Decides what follows from what was recorded, until nothing does.
    ///
    /// # Panics
    /// When that does not end: a bug, which must not fill the disk.
    pub(crate) fn settle(&mut self, now: Timestamp, batch: &mut Batch) {
        let mut count = 0;
        while let Some(record) = self.reactions.pop_front() {
            count += 1;
            assert!(count < REACTIONS_MAX, "reactions to one input come to an end");
            if let Body::AlertResolved(body) = &record.body {
                let incidents = self.state.incident.incidents_of(body.alert).map(|known| known.id).collect();
                self.unwatched_seen(now, incidents, batch);
                continue;
            }
            self.decide_incident(now, &Actor::system(), batch, |cx, out| decide_reaction(cx, &record, out));
        }
    }

    /// Sends every page and update again whose outcome nobody will report: those of before a start or a fold.
    pub(crate) fn resend_messages(&mut self, now: Timestamp, batch: &mut Batch) {
        let open: Vec<ToSend> = self.state.incident.sending().collect();
        for (of, address) in open {
            let decide = |cx: &Context<'_>, decision: &mut Decision| decide_resend(cx, of, &address, decision);
            if self.decide_incident(now, &Actor::system(), batch, decide) {
                self.send(of, &address, now, batch);
            }
        }
    }

    /// The effect of a message that is to go: to be sent, or on record as one that cannot be.
    pub(crate) fn send(&mut self, of: SentId, address: &str, now: Timestamp, batch: &mut Batch) {
        match self.message(of, address, now) {
            Ok(effect) => batch.effects.push(effect),
            Err(reason) => self.decide_incident(now, &Actor::system(), batch, |cx, decision| {
                decide_unsendable(cx, of, address, &reason, decision);
            }),
        }
    }

    /// The effect of a page or an update to one address; nothing is recorded.
    ///
    /// # Errors
    /// Why it cannot be sent, in words: it is gone, or the plan has no such address any more.
    pub fn message(&self, of: SentId, address: &str, now: Timestamp) -> Result<Effect, String> {
        let gone = || format!("{of} is gone");
        match of {
            SentId::Page(id) => {
                let page = self.state.incident.page(id).ok_or_else(gone)?;
                let integration = self.way(&page.to, address)?;
                let message = self.with_incidents(now, |cx| cx.page_message(page, address)).ok_or_else(gone)?;
                Ok(Effect::Page { message, integration })
            }
            SentId::Update(id) => {
                let update = self.state.incident.update(id).ok_or_else(gone)?;
                let (receiver, name) = address.rsplit_once('/').ok_or_else(gone)?;
                let integration = self.way(&DocumentRef::Receiver(receiver.into()), name)?;
                let message = self.with_incidents(now, |cx| cx.update_message(update, address)).ok_or_else(gone)?;
                Ok(Effect::Update { message, integration })
            }
        }
    }

    /// How a contact of a person, or a receiver, is reached under the present plan.
    fn way(&self, to: &DocumentRef, name: &str) -> Result<Arc<Integration>, String> {
        let person = |person: &Arc<str>| self.contacts.get(&(person.clone(), Arc::from(name)));
        let found = match to {
            DocumentRef::Person(known) => person(known),
            DocumentRef::Receiver(known) => self.integrations.get(&(known.clone(), Arc::from(name))),
            DocumentRef::Team(_) | DocumentRef::Schedule(_) | DocumentRef::Policy(_) | DocumentRef::Workload(_) => None,
        };
        found.cloned().ok_or_else(|| format!("{to} has no {name} in the plan any more"))
    }
}

/// Whether a record belongs to the incident domain.
fn about_incidents(body: &Body) -> bool {
    let kind = body.kind().name;
    ["incident-", "page-", "update-", "message-failed", "acknowledgement-"].iter().any(|of| kind.starts_with(of))
}
