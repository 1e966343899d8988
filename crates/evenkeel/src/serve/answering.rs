//! Answers requests on the listener, and stops in order: streams end, requests under way are waited for.

use std::time::Duration;

use axum::serve;
use evenkeel_api::{Options, router};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::desk::LiveDesk;
use super::patient::{Patient, WRITE_WAITS_FOR, knowing_peers};

/// Requests under way may take this long to end.
const STOPS_FOR: Duration = Duration::from_secs(5);

/// What answers.
pub(super) struct Answering {
    task: JoinHandle<std::io::Result<()>>,
    stop: oneshot::Sender<()>,
    /// Turns true when it stops: streams and pages that are live end then.
    stop_streams: watch::Sender<bool>,
}

impl Answering {
    /// Answers from now on.
    pub(super) fn start(listener: TcpListener, desk: LiveDesk, options: Options) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (stop_streams, stopping) = watch::channel(false);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let router = router(desk, Options { version, stopping, ..options });
        let listener = Patient::new(listener, WRITE_WAITS_FOR);
        let answers = serve(listener, knowing_peers(router)).with_graceful_shutdown(async { drop(stopped.await) });
        let task = tokio::spawn(async move { answers.await });
        Self { task, stop, stop_streams }
    }

    /// Takes nothing more in; what is under way may end.
    pub(super) fn begin_to_stop(self) -> Stopping {
        self.stop_streams.send_replace(true);
        let _ = self.stop.send(());
        Stopping(self.task)
    }
}

/// Requests that are under way.
pub(super) struct Stopping(JoinHandle<std::io::Result<()>>);

impl Stopping {
    /// Waits for them, for a while.
    pub(super) async fn wait(self) {
        let abort = self.0.abort_handle();
        if tokio::time::timeout(STOPS_FOR, self.0).await.is_err() {
            abort.abort();
        }
    }
}
