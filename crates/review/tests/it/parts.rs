//! A part of a review, and what makes a review fail.

use std::str::FromStr;

use evenkeel_lens::{Counts, PracticeReview, QuestionRisk, Verdict};
use evenkeel_review::{FailOn, practice, subject};

use crate::shop::Shop;

#[test]
fn one_subject_is_a_review_of_its_own() {
    let shop = Shop::of(12, 4);
    let narrow = subject(&shop.review, "catalog").expect("it is there");
    assert!(narrow.practices.iter().all(|practice| practice.verdicts.len() == 1));
    assert!(
        narrow.practices.iter().all(|practice| practice.verdicts.iter().all(|judged| &*judged.subject == "catalog"))
    );
    let practices = |further: bool| narrow.practices.iter().filter(move |practice| practice.further == further);
    let counted = |further: bool| Counts::of(practices(further).flat_map(|practice| &practice.verdicts));
    assert_eq!((narrow.counts, narrow.further), (counted(false), counted(true)));
    assert_eq!(narrow.practices_total, 63, "the lens stays what it is");
    for question in &narrow.questions {
        let whole = shop.review.questions.iter().find(|whole| whole.id == question.id).expect("it is there");
        let own = whole.risk.subjects.iter().find(|risk| &*risk.subject == "catalog");
        assert_eq!(question.risk.risk, own.map_or(QuestionRisk::None, |own| own.risk), "{}", question.id);
    }
}

#[test]
fn a_name_that_several_have_is_told_by_its_kind() {
    let shop = Shop::of(12, 4);
    let kinds =
        |name: &str| subject(&shop.review, name).map(|review| review.practices.first().map(|one| one.subject_kind));
    assert_ne!(kinds("workload:payments"), kinds("team:payments"));
    assert_eq!(kinds("payments"), kinds("workload:payments"));
    assert!(subject(&shop.review, "organization").is_ok());
}

#[test]
fn a_name_that_is_none_is_answered_with_the_nearest() {
    let shop = Shop::of(12, 4);
    let wrong = subject(&shop.review, "catalogue").expect_err("nobody");
    assert_eq!((&*wrong.message, &*wrong.help), ("nobody called `catalogue` was judged", "did you mean `catalog`?"));
    let wrong = practice(&shop.review, "escalation-path").expect_err("none");
    assert_eq!(wrong.message, "no practice is called `escalation-path`");
    let wrong = practice(&shop.review, "oe.operate.escalation-path").expect_err("none");
    assert_eq!(wrong.help, "did you mean `oe.operate.escalation-paths`?");
    let by_slug = practice(&shop.review, "escalation-paths").expect("whoever leaves out the area means the slug");
    assert_eq!(
        by_slug.practices.iter().map(|practice| &*practice.key).collect::<Vec<_>>(),
        ["oe.operate.escalation-paths"]
    );
    let wrong = practice(&shop.review, "xyz").expect_err("none");
    assert_eq!(wrong.help, "`evenkeel review --all` lists the keys");
}

#[test]
fn a_practice_is_named_by_key_alias_or_the_key_without_its_lens() {
    let shop = Shop::of(2, 1);
    for name in [
        "oe.operate.escalation-paths",
        "operate.escalation-paths",
        "escalation-paths",
        "seed:OPS09-BP04",
        "aws:OPS10-BP04",
    ] {
        let narrow = practice(&shop.review, name).expect(name);
        let keys: Vec<&str> = narrow.practices.iter().map(|practice| &*practice.key).collect();
        assert_eq!(keys, ["oe.operate.escalation-paths"], "{name}");
        assert_eq!(narrow.questions.len(), 1, "{name}");
    }
}

#[test]
fn a_review_fails_on_what_it_is_told_to() {
    let review = |verdict: Verdict, further_only: bool| {
        let rule = move |practice: &PracticeReview, _: &str| {
            if practice.further || !further_only { (verdict, false) } else { (Verdict::Practised, false) }
        };
        Shop::with(Shop::of(2, 1).review.subjects, 1, rule).review
    };
    let fails = |verdict: Verdict, further: bool| FailOn::ALL.map(|(fault, _)| fault.fails(&review(verdict, further)));
    assert_eq!(fails(Verdict::Contradicted, false), [true, false, false, true]);
    assert_eq!(fails(Verdict::Stale, false), [false, true, false, true]);
    assert_eq!(fails(Verdict::Unknown, false), [false, false, true, true]);
    assert_eq!(fails(Verdict::Practised, false), [false; 4]);
    assert_eq!(fails(Verdict::Declared, false), [false; 4]);
    assert_eq!(fails(Verdict::Contradicted, true), [false; 4], "what does not count fails nothing");
    assert_eq!(fails(Verdict::NoMechanism, false), [false, false, false, true]);
}

#[test]
fn a_fault_that_is_none_is_refused_with_the_nearest() {
    let refused = |text: &str| FailOn::from_str(text).expect_err(text).to_string();
    assert_eq!(FailOn::from_str("high-risk"), Ok(FailOn::HighRisk));
    let all = "not `contradicted`, `stale`, `unknown` or `high-risk`";
    assert_eq!(refused("contradict"), format!("{all}; did you mean `contradicted`?"));
    assert_eq!(refused("practised"), all);
}
