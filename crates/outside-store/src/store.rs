//! A store elsewhere as a [`Querier`].

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_notify::HttpClient;
use evenkeel_time::Timestamp;
use tokio::runtime::Handle;

use crate::answer::{ExemplarsData, MetadataData, QueryData};
use crate::selector::selector;

/// Where a store is, and how it is asked.
#[derive(Clone)]
pub struct OutsideOptions {
    /// The address below which `/api/v1/query` is, without a slash at its end.
    pub url: String,
    /// Where it takes remote write.
    pub write_url: String,
    /// The token to show, if any.
    pub token: Option<String>,
    /// How long one question may take, tries after the first counted in.
    pub timeout: Duration,
    /// Take answers that say that something is missing.
    pub allow_partial: bool,
    /// A longer answer is a fault. Units: bytes.
    pub answer_bytes_max: usize,
}

impl fmt::Debug for OutsideOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutsideOptions").field("url", &self.url).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl OutsideOptions {
    /// The usual ones for a server at that address.
    #[must_use]
    pub fn at(url: &str) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        Self {
            write_url: format!("{url}/api/v1/write"),
            url,
            token: None,
            timeout: Duration::from_secs(20),
            allow_partial: false,
            answer_bytes_max: 256 << 20,
        }
    }
}

/// A store elsewhere. Questions block: they are asked from threads that may wait, never from the runtime's own.
#[derive(Debug)]
pub struct OutsideStore {
    pub(crate) options: OutsideOptions,
    pub(crate) client: HttpClient,
    pub(crate) runtime: Handle,
}

impl OutsideStore {
    /// A store that is asked over connections of this runtime.
    #[must_use]
    pub const fn new(options: OutsideOptions, client: HttpClient, runtime: Handle) -> Self {
        Self { options, client, runtime }
    }
}

/// What was found; it is all here.
struct Found {
    labels: Vec<LabelSet>,
    columns: Vec<Column>,
}

impl Selected for Found {
    fn labels(&self) -> &[LabelSet] {
        &self.labels
    }

    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault> {
        if let Some(column) = self.columns.get(place) {
            into.times.extend_from_slice(&column.times);
            into.values.extend_from_slice(&column.values);
        }
        Ok(())
    }
}

impl Querier for OutsideStore {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        let length = selection.until - selection.after;
        let query = format!("{}[{}ms]", selector(&selection.matchers), length.0.max(1));
        let asked = [("query", query), ("time", seconds(selection.until))];
        let answer: QueryData = self.ask("query", &asked)?;
        if answer.result_type != "matrix" {
            let why = format!("a range was asked for, and `{}` given", answer.result_type);
            return Err(ReadFault::Unavailable(why.into()));
        }
        let mut series = BTreeMap::new();
        for found in answer.result {
            let (labels, column) = found.read(selection.after)?;
            if !column.is_empty() {
                series.insert(labels, column);
            }
        }
        let (labels, columns) = series.into_iter().unzip();
        Ok(Box::new(Found { labels, columns }))
    }

    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.names("labels", selection)
    }

    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.names(&format!("label/{name}/values"), selection)
    }

    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        let mut asked = within(selection);
        asked.push(("query", selector(&selection.matchers)));
        let found: Vec<ExemplarsData> = self.ask("query_exemplars", &asked)?;
        Ok(found.into_iter().map(ExemplarsData::read).collect())
    }

    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        let asked: Vec<_> = metric.map(|metric| ("metric", metric.to_owned())).into_iter().collect();
        let found: BTreeMap<String, Vec<MetadataData>> = self.ask("metadata", &asked)?;
        let first = |(name, known): (String, Vec<MetadataData>)| Some((name.into(), known.into_iter().next()?.read()));
        Ok(found.into_iter().filter_map(first).collect())
    }
}

impl OutsideStore {
    fn names(&self, path: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        let mut asked = within(selection);
        asked.push(("match[]", selector(&selection.matchers)));
        let mut names: Vec<Box<str>> = self.ask(path, &asked)?;
        names.sort_unstable();
        Ok(names)
    }
}

fn within(selection: &Selection) -> Vec<(&'static str, String)> {
    vec![("start", seconds(Timestamp(selection.after.0 + 1))), ("end", seconds(selection.until))]
}

/// An instant as the API takes it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact up to the year 285,000")]
fn seconds(at: Timestamp) -> String {
    (at.0 as f64 / 1000.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_seconds() {
        for (ms, text) in [(1_796_000_000_123, "1796000000.123"), (-1, "-0.001"), (5_000, "5")] {
            assert_eq!(seconds(Timestamp(ms)), text);
        }
    }
}
