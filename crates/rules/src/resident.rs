//! A store of which the part that rules read again and again is held in memory.
//!
//! Each selector is read once in full, and from then on only for what is new. New samples may come late: the last piece of
//! time, [`ResidentOptions::late`], is read again each time, and more where older ones are heard of. A selector is read in full again when a series comes that was
//! not there before, or one goes on after a gap, since older samples may have come with it.
//!
//! What is held is bounded. What no evaluation asked for a while goes; where there is no room, questions go to the store.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_time::{Duration, Timestamp};

use crate::layered::copy;

/// Bounds on what is held.
#[derive(Debug, Clone, Copy)]
pub struct ResidentOptions {
    /// So many samples are held. Each takes 16 bytes.
    pub samples_max: usize,
    /// So late samples may come without [`Resident::heard`] being told of them.
    pub late: Duration,
    /// Of longer windows nothing is held.
    pub window_max: Duration,
    /// What no evaluation asked for goes after so many of them.
    pub idle_max: u32,
}

impl Default for ResidentOptions {
    /// 8 M samples (128 MB), a minute late, windows of up to two hours.
    fn default() -> Self {
        Self { samples_max: 8_000_000, late: Duration::minutes(1), window_max: Duration::hours(2), idle_max: 40 }
    }
}

/// What is held between evaluations.
#[derive(Debug, Default)]
pub struct Resident {
    options: ResidentOptions,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    entries: BTreeMap<Key, Entry>,
    samples: usize,
}

/// A selector, and how far behind the evaluation it looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    offset: i64,
    matchers: String,
}

#[derive(Debug, Clone)]
struct Entry {
    data: Arc<Data>,
    /// Later than this it is held.
    after: i64,
    /// Up to this it is held.
    until: i64,
    /// What is later than this is to be read again, where it is not yet to be anyway.
    again: i64,
    /// How far back it was asked for since the last evaluation but `idle` began.
    window: i64,
    idle: u32,
}

impl Entry {
    const fn covers(&self, after: i64, until: i64) -> bool {
        self.after <= after && until <= self.until && self.again == NOT_AGAIN
    }
}

/// Nothing is to be read again.
const NOT_AGAIN: i64 = i64::MAX;

/// Series and their samples, in order.
#[derive(Debug, Clone, Default)]
struct Data {
    labels: Vec<LabelSet>,
    columns: Vec<Column>,
    samples: usize,
}

impl Resident {
    /// Nothing is held yet.
    #[must_use]
    pub fn new(options: ResidentOptions) -> Self {
        Self { options, held: Mutex::default() }
    }

    /// The store, with what is held of it, for an evaluation at an instant.
    #[must_use]
    pub fn over<'a>(&'a self, store: &'a dyn Querier, at: Timestamp) -> ResidentQuerier<'a> {
        ResidentQuerier { resident: self, store, at }
    }

    /// Samples as old as this came since the last evaluation: what is held from there on is read again.
    pub fn heard(&self, oldest: Timestamp) {
        let mut held = self.held();
        for entry in held.entries.values_mut().filter(|entry| oldest.0 <= entry.until - self.options.late.0) {
            entry.again = entry.again.min(oldest.0.saturating_sub(1));
        }
    }

    /// An evaluation is over: what nobody asked for long goes.
    pub fn settle(&self) {
        let mut held = self.held();
        let idle_max = self.options.idle_max;
        held.entries.retain(|_, entry| {
            entry.idle += 1;
            entry.idle <= idle_max
        });
        held.samples = held.entries.values().map(|entry| entry.data.samples).sum();
    }

    /// Forgets everything: what is in the store is something else now.
    pub fn clear(&self) {
        *self.held() = Held::default();
    }

