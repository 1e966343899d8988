//! Appending a batch to the head, and saying what the log has to remember of it.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, BatchSeries, Histogram};

use super::{Head, Outcome, Sender};
use crate::log::record::{self, SamplesWriter};
use crate::past::Past;
use crate::refused::{Reason, Refused};
use crate::{Limits, Options};

/// So many series are fetched at once.
const TOUCHED: u32 = 16;

/// One batch on its way into the head.
#[derive(Debug)]
pub(crate) struct Appending<'a> {
    head: &'a mut Head,
    options: &'a Options,
    sender: Sender,
    now: i64,
    /// From which age counts, for all of the batch.
    reference: i64,
    segment: u64,
    record: &'a mut SamplesWriter,
    past: Past,
    numbers: Vec<(i64, f64)>,
    pub(crate) written: u64,
    pub(crate) duplicates: u64,
    pub(crate) refused: Vec<Refused>,
}

impl<'a> Appending<'a> {
    pub(crate) fn new(
        head: &'a mut Head,
        options: &'a Options,
        sender: Sender,
        now: i64,
        segment: u64,
        record: &'a mut SamplesWriter,
        past: Past,
    ) -> Self {
        record.clear();
        let reference = head.reference(now);
        Self {
            head,
            options,
            sender,
            now,
            reference,
            segment,
            record,
            past,
            numbers: Vec::new(),
            written: 0,
            duplicates: 0,
            refused: Vec::new(),
        }
    }

    /// Appends the samples of all series.
    pub(crate) fn samples(&mut self, batch: &Batch) {
        let mut next = u32::MAX;
        self.head.senders.earn(self.sender, self.options.limits.sender, self.now);
        for series in batch.series() {
            let samples = (series.samples.len() + series.histograms.len()) as u64;
            if samples == 0 {
                continue;
            }
            match self.admit(&series, samples, next) {
                Ok(id) => {
                    next = id.wrapping_add(1);
                    if next.is_multiple_of(TOUCHED) {
                        self.head.touch(next, TOUCHED as usize);
                    }
                    self.append(id, &series);
                }
                Err(reason) => self.refuse(series.labels, reason, samples),
            }
        }
    }

    /// The number of the series, made if need be.
    fn admit(&mut self, series: &BatchSeries<'_>, samples: u64, guess: u32) -> Result<u32, Reason> {
        if !self.head.senders.spend(self.sender, samples) {
            return Err(Reason::TooFast { most: self.options.limits.sender.samples_per_second_max.unwrap_or(0) });
        }
        let hash = match self.head.find(series.labels, guess) {
            Ok(id) => return Ok(id),
            Err(hash) => hash,
        };
        let labels = LabelSet::from_encoded(series.labels).filter(|labels| !labels.is_empty()).ok_or(Reason::Labels)?;
        let limits = &self.options.limits;
        check_labels(&labels, limits)?;
        if self.head.len() >= limits.series_max {
            let (label, values) = self.to_blame(&labels);
            return Err(Reason::TooManySeries { label, values, most: limits.series_max });
        }
        if self.head.senders.is_full(self.sender, limits.sender) {
            let (label, values) = self.to_blame(&labels);
            return Err(Reason::TooManyOfSender { label, values, most: limits.sender.series_max.unwrap_or(0) });
        }
        Ok(self.head.create(labels, hash, self.past.newest()))
    }

    fn append(&mut self, id: u32, series: &BatchSeries<'_>) {
        let Some(place) = self.head.series.get_mut(id as usize) else { return };
        if place.sender == Sender::NOBODY && self.sender != Sender::NOBODY {
            place.sender = self.sender;
            self.head.senders.gains(self.sender);
        }
        let options = self.options;
        let (reference, ahead) = (self.reference, self.now.saturating_add(options.limits.future.0));
        let kept = reference.saturating_sub(options.retention.0);
        let oldest = reference.saturating_sub(options.out_of_order.0);
        let mut bad: [(u64, Reason); 5] = [
            (0, Reason::TooOld),
            (0, Reason::PastRetention),
            (0, Reason::TooFarAhead),
            (0, Reason::Duplicate),
            (0, Reason::Buckets),
        ];
        let mut count = |place: usize| bad.get_mut(place).map(|(count, _)| *count += 1);
        let (mut newest, mut first, known) = (i64::MIN, i64::MAX, self.duplicates);
        self.numbers.clear();
        for sample in series.samples {
            let at = sample.at.0;
            if at < kept || at > ahead {
                count(if at < kept { 1 } else { 2 });
                continue;
            }
            match place.push(at, sample.value, oldest, &mut self.past, &mut self.head.sealer) {
                Outcome::Written => {
                    self.numbers.push((at, sample.value));
                    (newest, first) = (newest.max(at), first.min(at));
                }
                Outcome::Duplicate => self.duplicates += 1,
                Outcome::OtherValue => drop(count(3)),
                Outcome::TooOld => drop(count(0)),
            }
        }
        let mut histograms: Vec<(i64, &Histogram)> = Vec::new();
        for (at, histogram) in series.histograms {
            let at = at.0;
            if at < kept || at > ahead {
                count(if at < kept { 1 } else { 2 });
                continue;
            }
            if !is_sound(histogram, options.limits.histogram_buckets_max) {
                count(4);
                continue;
            }
            match place.push_histogram(at, histogram, oldest, &mut self.past, &mut self.head.sealer) {
                Outcome::Written => {
                    histograms.push((at, histogram));
                    (newest, first) = (newest.max(at), first.min(at));
                }
                Outcome::Duplicate => self.duplicates += 1,
                Outcome::OtherValue => drop(count(3)),
                Outcome::TooOld => drop(count(0)),
            }
        }
        if self.duplicates > known {
            self.head.senders.refund(self.sender, self.duplicates - known);
        }
        let written = (self.numbers.len() + histograms.len()) as u64;
        if written > 0 {
            let labels = (place.segment != self.segment).then(|| place.labels.encoded());
            self.record.add(id, labels, &self.numbers, &histograms);
            place.segment = self.segment;
            self.written += written;
            self.head.noted(first, newest, written);
        }
        for (samples, reason) in bad.into_iter().filter(|(samples, _)| *samples > 0) {
            self.refuse(series.labels, reason, samples);
        }
    }

