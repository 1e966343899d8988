//! The evidence as a review of crate `lens` asks it.

mod blocks;

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, Seq};
use evenkeel_journal::Reader;
use evenkeel_lens::{Ask, Attestation, BlockRow, Blocks, Facts, Job, Judged, Subjects, TeamSubject, WorkloadSubject};
use evenkeel_record::Body;
use evenkeel_time::Timestamp;

use crate::answer::Cell;
use crate::error::EvidenceError;
use crate::reading::AsOf;

/// The tier of a workload that says none: the last.
const TIER_LAST: u8 = 4;

/// What a review asks: the evidence, and the journal where it is at hand, for words that are kept nowhere else.
#[derive(Debug)]
pub struct ReviewFacts<'a> {
    evidence: AsOf<'a>,
    journal: Option<&'a Reader>,
}

impl<'a> ReviewFacts<'a> {
    /// With the journal, attestations have their statements.
    #[must_use]
    pub const fn new(evidence: AsOf<'a>, journal: Option<&'a Reader>) -> Self {
        Self { evidence, journal }
    }

    /// The evidence itself.
    pub const fn evidence(&mut self) -> &mut AsOf<'a> {
        &mut self.evidence
    }

    fn as_of(&mut self, seq: Seq) {
        self.evidence.seq = seq.0;
    }

    /// What somebody stated; nothing when that was erased since.
    fn statement(&self, record: Seq) -> Result<Option<Box<str>>, EvidenceError> {
        let Some(journal) = self.journal else {
            return Ok(None);
        };
        let Some(sealed) = journal.record(record).map_err(EvidenceError::Read)? else {
            return Ok(None);
        };
        let header = evenkeel_record::Header::decode(&sealed.header);
        let (Ok((header, _)), Some((_, body))) = (header, &sealed.body) else {
            return Ok(None);
        };
        Ok(match Body::decode(&header.kind, header.version, body) {
            Ok(Body::Attested(attested)) => Some(attested.statement),
            _ => None,
        })
    }
}

impl Blocks for ReviewFacts<'_> {
    type Error = EvidenceError;

    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, EvidenceError> {
        let last = self.evidence.last.seq;
        blocks::rows(self.evidence.way, last, ask)
    }

    fn rows_since(&mut self, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, EvidenceError> {
        let last = self.evidence.last.seq;
        blocks::rows_since(self.evidence.way, last, ask, begins)
    }
}

impl Facts for ReviewFacts<'_> {
    fn subjects(&mut self, seq: Seq) -> Result<Subjects, EvidenceError> {
        self.as_of(seq);
        let (mut workloads, mut teams) = (Vec::new(), Vec::new());
        let sql = "SELECT name, tier, team, owner FROM workloads ORDER BY name";
        self.evidence.own(sql, &[], &mut |row| {
            let [name, tier, team, owner] = row.as_slice() else { return };
            let owner: Option<DocumentRef> = text(owner).and_then(|owner| owner.parse().ok());
            if let Some(name) = text(name) {
                let tier = whole(tier).and_then(|tier| u8::try_from(tier).ok()).unwrap_or(TIER_LAST);
                let team = text(team).map(Arc::from);
                workloads.push(WorkloadSubject { name: name.into(), tier, team, owner });
            }
        })?;
        self.evidence.own("SELECT name FROM teams ORDER BY name", &[], &mut |row| {
            teams.extend(row.first().and_then(text).map(|name| TeamSubject { name: name.into() }));
        })?;
        Ok(Subjects { workloads, teams })
    }

    fn each(&mut self, count: usize, job: &Job<'_, EvidenceError>) -> Result<Vec<Vec<Judged>>, EvidenceError> {
        let mut beside = self.evidence.beside(count.saturating_sub(1))?;
        let judged = blocks::each(self, &mut beside, count, job);
        self.evidence.keep(beside);
        judged
    }

    fn attestations(&mut self, seq: Seq, to: Timestamp) -> Result<Vec<Attestation>, EvidenceError> {
        self.as_of(seq);
        let sql = "SELECT record, practice, subject, person, at, expires_at, not_applicable, withdrawn_at \
                   FROM attestations WHERE expires_at > $to ORDER BY record";
        let mut signed = Vec::new();
        self.evidence.own(sql, &[("to", to.0)], &mut |row| signed.extend(attestation(&row)))?;
        for attestation in &mut signed {
            attestation.statement = self.statement(attestation.record)?;
        }
        Ok(signed)
    }
}

fn attestation(row: &[Cell]) -> Option<Attestation> {
    let [record, practice, subject, person, at, expires_at, not_applicable, withdrawn_at] = row else {
        return None;
    };
    Some(Attestation {
        record: Seq(u64::try_from(whole(record)?).ok()?),
        practice: text(practice)?.into(),
        subject: text(subject)?.into(),
        person: text(person)?.into(),
        statement: None,
        at: Timestamp(whole(at)?),
        expires_at: Timestamp(whole(expires_at)?),
        not_applicable: whole(not_applicable)? == 1,
        withdrawn_at: whole(withdrawn_at).map(Timestamp),
    })
}

pub(crate) const fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text.as_str()),
        Cell::Null | Cell::Whole(_) | Cell::Real(_) => None,
    }
}

pub(crate) const fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        Cell::Null | Cell::Real(_) | Cell::Text(_) => None,
    }
}
