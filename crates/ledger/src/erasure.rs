//! Which bodies can be erased, and folding without them.
//!
//! A fact can always be: it is about people more often than not, and all that is lost is that it is known when it is told
//! again. What is signed or set out to can be once it is over. What the ops repo said can be once it says otherwise.

use evenkeel_ids::{AttestationId, FactId, ImprovementId};
use evenkeel_record::{Body, Header, Record};

use crate::State;

/// The kind of record that facts stand in.
const FACT_REPORTED: &str = "fact-reported";

impl State {
    /// Why the body of a record has to stay, as far as what is told and signed is concerned; `None` when it may be
    /// erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        match &record.body {
            Body::Attested(_) => {
                let counts = self.attestation(AttestationId(record.seq)).is_some();
                counts.then_some("the attestation still counts; withdraw it first")
            }
            Body::ImprovementOpened(_) => {
                let held = self.improvement(ImprovementId(record.seq)).is_some();
                held.then_some("the improvement is still held; drop it first")
            }
            Body::DocumentsDeclared(body) => {
                let mut keys = body.declared.iter().map(evenkeel_record::Declaration::key);
                let said = keys.any(|key| self.declared.get(&key).is_some_and(|known| known.at == record.seq));
                let gone = body.withdrawn.iter().any(|key| !self.declared.contains_key(key));
                (said || gone).then_some("the ops repo still stands as this record says; erase it once it is changed")
            }
            Body::FindingsFound(_) => {
                let last = self.findings.is_some_and(|known| known.at == record.seq);
                last.then_some("it says what is found now; erase it once something else is found")
            }
            Body::AttestationWithdrawn(_)
            | Body::ImprovementClosed(_)
            | Body::ImprovementReopened(_)
            | Body::ImprovementDropped(_)
            | Body::MilestoneSet(_) => Some("a record of this kind names nobody and is needed to fold the journal"),
            Body::FactReported(_)
            | evenkeel_record::system_bodies!()
            | evenkeel_record::alerting_bodies!()
            | evenkeel_record::incident_bodies!()
            | evenkeel_record::access_bodies!() => None,
        }
    }

    /// Takes in that a record stands there whose body was erased.
    pub fn pass_erased(&mut self, header: &Header) {
        if &*header.kind == FACT_REPORTED
            && let Ok(id) = header.subject.parse::<FactId>()
        {
            // Whatever it said before is not what it said last.
            self.facts.forget_fact(id);
        }
        self.pass(header.at);
    }
}
