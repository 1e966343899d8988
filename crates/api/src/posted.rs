//! A JSON body of our own API.

use std::any::type_name;

use axum::body::Body;
use http::{Request, StatusCode};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::refused::Refused;
use crate::{body, call};

/// A text of 8 KiB, which JSON may write in six times as many bytes, and some names.
pub(crate) const BYTES_MAX: usize = 64 * 1024;

/// Reads a body; one that is empty is an empty object.
///
/// # Panics
/// When the operation that is asked for declares another body.
pub(crate) async fn read<T: DeserializeOwned, D>(app: &App<D>, request: Request<Body>) -> Result<T, Refused> {
    let declared = call::operation().and_then(|operation| operation.body);
    if call::operation().is_some() {
        let name = declared.map(|body| (body.type_name)());
        assert_eq!(name, Some(type_name::<T>()), "an operation has to declare the body that it reads");
    }
    let held = body::read(app, request, BYTES_MAX).await?;
    let bytes = if held.bytes.is_empty() { b"{}" } else { held.bytes.as_slice() };
    serde_json::from_slice(bytes).map_err(|error| {
        let message = format!("the request body is not what is needed here: {error}");
        let refused = Refused::new(StatusCode::BAD_REQUEST, "malformed", message);
        refused.help(declared.map_or_else(String::new, |body| format!("send an object such as {}", body.example)))
    })
}
