use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Sample, stale};
use evenkeel_time::{Duration, Timestamp};
use evenkeel_tsdb::{Durability, Options, Store};
use proptest::prelude::*;

use crate::support::{Held, NOW, all, options, read, selection};

/// One thing that happens to a store.
#[derive(Debug, Clone)]
enum Step {
    /// Series, seconds ahead of the last sample, value.
    Append(Vec<(u8, i64, u8)>),
    Tick,
    Flush,
    Reopen,
    Close,
    Read {
        from: i64,
        span: i64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let row = (0u8..8, prop_oneof![5 => 1i64..40, 2 => -60i64..1, 1 => -4000i64..0], any::<u8>());
    let step = prop_oneof![
        12 => proptest::collection::vec(row, 1..40).prop_map(Step::Append),
        3 => Just(Step::Tick),
        1 => Just(Step::Flush),
        1 => Just(Step::Reopen),
        1 => Just(Step::Close),
        3 => (-3000i64..100, 0i64..3000).prop_map(|(from, span)| Step::Read { from, span }),
    ];
    proptest::collection::vec(step, 1..60)
}

fn labels(series: u8) -> LabelSet {
    LabelSet::new([("__name__", format!("m{}", series / 3)), ("n", series.to_string())])
}

fn value(byte: u8) -> f64 {
    match byte {
        0..10 => stale(),
        10..20 => f64::NAN,
        20..30 => f64::from(byte).sqrt(),
        _ => f64::from(byte) / 4.0,
    }
}

/// A store and what it should hold. Of one instant the first value stays.
struct Beside {
    options: Options,
    store: Option<Store>,
    held: Held,
    at: i64,
}

impl Beside {
    fn store(&self) -> &Store {
        self.store.as_ref().expect("a store")
    }

    fn append(&mut self, rows: &[(u8, i64, u8)]) {
        let mut batch = Batch::default();
        let mut tried: Vec<(LabelSet, i64, f64)> = Vec::new();
        for (series, ahead, byte) in rows {
            let at = (self.at + ahead * 1000).min(NOW);
            self.at = self.at.max(at);
            tried.push((labels(*series), at, value(*byte)));
        }
        for (labels, at, value) in &tried {
            batch.begin(labels.iter());
            batch.sample(Sample { at: Timestamp(*at), value: *value });
        }
        let appended = self.store().append(&batch, Timestamp(NOW)).expect("appends");
        let refused: u64 = appended.refused.iter().map(|refused| refused.samples).sum();
        assert_eq!(appended.written + appended.duplicates + refused, tried.len() as u64);
        // What was refused is known by its labels and order only, so the model takes what the store then has.
        let now_held = read(self.store(), &all()).expect("reads");
        let mut written = 0;
        for (labels, at, value) in &tried {
            let known = self.held.entry(labels.to_string()).or_default();
            if known.contains_key(at) {
                continue;
            }
            if let Some(bits) = now_held.get(&labels.to_string()).and_then(|samples| samples.get(at)) {
                assert!(
                    *bits == value.to_bits()
                        || tried
                            .iter()
                            .any(|(other, when, value)| other == labels && when == at && value.to_bits() == *bits)
                );
                known.insert(*at, *bits);
                written += 1;
            }
        }
        assert!(written <= appended.written, "{written} {appended:?}");
        self.held.retain(|_, samples| !samples.is_empty());
        assert_eq!(now_held, self.held);
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Append(rows) => self.append(rows),
            Step::Tick => drop(self.store().tick(Timestamp(NOW)).expect("a tick")),
            Step::Flush => drop(self.store().flush(Timestamp(NOW)).expect("a flush")),
            Step::Reopen | Step::Close => {
                if matches!(step, Step::Close) {
                    self.store().close(Timestamp(NOW)).expect("closes");
                }
                self.store = None;
                let (store, repairs) = Store::open(self.options.clone(), Timestamp(NOW)).expect("opens");
                assert_eq!(repairs, []);
                self.store = Some(store);
            }
            Step::Read { from, span } => {
                let (after, until) = (self.at + from * 1000, self.at + (from + span) * 1000);
                let mut expected: BTreeMap<_, _> = self.held.clone();
                expected.values_mut().for_each(|samples| samples.retain(|at, _| *at > after && *at <= until));
                expected.retain(|_, samples| !samples.is_empty());
                assert_eq!(read(self.store(), &selection(&[], after, until)).expect("reads"), expected);
            }
        }
        assert_same(&read(self.store(), &all()).expect("reads"), &self.held, step);
    }
}

/// Says which sample differs; the whole of both would be pages.
fn assert_same(found: &Held, expected: &Held, step: &Step) {
    for (labels, samples) in expected {
        for (at, bits) in samples {
            let bits_found = found.get(labels).and_then(|samples| samples.get(at));
            assert_eq!(bits_found, Some(bits), "{labels} at {at} after {step:?}");
        }
    }
    assert_eq!(found, expected, "after {step:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_store_holds_what_a_map_would(steps in steps(), relaxed in any::<bool>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let durability = if relaxed { Durability::Relaxed } else { Durability::GroupCommit };
        let options = Options { head_span: Duration::minutes(10), durability, ..options(folder.path()) };
        let (store, _) = Store::open(options.clone(), Timestamp(NOW)).expect("opens");
        let mut beside = Beside { options, store: Some(store), held: Held::new(), at: NOW - 20_000_000 };
        for step in &steps {
            beside.step(step);
        }
    }
}
