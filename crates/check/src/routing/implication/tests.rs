use evenkeel_labels::{MatchOp, Matcher};
use proptest::prelude::*;

use super::{Certainty, Condition, can_hold, implies};

const OPS: [MatchOp; 4] = [MatchOp::Equal, MatchOp::NotEqual, MatchOp::Regex, MatchOp::NotRegex];

fn matcher(op: MatchOp, value: &str) -> Matcher {
    Matcher::new("l", op, value).expect("a matcher")
}

/// Every text of up to four letters of a small alphabet, and one that nobody writes.
fn universe() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..4 {
        last = last.iter().flat_map(|text| ["a", "b", "x"].map(|letter| format!("{text}{letter}"))).collect();
        all.extend(last.iter().cloned());
    }
    all.push("\u{fffd}none".to_owned());
    all
}

fn value() -> impl Strategy<Value = (MatchOp, String)> {
    let pattern = prop_oneof![
        "[ab]{0,2}",
        "[ab]{0,1}\\.[*+]",
        "[ab]{0,2}\\|[ab]{0,2}",
        "[ab]{0,1}\\([ab]\\|[ab]{0,1}\\)",
        "[ab]{0,1}\\.\\*\\|[ab]{0,2}\\.\\+",
        "\\[ab\\]\\*[ab]?",
        "\\.\\*[ab]",
    ];
    let plain = "[ab]{0,2}".prop_map(String::from);
    (0..4usize, plain, pattern).prop_map(|(op, plain, pattern)| {
        let op = OPS.get(op).copied().unwrap_or(MatchOp::Equal);
        (op, if op.takes_regex() { pattern } else { plain })
    })
}

#[track_caller]
fn holds(all: &[(MatchOp, &str)], then: (MatchOp, &str)) -> Certainty {
    let matchers: Vec<Matcher> = all.iter().map(|(op, value)| matcher(*op, value)).collect();
    let conditions: Vec<Condition<'_>> = matchers.iter().map(Condition::of).collect();
    implies(&conditions, &Condition::of(&matcher(then.0, then.1)))
}

#[test]
fn what_people_write_is_decided() {
    use Certainty::{No, Unknown, Yes};
    use MatchOp::{Equal, NotEqual, NotRegex, Regex};
    for (all, then, expected) in [
        (vec![(Equal, "page")], (Regex, "page|critical"), Yes),
        (vec![(Equal, "page")], (Regex, "p[a-z]+"), Yes),
        (vec![(Regex, "page|critical")], (Equal, "page"), No),
        (vec![(Regex, "page|critical"), (NotEqual, "critical")], (Equal, "page"), Yes),
        (vec![(Equal, "page")], (NotEqual, "info"), Yes),
        (vec![(Regex, "db-.*")], (Regex, "db.*|web"), Yes),
        (vec![(Regex, "db-.*")], (NotEqual, "web"), Yes),
        (vec![(Regex, "db-.*")], (NotRegex, "web-.+"), Yes),
        (vec![(NotRegex, "a|b")], (NotEqual, "a"), Yes),
        (vec![(NotEqual, "a")], (NotRegex, "a|b"), No),
        (vec![(Regex, ".+")], (NotEqual, ""), Yes),
        (vec![(NotEqual, "")], (Regex, ".+"), Yes),
        (vec![(NotEqual, "a")], (Regex, ".*"), Yes),
        (vec![(Regex, "[0-9]+")], (Regex, "[0-9]+"), Yes),
        (vec![(Regex, "[0-9]+")], (Regex, "[0-9a]+"), Unknown),
        (vec![(Regex, "db-.*")], (Equal, "db-1"), No),
    ] {
        assert_eq!(holds(&all, then), expected, "{all:?} {then:?}");
    }
}

#[test]
fn what_cannot_hold_together_is_known() {
    use MatchOp::{Equal, NotEqual, NotRegex, Regex};
    for (all, expected) in [
        (vec![(Equal, "a"), (Equal, "b")], Certainty::No),
        (vec![(Regex, "a|b"), (NotRegex, "a|b")], Certainty::No),
        (vec![(Regex, "a.*"), (Regex, "b.+")], Certainty::No),
        (vec![(Regex, "a.*"), (NotRegex, "a.*|b")], Certainty::No),
        (vec![(Regex, "[0-9]+"), (NotRegex, "[0-9]+")], Certainty::No),
        (vec![(NotEqual, "a"), (NotEqual, "b")], Certainty::Yes),
        (vec![(Regex, "a.*"), (Regex, "ab.+")], Certainty::Yes),
        (vec![(Regex, "[0-9]+"), (Regex, "[a-z]+")], Certainty::Unknown),
    ] {
        let matchers: Vec<Matcher> = all.iter().map(|(op, value)| matcher(*op, value)).collect();
        let conditions: Vec<Condition<'_>> = matchers.iter().map(Condition::of).collect();
        assert_eq!(can_hold(&conditions), expected, "{all:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn answers_are_those_of_trying_every_value(all in prop::collection::vec(value(), 1..4), then in value()) {
        let matchers: Vec<Matcher> = all.iter().map(|(op, value)| matcher(*op, value)).collect();
        let conditions: Vec<Condition<'_>> = matchers.iter().map(Condition::of).collect();
        let then = matcher(then.0, &then.1);
        let universe = universe();
        let taken: Vec<&String> =
            universe.iter().filter(|value| matchers.iter().all(|one| one.matches_value(value))).collect();
        let follows = taken.iter().all(|value| then.matches_value(value));
        match implies(&conditions, &Condition::of(&then)) {
            Certainty::Yes => prop_assert!(follows),
            Certainty::No => prop_assert!(!follows),
            Certainty::Unknown => {}
        }
        match can_hold(&conditions) {
            Certainty::Yes => prop_assert!(!taken.is_empty()),
            Certainty::No => prop_assert!(taken.is_empty()),
            Certainty::Unknown => {}
        }
    }

    #[test]
    fn without_patterns_every_answer_is_certain(
        all in prop::collection::vec((0..2usize, "[ab]{0,2}"), 1..4),
        then in (0..2usize, "[ab]{0,2}"),
    ) {
        let plain = |(op, value): &(usize, String)| matcher(OPS.get(*op).copied().unwrap_or(MatchOp::Equal), value);
        let matchers: Vec<Matcher> = all.iter().map(plain).collect();
        let conditions: Vec<Condition<'_>> = matchers.iter().map(Condition::of).collect();
        prop_assert!(implies(&conditions, &Condition::of(&plain(&then))) != Certainty::Unknown);
        prop_assert!(can_hold(&conditions) != Certainty::Unknown);
    }
}
