//! Accepting connections and owning them until they end.
//!
//! The connections belong to the future of [`accept()`]: dropping it closes all of them, so a service that is dropped in a
//! test is as gone as one that was killed.

use std::future::Future;
use std::io;
use std::pin::pin;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::deadlines;

/// The most connections at once; further ones wait in the kernel's backlog. Well below the usual limit on open files.
const CONNECTIONS_MAX: usize = 256;

/// Accepts until `shutdown` ends, then lets connections finish within the drain deadline and closes the rest.
pub(crate) async fn accept(listener: TcpListener, router: Router, shutdown: impl Future) -> io::Result<()> {
    let (stop, stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            _ = &mut shutdown => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if connections.len() < CONNECTIONS_MAX => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone(), stopping.clone()));
                }
                Err(error) if peer_gave_up(&error) => {}
                Err(error) => return Err(error),
            },
        }
    }
    drop(listener);
    drop(stop);
    let drained = async { while connections.join_next().await.is_some() {} };
    // Whatever is still open after the deadline closes as the set is dropped.
    let _ = tokio::time::timeout(deadlines::DRAIN, drained).await;
    Ok(())
}

fn peer_gave_up(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}

/// Serves one connection. How it ends is the peer's business: there is nobody left to tell.
async fn connection(stream: TcpStream, router: Router, mut stopping: watch::Receiver<()>) {
    let mut served = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(deadlines::REQUEST_HEAD)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
    );
    tokio::select! {
        _ = served.as_mut() => return,
        // Nothing is ever sent: the sender's end is the signal.
        _ = stopping.changed() => served.as_mut().graceful_shutdown(),
    }
    let _ = served.await;
}
