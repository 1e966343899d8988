use std::ops::Range;

use evenkeel_labels::{LabelSet, MatchOp};
use evenkeel_metric::{Batch, Exemplar, Metadata, MetricType, Querier, Sample, stale};
use evenkeel_time::Timestamp;
use evenkeel_tsdb::{Limits, Options, Reason, SenderLimits, Store, Work};

use crate::support::{NOW, all, append, batch, hours, open, options, read, selection, settle};

#[test]
fn what_is_appended_is_there_after_a_restart_and_after_a_flush() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, repairs) = open(folder.path());
    assert_eq!(repairs, []);
    append(&store, [("up", NOW - 20, 1.0), ("down", NOW - 20, -0.5), ("up", NOW - 10, stale())]);
    let held = read(&store, &all()).expect("reads");
    assert_eq!(held.len(), 2);
    drop(store);
    let (store, repairs) = open(folder.path());
    assert_eq!(repairs, []);
    assert_eq!(read(&store, &all()).expect("reads"), held);
    assert!(matches!(store.flush(Timestamp(NOW)).expect("flushes"), Work::Flushed { samples: 3, .. }));
    assert_eq!(read(&store, &all()).expect("reads"), held);
    append(&store, [("up", NOW, 3.0)]);
    drop(store);
    let (store, _) = open(folder.path());
    let after = read(&store, &all()).expect("reads");
    assert_eq!(after.values().map(|samples| samples.len()).sum::<usize>(), 4);
    store.close(Timestamp(NOW)).expect("closes");
    drop(store);
    let (store, _) = open(folder.path());
    assert_eq!(read(&store, &all()).expect("reads"), after);
    assert_eq!(store.status().head_series, 0);
}

#[test]
fn duplicates_are_dropped_other_values_and_what_is_too_old_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    append(&store, [("up", NOW - hours(1), 1.0), ("up", NOW, 2.0)]);
    let again = append(&store, [("up", NOW, 2.0), ("up", NOW, 3.0), ("up", NOW - hours(1), 1.0)]);
    assert_eq!((again.written, again.duplicates), (0, 2));
    let reasons = |appended: &evenkeel_tsdb::Appended| {
        appended.refused.iter().map(|refused| (refused.reason.clone(), refused.samples)).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&again), [(Reason::Duplicate, 1)]);
    let late = append(&store, [("up", NOW - 5_000, 1.5), ("up", NOW - hours(1) + 1, 1.5)]);
    assert_eq!((late.written, reasons(&late)), (1, vec![(Reason::TooOld, 1)]));
    let far = append(&store, [("up", NOW + hours(30), 1.5), ("new", NOW - hours(24 * 16), 1.5)]);
    assert_eq!(reasons(&far), [(Reason::TooFarAhead, 1), (Reason::PastRetention, 1)]);
    let held = read(&store, &all()).expect("reads");
    let up = held.values().next().expect("up");
    assert_eq!(up.keys().copied().collect::<Vec<_>>(), [NOW - hours(1), NOW - 5_000, NOW]);
}

#[test]
fn a_series_over_a_limit_is_refused_alone_and_an_explosion_names_the_label() {
    let folder = tempfile::tempdir().expect("a folder");
    let limits = Limits { series_max: 20, labels_max: 4, label_value_bytes_max: 100, ..Limits::default() };
    let (store, _) = Store::open(Options { limits, ..options(folder.path()) }, Timestamp(NOW)).expect("opens");
    let mut batch = Batch::default();
    for number in 0..30 {
        batch.begin([("__name__", "requests"), ("job", "web"), ("user", number.to_string().as_str())]);
        batch.sample(Sample { at: Timestamp(NOW), value: 1.0 });
    }
    let long = "x".repeat(101);
    batch.begin([("a", long.as_str())]);
    batch.sample(Sample { at: Timestamp(NOW), value: 1.0 });
    batch.begin([("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"), ("e", "1")]);
    batch.sample(Sample { at: Timestamp(NOW), value: 1.0 });
    let appended = store.append(&batch, Timestamp(NOW)).expect("appends");
    assert_eq!((appended.written, appended.refused.len()), (20, 12));
    assert_eq!(appended.refused[0].reason, Reason::TooManySeries { label: "user".into(), values: 20, most: 20 });
    assert!(matches!(&appended.refused[10].reason, Reason::LongValue { label, most: 100 } if label.as_ref() == "a"));
    assert_eq!(appended.refused[11].reason, Reason::TooManyLabels { found: 5, most: 4 });
}

