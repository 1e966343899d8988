//! The list of incidents, and opening one by hand.

use evenkeel_identity::Identity;

use crate::golden::golden;
use crate::posting::Became;
use crate::shop::{SCRIPT, Shop};

/// So many incidents of one alert each, each group of its own.
fn many(count: usize) -> Shop {
    let mut shop = Shop::new();
    for number in 0..count {
        let team = if number % 3 == 0 { "orders" } else { "database" };
        let name = format!("Fault{number}");
        shop.fires(&[("alertname", &name), ("team", team)], &[("summary", "something is wrong")]);
    }
    shop
}

#[test]
fn the_list_says_what_to_do_where_nothing_is_open() {
    golden("incidents-empty", &Shop::new().page("/incidents"));
}

#[test]
fn the_worst_comes_first_and_who_suffers_is_said() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    shop.orders_down();
    let html = shop.page("/incidents");
    golden("incidents", &html);
    let (orders, slow) = (html.find("no order goes through"), html.find("queries take 3 s"));
    assert!(orders < slow && orders.is_some());
    assert!(html.contains("everyone who buys: no order can be placed"));
}

#[test]
fn filters_narrow_the_list_and_say_how_to_widen_it() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    shop.orders_down();
    for (query, orders, slow) in [
        ("?severity=sev1", true, false),
        ("?workload=workload:database", false, true),
        ("?team=orders", true, true),
        ("?team=nobody", false, false),
        ("?q=QUERIES", false, true),
        ("?q=nothing+of+the+kind", false, false),
        ("?status=resolved", false, false),
        ("?status=all", true, true),
    ] {
        let html = shop.page(&format!("/incidents{query}"));
        assert_eq!(
            (html.contains("no order goes through"), html.contains("queries take 3 s")),
            (orders, slow),
            "{query}"
        );
    }
    assert!(shop.page("/incidents?q=nothing").contains("Take the filters out"));
}

#[test]
fn a_thousand_are_counted_and_paged() {
    let shop = many(1_000);
    let html = shop.page("/incidents");
    golden("incidents-many", &html);
    assert!(html.contains("1 to 30 of 1000") && html.contains("?page=2"));
    assert!(shop.page("/incidents?page=34").contains("991 to 1000 of 1000"));
    assert!(shop.page("/incidents?page=99&q=x").contains("None fits"));
}

#[test]
fn one_is_opened_by_hand_and_its_form_keeps_what_was_typed() {
    let mut shop = Shop::new();
    golden("incident-new", &shop.page("/incidents/new"));
    let path = "/incidents/new";
    let Became::Not(said) = shop.post(path, &[("response_plan", "orders-down")]) else { panic!("it has no title") };
    assert!(said.starts_with("The title is missing."), "{said}");
    let Became::Not(said) = shop.post(path, &[("title", "dark"), ("response_plan", "order-down")]) else {
        panic!("there is no such plan")
    };
    assert!(said.contains("no response plan `order-down`") && said.contains("orders-down"), "{said}");
    let html = shop.again(path, &[("title", SCRIPT), ("response_plan", "orders-down")], &said);
    golden("incident-new-again", &html);
    let done = shop.post(path, &[("title", "the shop is dark"), ("response_plan", "orders-down")]);
    assert_eq!(done, Became::Then("../incidents/opened".to_owned()));
    assert!(shop.page(&format!("/incidents/{}", shop.newest())).contains("the shop is dark"));
}

#[test]
fn who_may_only_look_is_offered_nothing() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    shop.caller = Identity::loopback();
    for page in ["/incidents".to_owned(), format!("/incidents/{id}"), "/problems".to_owned()] {
        let html = shop.page(&page);
        assert!(!html.contains("<form method=\"post\" action=\"../incidents") && !html.contains("Open one by hand"));
    }
}
