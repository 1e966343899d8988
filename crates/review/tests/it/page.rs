//! The page: whole in itself, escaped, sound, readable, and never too large.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::shop::{Shop, worst};

/// Words between that stand behind each `name="`.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    let found = html.match_indices(&open).filter_map(|(at, open)| html.get(at + open.len()..));
    found.filter_map(|rest| rest.split('"').next()).collect()
}

fn pages() -> &'static [String] {
    static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let shops = [Shop::empty(), Shop::of(1, 1), Shop::of(12, 4), Shop::of(210, 8), worst(1)];
        shops.iter().map(|shop| shop.report().html()).collect()
    });
    &PAGES
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    for html in pages() {
        for foreign in ["<script", "<link", "<img", "<iframe", "<object", "url(", "@import", "http-equiv", "<base"] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        for address in attributes(html, "href") {
            assert!(address.starts_with('#'), "{address}");
        }
        // No attribute can make anything run.
        let tags = html.split('<').filter_map(|rest| rest.split('>').next());
        for tag in tags.filter(|tag| !tag.starts_with("style")) {
            let outside: String = tag.split('"').step_by(2).collect();
            let runs = |part: &str| part.starts_with("src=") || (part.starts_with("on") && part.contains('='));
            assert!(!outside.split_whitespace().any(runs), "{tag}");
        }
    }
}

#[test]
fn every_link_on_the_page_leads_somewhere_and_every_place_is_one() {
    for html in pages() {
        let ids = attributes(html, "id");
        let places: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(places.len(), ids.len(), "each id stands once");
        for to in attributes(html, "href").into_iter().chain(attributes(html, "aria-labelledby")) {
            assert!(places.contains(to.trim_start_matches('#')), "{to}");
        }
    }
}

#[test]
fn every_element_that_opens_is_closed() {
    const VOID: [&str; 4] = ["meta", "br", "!DOCTYPE", "use"];
    for html in pages() {
        let body = html.split_once("</style>").map_or("", |(_, body)| body);
        let mut open: Vec<&str> = vec!["html", "head"];
        for tag in body.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "{tag}");
            } else if !tag.ends_with('/') && !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert_eq!(open, [""; 0]);
    }
}

#[test]
fn a_reader_that_hears_the_page_finds_its_way() {
    for html in pages() {
        for landmark in ["<html lang=\"en\">", "<header>", "<nav aria-label=", "<main>", "<footer", "class=\"skip\""] {
            assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
        }
        assert_eq!(html.matches("<h1>").count(), 1);
        let heads = html.matches("<th").count() - html.matches("<thead").count();
        assert_eq!(heads, html.matches("<th scope=").count(), "every head says what it is the head of");
        // A mark is either spoken or stands beside its word.
        let marks = html.split("<svg class=\"g").skip(1).filter_map(|rest| rest.split('>').next());
        for mark in marks {
            assert!(mark.contains("aria-hidden=\"true\"") || mark.contains("aria-label=\""), "{mark}");
        }
    }
}

#[test]
fn the_page_stays_small_whatever_is_judged() {
    let size = |workloads: usize, teams: usize| Shop::of(workloads, teams).report().html().len();
    let (team_by_team, one_by_one) = (size(300, 24), size(200, 20));
    assert!(one_by_one < 2_500_000, "{one_by_one}");
    assert!(team_by_team < 1_500_000, "{team_by_team}");
    assert!(size(500, 24) < team_by_team + 200_000, "more workloads are no longer page");
}

#[test]
fn more_teams_than_fit_are_one_line() {
    let html = Shop::of(600, 260).report().html();
    assert!(html.contains("60 more teams"), "the rest is counted");
    assert!(html.len() < 6_000_000, "{}", html.len());
}

/// The colours of a scheme, by name.
fn colours(css: &str) -> Vec<(String, [f64; 3])> {
    let declared = css.split([';', '{', '}']).filter_map(|part| part.trim().strip_prefix("--")?.split_once(":#"));
    let channel = |hex: &str| f64::from(u8::from_str_radix(hex, 16).expect("a channel")) / 255.0;
    declared
        .map(|(name, hex)| {
            let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
            let of = |at: usize| channel(hex.get(at..at + 2).expect("a colour"));
            (name.to_owned(), [of(0), of(2), of(4)])
        })
        .collect()
}

/// Source: WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear =
        |channel: f64| if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) };
    let luminance =
        |[red, green, blue]: [f64; 3]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_of_text_can_be_read_in_both_schemes() {
    let css = include_str!("../../templates/review.css");
    let (light, rest) = css.split_once("@media screen and (prefers-color-scheme:dark)").expect("two schemes");
    let dark = rest.split_once("}}").expect("an end").0;
    for (scheme, css) in [("light", light), ("dark", dark)] {
        let colours = colours(css);
        let of = |name: &str| colours.iter().find(|(known, _)| known == name).map(|(_, colour)| *colour).expect(name);
        for text in ["ink", "dim", "link", "p", "r", "a", "n", "d", "u", "s", "x"] {
            let ratio = contrast(of(text), of("paper"));
            assert!(ratio >= 4.5, "{scheme} {text}: {ratio:.2}");
        }
        // Marks and bars are no text: 3 is enough, and the lightest are told by their shape and word.
        for part in ["bp", "bx", "m"] {
            let ratio = contrast(of(part), of("paper"));
            assert!(ratio >= 3.0, "{scheme} {part}: {ratio:.2}");
        }
    }
}
