//! What is held in memory is what the store has.

use evenkeel_labels::{MatchOp, Matcher};
use evenkeel_metric::{Column, Querier, Sample, Selection};
use evenkeel_rules::Resident;
use evenkeel_series_notation::MemoryStore;
use evenkeel_time::Timestamp;

use crate::lab::{MINUTE, labels, small_residence};

#[test]
fn what_comes_far_too_late_is_seen_once_it_is_heard_of() {
    let mut store = MemoryStore::new();
    let resident = Resident::new(small_residence());
    let put = |store: &mut MemoryStore, job: &str, at: i64| {
        store.append(&labels(&[("__name__", "up"), ("job", job)]), Sample { at: Timestamp(at), value: at as f64 });
    };
    for minute in 0..90 {
        put(&mut store, "steady", minute * MINUTE);
        put(&mut store, "behind", minute * MINUTE);
        // A sender that could not send for a while sends what it has, between what is known; now and then twice before it is read.
        if minute % 7 == 0 && minute > 20 {
            for back in [13, 17] {
                let at = (minute - back) * MINUTE + MINUTE / 2;
                put(&mut store, "behind", at);
                resident.heard(Timestamp(at));
            }
        }
        let held = resident.over(&store, Timestamp(minute * MINUTE));
        for window in [20, 10, 15] {
            let (after, until) = ((minute - window) * MINUTE, minute * MINUTE);
            assert_eq!(read(&held, after, until), read(&store, after, until), "minute {minute}, window {window}");
        }
        resident.settle();
    }
}

/// All that a selection finds.
fn read(source: &dyn Querier, after: i64, until: i64) -> Vec<(String, Vec<(i64, f64)>)> {
    let matchers = vec![Matcher::new("__name__", MatchOp::Equal, "up").expect("a matcher")];
    let selected =
        source.select(&Selection { matchers, after: Timestamp(after), until: Timestamp(until) }).expect("series");
    let mut out = Vec::new();
    for (place, labels) in selected.labels().iter().enumerate() {
        let mut column = Column::default();
        selected.read(place, &mut column).expect("samples");
        out.push((labels.to_string(), column.times.into_iter().zip(column.values).collect()));
    }
    out
}

#[test]
fn what_is_held_is_what_the_store_has_whatever_comes_late_anew_or_after_a_gap() {
    let mut store = MemoryStore::new();
    let resident = Resident::new(small_residence());
    let put = |store: &mut MemoryStore, job: &str, at: i64| {
        store.append(
            &labels(&[("__name__", "up"), ("job", job)]),
            Sample { at: Timestamp(at * MINUTE), value: at as f64 },
        );
    };
    for minute in 0..60 {
        put(&mut store, "steady", minute);
        // One minute late; from the beginning to the middle; anew at the end of a gap with what was missing.
        put(&mut store, "late", minute - 1);
        if !(20..=45).contains(&minute) {
            put(&mut store, "gone", minute);
        }
        if minute == 30 {
            (10..=30).for_each(|at| put(&mut store, "new", at));
        }
        if minute == 40 {
            (15..=40).for_each(|at| put(&mut store, "gap", at));
        } else if !(15..=40).contains(&minute) {
            put(&mut store, "gap", minute);
        }
        let now = Timestamp(minute * MINUTE);
        let held = resident.over(&store, now);
        for window in [5, 20, 10] {
            let (after, until) = ((minute - window) * MINUTE, minute * MINUTE);
            assert_eq!(read(&held, after, until), read(&store, after, until), "minute {minute}, window {window}");
            // Further behind is another selector.
            let (after, until) = (after - 7 * MINUTE, until - 7 * MINUTE);
            assert_eq!(
                read(&held, after, until),
                read(&store, after, until),
                "minute {minute}, window {window}, offset"
            );
        }
        resident.settle();
    }
    assert!(resident.samples() > 0);
    (0..100).for_each(|_| resident.settle());
    assert_eq!(resident.samples(), 0, "what nobody asks for goes");
    let tight = Resident::new(evenkeel_rules::ResidentOptions { samples_max: 3, ..small_residence() });
    let held = tight.over(&store, Timestamp(59 * MINUTE));
    assert_eq!(read(&held, 0, 59 * MINUTE), read(&store, 0, 59 * MINUTE), "without room it is the store that answers");
    assert_eq!(tight.samples(), 0);
}
