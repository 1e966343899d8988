//! The embedded store of metrics: a log, a head in memory, blocks on disk.
