//! Records swapped, removed, inserted, doubled, replaced: found, with their position.

use evenkeel_ids::Seq;
use evenkeel_journal::seal;
use evenkeel_record::chain::Sealed;
use tempfile::TempDir;

use crate::fixture::{batch, faults, fill, folder, open, salts, stopped, tamper};

/// Five rows of one record, then a row of four.
fn journal() -> (TempDir, Vec<Sealed>) {
    let folder = folder();
    let mut journal = open(&folder);
    let records = fill(&mut journal, &[1, 1, 1, 1, 1, 4]);
    (folder, records)
}

/// The stored form of records, as a row's two blobs.
fn blobs(records: &[Sealed]) -> (Vec<u8>, Vec<u8>) {
    let (mut headers, mut bodies) = (Vec::new(), Vec::new());
    for record in records {
        headers.extend(u32::try_from(record.header.len()).unwrap().to_be_bytes());
        headers.extend(&record.header);
        headers.extend(record.hash.0);
        let (salt, body) = record.body.as_ref().unwrap();
        bodies.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        bodies.extend(salt);
        bodies.extend(body);
    }
    (headers, bodies)
}

#[track_caller]
fn found(folder: &TempDir, sql: &str, expected: &str) {
    tamper(folder).execute_batch(sql).unwrap();
    let faults = faults(folder);
    assert!(faults.contains(expected), "wanted `{expected}`, found:\n{faults}");
}

#[test]
fn a_removed_row_is_found() {
    found(&journal().0, "DELETE FROM journal WHERE first_seq = 3", "record #4: record #3 should stand here");
}

#[test]
fn a_removed_first_row_is_found() {
    found(&journal().0, "DELETE FROM journal WHERE first_seq = 1", "record #2: record #1 should stand here");
}

#[test]
fn swapped_rows_are_found() {
    let sql = "UPDATE journal SET first_seq = 100 WHERE first_seq = 2;
               UPDATE journal SET first_seq = 2, last_seq = 2 WHERE first_seq = 4;
               UPDATE journal SET first_seq = 4, last_seq = 4 WHERE first_seq = 100;";
    found(&journal().0, sql, "record #4: record #2 should stand here");
}

#[test]
fn swapped_bodies_are_found() {
    let sql = "UPDATE journal SET bodies = (SELECT bodies FROM journal WHERE first_seq = 2) WHERE first_seq = 3";
    found(&journal().0, sql, "record #3: the body was altered: its hash differs");
}

#[test]
fn a_doubled_row_is_found() {
    let sql = "INSERT INTO journal SELECT 10, 10, headers, bodies FROM journal WHERE first_seq = 5";
    found(&journal().0, sql, "record #5: record #10 should stand here");
}

#[test]
fn a_renumbered_row_is_found() {
    let folder = journal().0;
    found(&folder, "UPDATE journal SET last_seq = 7 WHERE first_seq = 6", "record #6: the row says it holds #6 to #7");
}

#[test]
fn records_within_a_row_are_found_when_swapped_removed_or_doubled() {
    let (_, records) = journal();
    let [a, b, c, d] = &records[5..] else { unreachable!("four records") };
    let cases: [(&[&Sealed], &str); 3] = [
        (&[a, c, b, d], "record #8: record #7 should stand here"),
        (&[a, b, d], "record #9: record #8 should stand here"),
        (&[a, b, b, c, d], "record #7: record #8 should stand here"),
    ];
    for (order, expected) in cases {
        let (folder, _) = journal();
        let order: Vec<Sealed> = order.iter().map(|record| (*record).clone()).collect();
        let (headers, bodies) = blobs(&order);
        let update = "UPDATE journal SET headers = $1, bodies = $2 WHERE first_seq = 6";
        tamper(&folder).execute(update, (headers, bodies)).unwrap();
        let faults = faults(&folder);
        assert!(faults.contains(expected), "wanted `{expected}`, found:\n{faults}");
    }
}

#[test]
fn a_replaced_record_with_a_sound_hash_is_found_at_the_next_one() {
    let (folder, records) = journal();
    let head = evenkeel_record::chain::Head { seq: Seq(2), hash: records[1].hash };
    let (headers, bodies) = blobs(&seal(head, &[stopped(Seq(3), "never said")], &mut salts()));
    let update = "UPDATE journal SET headers = $1, bodies = $2 WHERE first_seq = 3";
    tamper(&folder).execute(update, (headers, bodies)).unwrap();
    assert_eq!(faults(&folder), "record #4: the record does not follow on the one before it: a record was swapped\n");
}

