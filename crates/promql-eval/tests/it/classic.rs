//! Classic histograms made native ones with custom buckets, as scripts ask for with `load_with_nhcb`.

use std::collections::BTreeMap;

use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_metric::{CUSTOM_BUCKETS_SCHEMA, Histogram, Span};
use evenkeel_series_notation::{Series, Value};

/// What is known of one histogram at one instant.
#[derive(Default, Clone)]
struct Known {
    /// Bound and cumulative count.
    buckets: Vec<(f64, f64)>,
    count: Option<f64>,
    sum: f64,
}

/// The native histograms of classic series: labels, and a histogram for each place among values.
pub(crate) fn native(series: &[Series]) -> Vec<(LabelSet, Vec<(usize, Histogram)>)> {
    let mut all: BTreeMap<LabelSet, BTreeMap<usize, Known>> = BTreeMap::new();
    for Series { labels, values } in series {
        let name = labels.get(METRIC_NAME);
        let Some((base, kind)) = ["_bucket", "_count", "_sum"]
            .iter()
            .find_map(|kind| name.strip_suffix(kind).map(|base| (base.to_owned(), *kind)))
        else {
            continue;
        };
        let bound: f64 = labels.get("le").parse().unwrap_or(f64::NAN);
        if kind == "_bucket" && bound.is_nan() {
            continue;
        }
        let rest = labels.iter().filter(|(name, _)| *name != "le" && *name != METRIC_NAME);
        let labels = LabelSet::new(rest.chain([(METRIC_NAME, &*base)]));
        let known = all.entry(labels).or_default();
        for (place, value) in values.iter().enumerate() {
            let Value::Number(value) = value else { continue };
            let known = known.entry(place).or_default();
            match kind {
                "_bucket" => known.buckets.push((bound, *value)),
                "_count" => known.count = Some(*value),
                _ => known.sum = *value,
            }
        }
    }
    let converted = |known: BTreeMap<usize, Known>| known.into_iter().map(|(place, known)| (place, convert(known)));
    all.into_iter().map(|(labels, known)| (labels, converted(known).collect())).collect()
}

fn convert(mut known: Known) -> Histogram {
    known.buckets.sort_by(|left, right| left.0.total_cmp(&right.0));
    known.buckets.dedup_by(|later, kept| later.0 == kept.0);
    let highest = known.buckets.last().map_or(0.0, |bucket| bucket.1);
    let count = known.count.unwrap_or(highest);
    let mut before = 0.0;
    let mut counts = Vec::new();
    let mut bounds = Vec::new();
    for (bound, cumulative) in known.buckets {
        if bound.is_finite() {
            bounds.push(bound);
            counts.push(cumulative - before);
            before = cumulative;
        }
    }
    counts.push(count - before);
    let length = u32::try_from(counts.len()).expect("few");
    let mut histogram = Histogram {
        schema: CUSTOM_BUCKETS_SCHEMA,
        count,
        sum: known.sum,
        positive_spans: vec![Span { offset: 0, length }],
        positive_counts: counts,
        custom_bounds: bounds,
        ..Histogram::default()
    };
    histogram.compact_to(2);
    histogram
}
