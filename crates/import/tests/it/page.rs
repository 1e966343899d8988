//! The page for people has every code with its meaning.

use std::fs;
use std::path::Path;

use evenkeel_import::codes;

#[test]
fn the_page_lists_every_code_and_no_other() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/import.md");
    let page = fs::read_to_string(page).expect("docs/import.md");
    let (_, page) = page.split_once("## Codes").expect("a section of codes");
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let wanted: Vec<String> = codes::ALL.iter().map(|(code, meaning)| format!("| `{code}` | {meaning} |")).collect();
    assert_eq!(listed, wanted);
}
