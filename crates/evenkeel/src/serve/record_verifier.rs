//! Verifies a stretch of the journal for the faces.

use std::path::{Path, PathBuf};

use evenkeel_api::NotConsulted;
use evenkeel_journal::{Reader, Verification};
use evenkeel_pages::{Verified, VerifyAsked, VerifyFault};

/// Verifies what is asked for, on a thread that may wait for the disk.
pub(crate) async fn verify(data: PathBuf, asked: VerifyAsked) -> Result<Option<Verified>, NotConsulted> {
    let verified = tokio::task::spawn_blocking(move || verified(&data.join("journal.db"), asked));
    match verified.await {
        Ok(verified) => verified.map_err(|error| NotConsulted::Failed(format!("{error:#}"))),
        Err(_) => Err(NotConsulted::Failed("verifying ended by a bug".to_owned())),
    }
}

fn verified(file: &Path, asked: VerifyAsked) -> anyhow::Result<Option<Verified>> {
    let reader = Reader::open(file)?;
    let head = reader.head()?.seq;
    let Some((from, to)) = asked.within(head) else { return Ok(None) };
    // The whole file's structure is for `evenkeel journal verify`: it takes longer the larger the file is.
    let what = Verification { from, to, file: false, ..Verification::default() };
    let report = reader.verify(&what, |_| ())?;
    let fault = |fault: &evenkeel_journal::Fault| VerifyFault {
        at: fault.at,
        what: fault.kind.to_string(),
        meaning: fault.meaning().to_owned(),
    };
    Ok(Some(Verified {
        from,
        to,
        head,
        hash: report.head.hash.to_string(),
        records: report.records,
        erased: report.erased,
        checkpoints: report.checkpoints,
        faults: report.faults.iter().map(fault).collect(),
        unlisted: report.unlisted_faults,
    }))
}

#[cfg(test)]
mod tests {
    use evenkeel_ids::{PlanHash, Seq};
    use evenkeel_journal::{Journal, OsSalts, seal};
    use evenkeel_record::{Actor, Body, Origin, Record, Stopped};
    use evenkeel_time::Timestamp;

    use super::*;

    #[test]
    fn a_stretch_of_a_journal_is_verified() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(folder.path()).expect("the journal opens");
        let record = |seq: u64| Record {
            seq: Seq(seq),
            at: Timestamp(0),
            origin: Origin::Observed,
            actor: Actor::system(),
            plan: PlanHash::NONE,
            body: Body::Stopped(Stopped { reason: "SIGTERM".into() }),
        };
        let records: Vec<Record> = (1..=9).map(record).collect();
        let sealed = seal(journal.head(), &records, &mut OsSalts::default());
        journal.commit(&sealed).expect("committed");
        let file = folder.path().join("journal.db");
        let asked = |from, to| VerifyAsked { from: Some(Seq(from)), to: Some(Seq(to)) };
        let found = verified(&file, asked(3, 5)).expect("verified").expect("a stretch");
        assert_eq!((found.from, found.to, found.head, found.records), (Seq(3), Seq(5), Seq(9), 3));
        assert_eq!((found.faults, found.unlisted, found.hash.len()), (Vec::new(), 0, 64));
        assert_eq!(verified(&file, asked(10, 12)).expect("nothing"), None);
    }
}
