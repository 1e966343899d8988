//! A native histogram as the API shows it: its buckets with their bounds, ascending, without those that are empty.
//!
//! Source: Prometheus `util/jsonutil`, `MarshalHistogram`.

use evenkeel_metric::Histogram;

use super::Json;

impl Json {
    /// `{"count":"3","sum":"7","buckets":[[0,"1","2","3"]]}`
    pub(crate) fn histogram(&mut self, histogram: &Histogram) {
        self.raw("{\"count\":");
        self.value(histogram.count);
        self.raw(",\"sum\":");
        self.value(histogram.sum);
        let mut buckets = histogram.buckets().filter(|bucket| bucket.count != 0.0).peekable();
        if buckets.peek().is_some() {
            self.raw(",\"buckets\":");
            self.list(buckets, |json, bucket| {
                json.raw("[");
                json.whole(i64::from(bucket.boundary_rule()));
                for number in [bucket.lower, bucket.upper, bucket.count] {
                    json.raw(",");
                    json.value(number);
                }
                json.raw("]");
            });
        }
        self.raw("}");
    }
}
