//! Whatever the text: no panic, a bound on time and memory, and either a plan or a reason.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::Missing;
use proptest::prelude::*;

use crate::load::{Loaded, load, load_one};

const GOOD: &str = include_str!("../cases/routing.md");
const RECEIVERS: &str = include_str!("../cases/receivers.md");
const DOCUMENTS: &str = include_str!("../cases/documents.md");

/// The first files of each page: valid ones of every kind.
fn valid() -> Vec<String> {
    [GOOD, RECEIVERS, DOCUMENTS].iter().flat_map(|page| blocks(page).take(2)).collect()
}

fn blocks(page: &str) -> impl Iterator<Item = String> {
    page.split("```yaml").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('\n')?;
        rest.split_once("\n```").map(|(block, _)| block.to_owned())
    })
}

fn check(loaded: &Loaded, text: &str) {
    let blocked = loaded.diagnostics.iter().any(Diagnostic::blocks);
    assert_eq!(loaded.plan.is_some(), !blocked, "{:?}", loaded.diagnostics);
    for diag in &loaded.diagnostics {
        let spans = diag.related.iter().map(|label| label.span).chain([diag.primary.span]);
        spans.for_each(|span| assert!(text.get(span.range()).is_some(), "{diag:?}"));
        assert!(!diag.headline.contains('\n') && !diag.headline.ends_with('.'), "{diag:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let loaded = load(&[("a.yml".to_owned(), bytes)], Missing::Refuse);
        prop_assert!(loaded.plan.is_some() || !loaded.diagnostics.is_empty());
    }

    #[test]
    fn mutated_configurations_are_read_or_refused(
        which in 0usize..6,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[-a-z0-9:{}\\[\\]'\"&*<|>~é \n\t]{0,6}"), 1..6),
    ) {
        let all = valid();
        let mut chars: Vec<char> = all[which % all.len()].chars().collect();
        for (at, length, text) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + length).min(chars.len());
            chars.splice(at..end, text.chars());
        }
        let text: String = chars.into_iter().collect();
        check(&load_one(&text), &text);
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    load_one(text).diagnostics.iter().map(|diag| diag.code).collect()
}

#[test]
fn keys_and_groupings_that_multiply_are_stopped() {
    let label = "x".repeat(15_000);
    let mut text = format!("route:\n  receiver: team\n  group_by: [{label}]\n  routes:\n");
    (0..10_000).for_each(|index| text.push_str(&format!("    - matchers: [a=b{index}]\n")));
    text.push_str("receivers: [{name: team}]\n");
    assert_eq!(codes(&text), ["routing-too-large"]);
}

#[test]
fn patterns_are_counted_before_they_are_compiled() {
    let mut text = "route:\n  receiver: team\n  routes:\n".to_owned();
    (0..10_100).for_each(|index| text.push_str(&format!("    - matchers: ['a=~\"b{index}\"']\n")));
    text.push_str("receivers: [{name: team}]\n");
    assert_eq!(codes(&text), ["too-many-patterns"]);
}

#[test]
fn a_flood_of_faults_stays_readable() {
    let mut text = "route: {receiver: team}\nreceivers:\n".to_owned();
    (0..2_000).for_each(|index| text.push_str(&format!("  - {{name: r{index}, nam: x, web: y}}\n")));
    let found = codes(&text);
    assert!(found.contains(&"unknown-field") && found.len() < 2_500, "{}", found.len());
}
