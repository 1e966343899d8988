//! The store as it is read: head and blocks as one.
//!
//! Each question sees one state: the head as it was between two appends, and the blocks that hold the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};

use crate::block::Block;
use crate::head::{Head, Series};
use crate::part::{Part, join};
use crate::select::{LabelIndex, select};
use crate::selected::{Found, Lies, Source};
use crate::store::Shared;

/// A store that can be asked.
#[derive(Debug, Clone)]
pub struct StoreQuerier(pub(crate) Arc<Shared>);

impl StoreQuerier {
    fn find(&self, selection: &Selection) -> Result<Found, ReadFault> {
        let (after, until) = (selection.after.0, selection.until.0);
        let mut found = Found::new(after, until);
        let (of_head, blocks) = {
            let state = self.0.state();
            let blocks = Arc::clone(&state.blocks);
            (self.head_part(&state.head, &selection.matchers, &mut found), blocks)
        };
        let mut parts = Vec::new();
        for block in blocks.iter().filter(|block| block.overlaps(after, until)) {
            let part = self.block_part(block, &selection.matchers, &mut found)?;
            if !part.is_empty() {
                parts.push(part);
            }
        }
        parts.push(of_head);
        join(parts, &mut found);
        Ok(found)
    }

    fn head_part(&self, head: &Head, matchers: &[Matcher], found: &mut Found) -> Part {
        let Ok(mut ids) = select(head, matchers);
        ids.retain(|id| series(head, *id).is_some_and(|series| touches(series, found.after, found.until)));
        self.0.sort(head, &mut ids);
        let mut part = Part::default();
        for series in ids.iter().filter_map(|id| series(head, *id)) {
            add_series(series, found, &mut part);
        }
        part
    }

    fn block_part(&self, block: &Arc<Block>, matchers: &[Matcher], found: &mut Found) -> Result<Part, ReadFault> {
        let index = block.index()?;
        let ids = select(index.as_ref(), matchers).map_err(|_| block.malformed())?;
        let (after, until) = (found.after, found.until);
        let mut part = Part::default();
        for id in ids {
            let chunks = index.chunks(id, |chunk| {
                if chunk.max > after && chunk.min <= until {
                    let lies = found.block_chunk(block, chunk.offset, chunk.length);
                    part.sources.push(Source { min: chunk.min, max: chunk.max, lies });
                }
            });
            chunks.map_err(|_| block.malformed())?;
            if part.has_more() {
                let labels = index.labels(id, &|text| self.0.shared_labels(text));
                part.end_series(labels.map_err(|_| block.malformed())?.clone());
            }
        }
        Ok(part)
    }

    /// The names or values that `of` takes out of what is there in the selection's time.
    fn texts(
        &self,
        selection: &Selection,
        head: impl Fn(&Head, &mut BTreeSet<Box<str>>),
        block: impl Fn(&crate::block::index::Index, &mut BTreeSet<Box<str>>),
        labels: impl Fn(&LabelSet, &mut BTreeSet<Box<str>>),
    ) -> Result<Vec<Box<str>>, ReadFault> {
        let mut texts = BTreeSet::new();
        if selection.matchers.is_empty() {
            let blocks = {
                let state = self.0.state();
                if state.head.newest > selection.after.0 {
                    head(&state.head, &mut texts);
                }
                Arc::clone(&state.blocks)
            };
            for found in blocks.iter().filter(|block| block.overlaps(selection.after.0, selection.until.0)) {
                block(found.index()?.as_ref(), &mut texts);
            }
        } else {
            self.find(selection)?.labels().iter().for_each(|set| labels(set, &mut texts));
        }
        Ok(texts.into_iter().collect())
    }
}

/// Adds a text that is not there yet.
fn add(texts: &mut BTreeSet<Box<str>>, text: &str) {
    if !text.is_empty() && !texts.contains(text) {
        texts.insert(text.into());
    }
}

fn series(head: &Head, id: u32) -> Option<&Series> {
    head.series.get(id as usize)
}

