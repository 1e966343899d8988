//! What the schema says and what is enforced is one thing, and the page in the docs is the declarations'.

#![expect(clippy::disallowed_methods, reason = "reads and writes the page")]

use std::fs;

use evenkeel_fact::{IncomingFact, Sort, check, facts_page, kinds, schema};
use evenkeel_record::FactValue;
use evenkeel_time::Timestamp;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/facts.md");

#[test]
fn the_page_says_what_the_declarations_say() {
    if std::env::var_os("BLESS").is_some() {
        fs::write(PAGE, facts_page()).expect("docs/facts.md is written");
    }
    let page = fs::read_to_string(PAGE).expect("docs/facts.md");
    assert!(page == facts_page(), "docs/facts.md is not what is declared: BLESS=1 cargo test -p evenkeel-fact");
}

/// Values as they should be for a sort, and as they should not.
fn value(sort: Sort) -> BoxedStrategy<Value> {
    let good = match sort {
        Sort::Text => "[a-z \n]{0,20}".prop_map(Value::from).boxed(),
        Sort::Whole => (-5_i64..100).prop_map(Value::from).boxed(),
        Sort::Flag => any::<bool>().prop_map(Value::from).boxed(),
        Sort::List => prop::collection::vec("[a-z]{1,5}", 0..4).prop_map(|items| json!(items)).boxed(),
        Sort::Word(words) => prop::sample::select(words).prop_map(Value::from).boxed(),
        Sort::Instant => prop_oneof![Just(json!("2026-01-02T03:04:05Z")), Just(json!(1_767_225_600_000_i64))].boxed(),
    };
    let odd = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(7)),
        Just(json!(1.5)),
        Just(json!(-1)),
        Just(json!(9_000_000_000_000_i64)),
        Just(json!(i64::MAX)),
        Just(json!("")),
        Just(json!("word")),
        Just(json!("a\u{1b}b")),
        Just(json!("x".repeat(1001))),
        Just(json!(["a", 1])),
        Just(json!([""])),
        Just(json!(vec!["a"; 101])),
        Just(json!({})),
    ];
    prop_oneof![12 => good, 1 => odd].boxed()
}

fn name_of_something() -> BoxedStrategy<Value> {
    prop_oneof![20 => "[a-z ]{1,20}".prop_map(Value::from), 1 => value(Sort::Text)].boxed()
}

fn told() -> impl Strategy<Value = (usize, Map<String, Value>)> {
    (0..kinds().len()).prop_flat_map(|place| {
        let kind = kinds().get(place).expect("a place in the list");
        let fields = kind.fields.iter().map(|field| {
            let leave_out = if field.required { 1 } else { 20 };
            (Just(field.name), prop::option::weighted(1.0 - f64::from(leave_out) / 40.0, value(field.sort)))
        });
        let fields: Vec<_> = fields.collect();
        let envelope = ["key", "workload", "team", "person"]
            .map(|name| (Just(name), prop::option::weighted(0.95, name_of_something())))
            .to_vec();
        let more = prop::option::weighted(0.1, ("[a-z]{4}", Just(json!(1))));
        (Just(place), envelope, fields, more).prop_map(|(place, envelope, fields, more)| {
            let said = envelope.into_iter().chain(fields).filter_map(|(name, value)| Some((name.to_owned(), value?)));
            (place, said.chain(more).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_schema_refuses_what_is_refused_and_nothing_else((place, data) in told()) {
        let kind = kinds()[place];
        let validator = jsonschema::validator_for(&schema(kind)).expect("a schema");
        let read = IncomingFact::from_json(kind.name, "test", &data, Some(Timestamp(1)));
        let document = Value::Object(data);
        let refused: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        prop_assert_eq!(read.is_err(), !refused.is_empty(), "{} {}: {:?} {:?}", kind.name, document, read, refused);
        if let Ok(fact) = read {
            prop_assert!(check(&fact).is_ok(), "what was read is as declared");
        }
    }

    #[test]
    fn no_text_makes_reading_panic(kind in 0..kinds().len(), pairs in prop::collection::vec((".{0,12}", ".{0,30}"), 0..8)) {
        let kind = kinds()[kind];
        let names = kind.fields.iter().map(|field| field.name);
        let known = names.zip(pairs.iter().map(|(_, value)| value.as_str()));
        let other = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let _ = IncomingFact::from_pairs(kind.name, "test", known.chain(other), None);
    }
}

#[test]
fn a_pair_and_its_json_are_the_same_fact() {
    for kind in kinds() {
        let said = |sort| match sort {
            Sort::Text => ("a text", json!("a text"), FactValue::text("a text")),
            Sort::Whole => ("3", json!(3), FactValue::Whole(3)),
            Sort::Flag => ("true", json!(true), FactValue::Flag(true)),
            Sort::List => ("a,b", json!(["a", "b"]), FactValue::list(["a", "b"])),
            Sort::Word(words) => (words[0], json!(words[0]), FactValue::text(words[0])),
            Sort::Instant => ("1970-01-01T00:00:01Z", json!(1000), FactValue::Whole(1000)),
        };
        let envelope = ["key", "workload", "team", "person"].map(|name| (name, "it"));
        let pairs = envelope.into_iter().chain(kind.fields.iter().map(|field| (field.name, said(field.sort).0)));
        let mut data: Map<String, Value> =
            envelope.map(|(name, it)| (name.to_owned(), json!(it))).into_iter().collect();
        data.extend(kind.fields.iter().map(|field| (field.name.to_owned(), said(field.sort).1)));
        let paired = IncomingFact::from_pairs(kind.name, "test", pairs, Some(Timestamp(1))).expect(kind.name);
        assert_eq!(Ok(&paired), IncomingFact::from_json(kind.name, "test", &data, Some(Timestamp(1))).as_ref());
        assert!(kind.fields.iter().all(|field| paired.fields.get(field.name) == Some(&said(field.sort).2)));
    }
}

#[test]
fn schema_and_reading_mean_the_same_by_blanks_and_control_characters() {
    let kind = evenkeel_fact::kind("search").expect("a kind");
    let validator = jsonschema::validator_for(&schema(kind)).expect("a schema");
    let odd = (0..=0x3000_u32).filter_map(char::from_u32).filter(|c| c.is_control() || c.is_whitespace());
    for c in odd.chain(['\u{feff}', '\u{180e}', '\u{200b}', '\u{10ffff}', 'a']) {
        for key in [c.to_string(), format!("a{c}"), format!("{c}{c}"), format!("a{c}b")] {
            let data: Map<String, Value> = [("key", json!(key)), ("found", json!(true)), ("led_to", json!(key))]
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect();
            let read = IncomingFact::from_json(kind.name, "test", &data, Some(Timestamp(1)));
            assert_eq!(read.is_ok(), validator.is_valid(&Value::Object(data)), "{key:?}: {read:?}");
        }
    }
}
