//! Prometheus's HTTP API: parameters become questions, answers become JSON.
