//! What people read as text: the terminal, and Markdown.

use evenkeel_review::Style;

use crate::shop::{Shop, worst};

/// What a forge takes in one comment. Source: GitHub's limit, 65,536 characters.
const COMMENT_MAX: usize = 65_536;

#[test]
fn no_line_is_wider_than_the_terminal() {
    let shop = Shop::of(12, 4);
    for width in [60, 80, 132] {
        for all in [false, true] {
            let text = shop.report().text(Style { width, all, ..Style::default() });
            // Practices are followed by their keys, which are copied and so not cut.
            let lines = text.lines().filter(|line| !line.contains("  oe.") && !line.starts_with("ops-"));
            // Below this the columns of numbers alone are wider.
            let wide: Vec<&str> = lines.filter(|line| line.chars().count() > width.max(77)).collect();
            assert_eq!(wide, [""; 0], "{width}");
        }
    }
}

#[test]
fn nothing_steers_the_terminal_and_colour_is_asked_for() {
    let shop = worst(1);
    let plain = shop.report().text(Style { all: true, person: true, ..Style::default() });
    assert!(plain.chars().all(|c| c == '\n' || !c.is_control()), "{plain:?}");
    assert!(!plain.contains('\u{202e}'));
    let colored = shop.report().text(Style { all: true, person: true, color: true, ..Style::default() });
    let mut bare = String::new();
    let mut rest = colored.as_str();
    while let Some((before, behind)) = rest.split_once("\u{1b}[") {
        bare.push_str(before);
        rest = behind.split_once('m').map_or("", |(_, rest)| rest);
    }
    bare.push_str(rest);
    assert_eq!(bare, plain, "colour is all that colour adds");
}

#[test]
fn what_matters_first_stands_first() {
    let text = Shop::of(12, 4).report().text(Style { person: true, ..Style::default() });
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what}: {text}"));
    let order = [
        "63 practices (67 rows, 4 aliases)",
        "\ncontradicted  ",
        "\nstale  ",
        "\nunknown  ",
        "\nrisk by question",
        "\nwhat to do next",
        "\n  the facts:   evenkeel review --practice ",
        "\nhow it was before",
        "\nplan ",
    ];
    assert!(order.windows(2).all(|pair| matches!(pair, [a, b] if at(a) < at(b))), "{text}");
    let tiers: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("contradicted"))
        .take_while(|line| !line.starts_with("stale"))
        .filter_map(|line| line.split_once("(tier ")?.1.get(..1))
        .collect();
    assert!(tiers.is_sorted() && tiers.len() > 3, "by tier: {tiers:?}");
}

#[test]
fn all_names_every_verdict() {
    let shop = Shop::of(12, 4);
    let text = shop.report().text(Style { all: true, ..Style::default() });
    assert!(!text.contains("--all"), "nothing is left out");
    for practice in &shop.review.practices {
        assert!(text.contains(&format!("{}  {}\n", practice.title, practice.key)), "{}", practice.key);
    }
}

#[test]
fn markdown_fits_into_a_comment_whatever_is_judged() {
    for shop in [Shop::of(1, 1), Shop::of(300, 24), worst(1)] {
        let length = shop.report().markdown().chars().count();
        assert!(length < COMMENT_MAX, "{length}");
    }
}

#[test]
fn nothing_of_others_is_markup_in_markdown() {
    let markdown = without_code(&worst(1).report().markdown());
    let tags = markdown.match_indices('<').map(|(at, _)| markdown.get(at..).unwrap_or_default());
    let ours = ["<details>", "<summary>", "</summary>", "</details>", "<sub>", "</sub>"];
    for tag in tags {
        assert!(ours.iter().any(|ours| tag.starts_with(ours)), "{}", tag.get(..40).unwrap_or(tag));
    }
    assert!(!markdown.replace("\\](", "").contains("]("), "no link");
    assert!(!markdown.contains("@ada") && !markdown.contains("https://"), "no mention, no address");
    // As many bars a row as the head has, whatever stands in the cells.
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head = 0;
    for line in markdown.lines() {
        head = if line.starts_with('|') { if head == 0 { bars(line) } else { head } } else { 0 };
        assert!(head == 0 || bars(line) == head, "{line}");
    }
}

/// The text without its code spans, in which nothing is markup.
fn without_code(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find('`') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let fence: String = from.chars().take_while(|c| *c == '`').collect();
        let inside = from.get(fence.len()..).unwrap_or_default();
        // An escaped back-tick is one that is shown.
        rest = if before.ends_with('\\') { inside } else { inside.split_once(&fence).expect("a span that ends").1 };
    }
    out.push_str(rest);
    out
}
