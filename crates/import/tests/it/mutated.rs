//! Whatever a text says, it is refused with a reason or what comes out is a sound ops repo.

use std::fs;
use std::path::Path;

use evenkeel_import::{ImportedFile, from_alertmanager, from_incident_manager};
use proptest::prelude::*;

use crate::load::{errors, loaded};

fn input(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(path)).expect("an input")
}

/// What takes the place of a word of the text.
fn replacement() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "null",
        "[]",
        "{}",
        "0",
        "-1",
        "99",
        "1e9",
        "true",
        "\"\"",
        "\"EMAIL\"",
        "\"ESCALATION\"",
        "\"a: b # c\"",
        "\"- x\"",
        "\"Ä\\n---\\n\"",
        "\"last-resort\"",
        "\"FRI\"",
        "[[]]",
        "\"arn:aws:ssm-contacts:eu-west-1:111122223333:contact/akua\"",
        "\"arn:aws:ssm-contacts:eu-west-1:111122223333:contact/orders-escalation\"",
    ]);
    prop_oneof![4 => word.prop_map(str::to_owned), 1 => "[ -~]{0,6}"]
}

/// The text with some of its scalars replaced.
fn mutated(text: &str, changes: &[(prop::sample::Index, String)]) -> String {
    let mut text = text.to_owned();
    for (place, with) in changes {
        let starts: Vec<usize> = text.match_indices(": ").map(|(at, _)| at + 2).collect();
        if starts.is_empty() {
            continue;
        }
        let start = starts[place.index(starts.len())];
        let end = start + text[start..].find(['\n', ',']).unwrap_or(text.len() - start);
        text.replace_range(start..end, with);
    }
    text
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, String)>> {
    prop::collection::vec((any::<prop::sample::Index>(), replacement()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn objects_are_refused_or_become_a_sound_ops_repo(changes in changes(), which in 0_usize..2) {
        let path = ["incident-manager/complete/input.json", "incident-manager/rotations/input.json"][which];
        let text = mutated(&input(path), &changes);
        let import = from_incident_manager("input.json", text.as_bytes());
        if import.diagnostics.iter().any(evenkeel_diagnostic::Diagnostic::blocks) {
            prop_assert!(import.files.is_empty());
        } else {
            let refused = errors(&loaded(&import.files));
            prop_assert!(refused.is_empty(), "{:#?}\n{}", refused, text);
        }
    }

    #[test]
    fn sound_configurations_become_a_sound_ops_repo(changes in changes(), which in 0_usize..3) {
        let path = ["small", "paging-services", "null-root"][which];
        let text = mutated(&input(&format!("alertmanager/{path}/input.yml")), &changes);
        let import = from_alertmanager("input.yml", text.as_bytes());
        let alone = loaded(&[ImportedFile { path: "alertmanager.yml".to_owned(), text: text.clone() }]);
        if errors(&alone).is_empty() {
            let refused = errors(&loaded(&import.files));
            prop_assert!(!import.files.is_empty() && refused.is_empty(), "{:#?}\n{}", refused, text);
        }
    }
}
