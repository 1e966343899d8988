//! What stands on what, drawn.

use std::fmt::Write;

use crate::golden::golden;
use crate::shop::Shop;

fn drawing(html: &str) -> String {
    let (_, behind) = html.split_once("<figure class=\"graph\">").expect("a drawing");
    let (drawing, _) = behind.split_once("</figure>").expect("an end");
    format!("<figure class=\"graph\">{drawing}</figure>\n")
}

#[test]
fn a_workload_stands_between_what_it_needs_and_what_needs_it() {
    let mut shop = Shop::new();
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    let id = shop.orders_down();
    golden("graph", &drawing(&shop.page(&format!("/incidents/{id}"))));
}

#[test]
fn many_neighbours_are_counted_and_long_names_cut() {
    let mut more = String::new();
    for number in 0..40 {
        let _ = write!(
            more,
            "---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: a-service-with-a-long-name-{number}, owner: team:orders }}\n\
             spec: {{ tier: 3, dependsOn: [orders], environments: [production] }}\n"
        );
    }
    let mut shop = Shop::and(&more);
    let id = shop.orders_down();
    let drawn = drawing(&shop.page(&format!("/incidents/{id}")));
    assert!(drawn.contains("(and 29 more)") && drawn.contains('…'));
    golden("graph-many", &drawn);
}
