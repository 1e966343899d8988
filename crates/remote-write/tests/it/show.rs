//! What was read of a body, as text.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Histogram, is_stale};
use evenkeel_remote_write::{Decoded, Decoder, Limits, Version};

/// Reads a body and says what was in it: a line for each series and metric, and what was refused.
pub(crate) fn read(version: Version, plain: &[u8], limits: &Limits) -> String {
    let mut batch = Batch::default();
    let outcome = Decoder::new(limits.clone()).decode(version, &crate::message::snappy(plain), &mut batch);
    match outcome {
        Ok(decoded) => show(&batch, &decoded),
        Err(fault) => {
            assert!(batch.is_empty(), "nothing is left after a fault");
            format!("{} {fault}", fault.status())
        }
    }
}

pub(crate) fn show(batch: &Batch, decoded: &Decoded) -> String {
    let mut lines = Vec::new();
    for series in batch.series() {
        let labels = LabelSet::from_encoded(series.labels).expect("labels");
        let mut line = labels.to_string();
        for sample in series.samples {
            let value = if is_stale(sample.value) { "stale".to_owned() } else { sample.value.to_string() };
            line += &format!(" {value}@{}", sample.at.0);
        }
        for (at, histogram) in series.histograms {
            line += &format!(" {}@{}", show_histogram(histogram), at.0);
        }
        for exemplar in series.exemplars {
            line += &format!(" # {} {}@{}", exemplar.labels, exemplar.value, exemplar.at.0);
        }
        lines.push(line);
    }
    for (name, metadata) in &batch.metadata {
        lines.push(format!("{name}: {} `{}` `{}`", metadata.kind.as_str(), metadata.help, metadata.unit));
    }
    if !decoded.refused.is_empty() {
        let refused = &decoded.refused;
        let counts = [refused.count, refused.samples, refused.histograms, refused.exemplars];
        lines.push(format!("refused {counts:?}\n{refused}"));
    }
    lines.join("\n")
}

fn show_histogram(histogram: &Histogram) -> String {
    let spans = |spans: &[evenkeel_metric::Span]| {
        spans.iter().map(|span| format!("{}+{}", span.offset, span.length)).collect::<Vec<_>>().join(",")
    };
    format!(
        "{{schema:{} count:{} sum:{} zero:{}≤{} +[{}]{:?} -[{}]{:?} {:?} {:?}}}",
        histogram.schema,
        histogram.count,
        histogram.sum,
        histogram.zero_count,
        histogram.zero_threshold,
        spans(&histogram.positive_spans),
        histogram.positive_counts,
        spans(&histogram.negative_spans),
        histogram.negative_counts,
        histogram.custom_bounds,
        histogram.reset_hint,
    )
}
