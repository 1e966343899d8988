//! The export says all that is stored, and a stranger can recompute the chain from it.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Hash, Header, Origin};
use serde_json::Value;

use crate::fixture::{erasure, fill, folder, open};

fn bytes(value: &Value) -> Vec<u8> {
    let digits = value.as_str().expect("digits");
    (0..digits.len() / 2).map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).expect("hexadecimal")).collect()
}

fn hash(value: &Value) -> Hash {
    Hash(bytes(value).try_into().expect("32 bytes"))
}

#[test]
fn the_chain_can_be_recomputed_from_the_lines() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2, 5]);
    journal.erase(Seq(3), &erasure(journal.head(), Seq(3))).unwrap();
    let mut out = Vec::new();
    assert_eq!(journal.read().export(Seq(1), Seq(u64::MAX), &mut out).unwrap(), 8);
    let text = String::from_utf8(out).unwrap();
    let mut prev = Hash::ZERO;
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let seq = record["seq"].as_u64().unwrap();
        let header = Header {
            seq: Seq(seq),
            at: record["at"].as_str().unwrap().parse().unwrap(),
            origin: Origin::Observed,
            kind: record["kind"].as_str().unwrap().into(),
            version: u16::try_from(record["version"].as_u64().unwrap()).unwrap(),
            actor: record["actor"].as_str().unwrap().into(),
            subject: record["subject"].as_str().unwrap().into(),
            plan: record["plan"].as_str().unwrap().parse::<PlanHash>().unwrap(),
            body_hash: hash(&record["body_hash"]),
            prev,
        };
        let mut encoded = Vec::new();
        header.encode(&mut encoded);
        prev = Hash::of(&[&encoded]);
        assert_eq!(prev, hash(&record["hash"]), "{line}");
        if seq == 3 {
            assert!(line.ends_with(r#""salt":null,"body":null,"erased_by":8}"#), "{line}");
            continue;
        }
        let (_, body) = line.split_once(r#","body":"#).expect("a body");
        let body = body.strip_suffix('}').unwrap();
        assert_eq!(Hash::of(&[&bytes(&record["salt"]), body.as_bytes()]), hash(&record["body_hash"]), "{line}");
    }
    assert_eq!(prev, journal.head().hash);
}

#[test]
fn one_record_is_shown_and_a_range_exported() {
    let folder = folder();
    let mut journal = open(&folder);
    fill(&mut journal, &[2, 5]);
    let line = journal.read().show(Seq(4)).unwrap().expect("a record");
    let record: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&record["seq"], &record["kind"]), (&Value::from(4), &Value::from("stopped")));
    assert_eq!(record["at"], "2026-11-18T11:06:40.004Z");
    assert!(record["body"]["reason"].as_str().unwrap().starts_with("reason 4 "));
    assert_eq!(journal.read().show(Seq(8)).unwrap(), None);
    assert_eq!(journal.read().show(Seq(0)).unwrap(), None);
    let mut out = Vec::new();
    assert_eq!(journal.read().export(Seq(2), Seq(5), &mut out).unwrap(), 4);
}
