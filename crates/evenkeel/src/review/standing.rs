//! Where a review stands: the last record that counts at an instant, and the plan in force there.

use anyhow::Context;
use evenkeel_ids::Seq;
use evenkeel_journal::Reader;
use evenkeel_lens::At;
use evenkeel_record::{Hash, Header};
use evenkeel_time::Timestamp;

/// Nothing was on record at that instant.
#[derive(Debug, thiserror::Error)]
#[error("nothing was on record at {0}")]
pub(crate) struct NoRecord(Timestamp);

/// What a review is of whose windows end at `to`: of all that was on record by then.
pub(crate) fn standing(reader: &Reader, to: Timestamp) -> anyhow::Result<At> {
    let head = reader.head()?;
    let seq = last_by(reader, head.seq, to)?.ok_or(NoRecord(to))?;
    let header = header(reader, seq)?;
    let head = if seq == head.seq { head.hash } else { reader.hash_at(seq)?.unwrap_or(Hash::ZERO) };
    Ok(At { plan: header.plan, seq, head, to })
}

/// The last record up to an instant. Times never go back from record to record, so that halving finds it.
fn last_by(reader: &Reader, head: Seq, to: Timestamp) -> anyhow::Result<Option<Seq>> {
    let (mut known, mut beyond) = (0, head.0 + 1);
    if head.0 > 0 && header(reader, head)?.at <= to {
        return Ok(Some(head));
    }
    while beyond - known > 1 {
        let middle = u64::midpoint(known, beyond);
        if header(reader, Seq(middle))?.at <= to {
            known = middle;
        } else {
            beyond = middle;
        }
    }
    Ok((known > 0).then_some(Seq(known)))
}

fn header(reader: &Reader, seq: Seq) -> anyhow::Result<Header> {
    let sealed = reader.record(seq)?.with_context(|| format!("there is no record {seq}"))?;
    Ok(Header::decode(&sealed.header)?.0)
}

#[cfg(test)]
mod tests {
    use evenkeel_ids::PlanHash;
    use evenkeel_journal::Journal;
    use evenkeel_record::chain::Head;
    use evenkeel_record::{Actor, Body, Origin, Record, Stopped};

    use super::*;

    #[test]
    fn a_review_stands_on_the_last_record_of_its_instant() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(folder.path()).expect("a journal");
        let mut head = Head::default();
        let at = |number: u64| Timestamp(i64::try_from(number / 2 * 10).expect("a small number"));
        let records: Vec<_> = (1..=9)
            .map(|number| Record {
                seq: Seq(number),
                at: at(number),
                actor: Actor::system(),
                origin: Origin::Observed,
                plan: PlanHash([u8::try_from(number).expect("a small number"); 32]),
                body: Body::Stopped(Stopped { reason: "test".into() }),
            })
            .collect();
        let sealed: Vec<_> = records.iter().map(|record| head.seal(record, [0; 16])).collect();
        journal.commit(&sealed).expect("a commit");
        let reader = Reader::open(&folder.path().join("journal.db")).expect("a reader");
        for (to, expected) in [(0, 1), (9, 1), (10, 3), (25, 5), (39, 7), (40, 9), (1000, 9)] {
            let found = standing(&reader, Timestamp(to)).expect("it stands somewhere");
            assert_eq!((found.seq, found.to), (Seq(expected), Timestamp(to)), "at {to}");
        }
        assert!(standing(&reader, Timestamp(-1)).is_err());
    }
}
