//! What is read, and that every fault of it is told at once.

use serde_json::json;

use super::*;

const NOON: Timestamp = Timestamp(1_767_225_600_000);

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(data) = value { data } else { Map::new() }
}

fn faults(read: Result<IncomingFact, Vec<FactFault>>) -> Vec<String> {
    let faults = read.expect_err("something is wrong");
    faults.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
}

#[test]
fn envelope_and_fields_stand_side_by_side() {
    let data = object(json!({
        "key": "pr:17", "at": "2026-01-02T03:04:05Z", "person": "ada", "repository": "acme/shop", "number": 17,
        "commit": "9fceb02", "independent_review": true, "reviewers": ["bob", "cleo"],
    }));
    let fact = from_json("merge", "github", &data, Some(NOON)).expect("a merge");
    assert_eq!((&*fact.key, &*fact.source, fact.person.as_deref()), ("pr:17", "github", Some("ada")));
    assert_eq!(fact.occurred_at.to_string(), "2026-01-02T03:04:05.000Z");
    assert_eq!(fact.fields.get("reviewers"), Some(&FactValue::list(["bob", "cleo"])));
    assert_eq!((fact.fields.len(), fact.workload), (5, None));
}

#[test]
fn pairs_say_the_same() {
    let pairs = [
        ("key", "pr:17"),
        ("at", "1767323045000"),
        ("person", "ada"),
        ("repository", "acme/shop"),
        ("number", "17"),
        ("commit", "9fceb02"),
        ("independent_review", "true"),
        ("reviewers", "bob, cleo"),
    ];
    let told = from_pairs("merge", "github", pairs, None).expect("a merge");
    assert_eq!(told.occurred_at, "2026-01-02T03:04:05Z".parse().expect("an instant"));
    assert_eq!(told.fields.get("reviewers"), Some(&FactValue::list(["bob", "cleo"])));
    let empty = from_pairs("merge", "github", pairs.map(|(n, v)| (n, if n == "reviewers" { "" } else { v })), None);
    assert_eq!(empty.expect("a merge").fields.get("reviewers"), Some(&FactValue::List(vec![])));
}

#[test]
fn when_it_happened_is_when_it_is_told_unless_said() {
    let data = || object(json!({ "key": "s", "found": true }));
    assert_eq!(from_json("search", "wiki", &data(), Some(NOON)).map(|fact| fact.occurred_at), Ok(NOON));
    assert_eq!(faults(from_json("search", "wiki", &data(), None)), ["at missing-field"]);
}

#[test]
fn every_fault_is_told_once_and_at_once() {
    let data = object(json!({
        "key": 17, "at": "yesterday", "workload": ["shop"], "environment": 1, "outcome": "good", "size": 1.5, "verison": null,
    }));
    assert_eq!(
        faults(from_json("deployment", "ci", &data, None)),
        [
            "key wrong-type",
            "at wrong-type",
            "workload wrong-type",
            "environment wrong-type",
            "size wrong-type",
            "verison unknown-field",
            "outcome unknown-word",
        ]
    );
    assert_eq!(
        faults(from_json("deployment", "ci", &Map::new(), None)),
        [
            "key missing-field",
            "at missing-field",
            "workload missing-field",
            "environment missing-field",
            "outcome missing-field",
        ]
    );
    assert_eq!(faults(from_json("deploymnt", "ci", &Map::new(), None)), ["kind unknown-fact-kind"]);
    let twice = [("key", "a"), ("found", "true"), ("found", "perhaps"), ("workload", "")];
    assert_eq!(
        faults(from_pairs("search", "wiki", twice, Some(NOON))),
        ["found said-twice", "found wrong-type", "workload empty"]
    );
}
