//! Time goes on: reviews brought up to date, compared, and made by another lens.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_lens::{Dirty, Lens, Touched, diff};
use proptest::prelude::{TestCaseError, prop_assert, prop_assert_eq};

use crate::fake::{Fact, Fake, What, instant, lens, practice, signed, subjects};
use crate::properties::evaluator;

/// Adds facts one by one, and holds what is brought up to date against a full run.
pub(crate) fn follow(mut fake: Fake, keys: &[&str], steps: &[((usize, Fact), bool)]) -> Result<(), TestCaseError> {
    let mut known = evaluator(keys);
    fake.full(&mut known, 200);
    for ((key, fact), sign) in steps {
        let mut dirty = Dirty::default();
        if *sign {
            fake.attestations.push(signed(keys[*key], &fact.subject, "100", "300", fact.observed));
            dirty.note("attestations", Touched::Only(BTreeSet::from([Arc::clone(&fact.subject)])));
        } else {
            fake.add(keys[*key], fact.clone());
            let table = if fact.what == What::Declared || key % 2 == 1 { "incidents" } else { "reviews" };
            dirty.note(table, Touched::Only(BTreeSet::from([Arc::clone(&fact.subject)])));
        }
        let updated = fake.update(&mut known, 200, &dirty);
        let anew = fake.full(&mut evaluator(keys), 200);
        prop_assert_eq!(&updated, &anew);
        prop_assert!(known.review() == Some(&anew));
    }
    Ok(())
}

fn good(subject: &str, day: &str) -> Fact {
    Fact { what: What::Good, subject: subject.into(), at: instant(day), observed: true }
}

fn shops() -> Fake {
    Fake { subjects: subjects(&[("cart", 1, "web"), ("mail", 3, "web")]), ..Fake::default() }
}

#[test]
fn only_what_changed_is_asked_again() {
    let keys = ["oe.operate.a", "oe.operate.b"];
    let mut fake = shops();
    let mut known = evaluator(&keys);
    fake.full(&mut known, 200);
    let full = std::mem::take(&mut fake.asked);
    let mut dirty = Dirty::default();
    dirty.note("nothing_reads_it", Touched::All);
    fake.update(&mut known, 200, &dirty);
    assert_eq!(std::mem::take(&mut fake.asked), 0);
    fake.add(keys[0], good("cart", "150"));
    dirty.note("reviews", Touched::Only(BTreeSet::from(["cart".into()])));
    fake.update(&mut known, 200, &dirty);
    assert!(std::mem::take(&mut fake.asked) < full);
    // Windows that end elsewhere, and others who are judged, make everything anew.
    fake.update(&mut known, 201, &Dirty::default());
    assert_eq!(std::mem::take(&mut fake.asked), full);
    dirty.note("teams", Touched::All);
    fake.update(&mut known, 201, &dirty);
    assert_eq!(fake.asked, full);
}

#[test]
fn what_was_noted_of_a_table_adds_up() {
    let mut dirty = Dirty::default();
    let only = |name: &str| Touched::Only(BTreeSet::from([name.into()]));
    dirty.note("pages", only("a"));
    dirty.note("pages", only("b"));
    assert_eq!(dirty.tables.get("pages"), Some(&Touched::Only(BTreeSet::from(["a".into(), "b".into()]))));
    dirty.note("pages", Touched::All);
    dirty.note("pages", only("c"));
    assert_eq!(dirty.tables.get("pages"), Some(&Touched::All));
}

fn one(sample: u32) -> Lens {
    let mut practice = practice("oe.operate.a", true);
    practice.sample = sample;
    lens(vec![practice])
}

#[test]
fn what_moved_names_the_records_that_moved_it() {
    let mut fake = shops();
    fake.add("oe.operate.a", good("cart", "150"));
    let before = fake.review(&one(2), 200);
    fake.add("oe.operate.a", good("cart", "160"));
    let after = fake.review(&one(2), 200);
    let diff_now = diff(&before, &after);
    let [moved] = &diff_now.moved[..] else { panic!("one moves: {diff_now:?}") };
    assert_eq!(moved.records.iter().map(|seq| seq.0).collect::<Vec<_>>(), [2]);
    assert_eq!((moved.from.map(|from| from.to_string()), moved.worse()), (Some("unknown".to_owned()), Some(false)));
    assert_eq!(moved.owner.as_ref().map(ToString::to_string).as_deref(), Some("team:web"));
    assert!(diff_now.lenses.is_none() && diff(&after, &after).moved.is_empty());
    // Time alone moves it too, and no record did.
    let later = fake.review(&one(2), 260);
    let moved = diff(&after, &later).moved;
    assert_eq!(moved.iter().map(|moved| (moved.records.len(), moved.worse())).collect::<Vec<_>>(), [(0, Some(true))]);
}

#[test]
fn who_comes_and_who_goes_has_moved() {
    let mut fake = shops();
    let before = fake.review(&one(2), 200);
    fake.subjects = subjects(&[("cart", 1, "web"), ("pay", 1, "web")]);
    let after = fake.review(&one(2), 200);
    let moved = diff(&before, &after).moved;
    let shown: Vec<_> = moved.iter().map(|moved| (&*moved.subject, moved.from.is_some(), moved.to.is_some())).collect();
    assert_eq!(shown, [("pay", false, true), ("mail", true, false)]);
    assert!(moved.iter().all(|moved| moved.worse().is_none()));
}

#[test]
fn an_edited_lens_says_whose_verdicts_would_change() {
    let mut fake = shops();
    for day in ["150", "160"] {
        fake.add("oe.operate.a", good("mail", day));
        fake.add("oe.operate.a", good("cart", day));
    }
    let mut wanted = one(3);
    wanted.practices.push(Arc::new(practice("oe.operate.b", true)));
    let seen = fake.impact(&one(2), &wanted, 200);
    let shown: Vec<_> = seen.diff.moved.iter().map(|moved| format!("{} {}", moved.subject, moved.practice)).collect();
    assert_eq!(
        shown,
        ["cart oe.operate.a", "cart oe.operate.b", "mail oe.operate.a", "mail oe.operate.b"],
        "the most important workload first"
    );
    assert_eq!((seen.added.len(), seen.removed.len(), seen.changed.len(), seen.subjects), (1, 0, 1, 4));
    let asked = std::mem::take(&mut fake.asked);
    let same = fake.impact(&one(2), &one(2), 200);
    assert!(same.diff.moved.is_empty() && asked > 0 && fake.asked == 0, "what is the same is not judged");
}