#[test]
fn a_sender_over_its_limits_is_told_and_costs_the_others_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let sender = SenderLimits { series_max: Some(3), samples_per_second_max: Some(1) };
    let wanted = || Options { limits: Limits { sender, ..Limits::default() }, ..options(folder.path()) };
    let users = |names: Range<usize>, at: i64| {
        let mut batch = Batch::default();
        for number in names {
            batch.begin([("__name__", "requests"), ("user", number.to_string().as_str())]);
            batch.sample(Sample { at: Timestamp(at), value: 1.0 });
        }
        batch
    };
    let (store, _) = Store::open(wanted(), Timestamp(NOW)).expect("opens");
    let send = |store: &Store, name: &str, batch: &Batch, now: i64| {
        let appended = store.append_from(name, batch, Timestamp(now)).expect("appends");
        (appended.written, appended.duplicates, appended.refused)
    };
    let (written, _, refused) = send(&store, "shop", &users(0..4, NOW), NOW);
    assert_eq!((written, refused.len()), (3, 1));
    assert_eq!(refused[0].reason, Reason::TooManyOfSender { label: "user".into(), values: 3, most: 3 });
    assert_eq!(send(&store, "bank", &users(4..7, NOW), NOW).0, 3, "another sender has its own part");

    // Six more are left of ten seconds at one a second; what is sent again costs nothing, and so it all comes through.
    let many: Vec<i64> = (1..=9).map(|second| NOW + second * 10).collect();
    let mut batch = Batch::default();
    for (user, at) in many.iter().enumerate() {
        batch.begin([("__name__", "requests"), ("user", (user % 3).to_string().as_str())]);
        batch.sample(Sample { at: Timestamp(*at), value: 1.0 });
    }
    let (written, _, refused) = send(&store, "shop", &batch, NOW);
    assert_eq!((written, refused.len()), (6, 3));
    assert_eq!(refused[0].reason, Reason::TooFast { most: 1 });
    let (written, duplicates, refused) = send(&store, "shop", &batch, NOW + 3_000);
    assert_eq!((written, duplicates, refused.len()), (3, 6, 0));

    // After a start a series belongs to whoever sends its next sample.
    drop(store);
    let (store, _) = Store::open(wanted(), Timestamp(NOW)).expect("opens");
    assert_eq!(send(&store, "shop", &users(0..3, NOW + 1_000), NOW).0, 3);
    assert_eq!(send(&store, "shop", &users(8..9, NOW + 1_000), NOW).2.len(), 1);
    assert_eq!(store.append(&users(8..20, NOW), Timestamp(NOW)).expect("appends").written, 12, "the program itself");
}

#[test]
fn matchers_find_series_in_head_and_blocks_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let names = ["alpha", "beta", "gamma", "delta"];
    append(&store, names.map(|name| (name, NOW - 100, 1.0)));
    let mut bare = Batch::default();
    bare.begin([("__name__", "bare")]);
    bare.sample(Sample { at: Timestamp(NOW - 100), value: 5.0 });
    store.append(&bare, Timestamp(NOW)).expect("appends");
    use MatchOp::{Equal, NotEqual, NotRegex, Regex};
    type Case<'a> = (&'a [(&'a str, MatchOp, &'a str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (&[("__name__", Equal, "beta")], &["beta"]),
        (&[("__name__", Regex, "beta|gamma|none")], &["beta", "gamma"]),
        (&[("__name__", Regex, ".*a"), ("zone", NotEqual, "a")], &["beta", "delta", "gamma"]),
        (&[("__name__", Regex, "be.+")], &["beta"]),
        (&[("job", Equal, "")], &["bare"]),
        (&[("job", NotEqual, "")], &["alpha", "beta", "delta", "gamma"]),
        (&[("job", Regex, "test|")], &["alpha", "bare", "beta", "delta", "gamma"]),
        (&[("job", NotRegex, "test")], &["bare"]),
        (&[("zone", NotRegex, "[ab]")], &["bare", "delta", "gamma"]),
        (&[("none", Equal, "x")], &[]),
    ];
    for flushed in [false, true] {
        if flushed {
            store.flush(Timestamp(NOW)).expect("flushes");
        }
        for (matchers, expected) in cases {
            let found = store.querier();
            let values = found.label_values("__name__", &selection(matchers, NOW - 101, NOW)).expect("reads");
            assert_eq!(values.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), *expected, "{matchers:?} {flushed}");
        }
        let names = store.querier().label_names(&all()).expect("reads");
        assert_eq!(names.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["__name__", "job", "zone"]);
        assert!(read(&store, &selection(&[], NOW - 100, NOW)).expect("reads").is_empty(), "left-open");
        assert_eq!(read(&store, &selection(&[], NOW - 101, NOW - 100)).expect("reads").len(), 5);
    }
}

