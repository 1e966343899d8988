//! The `catalog` service: products with prices, and stock that can be taken.
//!
//! | request | answer |
//! |---|---|
//! | `GET /products` | 200 every product as JSON |
//! | `POST /products/{id}/take?quantity=N` | 200 the product as it is afterwards; 400, 404, 409 with one line |
//! | `GET /healthz` | 200 `ok`; 503 if the stock does not add up |

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;

use crate::answer;
use crate::health::{self, Health};
use crate::ids::ProductId;
use crate::stock::{QUANTITY_MAX, Refusal, Shelf};

/// Returns the service with a full shelf.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/products", get(products))
        .route("/products/{id}/take", post(take))
        .route("/healthz", get(healthz))
        .with_state(Catalog { shelf: Arc::new(Mutex::new(Shelf::full())) })
}

#[derive(Debug, Clone)]
struct Catalog {
    shelf: Arc<Mutex<Shelf>>,
}

impl Catalog {
    /// A shelf is never left half changed, so a poisoned lock still guards a good one.
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn health(&self) -> Health {
        match self.shelf().miscounted() {
            None => Ok(()),
            Some(product) => Err(format!("catalog itself: the stock of `{}` does not add up", product.name)),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Take {
    quantity: u32,
}

async fn products(State(catalog): State<Catalog>) -> Response {
    answer::json(StatusCode::OK, &catalog.shelf().products())
}

async fn take(State(catalog): State<Catalog>, Path(id): Path<u32>, Query(wanted): Query<Take>) -> Response {
    let id = ProductId(id);
    let taken = catalog.shelf().take(id, wanted.quantity);
    match taken {
        Ok(product) => answer::json(StatusCode::OK, &product),
        Err(Refusal::UnknownProduct) => answer::line(StatusCode::NOT_FOUND, format!("no product {id}")),
        Err(Refusal::BadQuantity) => {
            answer::line(StatusCode::BAD_REQUEST, format!("quantity is 1 to {QUANTITY_MAX}, not {}", wanted.quantity))
        }
        Err(Refusal::SoldOut) => {
            answer::line(StatusCode::CONFLICT, format!("product {id} is sold out; more has been ordered"))
        }
    }
}

async fn healthz(State(catalog): State<Catalog>) -> Response {
    health::respond(catalog.health())
}
