//! Builds the router from the table of routes.

use axum::Router;

use crate::{Desk, Options};

/// Builds everything that is served on the main listener.
pub fn router<D: Desk>(desk: D, options: Options) -> Router {
    let _ = (desk, options);
    Router::new()
}