    /// How many samples are held.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.held().samples
    }

    /// What is held of a selector: a copy when it is enough, else it is taken out, so that it can be changed in its place.
    fn take(&self, key: &Key, after: i64, until: i64) -> Option<Entry> {
        let mut held = self.held();
        if let Some(entry) = held.entries.get(key).filter(|entry| entry.covers(after, until)) {
            return Some(entry.clone());
        }
        let entry = held.entries.remove(key)?;
        held.samples = held.samples.saturating_sub(entry.data.samples);
        Some(entry)
    }

    fn put(&self, key: Key, entry: Entry) {
        let mut held = self.held();
        let samples = entry.data.samples;
        let replaced = held.entries.insert(key, entry).map_or(0, |entry| entry.data.samples);
        held.samples = (held.samples + samples).saturating_sub(replaced);
    }

    /// A panic elsewhere leaves entries whole: each is put in at once.
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A store, with what is held of it.
#[derive(Clone, Copy)]
pub struct ResidentQuerier<'a> {
    resident: &'a Resident,
    store: &'a dyn Querier,
    at: Timestamp,
}

impl std::fmt::Debug for ResidentQuerier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResidentQuerier").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Querier for ResidentQuerier<'_> {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let (after, until) = (selection.after.0, selection.until.0);
        let window = until - after;
        if window > self.resident.options.window_max.0 || window <= 0 {
            return self.store.select(selection);
        }
        let key = Key { offset: (self.at - selection.until).0, matchers: key_of(&selection.matchers) };
        let before = self.resident.take(&key, after, until);
        let entry = match before {
            Some(entry) if entry.covers(after, until) => Some(entry),
            Some(entry) if entry.after <= after && entry.until < until => self.advance(entry, selection)?,
            Some(entry) => self.fill(selection, entry.window.max(window))?,
            None => self.fill(selection, window)?,
        };
        // There is no room for it.
        let Some(mut entry) = entry else { return self.store.select(selection) };
        entry.idle = 0;
        entry.window = entry.window.max(window);
        let data = Arc::clone(&entry.data);
        self.resident.put(key, entry);
        Ok(Box::new(Part::of(data, after, until)))
    }

    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.store.label_names(selection)
    }

    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.store.label_values(name, selection)
    }

    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        self.store.exemplars(selection)
    }

    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        self.store.metadata(metric)
    }
}

impl ResidentQuerier<'_> {
    /// Reads a window in full; `None` where there is no room.
    fn fill(&self, selection: &Selection, window: i64) -> Result<Option<Entry>, ReadFault> {
        let (after, until) = (selection.until.0 - window, selection.until.0);
        let data = self.read(selection, after, until)?;
        let room = self.resident.options.samples_max.saturating_sub(self.resident.samples());
        Ok((data.samples <= room).then(|| Entry {
            data: Arc::new(data),
            after,
            until,
            again: NOT_AGAIN,
            window,
            idle: 0,
        }))
    }

    /// Reads what is new.
    fn advance(&self, entry: Entry, selection: &Selection) -> Result<Option<Entry>, ReadFault> {
        let window = entry.window.max(selection.until.0 - selection.after.0);
        let until = selection.until.0;
        let from = (entry.until - self.resident.options.late.0).min(entry.again).max(entry.after);
        if until - window >= from {
            return self.fill(selection, window);
        }
        let new = self.read(selection, from, until)?;
        let after = until - window;
        let mut data = Arc::unwrap_or_clone(entry.data);
        if !data.goes_on_with(&new, from) {
            return self.fill(selection, window);
        }
        data.take(new, after, from);
        Ok(Some(Entry { data: Arc::new(data), after, until, again: NOT_AGAIN, window, idle: 0 }))
    }

    fn read(&self, selection: &Selection, after: i64, until: i64) -> Result<Data, ReadFault> {
        let matchers = selection.matchers.clone();
        let selected = self.store.select(&Selection { matchers, after: Timestamp(after), until: Timestamp(until) })?;
        let labels = selected.labels().to_vec();
        let mut columns = Vec::with_capacity(labels.len());
        for place in 0..labels.len() {
            let mut column = Column::default();
            selected.read(place, &mut column)?;
            columns.push(column);
        }
        let samples = columns.iter().map(Column::len).sum();
        Ok(Data { labels, columns, samples })
    }
}

