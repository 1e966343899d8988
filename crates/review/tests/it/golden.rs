//! Each format in three states, as files in `tests/golden`: nobody to judge, a small shop, and names that do their worst.
//! `UPDATE_GOLDEN=1` writes them anew; read what changed before you take it.

use std::fs;
use std::path::Path;

use evenkeel_review::{Report, Style, diff_json, diff_text, practice};

use crate::shop::{Shop, worst};

fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).expect("a golden file is written");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let line = golden.lines().zip(text.lines()).position(|(golden, found)| golden != found);
    let line = line.unwrap_or_else(|| golden.lines().count().min(text.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("the end").to_owned();
    assert!(golden == text, "{name}:{}\nexpected: {}\nfound:    {}", line + 1, at(&golden), at(text));
}

fn every_format(state: &str, report: &Report<'_>) {
    let person = Style { person: true, ..Style::default() };
    check(&format!("{state}.txt"), &report.text(person));
    check(&format!("{state}.all.txt"), &report.text(Style { all: true, width: 120, ..person }));
    check(&format!("{state}.json"), &report.json());
    check(&format!("{state}.md"), &report.markdown());
    check(&format!("{state}.sarif"), &report.sarif());
    check(&format!("{state}.html"), &report.html());
}

#[test]
fn nobody_to_judge() {
    every_format("empty", &Shop::empty().report());
}

#[test]
fn a_small_shop() {
    every_format("small", &Shop::small().report());
}

#[test]
fn names_that_do_their_worst() {
    every_format("worst", &worst(9).report());
}

#[test]
fn colours_where_they_are_asked_for() {
    check("small.ansi", &Shop::small().report().text(Style { color: true, ..Style::default() }));
}

#[test]
fn one_practice_with_its_facts() {
    let shop = Shop::of(4, 2);
    let narrow = practice(&shop.review, "oe.operate.actionable-alerts").expect("it is there");
    let report = Report { review: &narrow, ..shop.report() };
    check("practice.txt", &report.practice_text(Style::default()));
}

#[test]
fn what_moved() {
    let (before, after) = crate::compared::two();
    let diff = evenkeel_lens::diff(&before.review, &after.review);
    check("diff.txt", &diff_text(&diff, ["Half year", ""], Style::default()));
    check("diff.json", &diff_json(&diff));
}
