//! A body that asks for its next piece only when the connection takes more.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Bytes, HttpBody};
use http_body::Frame;

use super::reader::Reader;
use crate::Desk;

/// The next piece, with the reader to ask for the one behind it; `None` at the end.
type Next<D> = Pin<Box<dyn Future<Output = Option<(Reader<D>, Bytes)>> + Send>>;

/// The events of a reader.
pub(super) struct Events<D: Desk>(Option<Next<D>>);

impl<D: Desk> Events<D> {
    pub(super) fn of(reader: Reader<D>) -> Self {
        Self(Some(Box::pin(reader.next())))
    }
}

impl<D: Desk> HttpBody for Events<D> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(next) = &mut self.0 else { return Poll::Ready(None) };
        let piece = ready!(next.as_mut().poll(cx));
        let (next, frame) = match piece {
            Some((reader, bytes)) => (Some(Box::pin(reader.next()) as Next<D>), Some(Ok(Frame::data(bytes)))),
            None => (None, None),
        };
        self.0 = next;
        Poll::Ready(frame)
    }
}
