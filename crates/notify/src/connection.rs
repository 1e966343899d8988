//! One HTTP/1.1 connection, driven by whoever uses it.
//!
//! hyper's connection is usually a task of its own, and each request then costs two wake-ups across tasks. Here the
//! user of a connection polls it while waiting for the answer, and nobody polls it while it is idle. So the readiness of
//! hyper's own channels changes only inside `poll` of the connection: they are polled with a waker that does nothing.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;

use crate::stream::{Duplex, Stage};

type Io = TokioIo<Box<dyn Duplex>>;

/// An open connection.
#[derive(Debug)]
pub(crate) struct Connection {
    requests: http1::SendRequest<Full<Bytes>>,
    driver: http1::Connection<Io, Full<Bytes>>,
    over: bool,
    /// When it was last put aside.
    pub(crate) idle_since: Instant,
}

/// Head and beginning of an answer.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Whether `body` is the whole body.
    pub(crate) end: BodyEnd,
}

/// How reading a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyEnd {
    /// It is all there.
    Whole,
    /// It is longer than was wanted.
    Cut,
    /// The connection broke.
    Broken,
    /// The rest did not come in time.
    Late,
}

/// How much of a body is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// So many bytes at most; the connection is given up when there are more.
    pub(crate) limit: usize,
    /// Until when; what is there by then counts.
    pub(crate) until: Instant,
}

impl Connection {
    /// Begins HTTP on a stream.
    pub(crate) async fn begin(stream: Box<dyn Duplex>) -> Result<Self, hyper::Error> {
        let (requests, driver) = http1::handshake(TokioIo::new(stream)).await?;
        Ok(Self { requests, driver, over: false, idle_since: Instant::now() })
    }

    /// Whether another request can be sent. Notices that the other side has closed meanwhile.
    pub(crate) fn usable(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        !self.over && self.requests.is_ready()
    }

    /// Sends one request and reads the answer. An error means that no answer came.
    pub(crate) async fn exchange(
        &mut self,
        request: Request<Full<Bytes>>,
        wanted: Wanted,
        stage: &Stage,
    ) -> Result<Raw, hyper::Error> {
        stage.reached(Stage::ANSWER);
        let response = self.head(request).await?;
        stage.reached(Stage::BODY);
        let (head, mut incoming) = response.into_parts();
        let mut body = Vec::new();
        let rest = tokio::time::timeout_at(wanted.until, self.body(&mut incoming, &mut body, wanted.limit)).await;
        let end = rest.unwrap_or(BodyEnd::Late);
        self.over |= end != BodyEnd::Whole;
        Ok(Raw { status: head.status.as_u16(), headers: head.headers, body, end })
    }

    async fn head(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, hyper::Error> {
        let mut answer = pin!(self.requests.send_request(request));
        std::future::poll_fn(|cx| {
            let driven = if self.over { Poll::Pending } else { Pin::new(&mut self.driver).poll(cx) };
            self.over |= driven.is_ready();
            match (answer.as_mut().poll(&mut Context::from_waker(Waker::noop())), driven) {
                (Poll::Ready(answer), _) => Poll::Ready(answer),
                (Poll::Pending, Poll::Ready(Err(error))) => Poll::Ready(Err(error)),
                // A connection that ends gives every open request an answer or an error first.
                (Poll::Pending, Poll::Ready(Ok(())) | Poll::Pending) => Poll::Pending,
            }
        })
        .await
    }

    /// Appends the body up to `limit`.
    async fn body(&mut self, incoming: &mut Incoming, body: &mut Vec<u8>, limit: usize) -> BodyEnd {
        std::future::poll_fn(|cx| {
            let mut driven = false;
            loop {
                match Pin::new(&mut *incoming).poll_frame(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(None) => return Poll::Ready(BodyEnd::Whole),
                    Poll::Ready(Some(Err(_))) => return Poll::Ready(BodyEnd::Broken),
                    Poll::Ready(Some(Ok(frame))) => {
                        let data = frame.into_data().unwrap_or_default();
                        let room = limit - body.len();
                        body.extend_from_slice(data.get(..room.min(data.len())).unwrap_or_default());
                        if data.len() > room {
                            return Poll::Ready(BodyEnd::Cut);
                        }
                        driven = false;
                    }
                    Poll::Pending if driven => return Poll::Pending,
                    Poll::Pending => {
                        self.drive(cx);
                        driven = true;
                    }
                }
            }
        })
        .await
    }

    fn drive(&mut self, cx: &mut Context<'_>) {
        if !self.over {
            self.over = Pin::new(&mut self.driver).poll(cx).is_ready();
        }
    }
}
