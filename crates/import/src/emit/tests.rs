//! What is written reads back.

use evenkeel_diagnostic::SourceId;
use evenkeel_formats::yaml::{self, Node};
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Node {
    let mut diags = Vec::new();
    let nodes = yaml::parse(SourceId(0), text, &mut diags);
    assert!(diags.is_empty(), "{diags:?}\n{text}");
    nodes.expect("YAML").pop().expect("a document")
}

fn same(node: &Node, value: &Value) -> bool {
    match (&node.value, value) {
        (yaml::Value::String(read), Value::Text(written)) => read.as_ref() == written,
        (yaml::Value::Int(read, _), Value::Whole(written)) => u64::try_from(*read) == Ok(*written),
        (yaml::Value::Bool(read), Value::Bool(written)) => read == written,
        (yaml::Value::Seq(read), Value::List(written)) => {
            read.len() == written.len() && read.iter().zip(written).all(|(read, written)| same(read, written))
        }
        (yaml::Value::Map(read), Value::Map(written) | Value::Flow(written)) => {
            let same =
                |((key, node), entry): (&(_, Node), &Entry)| key_of(key) == entry.key && same(node, &entry.value);
            read.len() == written.0.len() && read.iter().zip(&written.0).all(same)
        }
        _ => false,
    }
}

fn key_of(key: &evenkeel_diagnostic::Spanned<String>) -> &str {
    &key.value
}

#[test]
fn documents_look_as_people_write_them() {
    let first = Map::new().with_comments("name", vec!["the phone".to_owned()], "phone").with("after", "5m");
    let map = Map::new()
        .with("to", vec!["person:ada", "schedule:primary"])
        .with("times", "09:00-17:00")
        .with("shift", Value::Flow(Map::new().with("days", Value::Whole(1))))
        .with_comments("rules", vec!["one\ntwo".to_owned()], Value::List(vec![first.into(), "on".into()]))
        .with("none", Vec::<String>::new());
    let expected = "\
to: [person:ada, schedule:primary]
times: \"09:00-17:00\"
shift: { days: 1 }
# one
# two
rules:
  # the phone
  - name: phone
    after: 5m
  - \"on\"
none: []
";
    assert_eq!(map.to_text(), expected);
    assert!(same(&read(expected), &map.into()));
}

#[test]
fn texts_that_readers_mistake_are_quoted() {
    for text in ["yes", "Null", "12", "0x1f", "1e3", "1_000", "12:30", "2026-01-05", "~", "", " a", "a ", "- a", "a: b"]
    {
        assert!(scalar(text).starts_with('"'), "{text}");
    }
    for text in ["5m", "1h30m", "person:ada", "Europe/Berlin", "ada@example.com", "Ada Lovelace", "/etc/x"] {
        assert_eq!(scalar(text), text);
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        "[-?:,\\[\\]{}#&*!|>'\"%@` \n\t\r0-9a-z]{0,8}",
        prop::sample::select(vec![
            "null", "~", "true", "Yes", "0o7", "1.5", ".inf", "<<", "---", "...", "\u{85}", "\u{feff}", "=", "\u{fffe}"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..3).prop_map(|pieces| pieces.concat())
}

fn entries(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map> {
    let entry = (prop::collection::vec(text(), 0..2), text(), value);
    prop::collection::vec(entry, 0..4).prop_map(|entries| {
        let mut map = Map::new();
        for (index, (comments, key, value)) in entries.into_iter().enumerate() {
            map = map.with_comments(&format!("{}{index}", key.chars().take(60).collect::<String>()), comments, value);
        }
        map
    })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = || {
        prop_oneof![
            text().prop_map(Value::Text),
            (0..u64::from(u32::MAX)).prop_map(Value::Whole),
            any::<bool>().prop_map(Value::Bool),
        ]
    };
    let node = prop_oneof![3 => leaf(), 1 => entries(leaf()).prop_map(Value::Flow)];
    node.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            entries(inner).prop_map(Value::Map),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(key in text(), value in value()) {
        let map = Map::new().with("first", Value::Bool(true)).with(&format!("{}!", key.chars().take(60).collect::<String>()), value);
        let text = map.to_text();
        prop_assert!(same(&read(&text), &map.into()), "{}", text);
    }
}