impl Data {
    /// Whether each series that has something new was there shortly before: only then nothing older can have come with it.
    fn goes_on_with(&self, new: &Self, from: i64) -> bool {
        let mut own = self.labels.iter().zip(&self.columns).peekable();
        new.labels.iter().zip(&new.columns).all(|(labels, added)| {
            while own.next_if(|(known, _)| *known < labels).is_some() {}
            let known = own.peek().filter(|(known, _)| *known == labels).map(|(_, column)| *column);
            // A series without anything new may be listed all the same.
            added.is_empty() || known.is_some_and(|column| last(column).is_some_and(|last| last > from))
        })
    }

    /// Takes over what is later than `from`, and lets go what is not later than `after`.
    fn take(&mut self, new: Self, after: i64, from: i64) {
        let mut added = new.labels.into_iter().zip(new.columns).peekable();
        for (labels, column) in self.labels.iter().zip(&mut self.columns) {
            while added.next_if(|(other, _)| other < labels).is_some() {}
            cut(column, after, from);
            if let Some((_, tail)) = added.next_if(|(other, _)| other == labels) {
                column.times.extend(tail.times);
                column.values.extend(tail.values);
                column.histograms.extend(tail.histograms);
            }
        }
        let kept: Vec<bool> = self.columns.iter().map(|column| !column.is_empty()).collect();
        if !kept.iter().all(|kept| *kept) {
            let mut keep = kept.iter();
            self.labels.retain(|_| keep.next().is_some_and(|keep| *keep));
            self.columns.retain(|column| !column.is_empty());
        }
        self.samples = self.columns.iter().map(Column::len).sum();
    }
}

fn last(column: &Column) -> Option<i64> {
    let histogram = column.histograms.last().map(|(at, _)| *at);
    column.times.last().copied().max(histogram)
}

/// Keeps what is later than `after` and not later than `from`.
fn cut(column: &mut Column, after: i64, from: i64) {
    let end = column.times.partition_point(|at| *at <= from);
    column.times.truncate(end);
    column.values.truncate(end);
    let gone = column.times.partition_point(|at| *at <= after);
    column.times.drain(..gone);
    column.values.drain(..gone);
    column.histograms.retain(|(at, _)| *at > after && *at <= from);
}

fn key_of(matchers: &[Matcher]) -> String {
    let mut each: Vec<String> = matchers
        .iter()
        .map(|matcher| format!("{}{}{:?}", matcher.name(), matcher.op().as_str(), matcher.value()))
        .collect();
    each.sort();
    let mut key = String::new();
    each.iter().for_each(|matcher| _ = write!(key, "{matcher},"));
    key
}

/// A part of what is held.
struct Part {
    data: Arc<Data>,
    /// Those with samples in the time, when some have none.
    places: Option<(Vec<LabelSet>, Vec<usize>)>,
    after: i64,
    until: i64,
}

impl Part {
    fn of(data: Arc<Data>, after: i64, until: i64) -> Self {
        let has = |column: &Column| crate::recorded::is_in(column, after, until);
        let all = data.columns.iter().all(has);
        let places = (!all).then(|| {
            let found = data.labels.iter().zip(&data.columns).enumerate().filter(|(_, (_, column))| has(column));
            found.map(|(place, (labels, _))| (labels.clone(), place)).unzip()
        });
        Self { data, places, after, until }
    }
}

impl Selected for Part {
    fn labels(&self) -> &[LabelSet] {
        self.places.as_ref().map_or(&self.data.labels, |(labels, _)| labels)
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        let place = match &self.places {
            Some((_, places)) => places.get(place).copied(),
            None => Some(place),
        };
        if let Some(column) = place.and_then(|place| self.data.columns.get(place)) {
            copy(column, self.after, self.until, into);
        }
        Ok(())
    }
}
