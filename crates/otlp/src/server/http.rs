//! OTLP over HTTP: `POST /v1/metrics` with a body of protobuf or JSON.
//!
//! Source: "OTLP Specification", OTLP/HTTP.

use std::net::SocketAddr;

use ::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use ::http::{Method, Request, Response, StatusCode};
use evenkeel_protobuf::{put_bytes, put_int64};
use hyper::body::Incoming;

use super::answer::{Body, NoBody, collect, full, header};
use super::encoding::{Encoding, UnpackFault};
use super::receiver::{NotTaken, Receiver};
use crate::{IntakeFault, PartialSuccess, metrics_from_json};

/// When a sender is to try again. Units: seconds.
const RETRY_AFTER_SECONDS: &str = "5";

/// The notation of body and answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Protobuf,
    Json,
}

impl Notation {
    fn named(media: &str) -> Option<Self> {
        match media.split(';').next().unwrap_or_default().trim() {
            "application/x-protobuf" => Some(Self::Protobuf),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }

    const fn media(self) -> &'static str {
        match self {
            Self::Protobuf => "application/x-protobuf",
            Self::Json => "application/json",
        }
    }
}

/// Why a request is not taken.
struct Refusal {
    status: StatusCode,
    why: String,
}

impl Refusal {
    fn new(status: StatusCode, why: impl ToString) -> Self {
        Self { status, why: why.to_string() }
    }
}

/// Answers a request.
pub(super) async fn answer(receiver: &Receiver, peer: SocketAddr, request: Request<Incoming>) -> Response<Body> {
    if request.uri().path() != "/v1/metrics" {
        return plain(StatusCode::NOT_FOUND, "metrics are taken at /v1/metrics\n");
    }
    if request.method() != Method::POST {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "metrics are taken by POST\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    let media = header(request.headers(), CONTENT_TYPE.as_str()).unwrap_or_default();
    let Some(notation) = Notation::named(media) else {
        let said = "send `application/x-protobuf` or `application/json`\n";
        return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, said);
    };
    match take(receiver, peer, request, notation).await {
        Ok(partial) => response(StatusCode::OK, notation, success(notation, &partial)),
        Err(refusal) => refused(notation, &refusal),
    }
}

async fn take(
    receiver: &Receiver,
    peer: SocketAddr,
    request: Request<Incoming>,
    notation: Notation,
) -> Result<PartialSuccess, Refusal> {
    let sender = receiver.host.admit(peer, request.headers()).map_err(|denied| {
        Refusal::new(if denied.known { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED }, denied.why)
    })?;
    let encoding = header(request.headers(), CONTENT_ENCODING.as_str());
    let encoding = Encoding::named(encoding).ok_or_else(|| {
        let said = format!("content encoding {:?} is not taken: send `gzip` or `zstd`", encoding.unwrap_or_default());
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, said)
    })?;
    let limits = &receiver.options.limits;
    let body = collect(request.into_body(), limits.sent_bytes_max).await.map_err(|fault| {
        let status = match fault {
            NoBody::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            NoBody::TooSlow => StatusCode::REQUEST_TIMEOUT,
            NoBody::BrokenOff => StatusCode::BAD_REQUEST,
        };
        Refusal::new(status, fault)
    })?;
    let plain = encoding.unpack(&body, limits.body_bytes_max).map_err(|fault| {
        let large = matches!(fault, UnpackFault::TooLarge(_));
        Refusal::new(if large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST }, fault)
    })?;
    let taken = match notation {
        Notation::Protobuf => receiver.take(sender, &plain).await,
        Notation::Json => {
            let bad = |fault| Refusal::new(StatusCode::BAD_REQUEST, fault);
            receiver.take(sender, &metrics_from_json(&plain).map_err(bad)?).await
        }
    };
    taken.map_err(|not| match not {
        NotTaken::Fault(fault @ IntakeFault::TooLarge(_)) => Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, fault),
        NotTaken::Fault(fault) => Refusal::new(StatusCode::BAD_REQUEST, fault),
        NotTaken::Unavailable(unavailable) => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, unavailable.0),
    })
}

/// `ExportMetricsServiceResponse`
fn success(notation: Notation, partial: &PartialSuccess) -> Vec<u8> {
    match notation {
        Notation::Protobuf => response_message(partial),
        Notation::Json if partial.is_whole() => b"{}".to_vec(),
        Notation::Json => {
            let rejected = partial.rejected.to_string();
            let said = serde_json::json!({
                "partialSuccess": { "rejectedDataPoints": rejected, "errorMessage": partial.to_string() }
            });
            said.to_string().into_bytes()
        }
    }
}

/// `ExportMetricsServiceResponse` in protobuf.
pub(super) fn response_message(partial: &PartialSuccess) -> Vec<u8> {
    let mut message = Vec::new();
    if !partial.is_whole() {
        let mut said = Vec::new();
        put_int64(&mut said, 1, i64::try_from(partial.rejected).unwrap_or(i64::MAX));
        put_bytes(&mut said, 2, partial.to_string().as_bytes());
        put_bytes(&mut message, 1, &said);
    }
    message
}

/// `google.rpc.Status`, as the specification has it for every refusal.
fn refused(notation: Notation, refusal: &Refusal) -> Response<Body> {
    let body = match notation {
        Notation::Protobuf => {
            let mut status = Vec::new();
            put_bytes(&mut status, 2, refusal.why.as_bytes());
            status
        }
        Notation::Json => serde_json::json!({ "message": refusal.why }).to_string().into_bytes(),
    };
    let mut response = response(refusal.status, notation, body);
    if refusal.status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
    }
    response
}

fn response(status: StatusCode, notation: Notation, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(full(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(notation.media()));
    response
}

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(full(text.as_bytes().to_vec()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