#[test]
fn exemplars_and_metadata_outlive_restart_and_flush() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let mut batch = batch([("up", NOW, 1.0)]);
    let exemplar = Exemplar { labels: LabelSet::new([("trace_id", "abc")]), value: 0.5, at: Timestamp(NOW) };
    batch.exemplar(exemplar.clone());
    let known = Metadata { kind: MetricType::Gauge, help: "whether it is up".into(), unit: "".into() };
    batch.metadata.push(("up".into(), known.clone()));
    batch.begin([("__name__", "nobody")]);
    batch.exemplar(exemplar.clone());
    let appended = store.append(&batch, Timestamp(NOW)).expect("appends");
    assert_eq!(appended.exemplars_dropped, 1);
    let check = |store: &Store| {
        let found = store.querier().exemplars(&all()).expect("reads");
        assert_eq!(found.iter().map(|(_, exemplars)| exemplars.clone()).collect::<Vec<_>>(), [vec![exemplar.clone()]]);
        assert_eq!(store.querier().metadata(Some("up")).expect("reads"), [("up".into(), known.clone())]);
    };
    check(&store);
    drop(store);
    let (store, _) = open(folder.path());
    check(&store);
    store.flush(Timestamp(NOW)).expect("flushes");
    drop(store);
    check(&open(folder.path()).0);
}

#[test]
fn blocks_are_joined_and_those_past_retention_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = open(folder.path());
    let mut works = Vec::new();
    for minute in 0..60 * 40 {
        let at = NOW - hours(40) + minute * 60_000;
        append(&store, [("up", at, minute as f64), ("down", at, 0.25)]);
        works.extend(settle(&store, at));
    }
    assert!(works.iter().filter(|work| matches!(work, Work::Flushed { .. })).count() >= 18, "{works:?}");
    assert!(works.iter().filter(|work| matches!(work, Work::Joined { .. })).count() >= 5, "{works:?}");
    let held = read(&store, &all()).expect("reads");
    assert_eq!(held.values().map(|samples| samples.len()).collect::<Vec<_>>(), [2400, 2400]);
    let blocks = store.status().blocks.len();
    assert!(blocks <= 6, "{blocks}");
    drop(store);
    let (store, repairs) = open(folder.path());
    assert_eq!(repairs, []);
    assert_eq!(read(&store, &all()).expect("reads"), held);
    store.flush(Timestamp(NOW)).expect("flushes");
    settle(&store, NOW);
    let much_later = NOW + hours(24 * 15) + hours(1);
    assert_eq!(settle(&store, much_later), [], "a clock that is wrong makes nothing old");
    let appended = store.append(&batch([("up", much_later, 1.0)]), Timestamp(much_later)).expect("appends");
    assert_eq!(appended.written, 1);
    let removed = settle(&store, much_later);
    assert!(removed.iter().any(|work| matches!(work, Work::Removed { .. })), "{removed:?}");
    let held = read(&store, &all()).expect("reads");
    assert_eq!(held.values().map(|samples| samples.len()).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_second_process_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_store, _) = open(folder.path());
    let second = Store::open(options(folder.path()), Timestamp(NOW));
    assert!(matches!(second, Err(evenkeel_tsdb::OpenFault::Locked { .. })));
}
