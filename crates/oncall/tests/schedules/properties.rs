//! What must hold of any schedule.

use evenkeel_oncall::{OnCall, Span, Stretch, current, gaps, next_after, on_call, shifts};
use evenkeel_time::{Duration, Timestamp};

use crate::case::Case;
use crate::random::Random;
use crate::{SEED, clocks};

const CASES: usize = 3000;

fn each(check: impl Fn(&Case, Timestamp, Timestamp, &[Span])) {
    let (mut random, clocks) = (Random(SEED ^ 1), clocks());
    for _ in 0..CASES {
        let case = Case::random(&mut random, &clocks);
        let from = *case.instants.iter().min().expect("some");
        let until = *case.instants.iter().max().expect("some");
        let spans = shifts(&case.schedule, &case.overrides, from, until);
        check(&case, from, until, &spans);
    }
}

#[test]
fn shifts_adjoin_from_beginning_to_end_and_no_two_in_a_row_are_alike() {
    each(|_, from, until, spans| {
        assert_eq!(spans.first().map(|span| span.from), Some(from));
        assert_eq!(spans.last().map(|span| span.until), Some(until));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].until, pair[1].from);
            assert_ne!(pair[0].on_call, pair[1].on_call);
        }
        let sum = spans.iter().fold(Duration::ZERO, |sum, span| sum + (span.until - span.from));
        assert_eq!(sum, until - from);
        assert!(spans.iter().all(|span| span.from < span.until));
    });
}

#[test]
fn shifts_say_the_same_as_each_instant_does() {
    each(|case, _, until, spans| {
        let last = |span: &Span| Timestamp(span.until.0 - 1);
        let middle = |span: &Span| Timestamp(span.from.0.midpoint(span.until.0));
        for span in spans {
            for at in [span.from, middle(span), last(span)] {
                assert_eq!(on_call(&case.schedule, &case.overrides, at), span.on_call, "{at} {:#?}", case.schedule);
            }
        }
        for at in case.instants.iter().filter(|at| **at < until) {
            let span = spans.iter().find(|span| span.from <= *at && *at < span.until).expect("covered");
            assert_eq!(on_call(&case.schedule, &case.overrides, *at), span.on_call, "{at} {:#?}", case.schedule);
        }
    });
}

#[test]
fn gaps_are_the_shifts_of_nobody() {
    each(|case, from, until, spans| {
        let nobody = spans.iter().filter(|span| span.on_call == OnCall::NOBODY);
        let wanted: Vec<_> = nobody.map(|span| (span.from, span.until)).collect();
        assert_eq!(gaps(&case.schedule, &case.overrides, from, until), wanted, "{:#?}", case.schedule);
    });
}

#[test]
fn now_and_next_are_neighbouring_shifts() {
    each(|case, _, _, spans| {
        for three in spans.windows(3).step_by(7) {
            let [before, now, after] = three else { continue };
            let at = Timestamp(now.from.0.midpoint(now.until.0));
            let stretch = Stretch { since: Some(now.from), until: Some(now.until), on_call: now.on_call.clone() };
            assert_eq!(current(&case.schedule, &case.overrides, at), stretch);
            let next = next_after(&case.schedule, &case.overrides, before.from).expect("there is one");
            assert_eq!((next.since, next.until, next.on_call), (Some(now.from), Some(after.from), now.on_call.clone()));
        }
    });
}
