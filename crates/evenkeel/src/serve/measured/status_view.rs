//! What Prometheus's API says of the server.

use evenkeel_labels::METRIC_NAME;
use evenkeel_prometheus_api::{Build, Head, PROMETHEUS_LEVEL, Runtime, StatusView};

use super::Measured;

impl StatusView for Measured {
    fn ready(&self) -> bool {
        true
    }

    fn build(&self) -> Build {
        Build {
            version: PROMETHEUS_LEVEL.to_owned(),
            revision: String::new(),
            branch: format!("evenkeel-{}", env!("CARGO_PKG_VERSION")),
            user: String::new(),
            date: String::new(),
            compiler: "rustc".to_owned(),
        }
    }

    fn runtime(&self) -> Runtime {
        let time = self.options.retention;
        let retention = match self.options.retention_bytes {
            Some(bytes) => format!("{time} or {bytes}B"),
            None => time.to_string(),
        };
        Runtime {
            started_at: self.started_at,
            folder: "metrics".to_owned(),
            host: String::new(),
            configured_at: self.started_at,
            configured: true,
            damaged: self.damaged as u64,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            retention,
        }
    }

    fn head(&self, most: usize) -> Head {
        let status = self.store.status();
        let counted = |found: Vec<(Box<str>, usize)>| -> Vec<(String, u64)> {
            found.into_iter().map(|(name, count)| (name.into(), count as u64)).collect()
        };
        let labels = counted(self.store.largest_labels(most));
        let mut pairs: Vec<(String, u64)> = Vec::new();
        for (label, _) in &labels {
            let values = self.store.largest_values(label, most).into_iter();
            pairs.extend(values.map(|(value, series)| (format!("{label}={value}"), series as u64)));
        }
        pairs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        pairs.truncate(most);
        Head {
            series: status.head_series as u64,
            label_pairs: status.label_pairs as u64,
            chunks: status.head_chunks as u64,
            from: status.head_from.map_or(0, |at| at.0),
            until: status.newest.map_or(0, |at| at.0),
            series_by_metric: counted(self.store.largest_values(METRIC_NAME, most)),
            values_by_label: labels,
            bytes_by_label: Vec::new(),
            series_by_pair: pairs,
        }
    }

    fn flags(&self) -> Vec<(String, String)> {
        vec![("storage.tsdb.retention.time".to_owned(), self.options.retention.to_string())]
    }

    fn config(&self) -> String {
        "global: {}\n".to_owned()
    }
}
