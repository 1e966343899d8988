//! Rules of Prometheus: groups evaluated together, what they raise and record.
