//! Search in its states.

use evenkeel_pages::{Kept, RecordsFound, Shown};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop, find};

/// Where a search leads straight to.
fn elsewhere(shop: &Shop, text: &str) -> Option<String> {
    let (route, place) = find(&format!("/search?q={text}"));
    match shop.shown(route, &place, &[], &RecordsFound::default(), None, &Kept::new()) {
        Shown::Elsewhere(address) => Some(address),
        Shown::Page(_) | Shown::Download { .. } | Shown::NotThere { .. } => None,
    }
}

#[test]
fn nothing_is_sought_or_nothing_is_found() {
    golden("search-empty", &Shop::new().page("/search"));
    golden("search-none", &Shop::new().page("/search?q=nowhere+to+be+found"));
}

#[test]
fn every_kind_is_found() {
    let mut shop = Shop::new();
    shop.orders_down();
    let html = shop.page("/search?q=order");
    for title in ["Incidents", "Alerts", "Workloads", "Teams and people"] {
        assert!(html.contains(&format!(">{title}</h2>")), "{title}");
    }
    golden("search-order", &html);
}

#[test]
fn much_is_counted_and_the_best_shown() {
    let mut shop = Shop::new();
    for number in 0..1500 {
        shop.fires(&[("alertname", "DiskFull"), ("instance", &format!("web-{number}"))], &[]);
    }
    let html = shop.page("/search?q=diskfull");
    assert!(html.contains("the best 8 of at least 1000"), "{html}");
    assert!(html.contains("?q=diskfull&#38;kind=alerts"), "{html}");
    let one = shop.page("/search?q=web-1499");
    assert!(one.contains("web-1499") && !one.contains("the best"));
    let all = shop.page("/search?q=diskfull&kind=alerts");
    assert!(all.contains("the best 100 of at least 1000") && all.contains("Alerts only."));
}

#[test]
fn what_people_and_alerts_write_is_text() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", SCRIPT), ("team", "orders")], &[("summary", SCRIPT)]);
    shop.page(&format!("/search?q={}", SCRIPT.replace('&', "").replace(' ', "+")));
    shop.page("/search?q=onerror");
    shop.page(&format!("/search?q={}", "x".repeat(5000)));
}

#[test]
fn a_record_by_its_number_is_gone_straight_to() {
    let shop = Shop::new();
    for text in ["1", "#1", "record:1"] {
        assert_eq!(elsewhere(&shop, text).as_deref(), Some("./records/1"), "{text}");
    }
    for text in ["0", "#100000", "orders", "incident:1", "alert:1", "18446744073709551616"] {
        assert_eq!(elsewhere(&shop, text), None, "{text}");
    }
}