    /// Keeps exemplars; the record of them, and how many belong to no series.
    pub(crate) fn exemplars(&mut self, batch: &Batch) -> (Vec<u8>, u64) {
        let (mut kept, mut dropped) = (Vec::new(), 0);
        for series in batch.series().filter(|series| !series.exemplars.is_empty()) {
            let Ok(id) = self.head.find(series.labels, u32::MAX) else {
                dropped += series.exemplars.len() as u64;
                continue;
            };
            let Some(labels) = self.head.series.get(id as usize).map(|series| series.labels.clone()) else { continue };
            kept.extend(series.exemplars.iter().map(|exemplar| (labels.clone(), exemplar.clone())));
        }
        let mut record = Vec::new();
        if !kept.is_empty() {
            record::put_exemplars(kept.iter().map(|(labels, exemplar)| (labels, exemplar)), &mut record);
        }
        kept.into_iter().for_each(|(labels, exemplar)| self.head.exemplars.push(labels, exemplar));
        (record, dropped)
    }

    /// Keeps what is new of metrics; the record of it.
    pub(crate) fn metadata(&mut self, batch: &Batch) -> Vec<u8> {
        let limits = &self.options.limits;
        let long = |text: &str| text.len() > limits.label_value_bytes_max;
        let mut record = Vec::new();
        let mut new = Vec::new();
        for (name, metadata) in &batch.metadata {
            let known = self.head.metadata.get(name);
            let room = known.is_some() || self.head.metadata.len() < limits.metadata_max;
            if known == Some(metadata) || !room || long(name) || long(&metadata.help) || long(&metadata.unit) {
                continue;
            }
            self.head.metadata.insert(name.clone(), metadata.clone());
            new.push((name.as_ref(), metadata));
        }
        if !new.is_empty() {
            record::put_metadata(new.into_iter(), &mut record);
        }
        record
    }

    fn refuse(&mut self, labels: &str, reason: Reason, samples: u64) {
        self.refused.push(Refused { labels: labels.into(), reason, samples });
    }

    /// Which label is to blame: of those whose value is new, the one with the most values; else of all.
    fn to_blame(&self, labels: &LabelSet) -> (Box<str>, usize) {
        let postings = &self.head.postings;
        let worst =
            labels.iter().max_by_key(|(name, value)| (postings.of(name, value).is_empty(), postings.count(name)));
        let label: Box<str> = worst.map_or("", |(name, _)| name).into();
        let values = postings.count(&label);
        (label, values)
    }
}

impl Head {
    /// What was written, and of when.
    pub(crate) fn noted(&mut self, first: i64, newest: i64, written: u64) {
        self.newest = self.newest.max(newest);
        self.oldest_new = self.oldest_new.min(first);
        self.unwritten.oldest = self.unwritten.oldest.min(first);
        self.unwritten.since.get_or_insert(first);
        self.unwritten.samples += written;
    }
}

fn check_labels(labels: &LabelSet, limits: &Limits) -> Result<(), Reason> {
    let found = labels.len();
    if found > limits.labels_max {
        return Err(Reason::TooManyLabels { found, most: limits.labels_max });
    }
    for (name, value) in labels.iter() {
        if name.len() > limits.label_name_bytes_max {
            let label = name.chars().take(32).collect::<String>().into();
            return Err(Reason::LongName { label, most: limits.label_name_bytes_max });
        }
        if value.len() > limits.label_value_bytes_max {
            return Err(Reason::LongValue { label: name.into(), most: limits.label_value_bytes_max });
        }
    }
    Ok(())
}

/// Whether the spans have as many buckets as there are counts, and not too many.
fn is_sound(histogram: &Histogram, buckets_max: usize) -> bool {
    let sides = [
        (&histogram.positive_spans, &histogram.positive_counts),
        (&histogram.negative_spans, &histogram.negative_counts),
    ];
    let buckets = histogram.positive_counts.len() + histogram.negative_counts.len();
    buckets <= buckets_max
        && histogram.custom_bounds.len() <= buckets_max
        && sides.iter().all(|(spans, counts)| {
            spans.len() <= buckets_max
                && spans.iter().map(|span| u64::from(span.length)).sum::<u64>() == counts.len() as u64
        })
}
