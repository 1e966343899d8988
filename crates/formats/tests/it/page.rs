//! `docs/ops-repo.md`: its examples hold.

use std::collections::BTreeSet;

use evenkeel_model::{Missing, RegisterKind};

use crate::load::load;

const PAGE: &str = include_str!("../../../../docs/ops-repo.md");

/// What the page's examples stand beside.
const ROUTING: &str = "
global: {smtp_smarthost: 'mail.example.com:587', smtp_from: evenkeel@example.com}
route: {receiver: book, routes: [{receiver: orders-pager, matchers: [service=orders]}]}
receivers: [{name: orders-pager}]
";

const RUNBOOK: &str = "---\nkind: Runbook\nname: restore-ledger\n---\n# Restore the ledger\n";

#[test]
fn the_pages_examples_have_no_fault() {
    let examples = PAGE.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let own: Vec<&str> = examples.map(|(example, _)| example).collect();
    assert_eq!(own.len(), 36);
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    let pages = PAGE.split("```markdown\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let pages = pages.enumerate().map(|(at, (page, _))| file(&format!("page-{at}.md"), page.to_owned()));
    let files: Vec<_> = [
        file("a.yml", ROUTING.to_owned()),
        file("b.yml", own.join("---\n")),
        file("restore-ledger.md", RUNBOOK.to_owned()),
    ]
    .into_iter()
    .chain(pages)
    .collect();
    let loaded = load(&files, Missing::Refuse);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let plan = loaded.plan.expect("nothing is at fault");
    let kinds: BTreeSet<RegisterKind> = plan.catalogue.registers.keys().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.len(), RegisterKind::ALL.len(), "an example of every register");
}
