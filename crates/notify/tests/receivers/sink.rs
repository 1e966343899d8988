//! A tiny HTTP server on a free port that answers by script.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Request line and headers.
    pub(crate) head: String,
    pub(crate) body: String,
    /// On which connection, from 0.
    pub(crate) connection: usize,
}

impl Seen {
    /// The value of a header, which has to be there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.optional(name).unwrap_or_else(|| panic!("no header {name} in {}", self.head))
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// These bytes, and the next request may come.
    Bytes(String),
    /// These bytes, then the end.
    Last(String),
    /// Nothing, ever.
    Hang,
    /// These bytes, then one more every few milliseconds.
    Drip(String),
}

/// An answer with a length.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Reply {
    Reply::Bytes(format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()))
}

pub(crate) struct Sink {
    pub(crate) port: u16,
    seen: mpsc::UnboundedReceiver<Seen>,
}

impl Sink {
    /// Answers the nth request, counted over all connections, with `script(n, port)`.
    pub(crate) async fn start(script: impl Fn(usize, u16) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, seen) = mpsc::unbounded_channel();
        let script = Arc::new(script);
        let count = Arc::new(AtomicUsize::new(0));
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, count, tell) = (Arc::clone(&script), Arc::clone(&count), tell.clone());
                tokio::spawn(async move {
                    let next = move || script(count.fetch_add(1, Ordering::SeqCst), port);
                    let _ = serve(stream, connection, next, tell).await;
                });
            }
        });
        Self { port, seen }
    }

    pub(crate) async fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone()).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The next request that came.
    pub(crate) async fn seen(&mut self) -> Seen {
        self.seen.recv().await.unwrap()
    }

    /// Whether no further request has come.
    pub(crate) fn quiet(&mut self) -> bool {
        self.seen.try_recv().is_err()
    }
}

/// A port at which nobody listens.
pub(crate) async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    next: impl Fn() -> Reply,
    tell: mpsc::UnboundedSender<Seen>,
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let Some(seen) = request(&mut stream, &mut buffer, connection).await? else { return Ok(()) };
        let _ = tell.send(seen);
        match next() {
            Reply::Bytes(bytes) => stream.write_all(bytes.as_bytes()).await?,
            Reply::Last(bytes) => {
                stream.write_all(bytes.as_bytes()).await?;
                return stream.shutdown().await;
            }
            Reply::Hang => std::future::pending().await,
            Reply::Drip(bytes) => {
                stream.write_all(bytes.as_bytes()).await?;
                let mut tick = tokio::time::interval(Duration::from_millis(5));
                loop {
                    tick.tick().await;
                    stream.write_all(b"x").await?;
                }
            }
        }
    }
}

async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>, connection: usize) -> std::io::Result<Option<Seen>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
            let whole = end + 4 + length.parse::<usize>().unwrap();
            if buffer.len() >= whole {
                let body = String::from_utf8(buffer[end + 4..whole].to_vec()).unwrap();
                buffer.drain(..whole);
                return Ok(Some(Seen { head, body, connection }));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}
