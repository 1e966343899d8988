//! The `web` service: the shop front that people see.
//!
//! | request | answer |
//! |---|---|
//! | `GET /` | 200 the shop as a page; 503 with a page saying what fails |
//! | `POST /buy?product=P&quantity=N` | 201 with the order; what `orders` refuses with 400, 404 or 409; 503 if it fails |
//! | `GET /healthz` | 200 `ok`; 503 if `catalog` or `orders` does not work |

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::addresses::Addresses;
use crate::ask::{self, Answer, Asker};
use crate::deadlines;
use crate::health;
use crate::ids::ProductId;
use crate::order_book::{Order, Summary};
use crate::page;
use crate::service::Service;
use crate::stock::Product;
use crate::telemetry::Meters;

/// Returns the service; it keeps nothing itself.
pub(crate) fn router(addresses: Addresses, meters: Meters) -> Router {
    Router::new()
        .route("/", get(shop))
        .route("/buy", post(buy))
        .route("/healthz", get(healthz))
        .with_state(Web { asker: Asker::measured(meters, addresses), addresses })
}

#[derive(Debug, Clone)]
struct Web {
    asker: Asker,
    addresses: Addresses,
}

/// What a shopper wants; the buttons of the page send one piece.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    product: ProductId,
    quantity: Option<u32>,
}

/// Why a page cannot be shown: the status and the line to show instead.
type Refused = (StatusCode, String);

impl Web {
    async fn shop(&self) -> Result<String, Refused> {
        let (products, orders) = tokio::join!(
            self.fetch::<Vec<Product>>(Service::Catalog, "/products"),
            self.fetch::<Summary>(Service::Orders, "/orders"),
        );
        Ok(page::shop(&products?, &orders?))
    }

    async fn fetch<T: DeserializeOwned>(&self, from: Service, path: &str) -> Result<T, Refused> {
        let asked = self.asker.get(self.addresses.of(from), path, deadlines::answer_of(from)).await;
        expect(from, StatusCode::OK, asked)
    }

    async fn buy(&self, wanted: Wanted) -> Result<String, Refused> {
        let path = format!("/orders?product={}&quantity={}", wanted.product, wanted.quantity.unwrap_or(1));
        let within = deadlines::answer_of(Service::Orders);
        let asked = self.asker.post(self.addresses.orders, &path, Bytes::new(), within).await;
        let order: Order = expect(Service::Orders, StatusCode::CREATED, asked)?;
        Ok(page::bought(&order))
    }
}

/// Reads the answer that was hoped for; passes on what the shopper can mend, and blames `from` for the rest.
fn expect<T: DeserializeOwned>(
    from: Service,
    hoped: StatusCode,
    asked: Result<Answer, ask::Error>,
) -> Result<T, Refused> {
    let failed = |how: String| (StatusCode::SERVICE_UNAVAILABLE, format!("{from} {how}"));
    let answer = asked.map_err(|error| failed(error.reason()))?;
    match answer.status {
        status if status == hoped => serde_json::from_slice(&answer.body)
            .map_err(|error| failed(format!("answers with something unexpected: {error}"))),
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::CONFLICT => {
            Err((answer.status, answer.first_line()))
        }
        other => Err(failed(format!("answers {}: {}", other.as_u16(), answer.first_line()))),
    }
}

fn respond(good: StatusCode, page: Result<String, Refused>) -> Response {
    match page {
        Ok(page) => (good, Html(page)).into_response(),
        Err((status, reason)) => (status, Html(page::sorry(&reason))).into_response(),
    }
}

async fn shop(State(web): State<Web>) -> Response {
    respond(StatusCode::OK, web.shop().await)
}

async fn buy(State(web): State<Web>, Query(wanted): Query<Wanted>) -> Response {
    respond(StatusCode::CREATED, web.buy(wanted).await)
}

async fn healthz(State(web): State<Web>) -> Response {
    let (catalog, orders) = tokio::join!(
        health::check(&web.asker, &web.addresses, Service::Catalog),
        health::check(&web.asker, &web.addresses, Service::Orders),
    );
    health::respond(health::all([catalog, orders]))
}
