//! The `orders` service: accepts orders by taking the stock from `catalog`.
//!
//! | request | answer |
//! |---|---|
//! | `GET /orders` | 200 how many were accepted, and the latest, as JSON |
//! | `POST /orders?product=P&quantity=N` | 201 the order as JSON; what `catalog` refuses with 400, 404 or 409; 503 if it fails |
//! | `GET /healthz` | 200 `ok`; 503 if `catalog` does not work |

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;

use crate::addresses::Addresses;
use crate::answer;
use crate::ask::Asker;
use crate::deadlines;
use crate::health;
use crate::ids::ProductId;
use crate::order_book::{Order, OrderBook};
use crate::service::Service;
use crate::stock::Product;
use crate::telemetry::Meters;

/// Returns the service with an empty book.
pub(crate) fn router(addresses: Addresses, meters: Meters) -> Router {
    Router::new().route("/orders", get(summary).post(place)).route("/healthz", get(healthz)).with_state(Orders {
        asker: Asker::measured(meters.clone(), addresses),
        addresses,
        meters,
        book: Arc::default(),
    })
}

#[derive(Debug, Clone)]
struct Orders {
    asker: Asker,
    addresses: Addresses,
    meters: Meters,
    book: Arc<Mutex<OrderBook>>,
}

/// An order as it is asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    product: ProductId,
    quantity: u32,
}

/// Why an order was not accepted: the status and the line to answer with.
type Refused = (StatusCode, String);

impl Orders {
    async fn place(&self, wanted: Wanted) -> Result<Order, Refused> {
        let product = self.take(wanted).await?;
        let order = self.book().accept(product.id, wanted.quantity, product.price_cents);
        self.meters.ordered();
        Ok(order)
    }

    /// Takes the stock, and learns the price, in one request, so that two orders never share a piece.
    async fn take(&self, wanted: Wanted) -> Result<Product, Refused> {
        let path = format!("/products/{}/take?quantity={}", wanted.product, wanted.quantity);
        let within = deadlines::answer_of(Service::Catalog);
        let asked = self.asker.post(self.addresses.catalog, &path, Bytes::new(), within).await;
        let answer = asked.map_err(|error| catalog_failed(&error.reason()))?;
        match answer.status {
            StatusCode::OK => serde_json::from_slice(&answer.body)
                .map_err(|error| catalog_failed(&format!("answers with no product: {error}"))),
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::CONFLICT => {
                Err((answer.status, answer.first_line()))
            }
            other => Err(catalog_failed(&format!("answers {other}"))),
        }
    }

    /// A book is never left half changed, so a poisoned lock still guards a good one.
    fn book(&self) -> MutexGuard<'_, OrderBook> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn catalog_failed(how: &str) -> Refused {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{} {how}", Service::Catalog))
}

async fn summary(State(orders): State<Orders>) -> Response {
    let summary = orders.book().summary();
    answer::json(StatusCode::OK, &summary)
}

async fn place(State(orders): State<Orders>, Query(wanted): Query<Wanted>) -> Response {
    match orders.place(wanted).await {
        Ok(order) => answer::json(StatusCode::CREATED, &order),
        Err((status, reason)) => answer::line(status, reason),
    }
}

async fn healthz(State(orders): State<Orders>) -> Response {
    health::respond(health::check(&orders.asker, &orders.addresses, Service::Catalog).await)
}
