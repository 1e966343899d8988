//! What a request carries along wherever it is handled: its id, and the operation that it asks for.
//!
//! Refusals name the id, and what an endpoint reads is held against what its operation declares, so that no
//! description can fall behind.

use std::future::Future;

use http::HeaderValue;

use crate::openapi::{Operation, Place};

tokio::task_local! {
    static CALL: Call;
}

#[derive(Debug, Clone)]
struct Call {
    id: HeaderValue,
    operation: Option<&'static Operation>,
}

/// Handles a request under its id.
pub(crate) async fn with_id<F: Future>(id: HeaderValue, handle: F) -> F::Output {
    CALL.scope(Call { id, operation: None }, handle).await
}

/// Handles a request that asks for an operation.
pub(crate) async fn asking<F: Future>(operation: Option<&'static Operation>, handle: F) -> F::Output {
    let id = CALL.try_with(|call| call.id.clone()).unwrap_or(HeaderValue::from_static("none"));
    CALL.scope(Call { id, operation }, handle).await
}

/// The id of the request.
pub(crate) fn id() -> Option<String> {
    CALL.try_with(|call| call.id.to_str().unwrap_or_default().to_owned()).ok()
}

/// The operation that is asked for.
pub(crate) fn operation() -> Option<&'static Operation> {
    CALL.try_with(|call| call.operation).ok().flatten()
}

/// Whether a parameter of the query may be read.
pub(crate) fn declares(name: &str) -> bool {
    let declared =
        |operation: &Operation| operation.params.iter().any(|param| param.place == Place::Query && param.name == name);
    operation().is_none_or(declared)
}
