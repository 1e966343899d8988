//! What was read of a request, as text.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Batch, Histogram, Span, is_stale};
use evenkeel_otlp::{MetricsIntake, Options, PartialSuccess};
use evenkeel_time::Timestamp;

/// The time of every request. Units: milliseconds since 1970.
pub(crate) const NOW: Timestamp = Timestamp(99_000);

/// Options under which names are short.
pub(crate) fn options() -> Options {
    Options::default()
}

/// What an intake that has heard of nothing reads of a request.
pub(crate) fn read(request: &[u8]) -> String {
    read_by(&mut MetricsIntake::new(options()), request)
}

pub(crate) fn read_by(intake: &mut MetricsIntake, request: &[u8]) -> String {
    let mut batch = Batch::default();
    match intake.take(request, NOW, &mut batch) {
        Ok(partial) => show(&batch, &partial),
        Err(fault) => {
            assert!(batch.is_empty(), "nothing is left after a fault");
            fault.to_string()
        }
    }
}

/// A line for each series and metric, and what was rejected.
pub(crate) fn show(batch: &Batch, partial: &PartialSuccess) -> String {
    let mut lines = Vec::new();
    for series in batch.series() {
        let mut line = LabelSet::from_encoded(series.labels).expect("labels").to_string();
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
    if !partial.is_whole() {
        lines.push(format!("rejected {}: {partial}", partial.rejected));
    }
    lines.join("\n")
}

fn show_histogram(histogram: &Histogram) -> String {
    if is_stale(histogram.sum) {
        return "{stale}".to_owned();
    }
    let spans = |spans: &[Span]| {
        spans.iter().map(|span| format!("{}+{}", span.offset, span.length)).collect::<Vec<_>>().join(",")
    };
    format!(
        "{{schema:{} count:{} sum:{} zero:{}≤{:e} +[{}]{:?} -[{}]{:?} {:?}}}",
        histogram.schema,
        histogram.count,
        histogram.sum,
        histogram.zero_count,
        histogram.zero_threshold,
        spans(&histogram.positive_spans),
        histogram.positive_counts,
        spans(&histogram.negative_spans),
        histogram.negative_counts,
        histogram.reset_hint,
    )
}
