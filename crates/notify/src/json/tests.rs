//! What the documentation shows is what is sent.

use serde_json::Value;

use super::*;
use crate::brief::Brief;
use crate::content::{Content, LinkedPage};
use crate::{example, plain};

const DOCUMENTED: &str = include_str!("../../../../docs/notices.md");

/// The fenced blocks of that language.
fn blocks(language: &str) -> Vec<&'static str> {
    let blocks = DOCUMENTED.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

fn example_page() -> LinkedPage {
    let Content::Page(page) = Content::page(example::page(), Some(example::LINK.to_owned())) else { unreachable!() };
    *page
}

#[test]
fn the_documented_json_is_what_a_webhook_gets() {
    let sent = [
        page(&example_page(), "https://evenkeel.example").unwrap(),
        update(&example::update(), "https://evenkeel.example").unwrap(),
    ];
    let sent: Vec<Value> = sent.iter().map(|body| serde_json::from_slice(body).unwrap()).collect();
    let shown: Vec<Value> = blocks("json").into_iter().map(|block| serde_json::from_str(block).unwrap()).collect();
    assert_eq!(shown, sent);
}

#[test]
fn the_documented_mail_is_what_a_person_gets() {
    assert_eq!(blocks("text"), [plain::whole(&Brief::of_page(&example_page())).trim_end()]);
}
