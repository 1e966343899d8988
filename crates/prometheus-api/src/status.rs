//! What the API says of the server itself. Whoever mounts it fills these in.

use evenkeel_time::Timestamp;

/// The version of Prometheus whose API this is. Clients look at the version to know what they may ask for.
pub const PROMETHEUS_LEVEL: &str = "3.5.0";

/// What is known of the server.
pub trait StatusView {
    /// Whether queries can be answered.
    fn ready(&self) -> bool;
    /// What it was built from.
    fn build(&self) -> Build;
    /// How it runs.
    fn runtime(&self) -> Runtime;
    /// What lies in the store's head, with at most `most` names in each list.
    fn head(&self, most: usize) -> Head;
    /// Its switches, by name.
    fn flags(&self) -> Vec<(String, String)>;
    /// Its configuration in Prometheus's notation, such as `global: {}`.
    fn config(&self) -> String;
}

/// What the server was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The version of Prometheus that clients may take it for.
    pub version: String,
    /// The commit.
    pub revision: String,
    /// The branch.
    pub branch: String,
    /// Who built it.
    pub user: String,
    /// When.
    pub date: String,
    /// With what; Prometheus has Go's version here.
    pub compiler: String,
}

/// How the server runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// Since when.
    pub started_at: Timestamp,
    /// Its folder.
    pub folder: String,
    /// Its machine.
    pub host: String,
    /// When its configuration was read last.
    pub configured_at: Timestamp,
    /// Whether that went well.
    pub configured: bool,
    /// Damaged places found in the store.
    pub damaged: u64,
    /// Threads.
    pub threads: usize,
    /// How long and how much is kept: `15d or 20GiB`.
    pub retention: String,
}

/// What lies in the store's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Series.
    pub series: u64,
    /// Pairs of a label and a value.
    pub label_pairs: u64,
    /// Chunks, or what the store has in their place.
    pub chunks: u64,
    /// The oldest sample. Units: milliseconds since 1970.
    pub from: i64,
    /// The newest sample. Units: milliseconds since 1970.
    pub until: i64,
    /// Series by metric, most first.
    pub series_by_metric: Vec<(String, u64)>,
    /// Values by label, most first.
    pub values_by_label: Vec<(String, u64)>,
    /// Bytes of values by label, most first.
    pub bytes_by_label: Vec<(String, u64)>,
    /// Series by `label=value`, most first.
    pub series_by_pair: Vec<(String, u64)>,
}
