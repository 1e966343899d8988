//! Whatever the text: no panic, a bound on time and memory, and either a plan or a reason.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::Missing;
use proptest::prelude::*;

use crate::load::{Loaded, load, load_one};

const GOOD: &str = include_str!("../cases/routing.md");
const RECEIVERS: &str = include_str!("../cases/receivers.md");
const DOCUMENTS: &str = include_str!("../cases/documents.md");
const PEOPLE: &str = include_str!("../cases/people.md");
const REGISTERS: &str = include_str!("../cases/registers.md");

/// The first files of each page: valid ones of every kind.
fn valid() -> Vec<String> {
    let small = [GOOD, RECEIVERS, DOCUMENTS].iter().flat_map(|page| blocks(page).take(2));
    let people: Vec<String> = blocks(PEOPLE).take(5).collect();
    let registers: Vec<String> = blocks(REGISTERS).take(2).collect();
    small.chain([people.join("\n---\n"), registers.join("\n---\n")]).collect()
}

fn blocks(page: &str) -> impl Iterator<Item = String> {
    page.split("```yaml").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('\n')?;
        rest.split_once("\n```").map(|(block, _)| block.to_owned())
    })
}

fn check(loaded: &Loaded, text: &str) {
    let blocked = loaded.diagnostics.iter().any(Diagnostic::blocks);
    // Where nothing needs routing, that there is none is only a finding, and still there is no plan.
    let unrouted = loaded.diagnostics.iter().any(|diag| diag.code == "no-routing");
    assert_eq!(loaded.plan.is_some(), !blocked && !unrouted, "{:?}", loaded.diagnostics);
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
        which in 0usize..8,
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
fn texts_for_people_are_short() {
    let step =
        |name: &str, text: &str| format!("apiVersion: evenkeel/v1\nkind: {name}\nmetadata: {{name: a}}\n{text}\n---\n");
    let routing = "route: {receiver: team}\nreceivers: [{name: team}]\n---\n";
    let text = |length: usize| {
        let (line, template) = ("x".repeat(length), "x".repeat(8 * length));
        let asking =
            step("EscalationPolicy", &format!("spec: {{steps: [{{to: receiver:team}}], withoutAsking: [{line}]}}"));
        let impact = step("Workload", &format!("spec: {{tier: 1, impact: {{who: {line}}}}}"));
        let audience = format!("spec: {{audiences: [{{name: a, receivers: team, templates: {{first: {template}}}}}]}}");
        format!("{routing}{asking}{impact}{}", step("CommunicationPlan", &audience))
    };
    let too_long = |text: &str| codes(text).into_iter().filter(|code| *code == "text-too-long").count();
    assert_eq!((too_long(&text(1024)), too_long(&text(1025))), (0, 3));
}

#[test]
fn of_a_file_two_hundred_templates_are_filled_in() {
    let shouting_after = |count: usize| {
        let mut text =
            "apiVersion: evenkeel/v1\nkind: CommunicationPlan\nmetadata: {name: a}\nspec:\n  audiences:\n".to_owned();
        (0..=count).for_each(|index| {
            let template = if index == count { "{{ note | shout }}" } else { "{{ note }}" };
            text.push_str(&format!("    - {{name: a{index}, receivers: team, templates: {{first: '{template}'}}}}\n"));
        });
        codes(&text).contains(&"invalid-template")
    };
    assert!(shouting_after(199) && !shouting_after(200));
}

#[test]
fn ten_thousand_people_resolve_quickly() {
    let started_at = std::time::Instant::now();
    let mut files = vec![("a.yml".to_owned(), b"route: {receiver: team}\nreceivers: [{name: team}]\n".to_vec())];
    let head =
        |kind: &str, name: &str| format!("---\napiVersion: evenkeel/v1\nkind: {kind}\nmetadata: {{name: {name}}}\n");
    let mut people = String::new();
    (0..10_000).for_each(|index| {
        people.push_str(&head("Person", &format!("p{index}")));
        people.push_str(&format!("spec: {{contacts: [{{name: book, file: {{path: p{index}.jsonl}}}}]}}\n"));
    });
    files.push(("people.yml".to_owned(), people.into_bytes()));
    let mut rest = head("Schedule", "all") + "spec:\n  timeZone: Europe/Berlin\n  layers:\n";
    (0..1_000).for_each(|index| {
        let turns: Vec<String> = (0..10).map(|turn| format!("p{}", index * 10 + turn)).collect();
        rest.push_str(&format!("    - {{name: l{index}, start: 2026-01-05T09:00, turns: [{}]}}\n", turns.join(", ")));
    });
    rest += &(head("EscalationPolicy", "all") + "spec: {steps: [{to: schedule:all}]}\n");
    rest += &(head("Team", "all") + "spec:\n  escalation: all\n  members:\n");
    (0..10_000).for_each(|index| rest.push_str(&format!("    - p{index}\n")));
    (0..5_000).for_each(|index| {
        let next = (index + 1) % 5_000;
        rest.push_str(&format!(
            "---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{name: w{index}, owner: team:all}}\nspec: {{tier: 1, dependsOn: [w{next}]}}\n"
        ));
    });
    files.push(("rest.yml".to_owned(), rest.into_bytes()));
    let loaded = load(&files, Missing::Refuse);
    let found: Vec<&str> = loaded.diagnostics.iter().map(|diag| diag.code).collect();
    assert_eq!(found, ["dependency-cycle"]);
    let plan = loaded.plan.expect("nothing blocks");
    assert_eq!((plan.catalogue.people.len(), plan.catalogue.workloads.len()), (10_000, 5_000));
    let took = started_at.elapsed();
    assert!(took.as_secs() < 20, "{took:?}");
}

#[test]
fn a_flood_of_faults_stays_readable() {
    let mut text = "route: {receiver: team}\nreceivers:\n".to_owned();
    (0..2_000).for_each(|index| text.push_str(&format!("  - {{name: r{index}, nam: x, web: y}}\n")));
    let found = codes(&text);
    assert!(found.contains(&"unknown-field") && found.len() < 2_500, "{}", found.len());
}
