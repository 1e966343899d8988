//! A request is read within its bounds and goes to the one of the two protocols that it speaks.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use ::http::header::{CONTENT_TYPE, HeaderMap};
use ::http::{Request, Response};
use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;

use super::receiver::Receiver;
use super::{grpc, http};

pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// A body may take so long to come.
const BODY_FOR: Duration = Duration::from_secs(30);

/// Why a body did not come.
pub(super) enum NoBody {
    TooLarge(usize),
    TooSlow,
    BrokenOff,
}

/// Answers a request.
pub(super) async fn answer(receiver: &Receiver, peer: SocketAddr, request: Request<Incoming>) -> Response<Body> {
    let media = header(request.headers(), CONTENT_TYPE.as_str()).unwrap_or_default();
    if media.starts_with("application/grpc") {
        grpc::answer(receiver, peer, request).await
    } else {
        http::answer(receiver, peer, request).await
    }
}

/// The text of a header.
pub(super) fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The whole body, as it was sent.
pub(super) async fn collect(body: Incoming, most: usize) -> Result<Bytes, NoBody> {
    let collected = tokio::time::timeout(BODY_FOR, Limited::new(body, most).collect()).await;
    match collected {
        Err(_) => Err(NoBody::TooSlow),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(NoBody::TooLarge(most)),
        Ok(Err(_)) => Err(NoBody::BrokenOff),
    }
}

impl std::fmt::Display for NoBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge(most) => write!(f, "the body has more than {most} bytes; send less in one request"),
            Self::TooSlow => f.write_str("the body did not come in time"),
            Self::BrokenOff => f.write_str("the body broke off"),
        }
    }
}

/// A body of bytes that are there.
pub(super) fn full(bytes: Vec<u8>) -> Body {
    Full::new(Bytes::from(bytes)).boxed_unsync()
}
