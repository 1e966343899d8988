//! Prometheus remote write, 1.0 and 2.0: what a request carries, and how one is made.