/// Whether a series of the head may have samples later than one instant and not later than another.
fn touches(series: &Series, after: i64, until: i64) -> bool {
    let within = |min: i64, max: i64| max > after && min <= until;
    series.open.count() > 0 && within(series.open.first(), series.open.last())
        || series.sealed.iter().any(|sealed| within(sealed.min, sealed.max))
        || series.more.as_ref().is_some_and(|more| {
            more.late.iter().any(|(at, _)| within(*at, *at)) || more.histograms.iter().any(|(at, _)| within(*at, *at))
        })
}

fn add_series(series: &Series, found: &mut Found, part: &mut Part) {
    let (after, until) = (found.after, found.until);
    let within = |min: i64, max: i64| max > after && min <= until;
    for sealed in series.sealed.iter().filter(|sealed| within(sealed.min, sealed.max)) {
        let lies = if sealed.packed { Lies::Sealed(Arc::clone(&sealed.bytes)) } else { found.copy_open(&sealed.bytes) };
        part.sources.push(Source { min: sealed.min, max: sealed.max, lies });
    }
    let open = &series.open;
    if open.count() > 0 && within(open.first(), open.last()) {
        let lies = found.copy_open(open.bytes());
        part.sources.push(Source { min: open.first(), max: open.last(), lies });
    }
    if let Some(more) = &series.more {
        let mut column = Column::default();
        column.times.extend(more.late.iter().map(|(at, _)| *at));
        column.values.extend(more.late.iter().map(|(_, value)| *value));
        column.histograms.extend(more.histograms.iter().cloned());
        let instants = || column.times.iter().copied().chain(column.histograms.iter().map(|(at, _)| *at));
        if let (Some(min), Some(max)) = (instants().min(), instants().max()) {
            part.sources.push(Source { min, max, lies: Lies::Late(Box::new(column)) });
        }
    }
    if part.has_more() {
        part.end_series(series.labels.clone());
    }
}

impl LabelIndex for Head {
    type Fault = std::convert::Infallible;

    fn all(&self) -> Result<Vec<u32>, Self::Fault> {
        let all = (0u32..).zip(&self.series).filter(|(_, series)| !series.labels.is_empty());
        Ok(all.map(|(id, _)| id).collect())
    }

    fn of(&self, name: &str, value: &str, into: &mut Vec<u32>) -> Result<(), Self::Fault> {
        into.extend_from_slice(self.postings.of(name, value));
        Ok(())
    }

    fn fitting(
        &self,
        name: &str,
        prefix: &str,
        fits: &dyn Fn(&str) -> bool,
        into: &mut Vec<u32>,
    ) -> Result<(), Self::Fault> {
        for (value, series) in self.postings.values(name, prefix).take_while(|(value, _)| value.starts_with(prefix)) {
            if fits(value) {
                into.extend_from_slice(series);
            }
        }
        Ok(())
    }
}

impl Querier for StoreQuerier {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        Ok(Box::new(self.find(selection)?))
    }

    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.texts(
            selection,
            |head, texts| head.postings.names().for_each(|name| add(texts, name)),
            |index, texts| index.names().for_each(|name| add(texts, name)),
            |labels, texts| labels.iter().for_each(|(name, _)| add(texts, name)),
        )
    }

    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.texts(
            selection,
            |head, texts| head.postings.values(name, "").for_each(|(value, _)| add(texts, value)),
            |index, texts| index.values(name).for_each(|value| add(texts, value)),
            |labels, texts| add(texts, labels.get(name)),
        )
    }

    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        let mut by_series: BTreeMap<LabelSet, Vec<Exemplar>> = BTreeMap::new();
        let state = self.0.state();
        for (labels, exemplar) in state.head.exemplars.iter() {
            let within = exemplar.at > selection.after && exemplar.at <= selection.until;
            if within && selection.matchers.iter().all(|matcher| matcher.matches(labels)) {
                by_series.entry(labels.clone()).or_default().push(exemplar.clone());
            }
        }
        drop(state);
        for exemplars in by_series.values_mut() {
            exemplars.sort_by_key(|exemplar| exemplar.at);
            exemplars.dedup();
        }
        Ok(by_series.into_iter().collect())
    }

    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        let state = self.0.state();
        let known = &state.head.metadata;
        Ok(match metric {
            Some(metric) => known.get(metric).map(|metadata| (metric.into(), metadata.clone())).into_iter().collect(),
            None => known.iter().map(|(name, metadata)| (name.clone(), metadata.clone())).collect(),
        })
    }
}
