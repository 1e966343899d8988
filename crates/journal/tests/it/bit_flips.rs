//! Bits flipped in what is stored: found, or refused, and never passed over.

use std::fs;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::{ReadError, Reader, Verification};
use evenkeel_time::Timestamp;

use crate::fixture::{all, copy, erasure, file, fill, folder, open, tamper, verify};

#[test]
fn every_flipped_byte_of_a_stored_blob_is_found() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2, 5, 1]);
    journal.erase(Seq(4), &erasure(journal.head(), Seq(4))).unwrap();
    drop(journal);
    assert!(verify(&file(&folder)).sound());
    let connection = tamper(&folder);
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let mut flips = 0;
    for row in [1, 3, 8, 9] {
        for column in ["headers", "bodies"] {
            let sql = format!("SELECT {column} FROM journal WHERE first_seq = {row}");
            let stored: Vec<u8> = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            let update = format!("UPDATE journal SET {column} = $1 WHERE first_seq = {row}");
            for place in 0..stored.len() {
                let mut flipped = stored.clone();
                flipped[place] ^= 1 << (place % 8);
                connection.execute(&update, [&flipped]).unwrap();
                assert!(!verify(&file(&folder)).sound(), "{column} of row {row}, byte {place}");
                flips += 1;
            }
            connection.execute(&update, [&stored]).unwrap();
        }
    }
    assert!(flips > 2000, "{flips}");
    assert!(verify(&file(&folder)).sound());
}

#[test]
fn a_flipped_bit_anywhere_in_the_file_is_found_or_refused_or_harmless() {
    let source = folder();
    let mut journal = open(&source);
    fill(&mut journal, &[3, 40, 1, 80]);
    journal.put_plan(PlanHash([1; 32]), b"the plan's files").unwrap();
    journal.checkpoint(Timestamp(1_795_000_000_000)).unwrap();
    let written = all(journal.read());
    drop(journal);
    let bytes = fs::read(file(&source)).unwrap();
    let copy = copy(&source);
    let (mut found, mut refused, mut harmless) = (0, 0, 0);
    for place in (0..bytes.len()).step_by(11) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << (place % 8);
        fs::write(file(&copy), &flipped).unwrap();
        let Ok(reader) = Reader::open(&file(&copy)) else {
            refused += 1;
            continue;
        };
        match reader.verify(&Verification::default(), |_| {}) {
            Err(ReadError::Sqlite { .. } | ReadError::Damaged { .. } | ReadError::Unlinked { .. }) => refused += 1,
            Ok(report) if !report.sound() => found += 1,
            Ok(report) => {
                assert_eq!(report.records, 124, "byte {place}");
                assert_eq!(all(&reader), written, "byte {place} altered a record, and nobody saw it");
                harmless += 1;
            }
        }
    }
    assert!(found > refused && found > harmless, "found {found}, refused {refused}, harmless {harmless}");
}
