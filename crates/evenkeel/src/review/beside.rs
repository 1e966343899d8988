//! What belongs beside a review: improvements that somebody has taken up, and named states of before.

use anyhow::Context;
use evenkeel_evidence::{AsOf, Cell, Limits, QueryFault};
use evenkeel_ids::{ImprovementId, Seq};
use evenkeel_journal::Reader;
use evenkeel_lens::Counts;
use evenkeel_record::{Body, Header, MilestoneSet};
use evenkeel_review::{Milestone, TakenUp};
use evenkeel_time::Timestamp;

const TAKEN: &str = "SELECT record, practice, subject, owner, at, reopened FROM improvements \
                     WHERE closed_at IS NULL AND dropped_at IS NULL ORDER BY record";
const MILESTONES: &str = "SELECT record FROM milestones ORDER BY record";

/// What belongs beside a review.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) taken: Vec<TakenUp>,
    pub(crate) milestones: Vec<Milestone>,
}

impl Beside {
    /// Reads it as of the record that the evidence is asked as of.
    pub(crate) fn read(reader: &Reader, evidence: &mut AsOf<'_>) -> anyhow::Result<Self> {
        let taken = rows(evidence, TAKEN)?.iter().filter_map(|row| taken(row)).collect();
        let mut milestones = Vec::new();
        for row in rows(evidence, MILESTONES)? {
            let Some(Cell::Whole(record)) = row.first() else { continue };
            let seq = Seq(u64::try_from(*record).unwrap_or(0));
            milestones.extend(set(reader, seq)?.map(|set| shown(&set)));
        }
        Ok(Self { taken, milestones })
    }
}

/// The milestone of a name, the latest if there are several.
pub(crate) fn milestone(reader: &Reader, evidence: &mut AsOf<'_>, name: &str) -> anyhow::Result<Option<MilestoneSet>> {
    for row in rows(evidence, MILESTONES)?.iter().rev() {
        let Some(Cell::Whole(record)) = row.first() else { continue };
        let set = set(reader, Seq(u64::try_from(*record).unwrap_or(0)))?;
        if let Some(set) = set.filter(|set| &*set.name == name) {
            return Ok(Some(set));
        }
    }
    Ok(None)
}

fn rows(evidence: &mut AsOf<'_>, sql: &str) -> anyhow::Result<Vec<Vec<Cell>>> {
    match evidence.query(sql, Limits::default()) {
        Ok(answer) => Ok(answer.rows),
        Err(QueryFault::Evidence(error)) => Err(error.into()),
        Err(QueryFault::Text(faults)) => unreachable!("the program's own queries can be asked: {faults:?}"),
    }
}

fn taken(row: &[Cell]) -> Option<TakenUp> {
    let [Cell::Whole(record), Cell::Text(practice), Cell::Text(subject), Cell::Text(owner), Cell::Whole(at), reopened] =
        row
    else {
        return None;
    };
    let reopened = if let Cell::Whole(times) = reopened { u32::try_from(*times).unwrap_or(0) } else { 0 };
    Some(TakenUp {
        id: ImprovementId(Seq(u64::try_from(*record).ok()?)),
        practice: practice.as_str().into(),
        subject: subject.as_str().into(),
        owner: owner.parse().ok()?,
        opened_at: Timestamp(*at),
        reopened,
    })
}

/// What was set by a record; nothing when its body was erased.
fn set(reader: &Reader, seq: Seq) -> anyhow::Result<Option<MilestoneSet>> {
    let sealed = reader.record(seq)?.with_context(|| format!("there is no record {seq}"))?;
    let Some((_, bytes)) = &sealed.body else { return Ok(None) };
    let (header, _) = Header::decode(&sealed.header)?;
    let body = Body::decode(&header.kind, header.version, bytes)?;
    Ok(if let Body::MilestoneSet(set) = body { Some(set) } else { None })
}

fn shown(set: &MilestoneSet) -> Milestone {
    let mut counts = Counts::default();
    for (name, number) in &set.counts {
        if let Ok(standing) = name.parse() {
            counts.set(standing, *number);
        }
    }
    Milestone { name: set.name.clone(), to: set.window_end, counts }
}
