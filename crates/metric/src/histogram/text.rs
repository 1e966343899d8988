//! A histogram as text: as Prometheus prints it, and as tests write it.

use std::fmt;

use super::{Bucket, GoFloat};
use crate::{Histogram, ResetHint};

impl fmt::Display for Bucket {
    /// `(0.5,1]:2`, as Prometheus prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.lower_inclusive { '[' } else { '(' };
        let close = if self.upper_inclusive { ']' } else { ')' };
        write!(f, "{open}{},{}{close}:{}", GoFloat(self.lower), GoFloat(self.upper), GoFloat(self.count))
    }
}

impl fmt::Display for Histogram {
    /// `{count:4, sum:5, (0.5,1]:1, (1,2]:3}`, as Prometheus prints it; empty buckets are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{count:{}, sum:{}", GoFloat(self.count), GoFloat(self.sum))?;
        let mut negative: Vec<Bucket> = self.negative_buckets().collect();
        negative.reverse();
        let zero = Some(self.zero());
        for bucket in negative.into_iter().chain(zero).chain(self.positive_buckets()) {
            if bucket.count != 0.0 {
                write!(f, ", {bucket}")?;
            }
        }
        f.write_str("}")
    }
}

impl Histogram {
    /// As tests write it: `{{count:4 sum:5 buckets:[1 3]}}`.
    #[must_use]
    pub fn notation(&self) -> String {
        let mut whole = self.clone();
        whole.compact_to(usize::MAX);
        let mut parts = Vec::new();
        if whole.schema != 0 {
            parts.push(format!("schema:{}", whole.schema));
        }
        let numbers = [
            ("count", whole.count),
            ("sum", whole.sum),
            ("z_bucket", whole.zero_count),
            ("z_bucket_w", whole.zero_threshold),
        ];
        let numbers = numbers.into_iter().filter(|(_, number)| *number != 0.0);
        parts.extend(numbers.map(|(name, number)| format!("{name}:{}", GoFloat(number))));
        if whole.has_custom_buckets() {
            parts.push(format!("custom_values:{}", list(&whole.custom_bounds)));
        }
        parts.extend(match whole.reset_hint {
            ResetHint::Unknown => None,
            ResetHint::Reset => Some("counter_reset_hint:reset".to_owned()),
            ResetHint::NotReset => Some("counter_reset_hint:not_reset".to_owned()),
            ResetHint::Gauge => Some("counter_reset_hint:gauge".to_owned()),
        });
        let sides = [
            ("offset", "buckets", &whole.positive_spans, &whole.positive_counts),
            ("n_offset", "n_buckets", &whole.negative_spans, &whole.negative_counts),
        ];
        for (offset, buckets, spans, counts) in sides {
            let first = spans.first().map_or(0, |span| span.offset);
            if first != 0 {
                parts.push(format!("{offset}:{first}"));
            }
            if !counts.is_empty() {
                parts.push(format!("{buckets}:{}", list(counts)));
            }
        }
        format!("{{{{{}}}}}", parts.join(" "))
    }
}

fn list(numbers: &[f64]) -> String {
    let numbers: Vec<_> = numbers.iter().map(|number| GoFloat(*number).to_string()).collect();
    format!("[{}]", numbers.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::{CUSTOM_BUCKETS_SCHEMA, Histogram, ResetHint, Span};

    #[test]
    fn a_histogram_is_printed_as_prometheus_does_and_as_tests_write_it() {
        let histogram = Histogram {
            schema: 1,
            reset_hint: ResetHint::Gauge,
            count: 21.0,
            sum: 1e6,
            zero_threshold: 0.001,
            zero_count: 2.0,
            positive_spans: vec![Span { offset: -1, length: 2 }, Span { offset: 1, length: 1 }],
            positive_counts: vec![1.0, 0.0, 4.5],
            negative_spans: vec![Span { offset: 2, length: 1 }],
            negative_counts: vec![5.0],
            ..Histogram::default()
        };
        let text = "{count:21, sum:1e+06, [-2,-1.414213562373095):5, [-0.001,0.001]:2, (0.5,0.7071067811865475]:1, \
                    (1.414213562373095,2]:4.5}";
        assert_eq!(histogram.to_string(), text);
        let notation = "{{schema:1 count:21 sum:1e+06 z_bucket:2 z_bucket_w:0.001 counter_reset_hint:gauge offset:-1 \
                        buckets:[1 0 0 4.5] n_offset:2 n_buckets:[5]}}";
        assert_eq!(histogram.notation(), notation);
        let custom = Histogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            custom_bounds: vec![5.0, 10.0],
            positive_spans: vec![Span { offset: 0, length: 1 }],
            positive_counts: vec![1.0],
            ..Histogram::default()
        };
        assert_eq!(custom.notation(), "{{schema:-53 custom_values:[5 10] buckets:[1]}}");
        assert_eq!(custom.to_string(), "{count:0, sum:0, [-Inf,5]:1}");
    }
}
