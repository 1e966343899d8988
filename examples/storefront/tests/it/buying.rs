//! Orders in a healthy shop: they take stock, and stock comes back.

use storefront::Service::{Catalog, Orders, Web};

use crate::shop::{Answer, Shop};

/// The fourth product of the shelf, as `catalog` lists it.
async fn compass(shop: &Shop) -> serde_json::Value {
    let products: serde_json::Value = serde_json::from_str(&shop.get(Catalog, "/products").await.body).unwrap();
    products.get(3).expect("four products").clone()
}

#[tokio::test]
async fn an_order_takes_stock_and_has_the_price_of_catalog() {
    let shop = Shop::open().await;
    let before = compass(&shop).await;
    let order = shop.post(Orders, "/orders?product=4&quantity=3").await;
    assert_eq!(order.status, 201);
    assert_eq!(order.body, r#"{"id":1,"product":4,"quantity":3,"total_cents":37200}"#);
    let after = compass(&shop).await;
    assert_eq!(after["stock"].as_u64(), before["stock"].as_u64().map(|stock| stock - 3));
    let summary: serde_json::Value = serde_json::from_str(&shop.get(Orders, "/orders").await.body).unwrap();
    assert_eq!((&summary["accepted"], &summary["latest"][0]["id"]), (&1.into(), &1.into()));
}

#[tokio::test]
async fn sold_out_is_a_conflict_and_then_there_is_more() {
    let shop = Shop::open().await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(shop.post(Orders, "/orders?product=4&quantity=8").await.status);
    }
    // A full shelf holds fifteen: enough for eight once, and full again after each refusal.
    assert_eq!(statuses, [201, 409, 201, 409]);
    assert_eq!(compass(&shop).await["stock"], 15);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_as_the_callers_fault() {
    let shop = Shop::open().await;
    let line = |status, body: &str| Answer { status, body: body.to_owned() };
    assert_eq!(shop.post(Orders, "/orders?product=99&quantity=1").await, line(404, "no product 99"));
    assert_eq!(shop.post(Orders, "/orders?product=1&quantity=11").await, line(400, "quantity is 1 to 10, not 11"));
    assert_eq!(shop.post(Orders, "/orders?product=rope").await.status, 400);
    assert_eq!(shop.post(Web, "/buy?product=99").await.status, 404);
    assert_eq!(shop.get(Web, "/nowhere").await.status, 404);
}

#[tokio::test]
async fn the_shop_front_shows_what_was_bought_through_it() {
    let shop = Shop::open().await;
    let bought = shop.post(Web, "/buy?product=2").await;
    assert_eq!(bought.status, 201);
    assert!(bought.body.contains("Order 1: 1 of product 2, 89.00"), "{}", bought.body);
    let page = shop.get(Web, "/").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<td>Bilge pump<td>89.00<td>19<td>"), "{}", page.body);
    assert!(page.body.contains("<li>Order 1: 1 of product 2, 89.00</li>"), "{}", page.body);
}
