//! Random series: counters that begin anew, gauges, histograms, and some with gaps and odd numbers.

use evenkeel_labels::LabelSet;
use evenkeel_metric::Sample;
use evenkeel_series_notation::MemoryStore;
use evenkeel_time::Timestamp;

use crate::chance::Chance;

/// The first instant that is asked about. Units: milliseconds.
pub(crate) const BEGIN: i64 = 1_700_000_003_000;
/// Between samples. Units: milliseconds.
const STEP: i64 = 15_000;
/// Samples of a series: an hour and a half.
const SAMPLES: i64 = 360;
/// Samples are so far behind whole minutes, which no end of a window ever is. Units: milliseconds.
const APART: i64 = 7_301;

/// Labels that tell series apart.
pub(crate) const JOBS: [&str; 3] = ["api", "db", "web"];
/// The same.
pub(crate) const INSTANCES: [&str; 3] = ["0", "1", "2"];

/// Series that follow from the seed.
pub(crate) fn random(chance: &mut Chance) -> MemoryStore {
    let mut store = MemoryStore::new();
    for job in JOBS {
        for instance in INSTANCES {
            let labels = |name: &str| LabelSet::new([("__name__", name), ("job", job), ("instance", instance)]);
            counter(chance, &mut store, &labels("c_total"));
            gauge(chance, &mut store, &labels("g"));
            if !(job == "db" && instance == "2") {
                whole(chance, &mut store, &labels("w"));
            }
            sparse(chance, &mut store, &labels("s"));
            odd(chance, &mut store, &labels("odd"));
            histogram(chance, &mut store, job, instance);
        }
        let labels =
            LabelSet::new([("__name__", "owner"), ("job", job), ("team", if job == "web" { "b" } else { "a" })]);
        each(&mut store, &labels, |_| Some(1.0));
    }
    store
}

fn each(store: &mut MemoryStore, labels: &LabelSet, mut value: impl FnMut(i64) -> Option<f64>) {
    for place in 0..SAMPLES {
        // An hour lies before the first question.
        let at = BEGIN - 3_600_000 - 3_000 + APART + place * STEP;
        if let Some(value) = value(place) {
            store.append(labels, Sample { at: Timestamp(at), value });
        }
    }
}

fn counter(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet) {
    let mut count = 0.0;
    each(store, labels, |_| {
        count = if chance.percent(2) { 0.0 } else { count };
        count += f64::from(u8::try_from(chance.below(20)).expect("small"));
        Some(count)
    });
}

fn gauge(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet) {
    let mut level = chance.share() * 100.0;
    each(store, labels, |_| {
        level += (chance.share() - 0.5) * 10.0;
        Some(level)
    });
}

/// Small whole numbers, so that some are the same.
fn whole(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet) {
    each(store, labels, |_| Some(f64::from(i8::try_from(chance.below(7)).expect("small")) - 2.0));
}

/// There for some minutes, and away for some.
fn sparse(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet) {
    let mut there = true;
    each(store, labels, |_| {
        there ^= chance.percent(4);
        there.then(|| chance.share() * 10.0)
    });
}

fn odd(chance: &mut Chance, store: &mut MemoryStore, labels: &LabelSet) {
    each(store, labels, |_| {
        Some(match chance.below(40) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 | 4 => 0.0,
            5 => 1e100,
            _ => (chance.share() - 0.5) * 1000.0,
        })
    });
}

fn histogram(chance: &mut Chance, store: &mut MemoryStore, job: &str, instance: &str) {
    let bounds = ["0.1", "0.5", "1", "5", "+Inf"];
    let mut counts = [0.0; 5];
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); 5];
    for _ in 0..SAMPLES {
        let mut sum = 0.0;
        for (count, column) in counts.iter_mut().zip(&mut columns) {
            *count += f64::from(u8::try_from(chance.below(6)).expect("small"));
            sum += *count;
            column.push(sum);
        }
    }
    for (bound, column) in bounds.iter().zip(columns) {
        let labels = [("__name__", "h_bucket"), ("job", job), ("instance", instance), ("le", bound)];
        each(store, &LabelSet::new(labels), |place| column.get(usize::try_from(place).ok()?).copied());
    }
}
