//! Stores elsewhere: Debian's Prometheus and VictoriaMetrics, and a server that misbehaves.
//!
//! Where a program is missing its test says so and is over.

#![expect(clippy::disallowed_methods, reason = "starts processes, and waits for them by the clock")]
#![expect(clippy::indexing_slicing, reason = "a test ends where it finds something else than expected")]
#![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]

mod hostile;
mod peers;

use evenkeel_notify::HttpClient;
use evenkeel_outside_store::{OutsideOptions, OutsideStore};
use tokio::runtime::Runtime;

/// A store, and the runtime that its questions run on.
fn store(options: OutsideOptions) -> (OutsideStore, Runtime) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    (OutsideStore::new(options, HttpClient::new(), runtime.handle().clone()), runtime)
}
