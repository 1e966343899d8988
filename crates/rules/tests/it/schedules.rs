//! When groups are evaluated.

use evenkeel_time::{Duration, Timestamp};

use crate::lab::{Lab, of_group, record};

#[test]
fn groups_go_by_their_own_intervals_and_what_is_missed_is_counted() {
    let fast = of_group("fast", Duration::minutes(1), record("fast", "load"));
    let slow = of_group("slow", Duration::minutes(5), record("slow", "load"));
    let mut lab = Lab::new(&[slow, fast], &["load 0+1x60"]);
    assert_eq!(lab.state.next_due(&lab.set), Some(Timestamp(0)));
    assert_eq!(lab.at(0).runs.len(), 2);
    assert_eq!(lab.state.next_due(&lab.set), Some(Timestamp(60_000)));
    assert!(lab.at_ms(59_999).runs.is_empty(), "nothing is due");
    assert_eq!(lab.at(1).runs.len(), 1);
    let runs: Vec<_> =
        lab.at_ms(21 * 60_000 + 7).runs.iter().map(|run| (run.group, run.at.0 / 60_000, run.missed)).collect();
    assert_eq!(runs, [(0, 20, 3), (1, 21, 19)], "once each, however long it was");
    assert_eq!(lab.series("slow"), [("{}".to_owned(), vec![(0, 0.0), (20, 20.0)])]);
    let missed: Vec<_> = lab.state.groups.iter().map(|group| (group.missed, group.evaluations)).collect();
    assert_eq!(missed, [(3, 2), (19, 3)]);
}
