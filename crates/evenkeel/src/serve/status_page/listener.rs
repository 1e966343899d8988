//! The listener: a thread and a runtime of its own, and bounds on everything a reader can hold.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use super::answers::Answers;
use super::shelf::Shelf;
use super::subscribing::Desk;

/// So many readers may be connected at once; more are let go at once, and come again.
const CONNECTIONS_MAX: usize = 1024;
/// A connection may last so long, whatever is asked on it.
const CONNECTION_FOR: Duration = Duration::from_secs(60);
/// A request's head may take so long.
const HEAD_FOR: Duration = Duration::from_secs(5);
/// The head of a request may be so long. Units: bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// After this long it is tried again to take connections, when the system gives none.
const AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Serves until it is stopped.
pub(super) fn run(socket: std::net::TcpListener, shelf: Arc<Shelf>, desk: Arc<Desk>, stopped: watch::Receiver<bool>) {
    let answers = Arc::new(Answers::new(shelf, desk));
    let served = crate::alone().and_then(|runtime| runtime.block_on(accept(socket, answers, stopped)));
    if let Err(error) = served {
        tracing::error!(%error, "the status page is not served any more");
    }
}

async fn accept(
    socket: std::net::TcpListener,
    answers: Arc<Answers>,
    mut stopped: watch::Receiver<bool>,
) -> std::io::Result<()> {
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from_std(socket)?;
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let accepted = tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => return Ok(()),
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(AGAIN_AFTER).await;
            continue;
        };
        let Ok(permit) = room.clone().try_acquire_owned() else { continue };
        let answers = answers.clone();
        tokio::spawn(async move {
            // What is not over by then is cut off; a reader who is that slow comes again.
            let _ = tokio::time::timeout(CONNECTION_FOR, serve(stream, peer, answers)).await;
            drop(permit);
        });
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, answers: Arc<Answers>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let answers = answers.clone();
        async move { Ok::<_, Infallible>(answers.answer(request, peer.ip()).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_FOR).max_buf_size(HEAD_BYTES_MAX);
    // A reader who breaks off needs no word in the log.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}
