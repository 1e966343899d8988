//! Journals of released versions: their stored bytes are read by every later version, for ever.
//!
//! A golden file has one record of every kind, as it was stored: header bytes, hash, salt and body. When
//! a release is made, its file is written once by the ignored test below and never changed again; until
//! then the file of the version in the making is written anew whenever a kind is added or changed:
//! `cargo test -p evenkeel-record --test stored -- --ignored`.

#![expect(clippy::disallowed_methods, reason = "a test of stored files")]

mod every_kind;
mod hostile;

use std::collections::BTreeSet;
use std::fmt::Write;

use evenkeel_record::chain::{Head, Salt, Sealed};
use evenkeel_record::{Body, Hash, KINDS};
use serde_json::Value;

/// The version in the making.
const NEWEST: &str = include_str!("../golden/v0.1.0.jsonl");
const NEWEST_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v0.1.0.jsonl");

fn salt(n: usize) -> Salt {
    [u8::try_from(n).expect("few kinds"); 16]
}

fn sealed_today() -> Vec<Sealed> {
    let mut head = Head::default();
    every_kind::records().iter().enumerate().map(|(n, record)| head.seal(record, salt(n))).collect()
}

fn stored(golden: &str) -> Vec<Sealed> {
    golden.lines().map(line).collect()
}

/// `{"header":"…","hash":"…","salt":"…","body":{…}}`, where the body is the stored bytes themselves.
fn line(line: &str) -> Sealed {
    let value: Value = serde_json::from_str(line).expect("a line of JSON");
    let digits = |name: &str| value.get(name).and_then(Value::as_str).map(bytes).expect("hexadecimal digits");
    let (_, body) = line.split_once(r#","body":"#).expect("a body");
    let body = body.strip_suffix('}').expect("the line ends with the body");
    Sealed {
        header: digits("header").into(),
        hash: Hash(digits("hash").try_into().expect("32 bytes")),
        body: Some((digits("salt").try_into().expect("16 bytes"), body.as_bytes().into())),
    }
}

fn bytes(digits: &str) -> Vec<u8> {
    let pair = |n: usize| digits.get(2 * n..2 * n + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..digits.len() / 2).map(|n| pair(n).expect("hexadecimal digits")).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

#[test]
fn the_chain_of_a_golden_journal_verifies() {
    let mut head = Head::default();
    for sealed in stored(NEWEST) {
        head.verify(&sealed).expect("an unbroken chain");
    }
    assert_eq!(head.seq.0, u64::try_from(NEWEST.lines().count()).expect("few lines"));
}

#[test]
fn its_bodies_still_mean_the_same_records() {
    let mut head = Head::default();
    for (sealed, record) in stored(NEWEST).iter().zip(every_kind::records()) {
        let header = head.verify(sealed).expect("an unbroken chain");
        let (_, body) = sealed.body.as_ref().expect("a body");
        let body = Body::decode(&header.kind, header.version, body).expect("a body this version reads");
        assert_eq!(body, record.body);
        assert_eq!(
            (header.seq, header.at, header.origin, header.plan),
            (record.seq, record.at, record.origin, record.plan)
        );
        assert_eq!((&*header.actor, &*header.subject), (&*record.actor.0, record.body.subject(record.seq).as_str()));
    }
}

#[test]
fn what_is_stored_today_has_the_very_bytes() {
    assert_eq!(sealed_today().last().map(|last| last.hash), stored(NEWEST).last().map(|last| last.hash));
    assert_eq!(sealed_today(), stored(NEWEST));
}

#[test]
fn every_kind_has_its_golden_record() {
    let there: BTreeSet<String> =
        every_kind::records().iter().map(|record| record.body.kind().name.to_owned()).collect();
    let missing: Vec<&str> = KINDS.iter().map(|kind| kind.name).filter(|kind| !there.contains(*kind)).collect();
    assert!(missing.is_empty(), "add a record of {missing:?} to `every_kind.rs`, and write the golden file anew");
}

#[test]
#[ignore = "writes the golden file of the version in the making"]
fn write_the_golden_file() {
    let mut text = String::new();
    for Sealed { header, hash, body } in sealed_today() {
        let (salt, body) = body.expect("a body");
        let body = String::from_utf8(body.into()).expect("JSON is text");
        let (header, salt) = (hex(&header), hex(&salt));
        writeln!(text, r#"{{"header":"{header}","hash":"{hash}","salt":"{salt}","body":{body}}}"#).expect("a string");
    }
    std::fs::write(NEWEST_PATH, text).expect("the file is written");
}
