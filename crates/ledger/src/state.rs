//! What is told, declared and signed, as far as anything is decided by it.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_ids::{AttestationId, ImprovementId, MilestoneId, Seq};
use evenkeel_record::{Attested, Body, DeclarationKey, DocumentsDeclared, ImprovementOpened, MilestoneSet, Record};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::{Attestation, Facts, Improvement, Milestone};

/// The fold of the records about what is told, declared and signed.
///
/// INVARIANT: `expiring` has each attestation once, by its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Which facts are known. Erased ones are not, so this may be less than what was told.
    pub facts: Facts,
    attestations: BTreeMap<AttestationId, Attestation>,
    expiring: BTreeSet<(Timestamp, AttestationId)>,
    improvements: BTreeMap<ImprovementId, Improvement>,
    milestones: BTreeMap<Box<str>, Milestone>,
    pub(crate) declared: BTreeMap<DeclarationKey, Recorded>,
    pub(crate) findings: Option<Recorded>,
}

/// What was last recorded of something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) says: Digest,
    pub(crate) at: Seq,
}

impl State {
    /// Folds one record in. Records of other domains only let time pass.
    pub fn apply(&mut self, record: &Record) {
        match &record.body {
            Body::FactReported(body) => self.facts.take(body, record.seq, record.at),
            Body::BodyErased(body) => self.facts.forget_record(body.erased),
            Body::Attested(body) => self.attested(body, record),
            Body::AttestationWithdrawn(body) => self.end(body.attestation),
            Body::ImprovementOpened(body) => self.opened(body, record),
            Body::ImprovementClosed(body) => self.judged(body.improvement, body.seq, Some(record.at)),
            Body::ImprovementReopened(body) => self.judged(body.improvement, body.seq, None),
            Body::ImprovementDropped(body) => drop(self.improvements.remove(&body.improvement)),
            Body::MilestoneSet(body) => self.milestone_set(body, record),
            Body::DocumentsDeclared(body) => self.documents(body, record.seq),
            Body::FindingsFound(body) => {
                self.findings = Some(Recorded { says: Digest::of_findings(&body.findings), at: record.seq });
            }
            evenkeel_record::alerting_bodies!()
            | evenkeel_record::incident_bodies!()
            | evenkeel_record::access_bodies!()
            | Body::Started(_)
            | Body::Stopped(_)
            | Body::ClockJumped(_)
            | Body::PlanAdopted(_)
            | Body::PlanRefused(_)
            | Body::LastResortTold(_) => {}
        }
        self.pass(record.at);
    }

    /// Takes in that it is this instant: attestations that have expired count no more.
    pub fn pass(&mut self, at: Timestamp) {
        while let Some((_, id)) = self.expiring.first().copied().filter(|(end, _)| *end <= at) {
            self.end(id);
        }
    }

    /// The attestations that counted at the last record, in the order in which they were signed.
    pub fn attestations(&self) -> impl Iterator<Item = &Attestation> {
        self.attestations.values()
    }

    /// One that counted at the last record.
    #[must_use]
    pub fn attestation(&self, id: AttestationId) -> Option<&Attestation> {
        self.attestations.get(&id)
    }

    /// The improvements that are not dropped, in the order in which they were opened.
    pub fn improvements(&self) -> impl Iterator<Item = &Improvement> {
        self.improvements.values()
    }

    /// One that is not dropped.
    #[must_use]
    pub fn improvement(&self, id: ImprovementId) -> Option<&Improvement> {
        self.improvements.get(&id)
    }

    /// The milestones, by name.
    pub fn milestones(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.values()
    }

    /// The milestone of that name.
    #[must_use]
    pub fn milestone(&self, name: &str) -> Option<&Milestone> {
        self.milestones.get(name)
    }

    fn attested(&mut self, body: &Attested, record: &Record) {
        let Attested { practice, subject, person, statement, expires_at, not_applicable } = body.clone();
        let (id, at) = (AttestationId(record.seq), record.at);
        self.expiring.insert((expires_at, id));
        let signed = Attestation { id, practice, subject, person, statement, at, expires_at, not_applicable };
        self.attestations.insert(id, signed);
    }

    fn end(&mut self, id: AttestationId) {
        if let Some(ended) = self.attestations.remove(&id) {
            self.expiring.remove(&(ended.expires_at, id));
        }
    }

    fn opened(&mut self, body: &ImprovementOpened, record: &Record) {
        let ImprovementOpened { practice, subject, owner, title, lens: _ } = body.clone();
        let (id, at, judged) = (ImprovementId(record.seq), record.at, record.seq);
        let opened = Improvement { id, practice, subject, owner, title, at, closed_at: None, reopened: 0, judged };
        self.improvements.insert(id, opened);
    }

    fn judged(&mut self, id: ImprovementId, seq: Seq, closed_at: Option<Timestamp>) {
        if let Some(known) = self.improvements.get_mut(&id) {
            known.closed_at = closed_at;
            known.reopened += u32::from(closed_at.is_none());
            known.judged = seq;
        }
    }

    fn milestone_set(&mut self, body: &MilestoneSet, record: &Record) {
        let MilestoneSet { name, seq, head, lens_hash, window_end, counts } = body.clone();
        let (id, at) = (MilestoneId(record.seq), record.at);
        let set = Milestone { id, name: name.clone(), at, seq, head, lens_hash, window_end, counts };
        self.milestones.insert(name, set);
    }

    fn documents(&mut self, body: &DocumentsDeclared, at: Seq) {
        for key in &body.withdrawn {
            self.declared.remove(key);
        }
        for declaration in &body.declared {
            self.declared.insert(declaration.key(), Recorded { says: Digest::of_document(declaration), at });
        }
    }
}

#[cfg(test)]
mod tests;