#[test]
fn a_body_erased_past_the_program_is_found() {
    let sql = "UPDATE journal SET bodies = x'ffffffff' WHERE first_seq = 2";
    found(&journal().0, sql, "record #2: the body is erased, and no later record says that it was");
}

#[test]
fn a_row_that_does_not_hold_together_is_found() {
    let sql = "UPDATE journal SET bodies = x'' WHERE first_seq = 2";
    found(&journal().0, sql, "record #2: the row's bytes do not hold together: a header has no body");
    let sql = "UPDATE journal SET headers = x'00' WHERE first_seq = 2";
    found(&journal().0, sql, "record #2: the row's bytes do not hold together: a header is cut off");
}

#[test]
fn an_altered_plan_is_found() {
    let folder = folder();
    let mut journal = open(&folder);
    journal.put_plan(evenkeel_ids::PlanHash([0xab; 32]), b"files").unwrap();
    drop(journal);
    found(&folder, "UPDATE plan SET files = x'00'", "the files of plan `abababababab` were altered");
}

#[test]
fn every_fault_has_a_meaning_and_no_fault_ends_the_check() {
    let (folder, _) = journal();
    let sql = "DELETE FROM journal WHERE first_seq = 2;
               UPDATE journal SET bodies = x'ffffffff' WHERE first_seq = 4;
               UPDATE journal SET last_seq = 12 WHERE first_seq = 6";
    tamper(&folder).execute_batch(sql).unwrap();
    let report = crate::fixture::verify(&crate::fixture::file(&folder));
    assert_eq!(report.faults.len(), 3, "{:?}", report.faults);
    assert!(report.faults.iter().all(|fault| !fault.meaning().is_empty()));
    assert_eq!(report.records, 8);
}

#[test]
fn a_range_is_verified_on_its_own() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[1, 1, 1, 1, 1, 4]);
    tamper(&folder).execute("DELETE FROM journal WHERE first_seq = 2", []).unwrap();
    let range = |from, to| evenkeel_journal::Verification { from: Seq(from), to: Seq(to), ..Default::default() };
    for (from, to, records, faults) in [(4, 8, 5, 0), (7, 8, 2, 0), (1, 1, 1, 0), (1, 3, 2, 1)] {
        let report = journal.read().verify(&range(from, to), |_| {}).unwrap();
        assert_eq!((report.records, report.faults.len()), (records, faults), "{from} to {to}: {:?}", report.faults);
    }
    let behind = batch(journal.head(), 1);
    journal.commit(&behind).unwrap();
}

#[test]
fn a_row_hidden_in_front_of_the_first_is_found_and_never_replayed() {
    let (folder, records) = journal();
    found(
        &folder,
        "INSERT INTO journal SELECT -7, -7, headers, bodies FROM journal WHERE first_seq = 5",
        "1 rows stand in front of record #1",
    );
    assert_eq!(crate::fixture::all(open(&folder).read()), records);
}

#[test]
fn an_erasure_behind_the_range_explains_a_body_in_it() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2, 3]);
    journal.erase(Seq(2), &crate::fixture::erasure(journal.head(), Seq(2))).unwrap();
    let range = evenkeel_journal::Verification { to: Seq(3), ..Default::default() };
    let report = journal.read().verify(&range, |_| {}).unwrap();
    assert_eq!((report.faults.len(), report.erased, report.records), (0, 1, 3), "{:?}", report.faults);
}

#[test]
fn a_state_is_never_folded_over_a_gap() {
    for wound in ["DELETE FROM journal WHERE first_seq = 1", "DELETE FROM journal WHERE first_seq = 4"] {
        let (folder, _) = journal();
        tamper(&folder).execute(wound, []).unwrap();
        let journal = open(&folder);
        let read = journal.replay(Seq(1), |_| Ok::<_, evenkeel_journal::ReadError>(()));
        let error = read.expect_err("a gap");
        assert!(error.to_string().contains("does not follow on the one before"), "{error}");
        assert!(journal.replay(Seq(5), |_| Ok::<_, evenkeel_journal::ReadError>(())).is_ok());
    }
}
