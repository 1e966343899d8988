//! What is left of a budget, and why nobody can say.

use evenkeel_slo::{Standing, budget, burn};
use evenkeel_time::{Duration, Timestamp};

use crate::repo::{OPENSLO, ask, objectives, store};

const DAY: i64 = 24 * 3_600_000;

#[test]
fn a_budget_is_known_or_it_is_said_why_not() {
    let all = objectives(OPENSLO);
    let objective = all.get("orders-answered").expect("the objective");
    let promise = objective.promises.first().expect("a promise");
    // A hundred requests an hour, one of them bad from the tenth day on.
    let good = "requests_total{code=\"200\"} 0+100x720";
    let bad = "requests_total{code=\"500\"} 0x240 1+1x479";
    let hourly = store(&[good, bad], Duration::hours(1));
    let at = Timestamp(30 * DAY);
    let stand = budget(objective, promise, at, &|query, at| ask(&hourly, query, at));
    let known = stand.known().expect("known");
    let near = |a: f64, b: f64| (a - b).abs() < b.abs() * 0.01;
    assert!(near(known.events.expect("events"), 72_480.0), "{known:?}");
    assert!(near(known.error_ratio, 480.0 / 72_480.0), "{known:?}");
    assert!(
        near(known.consumed, 0.6623) && near(known.remaining, 0.3377) && near(known.burn_rate, 0.6623),
        "{known:?}"
    );
    let rate = burn(objective, promise, Duration::hours(24), at, &|query, at| ask(&hourly, query, at));
    assert!(near(*rate.known().expect("known"), 0.99), "{rate:?}");
    // Without a series of errors there were none.
    let only_good = store(&[good], Duration::hours(1));
    let clean = budget(objective, promise, at, &|query, at| ask(&only_good, query, at));
    assert_eq!(clean.known().map(|known| (known.error_ratio, known.remaining)), Some((0.0, 1.0)));
    // None of these is good news.
    let little = store(&["requests_total{code=\"200\"} 0+1x40"], Duration::hours(1));
    let stand = budget(objective, promise, at, &|query, at| ask(&little, query, at));
    assert!(matches!(stand, Standing::TooLittle { events, least } if events < 45.0 && least == 50.0), "{stand:?}");
    let idle = store(&["requests_total{code=\"200\"} 7x720"], Duration::hours(1));
    let stand = budget(objective, promise, at, &|query, at| ask(&idle, query, at));
    assert_eq!(stand, Standing::TooLittle { events: 0.0, least: 50.0 });
    let nothing = store(&[], Duration::hours(1));
    assert_eq!(budget(objective, promise, at, &|query, at| ask(&nothing, query, at)), Standing::NoData);
    let failed = budget(objective, promise, at, &|_, _| Err("the store does not answer".to_owned()));
    assert_eq!(failed, Standing::Failed("the store does not answer".to_owned()));
}

#[test]
fn a_calendars_window_counts_what_is_over_of_it() {
    let all = objectives(OPENSLO);
    let objective = all.get("orders-fast").expect("the objective");
    let promise = objective.promises.first().expect("a promise");
    let minute = Duration::minutes(1);
    // Half of January: half of each hour is slow.
    let start: Timestamp = "2026-01-01T00:00:00+01:00".parse().expect("an instant");
    let series = evenkeel_series_notation::parse_series("latency_seconds 0.1").expect("a series");
    let mut store = evenkeel_series_notation::MemoryStore::new();
    for step in 0..15 * 24 * 60 {
        let value = if step % 60 < 30 { 0.1 } else { 0.9 };
        store.append(&series.labels, sample(start + minute * step, value));
    }
    let at = start + minute * (15 * 24 * 60);
    let stand = budget(objective, promise, at, &|query, at| ask(&store, query, at));
    let known = stand.known().expect("known");
    assert_eq!(known.period.from, start);
    assert_eq!((known.period.until - known.period.from).0, 31 * DAY);
    assert!((known.error_ratio - 0.5).abs() < 0.02, "{known:?}");
    // Half of the slices were bad and a tenth may be: five times as fast as it may, for fifteen of 31 days.
    assert!((known.burn_rate - 5.0).abs() < 0.2 && (known.consumed - 5.0 * 15.0 / 31.0).abs() < 0.1, "{known:?}");
    let just_begun = budget(objective, promise, start, &|query, at| ask(&store, query, at));
    assert!(matches!(just_begun, Standing::TooLittle { .. }), "{just_begun:?}");
}

fn sample(at: Timestamp, value: f64) -> evenkeel_metric::Sample {
    evenkeel_metric::Sample { at, value }
}
