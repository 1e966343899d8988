//! Ops repos of several files, large ones, and answers of the evidence.

use std::fmt::Write;
use std::sync::Arc;

use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_pages::{Cell, Rows};

use crate::shop::{OPS, Shop};

/// A name as long as it may be read.
pub(crate) const LONG: &str = "with-the-very-long-name-that-nobody-shortened";

/// The shop with further files, by path.
pub(crate) fn shop_with(files: &[(&str, &str)]) -> Shop {
    let own = [("alertmanager.yml", OPS)];
    Shop::under(plan_of(own.iter().chain(files)))
}

/// Next to nothing: a receiver.
pub(crate) fn bare() -> Shop {
    let text =
        "route: { receiver: all }\nreceivers: [{ name: all, webhook_configs: [{ url: 'http://all.example/' }] }]\n";
    Shop::under(plan_of([("alertmanager.yml", text)].iter()))
}

fn plan_of<'a>(files: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Arc<Plan> {
    let file = |(path, text): &(&str, &str)| OpsFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
    let loaded = load(&OpsFiles { files: files.map(file).collect(), ..OpsFiles::default() }, Missing::Refuse);
    let blocking = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.blocks());
    let blocking: Vec<_> = blocking.map(|found| format!("{}: {}", found.code, found.headline)).collect();
    Arc::new(loaded.plan.unwrap_or_else(|| panic!("{:?}", blocking.first())))
}

/// Ten thousand workloads of five hundred teams, with long names.
pub(crate) fn thousands() -> Shop {
    let mut text = String::new();
    for team in 0..500 {
        let _ = write!(
            text,
            "---\napiVersion: evenkeel/v1\nkind: Team\nmetadata: {{ name: team-{team:03}-{LONG} }}\nspec: {{ members: [ada, bob], escalation: orders }}\n"
        );
    }
    for at in 0..10_000 {
        let (team, tier) = (at % 500, 1 + at % 4);
        let _ = write!(
            text,
            "---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: w{at:05}-{LONG}, owner: 'team:team-{team:03}-{LONG}' }}\nspec: {{ tier: {tier}, dependsOn: [database] }}\n"
        );
    }
    shop_with(&[("more.yml", &text)])
}

/// An answer.
pub(crate) fn rows<const N: usize>(found: &[[Cell; N]]) -> Rows {
    Rows { columns: Vec::new(), rows: found.iter().map(|row| row.to_vec()).collect(), more: false }
}

/// A text of an answer.
pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
