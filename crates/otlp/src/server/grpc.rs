//! OTLP over gRPC: one call without streams, which needs a frame of five bytes and two trailers.
//!
//! Source: "gRPC over HTTP2"; "OTLP Specification", OTLP/gRPC.

use std::net::SocketAddr;

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use ::http::{Request, Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::answer::{Body, NoBody, collect, header};
use super::encoding::{Encoding, UnpackFault};
use super::http::response_message;
use super::receiver::{NotTaken, Receiver};
use crate::{IntakeFault, PartialSuccess};

const EXPORT: &str = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const MESSAGE: HeaderName = HeaderName::from_static("grpc-message");
const ACCEPTED: HeaderName = HeaderName::from_static("grpc-accept-encoding");

/// What a status's text has to escape.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%');

/// Statuses of gRPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

struct Refusal {
    code: Code,
    why: String,
}

impl Refusal {
    fn new(code: Code, why: impl ToString) -> Self {
        Self { code, why: why.to_string() }
    }
}

/// Answers a call.
pub(super) async fn answer(receiver: &Receiver, peer: SocketAddr, request: Request<Incoming>) -> Response<Body> {
    match take(receiver, peer, request).await {
        Ok(partial) => success(&response_message(&partial)),
        Err(refusal) => refused(&refusal),
    }
}

async fn take(receiver: &Receiver, peer: SocketAddr, request: Request<Incoming>) -> Result<PartialSuccess, Refusal> {
    if request.uri().path() != EXPORT {
        let said = format!("method {} is not here; metrics are taken by {EXPORT}", request.uri().path());
        return Err(Refusal::new(Code::Unimplemented, said));
    }
    let sender = receiver.host.admit(peer, request.headers()).map_err(|denied| {
        Refusal::new(if denied.known { Code::PermissionDenied } else { Code::Unauthenticated }, denied.why)
    })?;
    let encoding = header(request.headers(), "grpc-encoding");
    let encoding = Encoding::named(encoding).ok_or_else(|| {
        let said = format!("encoding {:?} is not taken: send `gzip` or `zstd`", encoding.unwrap_or_default());
        Refusal::new(Code::Unimplemented, said)
    })?;
    let limits = &receiver.options.limits;
    let body = collect(request.into_body(), limits.sent_bytes_max).await.map_err(|fault| {
        let code = match fault {
            NoBody::TooLarge(_) => Code::ResourceExhausted,
            NoBody::TooSlow => Code::DeadlineExceeded,
            NoBody::BrokenOff => Code::Internal,
        };
        Refusal::new(code, fault)
    })?;
    let (packed, message) =
        frame(&body).ok_or_else(|| Refusal::new(Code::Internal, "the body is not one frame of gRPC"))?;
    let encoding = if packed { encoding } else { Encoding::Identity };
    let plain = encoding.unpack(message, limits.body_bytes_max).map_err(|fault| {
        let large = matches!(fault, UnpackFault::TooLarge(_));
        Refusal::new(if large { Code::ResourceExhausted } else { Code::Internal }, fault)
    })?;
    receiver.take(sender, &plain).await.map_err(|not| match not {
        // What is too large once will be too large again, and `ResourceExhausted` is tried again only when a delay is named.
        NotTaken::Fault(fault @ IntakeFault::TooLarge(_)) => Refusal::new(Code::ResourceExhausted, fault),
        NotTaken::Fault(fault) => Refusal::new(Code::InvalidArgument, fault),
        NotTaken::Unavailable(unavailable) => Refusal::new(Code::Unavailable, unavailable.0),
    })
}

/// Whether the message is packed, and the message; `None`: it is not exactly one.
fn frame(body: &[u8]) -> Option<(bool, &[u8])> {
    let ([packed, length @ ..], message) = body.split_first_chunk::<5>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    (length == message.len() && *packed <= 1).then_some((*packed == 1, message))
}

fn success(message: &[u8]) -> Response<Body> {
    let mut framed = vec![0];
    framed.extend_from_slice(&u32::try_from(message.len()).unwrap_or_default().to_be_bytes());
    framed.extend_from_slice(message);
    let trailers = HeaderMap::from_iter([(STATUS, HeaderValue::from_static("0"))]);
    let body = Full::new(Bytes::from(framed)).with_trailers(async move { Some(Ok(trailers)) });
    response(body.boxed_unsync())
}

/// A call that fails has headers alone, which are its trailers.
fn refused(refusal: &Refusal) -> Response<Body> {
    let mut response = response(Full::default().boxed_unsync());
    let headers = response.headers_mut();
    headers.insert(STATUS, HeaderValue::from(refusal.code as u16));
    let text = utf8_percent_encode(&refusal.why, ESCAPED).to_string();
    if let Ok(text) = HeaderValue::from_str(&text) {
        headers.insert(MESSAGE, text);
    }
    response
}

fn response(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    headers.insert(ACCEPTED, HeaderValue::from_static("identity,gzip,zstd"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_its_five_bytes_and_as_many_as_they_say() {
        assert_eq!(frame(&[1, 0, 0, 0, 2, 7, 8]), Some((true, &[7, 8][..])));
        assert_eq!(frame(&[0, 0, 0, 0, 0]), Some((false, &[][..])));
        for broken in [&[][..], &[0, 0, 0, 0], &[0, 0, 0, 0, 2, 7], &[0, 0, 0, 0, 1, 7, 8], &[2, 0, 0, 0, 0]] {
            assert_eq!(frame(broken), None, "{broken:?}");
        }
    }
}
