//! Status pages as readers with a role see them.

use evenkeel_identity::{Identity, Rights};
use evenkeel_pages::{Kept, RecordsFound, Shown};
use evenkeel_record::{Actor, Role};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop, find};

const PAGES: &str = r#"---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: shop }
spec:
  title: The shop
  audience: customers
  components: [{ name: buying, title: Buying, workloads: [orders] }]
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: board }
spec:
  title: SCRIPT
  description: SCRIPT
  audience: customers
  readers: operator
  components: [{ name: buying, title: SCRIPT, description: SCRIPT, group: SCRIPT, workloads: [orders] }]
"#;

fn shop() -> Shop {
    Shop::and(&PAGES.replace("SCRIPT", &format!("'{}'", SCRIPT.replace('\'', "''"))))
}

#[test]
fn nothing_says_what_an_audience_is_shown() {
    golden("status-none", &Shop::new().page("/status"));
}

#[test]
fn pages_say_how_it_stands() {
    let mut shop = shop();
    golden("status-shop-well", &shop.page("/status/shop"));
    shop.orders_down();
    golden("status-list", &shop.page("/status"));
    golden("status-shop", &shop.page("/status/shop"));
    golden("status-worst", &shop.page("/status/board"));
}

#[test]
fn a_page_for_another_role_is_not_there() {
    let mut shop = shop();
    let rights = Rights::ALL;
    shop.caller = Identity { role: Some(Role::Responder), rights, actor: Actor("token:5".into()), ..Identity::owner() };
    assert!(shop.page("/status").contains("1 more for other roles"));
    let (route, place) = find("/status/board");
    let shown = shop.shown(route, &place, &[], &RecordsFound::default(), None, &Kept::new());
    assert!(matches!(shown, Shown::NotThere { .. }), "{shown:?}");
}
