//! `docs/ops-repo.md`: its examples hold.

use evenkeel_model::Missing;

use crate::load::load;

const PAGE: &str = include_str!("../../../../docs/ops-repo.md");

/// What the page's examples stand beside.
const ROUTING: &str = "
global: {smtp_smarthost: 'mail.example.com:587', smtp_from: evenkeel@example.com}
route: {receiver: book, routes: [{receiver: orders-pager, matchers: [service=orders]}]}
receivers: [{name: orders-pager}]
";

#[test]
fn the_pages_examples_have_no_fault() {
    let examples = PAGE.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let own: Vec<&str> = examples.map(|(example, _)| example).collect();
    assert_eq!(own.len(), 15);
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    let files = [file("a.yml", ROUTING.to_owned()), file("b.yml", own.join("---\n"))];
    let loaded = load(&files, Missing::Refuse);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert!(loaded.plan.is_some());
}
