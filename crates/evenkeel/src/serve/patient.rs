//! Connections that are given up when the other end takes nothing any more.
//!
//! A reader that never reads fills the kernel's buffers, and then every further write to it waits. Without a deadline
//! that would be for ever: HTTP has none for answers, and a stream has no end.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::extract::connect_info::{Connected, IntoMakeServiceWithConnectInfo};
use axum::http::Request;
use axum::middleware::map_request;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;

/// A write that makes no progress for so long ends the connection.
pub(crate) const WRITE_WAITS_FOR: Duration = Duration::from_secs(30);

/// A listener whose connections have a deadline for writes.
#[derive(Debug)]
pub(crate) struct Patient {
    listener: TcpListener,
    wait: Duration,
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The service for such a listener: each request knows where its connection comes from.
pub(crate) fn knowing_peers(router: Router) -> IntoMakeServiceWithConnectInfo<Router, Peer> {
    let known = map_request(async |mut request: Request<Body>| {
        if let Some(ConnectInfo(Peer(address))) = request.extensions_mut().remove() {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
        }
        request
    });
    router.layer(known).into_make_service_with_connect_info()
}

/// A connection with a deadline for writes.
#[derive(Debug)]
pub(crate) struct Connection<S> {
    stream: S,
    wait: Duration,
    /// Set while a write waits.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    pub(crate) const fn new(listener: TcpListener, wait: Duration) -> Self {
        Self { listener, wait }
    }
}

impl Listener for Patient {
    type Io = Connection<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // An event is to leave at once.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::trace!(%error, "a connection keeps small pieces back");
        }
        (Connection { stream, wait: self.wait, deadline: None }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Patient>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl<S> Connection<S> {
    /// A write that waits is given up at its deadline; one that made progress has no deadline any more.
    fn waited<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.deadline = None;
            return written;
        }
        let wait = self.wait;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(wait)));
        deadline
            .as_mut()
            .poll(cx)
            .map(|()| Err(io::Error::new(io::ErrorKind::TimedOut, "the other end takes nothing any more")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Connection<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, to)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Connection<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, from);
        self.waited(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, from);
        self.waited(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Writes until the connection fails or `enough` is written.
    async fn written(connection: &mut Connection<TcpStream>, enough: usize) -> Result<(), io::ErrorKind> {
        let piece = vec![b'x'; 64 << 10];
        let mut left = enough;
        while left > 0 {
            connection.write_all(&piece).await.map_err(|error| error.kind())?;
            left = left.saturating_sub(piece.len());
        }
        Ok(())
    }

    async fn connected(wait: Duration) -> (Connection<TcpStream>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let mut patient = Patient::new(listener, wait);
        let (accepted, client) = tokio::join!(patient.accept(), TcpStream::connect(address));
        (accepted.0, client.expect("a connection"))
    }

    #[tokio::test]
    async fn a_reader_that_never_reads_is_given_up() {
        let (mut connection, client) = connected(Duration::from_millis(50)).await;
        assert_eq!(written(&mut connection, usize::MAX).await, Err(io::ErrorKind::TimedOut));
        drop(client);
    }

    #[tokio::test]
    async fn a_reader_that_reads_is_waited_for() {
        let (mut connection, mut client) = connected(WRITE_WAITS_FOR).await;
        let enough = 32 << 20;
        let reading = async {
            let (mut read, mut piece) = (0, vec![0; 16 << 10]);
            while read < enough {
                read += client.read(&mut piece).await.expect("something");
            }
        };
        let (wrote, ()) = tokio::join!(written(&mut connection, enough), reading);
        assert_eq!(wrote, Ok(()));
        assert!(connection.deadline.is_none());
    }
}
