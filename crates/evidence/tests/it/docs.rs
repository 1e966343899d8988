//! The page of the docs says what the declarations say.

use std::path::Path;

const BEGIN: &str = "<!-- tables: written by `UPDATE_DOCS=1 cargo test -p evenkeel-evidence docs` -->\n";

#[test]
fn the_page_of_the_docs_lists_every_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/evidence.md");
    let text = std::fs::read_to_string(&path).expect("the page");
    let (prose, listed) = text.split_once(BEGIN).expect("the page says where the tables begin");
    let wanted = evenkeel_evidence::evidence_page();
    if listed != wanted && std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{prose}{BEGIN}{wanted}")).expect("written");
        return;
    }
    assert_eq!(listed, wanted, "run it with UPDATE_DOCS=1");
}
