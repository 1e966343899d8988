//! The journal file of a released version: opened, verified and decoded by every later one, for ever.
//!
//! It holds one record of every kind, as the golden file of `evenkeel-record` has them, in commits of one and of several
//! records, an erased body, a plan, and a signed checkpoint. Beside it is its export. Both are written once by the
//! ignored test below: `cargo test -p evenkeel-journal --test it -- --ignored golden`.

use std::fs;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_journal::{Journal, Reader, UnreadableRecord, Verification, backup};
use evenkeel_record::Hash;
use evenkeel_record::chain::Sealed;
use evenkeel_time::Timestamp;
use serde_json::Value;

use crate::fixture::{folder, open};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
const FILE: &[u8] = include_bytes!("../golden/v0.1.0.db");
const EXPORT: &str = include_str!("../golden/v0.1.0.export.jsonl");
const STORED: &str = include_str!("../../../record/tests/golden/v0.1.0.jsonl");

#[test]
fn the_file_of_a_release_verifies_decodes_and_exports_as_it_did() {
    let folder = folder();
    let file = folder.path().join("journal.db");
    fs::write(&file, FILE).unwrap();
    let reader = Reader::open(&file).unwrap();
    let report = reader.verify(&Verification::default(), |_| {}).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!((report.checkpoints, report.erased), (1, 1));
    let mut kinds = std::collections::BTreeSet::new();
    let decoded = reader.replay(Seq(1), |record| {
        let decoded = record.decode().map_err(Failure::Unreadable)?;
        kinds.insert(decoded.header.kind);
        Ok::<_, Failure>(())
    });
    decoded.unwrap();
    assert!(kinds.len() >= 20, "{kinds:?}");
    let mut export = Vec::new();
    reader.export(Seq(1), Seq(u64::MAX), &mut export).unwrap();
    assert_eq!(String::from_utf8(export).unwrap(), EXPORT);
    assert_eq!(reader.get_plan(PlanHash([0xa7; 32])).unwrap().as_deref(), Some(b"files of a plan".as_slice()));
    drop(reader);
    let journal = Journal::open(folder.path()).unwrap();
    assert_eq!(journal.head(), report.head);
}

#[derive(Debug)]
enum Failure {
    #[expect(dead_code, reason = "shown when the test fails")]
    Read(evenkeel_journal::ReadError),
    #[expect(dead_code, reason = "shown when the test fails")]
    Unreadable(UnreadableRecord),
}

impl From<evenkeel_journal::ReadError> for Failure {
    fn from(error: evenkeel_journal::ReadError) -> Self {
        Self::Read(error)
    }
}

fn stored() -> Vec<Sealed> {
    let bytes = |value: &Value| -> Vec<u8> {
        let digits = value.as_str().expect("digits");
        (0..digits.len() / 2).map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).expect("a byte")).collect()
    };
    let sealed = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let (_, body) = line.split_once(r#","body":"#).expect("a body");
        let body = body.strip_suffix('}').expect("the end").as_bytes();
        let salt = bytes(&value["salt"]).try_into().expect("16 bytes");
        let hash = Hash(bytes(&value["hash"]).try_into().expect("32 bytes"));
        Sealed { header: bytes(&value["header"]).into(), hash, body: Some((salt, body.into())) }
    };
    STORED.lines().map(sealed).collect()
}

#[test]
#[ignore = "writes the golden files of the version in the making"]
fn write_the_golden_files() {
    let folder = folder();
    let mut journal = open(&folder);
    let mut records = stored();
    records[1].body = None;
    let (one, rest) = records.split_at(1);
    let (several, rest) = rest.split_at(9);
    [one, several, rest].into_iter().for_each(|commit| journal.commit(commit).unwrap());
    journal.put_plan(PlanHash([0xa7; 32]), b"files of a plan").unwrap();
    journal.checkpoint(Timestamp(1_795_000_000_000)).unwrap();
    let copy = folder.path().join("golden.db");
    backup(folder.path(), &copy).unwrap();
    fs::copy(copy, format!("{FOLDER}/v0.1.0.db")).unwrap();
    let mut export = Vec::new();
    journal.read().export(Seq(1), Seq(u64::MAX), &mut export).unwrap();
    fs::write(format!("{FOLDER}/v0.1.0.export.jsonl"), export).unwrap();
}
