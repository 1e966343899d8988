//! A JSON body of our own API.

use axum::body::Body;
use http::{Request, StatusCode};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::body;
use crate::refused::Refused;

/// A text of 8 KiB, which JSON may write in six times as many bytes, and some names.
const BYTES_MAX: usize = 64 * 1024;

/// Reads a body; one that is empty is an empty object. `example` shows what is needed.
pub(crate) async fn read<T: DeserializeOwned, D>(
    app: &App<D>,
    request: Request<Body>,
    example: &'static str,
) -> Result<T, Refused> {
    let held = body::read(app, request, BYTES_MAX).await?;
    let bytes = if held.bytes.is_empty() { b"{}" } else { held.bytes.as_slice() };
    serde_json::from_slice(bytes).map_err(|error| {
        let message = format!("the request body is not what is needed here: {error}");
        let help = format!("send an object such as {example}");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help)
    })
}
