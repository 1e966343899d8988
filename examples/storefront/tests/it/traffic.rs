//! Shoppers through good times, bad times, and good times again.

use storefront::Service::Catalog;
use storefront::{Counts, Shoppers};

use crate::shop::{Shop, until};

/// Waits until the counts have moved on from what they are now as `moved` says.
async fn move_on(shoppers: &Shoppers, what: &str, moved: impl Fn(Counts, Counts) -> bool) -> Counts {
    let before = shoppers.counts();
    let look = async || Some(shoppers.counts()).filter(|now| moved(before, *now));
    until(what, look).await
}

#[tokio::test]
async fn shoppers_count_good_then_failed_then_good() {
    let mut shop = Shop::open().await;
    let shoppers = Shoppers::start(shop.addresses.web, 50);
    let good = move_on(&shoppers, "orders are bought", |_, now| now.bought >= 2).await;
    assert!(good.good > good.bought, "most only look around: {good:?}");

    shop.kill(Catalog).await;
    move_on(&shoppers, "requests fail", |before, now| now.failed >= before.failed + 5).await;
    let why = shoppers.last_failure().expect("a failed request has a reason");
    assert!(why.starts_with("web answers 503 to /"), "{why}");

    shop.restart(Catalog).await;
    move_on(&shoppers, "orders are bought again", |before, now| now.bought >= before.bought + 2).await;

    let so_far = shoppers.counts();
    let all = shoppers.stop().await;
    assert!(all.ended() >= so_far.ended(), "{so_far:?} {all:?}");
    assert!(all.good >= all.bought + all.sold_out, "{all:?}");
    assert!(all.latency_ms_max >= all.latency_ms_last, "{all:?}");
}

#[tokio::test]
async fn shoppers_before_a_closed_door_count_failures() {
    let mut shop = Shop::open().await;
    shop.kill(storefront::Service::Web).await;
    let shoppers = Shoppers::start(shop.addresses.web, 0);
    let counts = move_on(&shoppers, "a request fails", |_, now| now.failed >= 1).await;
    assert_eq!(counts.good, 0);
    let why = shoppers.last_failure().expect("a failed request has a reason");
    assert!(why.starts_with("web cannot be reached: "), "{why}");
}
