//! Teams and people in their states.

use evenkeel_pages::{Cell, RecordsFound};
use evenkeel_time::Duration;

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop};
use crate::workloads_worlds::{LONG, bare, rows, shop_with, text, thousands};

const AGREED: &str = "
---
apiVersion: evenkeel/v1
kind: Team
metadata: { name: platform }
spec: { members: [{ person: cleo, role: lead }] }
---
apiVersion: evenkeel/v1
kind: Agreement
metadata: { name: database-help, owner: team:platform }
spec: { provider: platform, consumer: orders, response: 4h, channel: '#platform', hours: Mon-Fri 09:00-17:00, reviewBy: 2025-12-31 }
";

#[test]
fn the_list_says_who_is_on_call() {
    golden("teams-empty", &bare().page("/teams"));
    let mut shop = Shop::and(AGREED);
    shop.orders_down();
    golden("teams", &shop.page("/teams"));
    golden("teams-many", &thousands().page("/teams?page=3"));
}

#[test]
fn one_team_says_what_it_owns_and_agreed() {
    let mut shop = Shop::and(AGREED);
    shop.orders_down();
    shop.advance(Duration::minutes(7));
    golden("team", &shop.page("/teams/orders"));
    golden("team-without-schedule", &shop.page("/teams/platform"));
}

#[test]
fn the_worst_team_fits() {
    let quoted = SCRIPT.replace('\'', "''");
    let mut more = format!(
        "---\napiVersion: evenkeel/v1\nkind: Team\nmetadata: {{ name: {LONG} }}\nspec: {{ members: [{{ person: ada, role: '{quoted}' }}], escalation: orders }}\n"
    );
    for at in 0..200 {
        more.push_str(&format!("---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: w{at:03}-{LONG}, owner: 'team:{LONG}' }}\nspec: {{ tier: 2 }}\n"));
        more.push_str(&format!("---\napiVersion: evenkeel/v1\nkind: Agreement\nmetadata: {{ name: a{at:03}-{LONG} }}\nspec: {{ provider: orders, consumer: {LONG}, response: 4h, channel: '{quoted}', hours: '{quoted}' }}\n"));
    }
    golden("team-worst", &shop_with(&[("worst.yml", &more)]).page(&format!("/teams/{LONG}")));
}

#[test]
fn one_person_says_when_and_how_and_never_where() {
    let mut shop = Shop::and(AGREED);
    let incident = shop.orders_down().to_string();
    let at = |hours: i64| Cell::Whole(shop.now.0 - Duration::hours(hours).0);
    let found = [rows(&[
        [text(&incident), at(1), Cell::Null, Cell::Null, Cell::Null, Cell::Whole(1)],
        [text("incident:700"), at(50), at(49), Cell::Null, Cell::Null, Cell::Whole(0)],
        [text("incident:600"), at(90), Cell::Null, at(89), at(80), Cell::Whole(1)],
        [text(SCRIPT), at(99), Cell::Null, Cell::Null, at(98), Cell::Whole(1)],
    ])];
    let html = shop.page_with("/people/ada", &found, &RecordsFound::default());
    golden("person", &html);
    assert!(!html.contains("phone.example"), "an address is personal");
    golden("person-never-paged", &shop.page("/people/cleo"));
}
