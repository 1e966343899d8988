//! Rows of any records read back, and no bytes make the reader panic.

use evenkeel_ids::Seq;
use evenkeel_journal::{Reader, Verification, seal};
use evenkeel_record::chain::Sealed;
use proptest::prelude::*;

use crate::fixture::{all, faults, folder, open, stopped, tamper};

fn commits() -> impl Strategy<Value = Vec<Vec<(String, [u8; 16])>>> {
    let record = (".{0,400}", any::<[u8; 16]>());
    prop::collection::vec(prop::collection::vec(record, 1..12), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_records_read_back_as_they_were(commits in commits()) {
        let folder = folder();
        let mut journal = open(&folder);
        let mut written: Vec<Sealed> = Vec::new();
        for commit in commits {
            let head = journal.head();
            let records: Vec<_> =
                commit.iter().zip(1..).map(|((reason, _), n)| stopped(Seq(head.seq.0 + n), reason)).collect();
            let sealed = seal(head, &records, &mut commit.iter().map(|(_, salt)| *salt));
            journal.commit(&sealed).expect("the commit succeeds");
            let mut decoded = Vec::new();
            journal.replay(records[0].seq, |record| {
                decoded.push(record.decode().expect("it decodes").into_record().expect("it has a body"));
                Ok::<_, evenkeel_journal::ReadError>(())
            }).expect("the journal reads");
            prop_assert_eq!(decoded, records);
            written.extend(sealed);
        }
        prop_assert_eq!(all(journal.read()), written);
        prop_assert_eq!(faults(&folder), "");
    }

    #[test]
    fn no_bytes_make_reading_panic(
        headers in prop::collection::vec(any::<u8>(), 0..600),
        bodies in prop::collection::vec(any::<u8>(), 0..600),
        short in any::<bool>(),
    ) {
        let folder = folder();
        drop(open(&folder));
        let mut headers = headers;
        // Lengths that fit now and then get further than random ones.
        if short && headers.len() > 40 {
            let length = u32::try_from(headers.len() - 36).expect("small");
            headers[..4].copy_from_slice(&length.to_be_bytes());
            headers[4] = 1;
        }
        let sql = "INSERT INTO journal VALUES (1, 1, $1, $2)";
        tamper(&folder).execute(sql, (&headers, &bodies)).expect("it is stored");
        let reader = Reader::open(&crate::fixture::file(&folder)).expect("it opens");
        let report = reader.verify(&Verification::default(), |_| {}).expect("it can be verified");
        prop_assert!(!report.sound());
        let _ = reader.head();
        let _ = reader.hash_at(Seq(1));
        let _ = reader.record(Seq(1));
        let _ = reader.show(Seq(1));
        let _ = reader.replay(Seq(1), |record| {
            let _ = record.decode();
            Ok::<_, evenkeel_journal::ReadError>(())
        });
        let _ = evenkeel_journal::Journal::open(folder.path());
    }
}
