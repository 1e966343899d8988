//! What Prometheus's API answers, as far as it is read here.

use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Exemplar, Metadata, MetricType, ReadFault, Sample};
use evenkeel_time::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The envelope round every answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Envelope<T> {
    status: String,
    data: Option<T>,
    #[serde(rename = "errorType", default)]
    error_type: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    warnings: Vec<String>,
    /// VictoriaMetrics says so that some of its parts did not answer.
    #[serde(rename = "isPartial", default)]
    is_partial: bool,
}

/// Reads an answer. What says of itself that it is partial is a fault unless that is allowed.
pub(crate) fn data<T: DeserializeOwned>(status: u16, body: &[u8], allow_partial: bool) -> Result<T, ReadFault> {
    let unavailable = |why: String| ReadFault::Unavailable(why.into());
    let read: Envelope<T> = serde_json::from_slice(body).map_err(|error| {
        let begins: String = String::from_utf8_lossy(body).chars().take(120).collect();
        unavailable(format!("status {status}, and no answer of Prometheus's API ({error}): {begins}"))
    })?;
    if read.status != "success" {
        return Err(unavailable(format!("status {status}, {}: {}", read.error_type, read.error)));
    }
    if !allow_partial && (read.is_partial || !read.warnings.is_empty()) {
        let why = read.warnings.first().map_or("the server says so", String::as_str);
        return Err(unavailable(format!("the answer is partial: {why}")));
    }
    read.data.ok_or_else(|| unavailable("an answer without data".to_owned()))
}

/// The result of a query.
#[derive(Debug, Deserialize)]
pub(crate) struct QueryData {
    #[serde(rename = "resultType")]
    pub(crate) result_type: String,
    #[serde(default)]
    pub(crate) result: Vec<SeriesData>,
}

/// One series of a matrix.
#[derive(Debug, Deserialize)]
pub(crate) struct SeriesData {
    pub(crate) metric: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) values: Vec<(f64, String)>,
    #[serde(default)]
    pub(crate) histograms: Vec<serde_json::Value>,
}

impl SeriesData {
    /// Labels and samples, those later than `after` alone: servers differ in whether a range holds its beginning.
    pub(crate) fn read(self, after: Timestamp) -> Result<(LabelSet, Column), ReadFault> {
        let labels = LabelSet::new(self.metric);
        if !self.histograms.is_empty() {
            let why = format!("series {labels} is of native histograms, which this API gives without their schema");
            return Err(ReadFault::Unavailable(why.into()));
        }
        let mut column = Column::default();
        for (seconds, text) in self.values {
            let at = Timestamp(milliseconds(seconds));
            let value = number(&text)
                .ok_or_else(|| ReadFault::Unavailable(format!("series {labels} has `{text}` for a value").into()))?;
            if at > after && column.times.last().is_none_or(|last| *last < at.0) {
                column.push(Sample { at, value });
            }
        }
        Ok((labels, column))
    }
}

/// Exemplars of one series.
#[derive(Debug, Deserialize)]
pub(crate) struct ExemplarsData {
    #[serde(rename = "seriesLabels")]
    labels: BTreeMap<String, String>,
    exemplars: Vec<ExemplarData>,
}

#[derive(Debug, Deserialize)]
struct ExemplarData {
    labels: BTreeMap<String, String>,
    value: String,
    timestamp: f64,
}

impl ExemplarsData {
    pub(crate) fn read(self) -> (LabelSet, Vec<Exemplar>) {
        let exemplars = self.exemplars.into_iter().filter_map(|one| {
            let at = Timestamp(milliseconds(one.timestamp));
            Some(Exemplar { labels: LabelSet::new(one.labels), value: number(&one.value)?, at })
        });
        (LabelSet::new(self.labels), exemplars.collect())
    }
}

/// What is known of a metric.
#[derive(Debug, Deserialize)]
pub(crate) struct MetadataData {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    unit: String,
}

impl MetadataData {
    pub(crate) fn read(self) -> Metadata {
        use MetricType::{Counter, Gauge, GaugeHistogram, Histogram, Info, StateSet, Summary};
        let known = [Counter, Gauge, Histogram, GaugeHistogram, Summary, Info, StateSet];
        let kind = known.into_iter().find(|kind| kind.as_str() == self.kind).unwrap_or_default();
        Metadata { kind, help: self.help.into(), unit: self.unit.into() }
    }
}

/// As Prometheus writes numbers.
fn number(text: &str) -> Option<f64> {
    match text {
        "+Inf" | "Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        _ => text.parse().ok(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of what is out of range gives the nearest")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(status: u16, body: &str) -> String {
        data::<QueryData>(status, body.as_bytes(), false).expect_err("a fault").to_string()
    }

    #[test]
    fn an_error_and_a_partial_answer_are_no_answers() {
        let error = r#"{"status":"error","errorType":"bad_data","error":"unexpected end"}"#;
        assert_eq!(fault(400, error), "the store does not answer: status 400, bad_data: unexpected end");
        let whole = r#"{"status":"success","data":{"resultType":"matrix","result":[]}"#;
        let warned = format!(r#"{whole},"warnings":["store-3 is away"]}}"#);
        assert_eq!(fault(200, &warned), "the store does not answer: the answer is partial: store-3 is away");
        assert_eq!(
            fault(200, &format!(r#"{whole},"isPartial":true}}"#)),
            "the store does not answer: the answer is partial: the server says so"
        );
        assert!(data::<QueryData>(200, warned.as_bytes(), true).is_ok(), "unless it is allowed");
        assert!(data::<QueryData>(200, format!("{whole}}}").as_bytes(), false).is_ok());
        assert!(fault(502, "<html>Bad Gateway").contains("status 502"));
        assert!(fault(200, r#"{"status":"success"}"#).contains("without data"));
    }

    #[test]
    fn samples_are_read_as_they_are_written_and_the_beginning_of_a_range_is_left_out() {
        let text = r#"{"metric":{"__name__":"up"},"values":[[1,"1"],[1.5,"+Inf"],[2,"NaN"],[2,"5"],[3.25,"-2e-3"]]}"#;
        let series: SeriesData = serde_json::from_str(text).expect("a series");
        let (labels, column) = series.read(Timestamp(1000)).expect("samples");
        assert_eq!(labels.to_string(), r#"{__name__="up"}"#);
        assert_eq!(column.times, [1500, 2000, 3250], "each instant once, and not that of the beginning");
        assert!(column.values[0] == f64::INFINITY && column.values[1].is_nan() && column.values[2] == -0.002);
    }
}
