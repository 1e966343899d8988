//! What moved between two reviews, and what another lens would change.

use std::sync::Arc;

use evenkeel_ids::Seq;
use evenkeel_lens::{Diff, Impact, PracticeReview, Verdict, Why, diff};
use evenkeel_review::{Style, diff_json, diff_text, impact_json, impact_text};
use evenkeel_time::Duration;
use serde_json::Value;

use crate::shop::Shop;

/// The shop a while ago, and now.
pub(crate) fn two() -> (Shop, Shop) {
    let after = Shop::small();
    let rule = |practice: &PracticeReview, subject: &str| {
        let now = after.review.practice(&practice.key).and_then(|now| now.judged(subject));
        match now.map(|now| now.verdict) {
            Some(Verdict::Contradicted | Verdict::Stale) => (Verdict::Practised, false),
            Some(Verdict::Attested) => (Verdict::Unknown, false),
            Some(verdict) => (verdict, now.is_some_and(|now| now.reported)),
            None => (Verdict::Unknown, false),
        }
    };
    let mut subjects = after.review.subjects.clone();
    subjects.workloads.pop();
    let mut before = Shop::with(subjects, 4, rule);
    before.review.at.seq = Seq(41_000);
    before.review.at.to = before.review.at.to - Duration::hours(24 * 91);
    (before, after)
}

fn moved() -> Diff {
    let (before, after) = two();
    diff(&before.review, &after.review)
}

fn impact(diff: Diff) -> Impact {
    let keys = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect();
    Impact { diff, added: keys(&["oe.own.new"]), removed: keys(&[]), changed: keys(&["oe.operate.x"]), subjects: 6 }
}

#[test]
fn nothing_moved_is_said_so() {
    let shop = Shop::small();
    let same = diff(&shop.review, &shop.review);
    let text = diff_text(&same, ["", ""], Style::default());
    assert!(text.ends_with("every verdict is what it was\n"), "{text}");
    let nothing = Impact { added: Vec::new(), changed: Vec::new(), ..impact(same) };
    let text = impact_text(&nothing, Style::default());
    assert_eq!(text, "the lens judges as before\nnone of 6 subjects would be judged otherwise\n");
}

#[test]
fn what_only_time_moved_is_told_from_what_records_moved() {
    let mut diff = moved();
    diff.moved.retain(|moved| moved.worse() == Some(true));
    diff.moved.truncate(2);
    for (moved, records) in diff.moved.iter_mut().zip([vec![], vec![Seq(42_000), Seq(41_500)]]) {
        moved.records = records;
    }
    let text = diff_text(&diff, ["", ""], Style { width: 300, ..Style::default() });
    assert!(text.contains("; no new record moved it\n"), "{text}");
    assert!(text.contains("; by #42000 #41500\n"), "{text}");
}

#[test]
fn an_impact_is_told_subject_by_subject_with_owners() {
    let mut diff = moved();
    diff.moved.sort_by_key(|moved| Arc::clone(&moved.subject));
    let text = impact_text(&impact(diff.clone()), Style::default());
    assert!(text.starts_with("practices judged otherwise: oe.operate.x\npractices added: oe.own.new\n"), "{text}");
    let subject = |name: &str| text.lines().find(|line| line.starts_with(&format!("{name}  "))).map(str::to_owned);
    assert_eq!(subject("checkout").as_deref(), Some("checkout  workload, team:shop"), "{text}");
    assert_eq!(subject("payments").as_deref(), Some("payments  workload, team:payments"), "{text}");
    let json: Value = serde_json::from_str(&impact_json(&impact(diff.clone()))).expect("JSON");
    assert_eq!(json.pointer("/subjects"), Some(&Value::from(6)));
    assert_eq!(json.pointer("/moved").and_then(Value::as_array).map(Vec::len), Some(diff.moved.len()));
    assert_eq!(json.pointer("/added/0"), Some(&Value::from("oe.own.new")));
}

#[test]
fn only_part_is_shown_unless_all_is_asked_for() {
    let many = Shop::of(12, 4);
    let before = Shop::with(many.review.subjects.clone(), 1, |_, _| (Verdict::Unknown, false));
    let diff = diff(&before.review, &many.review);
    let (part, all) = (
        diff_text(&diff, ["", ""], Style::default()),
        diff_text(&diff, ["", ""], Style { all: true, ..Style::default() }),
    );
    assert!(part.contains("more; --all shows all"), "{part}");
    assert!(!all.contains("--all") && all.lines().count() > part.lines().count(), "{all}");
}

#[test]
fn names_of_others_steer_no_terminal() {
    let mut diff = moved();
    for moved in &mut diff.moved {
        moved.title = "a\u{1b}[2J".into();
        moved.why = Some(Why::Attested { person: "b\u{202e}".into(), until: diff.after.to });
    }
    for text in [
        diff_text(&diff, ["c\u{9b}", ""], Style::default()),
        diff_json(&diff),
        impact_text(&impact(diff.clone()), Style::default()),
        impact_json(&impact(diff)),
    ] {
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
    }
}
