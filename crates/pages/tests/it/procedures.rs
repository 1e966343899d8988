//! Procedures, and findings with what they mean.

use std::fmt::Write;

use evenkeel_pages::{Cell, RecordsFound};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop};
use crate::workloads_worlds::{LONG, bare, rows, shop_with, text};

const RUNBOOK: &str = r#"---
kind: Runbook
name: restart-orders
workload: orders
---
# Restart the orders service

It takes **a minute**; orders wait in the queue meanwhile. See [the database](database.md) and
[the wiki](https://wiki.example/orders?a=1&b=2).

## Before

- Look whether a deployment is under way.
- Say so in the room.

| Sign | Means |
|---|---|
| `queue_age > 60` | it hangs |

```sh step=restart timeout=60s
systemctl restart orders
```
"#;
const DATABASE: &str = "---\nkind: Playbook\nname: slow-database\n---\n# Why is the database slow?\n\nLook at locks.\n";

#[test]
fn the_list_and_one_procedure() {
    golden("procedures-empty", &bare().page("/procedures"));
    let shop = shop_with(&[("runbooks/orders.md", RUNBOOK), ("runbooks/database.md", DATABASE)]);
    golden("procedures", &shop.page("/procedures"));
    assert!(!shop.page("/procedures?kind=playbook").contains("restart-orders"));
    let html = shop.page("/procedures/restart-orders");
    golden("procedure", &html);
    assert!(html.contains("<a href=\"../procedures/slow-database\">the database</a>"), "links within the repo lead on");
}

#[test]
fn the_worst_procedure_runs_nothing_and_fits() {
    let mut page = format!("---\nkind: Runbook\nname: {LONG}\n---\n# {SCRIPT}\n\n");
    for at in 0..600 {
        let _ = write!(
            page,
            "## {SCRIPT} {at}\n\n{SCRIPT} [{SCRIPT}](javascript:alert(1)) ![x](https://x.example/{at}.png)\n\n<style>body{{display:none}}</style>\n\n```sh {SCRIPT}\n{SCRIPT}\n```\n\n"
        );
    }
    let shop = shop_with(&[("worst.md", &page)]);
    golden("procedure-worst", &shop.page(&format!("/procedures/{LONG}")));
}

#[test]
fn findings_lead_to_what_they_mean() {
    golden("findings-empty", &Shop::new().page("/findings"));
    let found = [
        [
            text("alert-without-procedure"),
            text("rules/orders.yml"),
            Cell::Whole(4),
            Cell::Whole(1),
            Cell::Whole(1_767_000_000_000),
        ],
        [text("dead-link"), text("runbooks/orders.md"), Cell::Whole(1), Cell::Whole(0), Cell::Whole(1_767_000_000_000)],
        [text(SCRIPT), text(SCRIPT), Cell::Whole(1), Cell::Whole(0), Cell::Whole(1_767_000_000_000)],
        [text("absent-channel"), Cell::Null, Cell::Whole(1), Cell::Whole(0), Cell::Whole(1_767_000_000_000)],
    ];
    let none = RecordsFound::default();
    golden("findings", &Shop::new().page_with("/findings", &[rows(&found)], &none));
    let many: Vec<_> = found.iter().cycle().take(4_000).cloned().collect();
    let html = Shop::new().page_with("/findings?page=3&q=orders", &[rows(&many)], &none);
    assert!(html.contains("101–150 of 2,000"));
}

#[test]
fn a_finding_is_explained() {
    golden("finding", &Shop::new().page("/findings/alert-without-procedure"));
}

#[test]
fn every_explanation_fits_on_a_page() {
    let shop = Shop::new();
    for page in evenkeel_report::PAGES {
        shop.page(&format!("/findings/{}", page.code));
    }
}
