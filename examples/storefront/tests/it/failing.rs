//! A service fails: who notices, what they say, and how it heals.

use storefront::Service::{self, Catalog, Orders, Web};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use crate::shop::{self, PATIENCE, Shop, healthz_becomes};

/// Waits until a service is unhealthy for a reason that starts so.
async fn blames(shop: &Shop, service: Service, start: &str) -> String {
    let reason = healthz_becomes(shop.addresses.of(service), 503, |body| body.starts_with(start)).await;
    assert_eq!(reason.lines().count(), 1, "{reason}");
    reason
}

async fn heals(shop: &Shop) {
    for service in Service::ALL {
        healthz_becomes(shop.addresses.of(service), 200, |body| body == "ok").await;
    }
}

#[tokio::test]
async fn a_killed_catalog_is_blamed_by_orders_and_web_and_heals_in_place() {
    let mut shop = Shop::open().await;
    shop.kill(Catalog).await;
    blames(&shop, Orders, "catalog cannot be reached: ").await;
    let reason = blames(&shop, Web, "catalog cannot be reached: ").await;
    assert!(reason.contains("; orders is not healthy: catalog cannot be reached: "), "{reason}");
    shop.restart(Catalog).await;
    heals(&shop).await;
}

#[tokio::test]
async fn a_catalog_shut_down_in_order_is_just_as_gone() {
    let mut shop = Shop::open().await;
    shop.shut_down(Catalog).await;
    blames(&shop, Orders, "catalog cannot be reached: ").await;
    shop.restart(Catalog).await;
    heals(&shop).await;
}

#[tokio::test]
async fn killed_orders_are_blamed_by_web_alone() {
    let mut shop = Shop::open().await;
    shop.kill(Orders).await;
    blames(&shop, Web, "orders cannot be reached: ").await;
    assert_eq!(shop.get(Catalog, "/healthz").await.status, 200);
    shop.restart(Orders).await;
    heals(&shop).await;
}

#[tokio::test]
async fn a_hanging_catalog_runs_into_its_deadline() {
    let mut shop = Shop::open().await;
    shop.kill(Catalog).await;
    // The kernel accepts connections for a listener nobody serves.
    let hanging = shop::bind(shop.addresses.catalog).await;
    blames(&shop, Orders, "catalog gives no answer within 500 ms").await;
    let reason = blames(&shop, Web, "catalog gives no answer within 500 ms; orders is not healthy: catalog ").await;
    assert!(reason.ends_with("catalog gives no answer within 500 ms"), "{reason}");
    let order = shop.post(Orders, "/orders?product=1&quantity=1").await;
    assert_eq!((order.status, order.body.as_str()), (503, "catalog gives no answer within 500 ms"));
    drop(hanging);
    shop.restart(Catalog).await;
    heals(&shop).await;
}

#[tokio::test]
async fn without_catalog_every_request_is_answered_with_the_reason() {
    let mut shop = Shop::open().await;
    shop.kill(Catalog).await;
    let order = shop.post(Orders, "/orders?product=1&quantity=1").await;
    assert_eq!(order.status, 503);
    assert!(order.body.starts_with("catalog cannot be reached: "), "{}", order.body);
    let page = shop.get(Web, "/").await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("catalog cannot be reached: "), "{}", page.body);
    let bought = shop.post(Web, "/buy?product=1").await;
    assert_eq!(bought.status, 503);
    assert!(bought.body.contains("orders answers 503: catalog cannot be reached: "), "{}", bought.body);
}

#[tokio::test]
async fn open_connections_end_with_their_service() {
    let mut shop = Shop::open().await;
    let mut to_catalog = TcpStream::connect(shop.addresses.catalog).await.unwrap();
    let mut to_orders = TcpStream::connect(shop.addresses.orders).await.unwrap();
    shop.kill(Catalog).await;
    shop.shut_down(Orders).await;
    for stream in [&mut to_catalog, &mut to_orders] {
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut [0; 16])).await.expect("the connection ends");
        // Closed, or reset where it was never accepted.
        assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    }
}
