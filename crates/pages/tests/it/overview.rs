//! The overview in its states, and its views.

use evenkeel_engine::{IncomingSilence, Input};
use evenkeel_identity::Identity;
use evenkeel_labels::parse_matchers;
use evenkeel_pages::{Cell, RecordsFound, Rows};
use evenkeel_record::Role;
use evenkeel_time::Duration;

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop};

const VIEWS: &str = "---
apiVersion: evenkeel/v1
kind: View
metadata: { name: board }
spec: { title: For the board, people: [cleo], parts: [incidents, told], detail: business }
---
apiVersion: evenkeel/v1
kind: View
metadata: { name: everything }
spec: { title: All of it }
---
apiVersion: evenkeel/v1
kind: View
metadata: { name: mine }
spec: { title: Ours, roles: viewer, workloads: { own: true, tiers: [1] }, parts: [changes, incidents, on-call], detail: developers }
";

#[test]
fn all_is_well() {
    golden("overview-well", &Shop::new().page("/"));
}

#[test]
fn the_worst_comes_first_with_what_is_next_and_what_is_muted() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    shop.orders_down();
    let silence = IncomingSilence {
        id: None,
        matchers: parse_matchers("alertname=\"Slow\"").expect("matchers"),
        starts_at: shop.now,
        ends_at: shop.now + Duration::hours(2),
        created_by: SCRIPT.into(),
        comment: SCRIPT.into(),
    };
    shop.handle(Input::SetSilence(silence));
    shop.advance(Duration::minutes(1));
    let html = shop.page("/");
    golden("overview", &html);
    for said in ["Open incidents: 2", "pages bob", "1 silence", "Waits for approval: 1", "Nobody has"] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn a_thousand_open_incidents_are_counted_and_bounded() {
    let mut shop = Shop::new();
    for number in 0..1_000 {
        let name = format!("Fault{number}");
        let team = if number % 2 == 0 { "orders" } else { "database" };
        shop.fires(&[("alertname", &name), ("team", team)], &[("summary", "something is wrong")]);
    }
    let html = shop.page("/");
    golden("overview-many", &html);
    assert!(html.contains("Open incidents: 1000") && html.contains("All 1000"));
}

#[test]
fn each_reader_gets_the_view_that_fits_and_may_look_at_the_others() {
    let mut shop = Shop::new();
    shop.orders_down();
    for (name, title) in
        [("business", "overview-business"), ("developers", "overview-developers"), ("customers", "overview-customers")]
    {
        golden(title, &shop.page(&format!("/?view={name}")));
    }
    let business = shop.page("/?view=business");
    let (business, _) = business.split_once("id=\"told\"").expect("what was told comes after");
    assert!(!business.contains("no order goes through") && business.contains("no order can be placed"));
    let shown = |shop: &Shop| {
        let html = shop.page("/");
        let (before, _) = html.split_once("\" aria-current=\"true\"").expect("a view");
        before.rsplit_once("?view=").map(|(_, name)| name.to_owned()).expect("its name")
    };
    let viewer = |person: Option<&str>| Identity {
        role: Some(Role::Viewer),
        person: person.map(Into::into),
        ..Identity::owner()
    };
    assert_eq!(shown(&shop), "operations");
    shop.caller = viewer(None);
    assert_eq!(shown(&shop), "business");
    shop.caller = viewer(Some("ada"));
    assert_eq!(shown(&shop), "developers", "her team owns something");

    let mut shop = Shop::and(VIEWS);
    shop.orders_down();
    assert_eq!(shown(&shop), "everything");
    shop.caller = viewer(Some("cleo"));
    assert_eq!(shown(&shop), "board", "who is named comes before a role");
    shop.caller = viewer(Some("ada"));
    assert_eq!(shown(&shop), "mine");
    golden("overview-own-view", &shop.page("/"));
    assert!(shop.page("/?view=nothing").contains("Ours"), "a view that is not there is none");
}

#[test]
fn an_ops_repo_without_people_is_told_what_to_write() {
    let plan = crate::shop::planned(
        "route: { receiver: a }\nreceivers: [{ name: a, webhook_configs: [{ url: 'http://a.example/' }] }]\n",
    );
    let html = Shop::under(plan).page("/");
    golden("overview-bare", &html);
    for said in ["Write a <code>ResponsePlan</code>", "Write a <code>Schedule</code>", "Write a <code>Heartbeat</code>"]
    {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn what_changed_elsewhere_is_told_by_the_evidence() {
    let shop = Shop::new();
    golden("changes-empty", &shop.page("/changes"));
    let row = |what: &str, workload: &str, which: &str, how: &str, record: i64| {
        let text = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
        let at = Cell::Whole(shop.now.0 - record * 60_000);
        vec![text(what), at, text(workload), text(which), text(how), Cell::Whole(record)]
    };
    let rows = vec![
        row("deployment", "orders", "2.4.0", "rolled-back", 3),
        row("change", "database", SCRIPT, SCRIPT, 5),
        row("override", "", "primary", "bob", 7),
        row("plan", "", "0123456789abcdef0123", "", 9),
    ];
    let rows = Rows { rows, more: true, ..Rows::default() };
    let html = shop.page_with("/changes?workload=orders", &[rows], &RecordsFound::default());
    golden("changes", &html);
    assert!(html.contains("2.4.0, rolled-back") && html.contains("bob is on call on primary"));
}
