//! What is told, declared and signed: decided by its domain, recorded here. No effect follows, and no other record.

use evenkeel_fact::IncomingFact;
use evenkeel_ids::{AttestationId, ImprovementId, MilestoneId};
use evenkeel_ledger::{
    IncomingAttestation, IncomingImprovement, IncomingMilestone, Judged, decide_attest, decide_declared, decide_drop,
    decide_findings, decide_improvement, decide_judged, decide_milestone, decide_report, decide_withdraw,
};
use evenkeel_record::{Actor, Body, FoundFinding, Origin};
use evenkeel_time::Timestamp;

use crate::{Answer, Batch, Engine, LedgerRefusal, Refusal};

impl Engine {
    pub(crate) fn report(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        facts: &[IncomingFact],
        origin: Origin,
        batch: &mut Batch,
    ) -> Answer {
        match decide_report(&self.state.ledger, &self.plan, self.at(now), self.state.seq.next(), facts) {
            Ok(report) => {
                for body in report.records {
                    self.record_as(origin, Body::FactReported(body), actor, now, batch);
                }
                Answer::Facts(report.taken)
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn attest(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        incoming: &IncomingAttestation,
        batch: &mut Batch,
    ) -> Answer {
        match decide_attest(&self.state.ledger, &self.plan, self.at(now), incoming) {
            Ok(body) => {
                self.record_as(Origin::Reported, Body::Attested(body), actor, now, batch);
                Answer::Attestation(AttestationId(self.state.seq))
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn withdraw_attestation(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        id: AttestationId,
        reason: &str,
        batch: &mut Batch,
    ) -> Answer {
        match decide_withdraw(&self.state.ledger, self.at(now), id, reason) {
            Ok(body) => {
                self.record_as(Origin::Reported, Body::AttestationWithdrawn(body), actor, now, batch);
                Answer::Attestation(id)
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn open_improvement(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        incoming: &IncomingImprovement,
        batch: &mut Batch,
    ) -> Answer {
        match decide_improvement(&self.state.ledger, &self.plan, incoming) {
            Ok(body) => {
                self.record(Body::ImprovementOpened(body), actor, now, batch);
                Answer::Improvement(ImprovementId(self.state.seq))
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn drop_improvement(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        id: ImprovementId,
        reason: &str,
        batch: &mut Batch,
    ) -> Answer {
        match decide_drop(&self.state.ledger, id, reason) {
            Ok(body) => {
                self.record(Body::ImprovementDropped(body), actor, now, batch);
                Answer::Improvement(id)
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn judge_improvements(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        all: &[Judged],
        batch: &mut Batch,
    ) -> Answer {
        let (mut closed, mut reopened) = (Vec::new(), Vec::new());
        for judged in all {
            if let Some(body) = decide_judged(&self.state.ledger, judged) {
                if judged.practised { &mut closed } else { &mut reopened }.push(judged.improvement);
                self.record(body, actor, now, batch);
            }
        }
        Answer::Improvements { closed, reopened }
    }

    pub(crate) fn set_milestone(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        incoming: &IncomingMilestone,
        batch: &mut Batch,
    ) -> Answer {
        match decide_milestone(&self.state.ledger, self.state.seq, incoming) {
            Ok(body) => {
                self.record(Body::MilestoneSet(body), actor, now, batch);
                Answer::Milestone(MilestoneId(self.state.seq))
            }
            Err(refusal) => refused(refusal),
        }
    }

    pub(crate) fn note_findings(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        found: Vec<FoundFinding>,
        batch: &mut Batch,
    ) -> Answer {
        if let Some(body) = decide_findings(&self.state.ledger, found) {
            self.record(Body::FindingsFound(body), actor, now, batch);
        }
        Answer::Done
    }

    /// Puts on record what the documents of the current plan say otherwise than before.
    pub(crate) fn declare(&mut self, now: Timestamp, actor: &Actor, batch: &mut Batch) {
        let said = evenkeel_model::declarations(&self.plan);
        for body in decide_declared(&self.state.ledger, said) {
            self.record(Body::DocumentsDeclared(body), actor, now, batch);
        }
    }

    /// The instant of a record that is made now.
    fn at(&self, now: Timestamp) -> Timestamp {
        now.max(self.state.at)
    }
}

fn refused(refusal: LedgerRefusal) -> Answer {
    Answer::Refused(Refusal::Ledger(refusal))
}
