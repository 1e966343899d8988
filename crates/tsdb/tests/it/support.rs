//! What the tests share: a store in a folder of its own, batches from a few words, and all that a store answers as a plain map.

use std::collections::BTreeMap;
use std::path::Path;

use evenkeel_labels::{LabelSet, MatchOp, Matcher};
use evenkeel_metric::{Batch, Column, Querier, ReadFault, Sample, Selection};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Appended, Durability, Options, Repair, Store, Work};

/// The instant at which most tests are.
pub(crate) const NOW: i64 = 1_800_000_000_000;

/// What a store holds: by the text of the labels, the bits of each value by time.
pub(crate) type Held = BTreeMap<String, BTreeMap<i64, u64>>;

/// Without syncs, which are tested where processes are killed and disks fail: most tests would only wait for them.
pub(crate) fn options(folder: &Path) -> Options {
    Options { durability: Durability::Relaxed, ..Options::in_folder(folder) }
}

pub(crate) fn open(folder: &Path) -> (Store, Vec<Repair>) {
    Store::open(options(folder), Timestamp(NOW)).expect("opens")
}

pub(crate) fn batch<'a>(rows: impl IntoIterator<Item = (&'a str, i64, f64)>) -> Batch {
    let mut batch = Batch::default();
    for (name, at, value) in rows {
        let labels = LabelSet::new([("__name__", name), ("job", "test"), ("zone", name.get(..1).unwrap_or("z"))]);
        batch.begin(labels.iter());
        batch.sample(Sample { at: Timestamp(at), value });
    }
    batch
}

pub(crate) fn append<'a>(store: &Store, rows: impl IntoIterator<Item = (&'a str, i64, f64)>) -> Appended {
    let appended = store.append(&batch(rows), Timestamp(NOW)).expect("appends");
    store.wait_durable(appended.commit).expect("durable");
    appended
}

pub(crate) fn selection(matchers: &[(&str, MatchOp, &str)], after: i64, until: i64) -> Selection {
    let matchers =
        matchers.iter().map(|(name, op, value)| Matcher::new(*name, *op, *value).expect("a matcher")).collect();
    Selection { matchers, after: Timestamp(after), until: Timestamp(until) }
}

pub(crate) fn all() -> Selection {
    selection(&[], i64::MIN, i64::MAX)
}

/// Everything a selection finds.
pub(crate) fn read(store: &Store, selection: &Selection) -> Result<Held, ReadFault> {
    let querier = store.querier();
    let selected = querier.select(selection)?;
    let mut held = Held::new();
    assert!(selected.labels().is_sorted_by(|a, b| a < b), "series are sorted, each once");
    for (place, labels) in selected.labels().iter().enumerate() {
        let mut column = Column::default();
        selected.read(place, &mut column)?;
        assert!(column.times.is_sorted_by(|a, b| a < b), "samples are sorted, each instant once");
        let samples = column.times.iter().zip(&column.values).map(|(at, value)| (*at, value.to_bits()));
        held.insert(labels.to_string(), samples.collect());
    }
    held.retain(|_, samples| !samples.is_empty());
    Ok(held)
}

/// Ticks until nothing is left to be done.
pub(crate) fn settle(store: &Store, now: i64) -> Vec<Work> {
    let mut done = Vec::new();
    loop {
        let work = store.tick(Timestamp(now)).expect("a tick");
        if work == Work::Nothing {
            return done;
        }
        done.push(work);
        assert!(done.len() < 1000, "it ends");
    }
}

pub(crate) fn hours(hours: i64) -> i64 {
    Duration::hours(hours).0
}
