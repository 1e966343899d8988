//! The listener: OTLP over gRPC and over HTTP, both on any of its ports.
//!
//! A connection begins with HTTP/2's preface or does not, so that the two need no ports of their own; they have them by
//! convention. Everything that a sender can hold is bounded: connections, their time, the size of what they send and of what
//! that unpacks to.

mod answer;
mod encoding;
mod grpc;
mod http;
mod receiver;

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub use self::receiver::{Denied, Host, Kept, Receiver, Unavailable};

/// So many senders may be connected at once; more are let go at once, and come again.
const CONNECTIONS_MAX: usize = 1024;
/// Requests of one connection that run at once.
const STREAMS_MAX: u32 = 100;
/// A request's head may take so long.
const HEAD_FOR: Duration = Duration::from_secs(10);
/// The head of a request may be so long. Units: bytes.
const HEAD_BYTES_MAX: u32 = 32 * 1024;
/// After this long it is tried again to take connections, when the system gives none.
const AGAIN_AFTER: Duration = Duration::from_millis(200);
/// What runs when the listener stops may take so long.
const LAST_FOR: Duration = Duration::from_secs(5);
/// A sender that is silent is asked so often whether it is still there.
const ASKED_EVERY: Duration = Duration::from_secs(60);

/// Serves until it is told to stop, and then lets what runs come to its end.
pub async fn serve(listener: TcpListener, receiver: Arc<Receiver>, stop: impl Future<Output = ()>) {
    let (room, graceful) = (Arc::new(Semaphore::new(CONNECTIONS_MAX)), GracefulShutdown::new());
    let builder = builder();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(AGAIN_AFTER).await;
            continue;
        };
        let Ok(permit) = room.clone().try_acquire_owned() else { continue };
        let _ = stream.set_nodelay(true);
        let receiver = receiver.clone();
        let service = service_fn(move |request| {
            let receiver = receiver.clone();
            async move { Ok::<_, Infallible>(answer::answer(&receiver, peer, request).await) }
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A sender who breaks off needs no word in the log.
            let _ = watched.await;
            drop(permit);
        });
    }
    let _ = tokio::time::timeout(LAST_FOR, graceful.shutdown()).await;
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_FOR).max_buf_size(HEAD_BYTES_MAX as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(HEAD_BYTES_MAX)
        .keep_alive_interval(ASKED_EVERY);
    builder
}
