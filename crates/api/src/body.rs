//! Reads a request body: within its size, within its time, and within the room there is for all.

use std::time::Duration;

use axum::body::Body;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;

use crate::app::App;
use crate::refused::Refused;
use crate::room::{Room, Share};

/// A body, and the room it takes while it is held.
pub(crate) struct Held<'a> {
    pub(crate) bytes: Vec<u8>,
    share: Share<'a>,
}

impl<'a> Held<'a> {
    /// The body, and the room that is taken until it is dropped.
    pub(crate) fn into_parts(self) -> (Vec<u8>, Share<'a>) {
        (self.bytes, self.share)
    }
}

/// Reads a whole body of at most `bytes_max`; `Err` says what is wrong with it.
pub(crate) async fn read<D>(app: &App<D>, request: Request<Body>, bytes_max: usize) -> Result<Held<'_>, Refused> {
    if request.headers().get(CONTENT_ENCODING).is_some_and(|coding| coding.as_bytes() != b"identity") {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Refused::new(status, "compressed", "compressed bodies are not read"));
    }
    read_encoded(app, request, bytes_max).await
}

/// The same, as it came: whoever reads it knows how it is compressed.
pub(crate) async fn read_encoded<D>(
    app: &App<D>,
    request: Request<Body>,
    bytes_max: usize,
) -> Result<Held<'_>, Refused> {
    let bytes_max = bytes_max.min(app.options.body_bytes_max);
    let (parts, body) = request.into_parts();
    let announced = announced_bytes(&parts.headers);
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        return Err(too_large(bytes_max));
    }
    let read_for = app.options.body_read_for;
    let read = collect(&app.room, body, announced.unwrap_or(0), bytes_max);
    tokio::time::timeout(read_for, read).await.unwrap_or_else(|_| Err(too_slow(read_for)))
}

fn announced_bytes(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn collect(room: &Room, mut body: Body, announced: usize, bytes_max: usize) -> Result<Held<'_>, Refused> {
    let mut share = room.share();
    // What is announced is not believed beyond this: memory is taken as bytes come in.
    let mut bytes = Vec::with_capacity(announced.min(64 << 10));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            let reason = format!("the request body broke off after {} bytes: {error}", bytes.len());
            Refused::new(StatusCode::BAD_REQUEST, "broken-off", reason)
        })?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > bytes_max {
            return Err(too_large(bytes_max));
        }
        if !share.grow_to(bytes.len() + data.len()) {
            let reason = "no room for further request bodies at present; send again later";
            return Err(Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no-room", reason).later(1));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Held { bytes, share })
}

fn too_large(bytes_max: usize) -> Refused {
    let reason = format!("the request body is larger than {bytes_max} bytes; send several smaller ones");
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", reason)
}

fn too_slow(read_for: Duration) -> Refused {
    let reason = format!("the request body was not complete after {} s", read_for.as_secs_f64());
    Refused::new(StatusCode::REQUEST_TIMEOUT, "too-slow", reason)
}
