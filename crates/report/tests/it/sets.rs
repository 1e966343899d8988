//! Ops repos in the shapes people have, and how often each code is found in them. None of them has an error: what is
//! wrong with them was put there, and the tools they are written for take every file.

use std::path::Path;

use crate::folder::Folder;

fn check(set: &str, expect: &[(&str, usize)]) {
    let found = Folder::judge(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sets").join(set));
    let codes = found.codes();
    let codes: Vec<_> = codes.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    assert_eq!(codes, expect, "{}", found.text());
    assert!(!found.diags.iter().any(evenkeel_diagnostic::Diagnostic::blocks));
}

#[test]
fn a_shop_of_alertmanager_and_prometheus() {
    check(
        "alertmanager",
        &[
            ("alert-without-procedure", 1),
            ("dead-link", 4),
            ("link-outside-repo", 1),
            ("template-not-supported", 1),
            ("unknown-alert-in-test", 1),
            ("untested-rule", 6),
        ],
    );
}

#[test]
fn a_shop_of_backstage() {
    check("backstage", &[("dead-link", 2), ("no-routing", 1), ("unknown-entity", 2), ("yaml-syntax", 1)]);
}
