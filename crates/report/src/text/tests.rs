//! How frames look.

use std::fmt::Write;

use evenkeel_diagnostic::{Diagnostic, Source, SourceId, Sources, Span};
use evenkeel_time::{Duration, Timestamp};

use super::{Style, frames, text};
use crate::Report;

fn sources(text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("alertmanager.yml", text));
    (sources, source)
}

/// The place of a part of the text.
fn place(sources: &Sources, source: SourceId, part: &str) -> Span {
    let text = &sources.get(source).expect("the file").text;
    let start = text.find(part).expect("the part is there");
    let at = |offset: usize| u32::try_from(offset).expect("a small file");
    Span { source, start: at(start), end: at(start + part.len()) }
}

const RECEIVERS: &str = "route:\n  receiver: pagr-dba\nreceivers:\n- name: pager-dba\n";

fn example() -> (Diagnostic, Sources) {
    let (sources, source) = sources(RECEIVERS);
    let diagnostic =
        Diagnostic::error("unknown-receiver", place(&sources, source, "pagr-dba"), "no receiver named `pagr-dba`")
            .label("not declared under `receivers`")
            .related(place(&sources, source, "pager-dba"), "the nearest name")
            .help("did you mean `pager-dba`?");
    (diagnostic, sources)
}

#[test]
fn a_diagnostic_is_drawn_with_its_places_and_remedy() {
    let (diagnostic, sources) = example();
    let expected = "\
error[unknown-receiver]: no receiver named `pagr-dba`
 --> alertmanager.yml:2:13
  |
2 |   receiver: pagr-dba
  |             ^^^^^^^^ not declared under `receivers`
3 | receivers:
4 | - name: pager-dba
  |         --------- the nearest name
  = help: did you mean `pager-dba`?

1 error, 0 findings
";
    assert_eq!(text(&[diagnostic], &sources, false), expected);
}

#[test]
fn colours_change_nothing_but_colours() {
    let (diagnostic, sources) = example();
    let mut colored = text(std::slice::from_ref(&diagnostic), &sources, true);
    assert!(colored.contains("\x1b[1;31merror[unknown-receiver]\x1b[0m"), "{colored}");
    while let Some(start) = colored.find('\x1b') {
        let end = colored[start..].find('m').expect("a colour ends");
        colored.replace_range(start..=start + end, "");
    }
    assert_eq!(colored, text(&[diagnostic], &sources, false));
}

#[test]
fn of_several_lines_the_first_and_the_last_are_marked() {
    let (sources, source) = sources("groups:\n  expr: |\n    sum(\n      rate(x[5m])\n      + 1\n    )\n  for: 5m\n");
    let span = place(&sources, source, "|\n    sum(\n      rate(x[5m])\n      + 1\n    )\n");
    let expected = "\
finding[untested-rule]: no test
 --> alertmanager.yml:2:9
  |
2 |   expr: |
  |         ^
...
6 |     )
  |     ^ all of it
";
    assert_eq!(frames(&[Diagnostic::finding("untested-rule", span, "no test").label("all of it")], &sources), expected);
}

#[test]
fn far_places_have_excerpts_of_their_own_and_one_margin() {
    let (sources, source) = sources(&format!("first: a\n{}last: b\n", "# none\n".repeat(120)));
    let diagnostic = Diagnostic::finding("duplicate-key", place(&sources, source, "last"), "two")
        .related(place(&sources, source, "first"), "the first");
    let expected = "\
finding[duplicate-key]: two
   --> alertmanager.yml:122:1
    |
122 | last: b
    | ^^^^
   --> alertmanager.yml:1:1
    |
  1 | first: a
    | ----- the first
";
    assert_eq!(frames(&[diagnostic], &sources), expected);
}

#[test]
fn a_second_place_far_to_the_right_shows_its_part_of_the_line() {
    let (sources, source) = sources(&format!("[left, {}right]", "x, ".repeat(200)));
    let diagnostic = Diagnostic::finding("named-twice", place(&sources, source, "right"), "two")
        .related(place(&sources, source, "left"), "first");
    let drawn = frames(&[diagnostic], &sources);
    assert!(drawn.lines().all(|line| line.chars().count() <= 160), "{drawn}");
    assert!(drawn.contains("1 | …") && drawn.contains("right]\n") && drawn.contains("1 | [left, x"), "{drawn}");
}

#[test]
fn a_fault_made_a_hundred_times_is_shown_ten_times() {
    let (sources, source) = sources(RECEIVERS);
    let span = place(&sources, source, "receivers");
    let diagnostics = vec![Diagnostic::finding("no-owner", span, "nobody owns it"); 100];
    let report = |sources| Report {
        diagnostics: &diagnostics,
        allowed: &[],
        sources,
        root: "",
        at: Timestamp(0),
        plan: None,
        version: "1.2.3",
    };
    let some = report(&sources).text(Style { took: Some(Duration::millis(120)), ..Style::default() });
    assert_eq!(some.matches("finding[no-owner]").count(), 10);
    let end =
        "… and 90 more `no-owner`: evenkeel explain no-owner\n`--all` shows all\n\n0 errors, 100 findings in 120ms\n";
    assert!(some.ends_with(end), "{some}");
    let all = report(&sources).text(Style { all: true, person: true, ..Style::default() });
    assert_eq!(all.matches("finding[no-owner]").count(), 100);
    assert!(all.ends_with("0 errors, 100 findings\nmore about a code: evenkeel explain CODE\n"), "{all}");
}

#[test]
fn nothing_that_was_written_steers_the_terminal() {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("a\u{1b}[2J.yml", "a: \u{1b}[2Jb\u{202e}\r\n"));
    let mut headline = String::new();
    let _ = write!(headline, "no \u{1b}]0;x");
    let span = Span { source, start: 3, end: 8 };
    let drawn = frames(&[Diagnostic::finding("x", span, headline).label("\u{7}").help("\u{9b}1m")], &sources);
    assert!(drawn.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{drawn:?}");
}
