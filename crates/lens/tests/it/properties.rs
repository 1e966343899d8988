//! What holds for any evidence.

use evenkeel_lens::{Evaluator, Review, Tolerance};
use proptest::prelude::*;

use crate::fake::{DAY, Fact, Fake, What, lens, practice, subjects};
use evenkeel_time::Timestamp;

const KEYS: [&str; 3] = ["oe.operate.a", "oe.operate.b", "oe.prepare.c"];
const SHOPS: [(&str, u8, &str); 4] = [("a", 1, "x"), ("b", 2, "x"), ("c", 3, "y"), ("d", 4, "y")];

fn what() -> impl Strategy<Value = What> {
    prop_oneof![3 => Just(What::Good), 1 => Just(What::Counter), 1 => Just(What::Report), 1 => Just(What::Declared)]
}

fn fact() -> impl Strategy<Value = (usize, Fact)> {
    (0..KEYS.len(), what(), 0..SHOPS.len(), 0..220i64, proptest::bool::weighted(0.7)).prop_map(
        |(key, what, shop, day, observed)| {
            (key, Fact { what, subject: SHOPS[shop].0.into(), at: Timestamp(day * DAY), observed })
        },
    )
}

fn tolerance() -> impl Strategy<Value = Tolerance> {
    prop_oneof![Just("0"), Just("0.1"), Just("0.25"), Just("0.5")]
        .prop_map(|share| Tolerance::spelt(share).expect("a share"))
}

fn world(facts: &[(usize, Fact)]) -> Fake {
    let mut fake = Fake { subjects: subjects(&SHOPS), ..Fake::default() };
    for (key, fact) in facts {
        fake.add(KEYS[*key], fact.clone());
    }
    fake
}

fn judged(fake: &mut Fake, tolerance: Tolerance) -> Review {
    let practices = KEYS.map(|key| {
        let mut practice = practice(key, true);
        practice.tolerance = tolerance;
        practice
    });
    fake.review(&lens(practices.into()), 200)
}

proptest! {
    #[test]
    fn the_same_evidence_gives_the_same_review_in_whatever_order_it_comes(
        facts in prop::collection::vec(fact(), 0..60),
        tolerance in tolerance(),
    ) {
        let mut fake = world(&facts);
        let first = judged(&mut fake, tolerance);
        prop_assert_eq!(&first, &judged(&mut fake, tolerance));
        fake.untidy = true;
        prop_assert_eq!(&first, &judged(&mut fake, tolerance));
    }

    /// An occasion that failed instead of going right, or one more counter-fact.
    #[test]
    fn more_counter_facts_never_make_a_verdict_better(
        facts in prop::collection::vec(fact(), 1..40),
        tolerance in tolerance(),
        place in 0..40usize,
        more in 0..220i64,
    ) {
        let before = judged(&mut world(&facts), tolerance);
        let place = place % facts.len();
        let mut flipped = facts.clone();
        if flipped[place].1.what == What::Good {
            flipped[place].1.what = What::Counter;
        }
        let mut added = facts.clone();
        let last = facts[place].1.clone();
        added.push((facts[place].0, Fact { what: What::Report, at: Timestamp(more * DAY), ..last }));
        for worse in [flipped, added] {
            let after = judged(&mut world(&worse), tolerance);
            for (was, is) in before.practices.iter().zip(&after.practices) {
                for (was, is) in was.verdicts.iter().zip(&is.verdicts) {
                    prop_assert!(
                        is.verdict.badness() <= was.verdict.badness(),
                        "{} became {}: {} became {}", was.verdict, is.verdict, was.why, is.why
                    );
                }
            }
        }
    }

    #[test]
    fn a_review_brought_up_to_date_is_the_one_made_anew(
        facts in prop::collection::vec(fact(), 0..40),
        steps in prop::collection::vec((fact(), proptest::bool::ANY), 1..8),
    ) {
        crate::moving::follow(world(&facts), &KEYS, &steps)?;
    }
}

/// Used by the property above.
pub(crate) fn evaluator(keys: &[&str]) -> Evaluator {
    // Each practice reads other tables, so that not all have to be judged again.
    let practices = keys.iter().enumerate().map(|(place, key)| {
        let mut practice = practice(key, place % 2 == 0);
        practice.question = if place == 0 { "q-1".into() } else { "q-2".into() };
        practice
    });
    Evaluator::new(std::sync::Arc::new(lens(practices.collect())))
}
