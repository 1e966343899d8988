//! Texts written in every style: each character is found where it stands.

use evenkeel_diagnostic::SourceId;
use proptest::prelude::*;

use super::*;
use crate::yaml::parse;

/// The value of `expr` in a file, with its places.
fn expr(file: &str) -> Option<Written> {
    let nodes = parse(SourceId(0), file, &mut Vec::new())?;
    let [node] = nodes.as_slice() else { return None };
    written(node.get("expr")?, file)
}

/// What stands at the place of each character.
fn check(file: &str) {
    let written = expr(file).expect("a scalar");
    for (at, c) in written.text.char_indices() {
        let place = written.place(at..at + c.len_utf8());
        let rest = file.get(place.start as usize..).expect("a place between characters");
        let there = rest.chars().next();
        let good = there == Some(c) || there == Some('\\') || (is_blank(c) && there.is_none_or(is_blank));
        // Blanks before the first word and after the last may stand outside the place, and are put at its ends.
        let (before, after) = written.text.split_at(at);
        let at_an_end = before.chars().all(is_blank) || after.chars().all(is_blank);
        assert!(good || at_an_end, "{file:?}: {c:?} at {at} is {there:?}");
    }
}

fn place_of(file: &str, part: &str) -> usize {
    let written = expr(file).expect("a scalar");
    let at = written.text.find(part).expect("the part");
    written.place(at..at + part.len()).start as usize
}

#[test]
fn a_part_is_found_in_every_style() {
    for file in [
        "expr: sum(up) > 1\n",
        "expr: sum(up)\n  > 1\n",
        "expr: \"sum(\\\"a\\\" up) > 1\"\n",
        "expr: \"sum(up)\\n\\\n   > 1\"\n",
        "expr: 'sum(''a'' up)\n\n   > 1'\n",
        "expr: |\n  sum(up)\n    > 1\n",
        "expr: |2-\n    sum(up)\n\n   > 1\n\n",
        "expr: >+  # folded\n\n  sum(up)\n  > 1\n\n",
        "expr: |\n  \"up\" > 1\n",
        "expr: &a >-\r\n  sum(up)\r\n   > 1\r\n",
    ] {
        check(file);
        assert_eq!(place_of(file, "> 1"), file.rfind("> 1").expect("there"), "{file:?}");
    }
}

#[test]
fn what_an_alias_brings_stands_where_it_was_written() {
    let file = "base: &x\n  expr: |\n    a +\n    b\nother: *x\n";
    let nodes = parse(SourceId(0), file, &mut Vec::new()).expect("YAML");
    let node = nodes[0].get("other").and_then(|other| other.get("expr")).expect("there");
    let written = written(node, file).expect("a scalar");
    assert_eq!(&file[written.place(4..5).range()], "b");
}

#[test]
fn a_multi_byte_character_and_its_escape_are_one_character() {
    let file = "expr: \"größe \\u00e9 > 1\"\n";
    check(file);
    assert_eq!(place_of(file, ">"), file.find('>').expect("there"));
    assert_eq!(place_of(file, "é"), file.find('\\').expect("there"));
}

/// The text as a block scalar.
fn block(text: &str, header: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let lines: Vec<String> = text.split('\n').map(|line| format!("{pad}{line}")).collect();
    format!("expr: {header}\n{}\nnext: 1\n", lines.join("\n"))
}

/// The text in double quotes, every other character escaped where `escapes` says so.
fn double(text: &str, escapes: &[bool]) -> String {
    let mut out = "expr: \"".to_owned();
    for (index, c) in text.chars().enumerate() {
        match c {
            '"' | '\\' => out.push_str(&format!("\\{c}")),
            '\n' => out.push_str("\\n"),
            ' ' if escapes.get(index) == Some(&true) => out.push_str("\\\n   \\ "),
            _ if escapes.get(index) == Some(&true) => out.push_str(&format!("\\U{:08x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out + "\"\n"
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn every_character_is_found_where_it_stands(
        text in "[a-c\"'\\\\#é€:{}=> \n]{1,40}",
        style in 0usize..9,
        escapes in prop::collection::vec(any::<bool>(), 40),
    ) {
        let file = match style {
            0 => block(&text, "|", 2),
            1 => block(&text, "|-", 4),
            2 => block(&text, "|+", 3),
            3 => block(&text, ">", 2),
            4 => block(&text, ">-", 1),
            5 => block(&text, "|2", 2),
            6 => double(&text, &escapes),
            7 => format!("expr: '{}'\n", text.replace('\'', "''").replace('\n', "\n  ")),
            _ => format!("expr: {}\n", text.replace('\n', "\n  ")),
        };
        if expr(&file).is_some() {
            check(&file);
        }
    }
}
