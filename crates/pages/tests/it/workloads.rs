//! Workloads, as a list and one by one, in their states.

use evenkeel_evidence_sql::Select;
use evenkeel_pages::{Cell, PAGES, Place, RecordsFound, Rows, Show};
use evenkeel_time::{Duration, Timestamp};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop};
use crate::workloads_worlds::{LONG, bare, rows, shop_with, text, thousands};

fn ago(shop: &Shop, by: Duration) -> Cell {
    Cell::Whole(shop.now.0 - by.0)
}

/// Twenty days of an incident each, the newest first.
fn incidents(shop: &Shop, first: impl Fn(i64) -> String) -> Rows {
    let row = |day: i64| {
        let from = Timestamp(shop.now.0 - Duration::hours(24 * day + 5).0);
        let lasted = Duration::minutes(3 * day * day);
        [text(&first(day)), Cell::Whole(from.0), Cell::Whole(from.0 + lasted.0), Cell::Whole(1 + day % 5)]
    };
    rows(&(1..21).map(row).collect::<Vec<_>>())
}

fn none() -> RecordsFound {
    RecordsFound::default()
}

#[test]
fn what_pages_ask_of_the_evidence_is_of_the_subset() {
    for page in PAGES {
        let Show::Rows(ask, _) = page.show else { continue };
        let path = page.path.replace("{name}", "o'clock%20%22");
        let place = Place::of(page.path, &path, vec![("q".to_owned(), "a'b".to_owned())]).expect("a place");
        for one in ask(&place) {
            if let Err(faults) = Select::parse(&one.sql, &[]) {
                panic!("{}: {faults:?} in {}", page.path, one.sql);
            }
        }
    }
}

#[test]
fn the_list_of_nothing_says_what_to_do() {
    golden("workloads-empty", &bare().page("/workloads"));
    let html = Shop::new().page("/workloads?q=nothing-like-it");
    assert!(html.contains("No workload is like that."));
}

#[test]
fn the_list_has_what_is_open_first() {
    let mut shop = Shop::new();
    shop.orders_down();
    shop.advance(Duration::minutes(7));
    let found = [
        incidents(&shop, |day| if day % 3 == 0 { "orders" } else { "search" }.to_owned()),
        rows(&[[text("orders"), Cell::Whole(12)]]),
        rows(&[[text("search"), ago(&shop, Duration::hours(3))], [text("orders"), ago(&shop, Duration::minutes(9))]]),
    ];
    let html = shop.page_with("/workloads", &found, &none());
    golden("workloads", &html);
    let at = |name: &str| html.find(&format!("workloads/{name}\"")).unwrap_or_else(|| panic!("{name} is not there"));
    assert!(at("orders") < at("storefront") && at("storefront") < at("database") && at("database") < at("search"));
    let html = shop.page_with("/workloads?tier=3&owner=team:orders", &found, &none());
    assert!(html.contains("workloads/search") && !html.contains("workloads/database"));
}

#[test]
fn ten_thousand_are_paged() {
    let shop = thousands();
    let name = |at: i64| format!("w{:05}-{LONG}", at * 4);
    let every_day: Vec<[Cell; 4]> = (0..1_800)
        .map(|at: i64| {
            let from = shop.now.0 - Duration::hours(12 * (at % 60)).0;
            [text(&name(at % 60)), Cell::Whole(from), Cell::Whole(from + 4_000_000), Cell::Whole(1 + at % 5)]
        })
        .collect();
    let mut found = rows(&every_day);
    found.more = true;
    let html = shop.page_with("/workloads?page=2&tier=1", &[found], &none());
    golden("workloads-many", &html);
    assert!(html.contains("31–60 of 2,502"), "tier 1 is a quarter, and two of the shop");
}

fn changes(shop: &Shop) -> Rows {
    rows(&[
        [text("deployment"), ago(shop, Duration::minutes(16)), text("2026.1.4"), text("succeeded"), Cell::Whole(4711)],
        [text("change"), ago(shop, Duration::hours(30)), text("configuration"), text("manual"), Cell::Whole(4290)],
    ])
}

const RUNBOOK: &str = "---\nkind: Runbook\nname: restart-orders\nworkload: orders\n---\n# Restart the orders service\n\nIt takes a minute.\n";

#[test]
fn one_says_who_answers_and_what_is_wrong() {
    let mut shop = shop_with(&[("runbooks/orders.md", RUNBOOK)]);
    let first = shop.orders_down();
    shop.advance(Duration::minutes(7));
    let alert = shop.engine.state().alerting.alerts().next().expect("an alert").id.to_string();
    let found = [
        incidents(&shop, |day| if day == 1 { first.to_string() } else { format!("incident:{}", 900 - day) }),
        rows(&[[text(&alert), ago(&shop, Duration::minutes(7)), text("OrdersDown"), text("critical")]]),
        changes(&shop),
    ];
    golden("workload", &shop.page_with("/workloads/orders", &found, &none()));
}

#[test]
fn one_of_which_nothing_is_known_says_what_to_add() {
    golden("workload-quiet", &Shop::new().page("/workloads/search"));
    let (route, place) = crate::shop::find("/workloads/gone");
    let shown =
        Shop::new().shown(route, &place, &vec![Rows::default(); 3], &none(), None, &evenkeel_pages::Kept::new());
    assert!(format!("{shown:?}").contains("No workload is called `gone`."));
}

#[test]
fn the_worst_workload_runs_nothing_and_fits() {
    let quoted = SCRIPT.replace('\'', "''");
    let mut parts = String::new();
    for at in 0..60 {
        parts.push_str(&format!("{{ name: part-{at}-{LONG}, description: '{quoted} {at}' }}, "));
    }
    let workload = format!(
        "---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: {LONG}, owner: team:orders }}\nspec: {{ tier: 1, impact: {{ \
         who: '{quoted}', what: '{quoted}', customers: true }}, components: [{parts}], dependsOn: [orders, database] }}\n"
    );
    let mut shop = shop_with(&[("worst.yml", &workload)]);
    shop.fires(&[("alertname", SCRIPT), ("workload", LONG), ("team", "orders")], &[("summary", SCRIPT)]);
    let alert = shop.engine.state().alerting.alerts().next().expect("an alert").id.to_string();
    let alerts: Vec<[Cell; 4]> = (0..12)
        .map(|at| {
            [text(if at == 0 { &alert } else { SCRIPT }), ago(&shop, Duration::minutes(at)), text(SCRIPT), text(SCRIPT)]
        })
        .collect();
    let mut alerts = rows(&alerts);
    alerts.more = true;
    let changes: Vec<[Cell; 5]> = (0..10)
        .map(|at| [text(SCRIPT), ago(&shop, Duration::hours(at)), text(SCRIPT), text(SCRIPT), text(SCRIPT)])
        .collect();
    let found = [incidents(&shop, |_| SCRIPT.to_owned()), alerts, rows(&changes)];
    golden("workload-worst", &shop.page_with(&format!("/workloads/{LONG}"), &found, &none()));
}
