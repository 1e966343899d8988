//! Runs `tests/difference.md`: an ops repo before and after a change, and what the change does to operation.
//!
//! Each `##` section is a case: files before `### After` are the repo as it was, those after it are laid over it, and
//! the block marked `difference` is what comes out. `UPDATE_PAGES=1` writes what came out into the page.

#![expect(clippy::disallowed_methods, reason = "tests read pages, and write them anew when asked")]

#[expect(dead_code, reason = "shared with the tests of codes' pages, which use more of it")]
#[path = "it/markdown.rs"]
mod markdown;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};
use evenkeel_plan_diff::{Difference, LiveObject, difference, left_behind};
use evenkeel_report::{difference_json, difference_text};
use markdown::{Piece, page, pieces};

/// When plans are compared.
const AT: &str = "2026-11-20T12:00:00Z";

type Files = BTreeMap<String, String>;

fn plan(files: &Files) -> Plan {
    let file = |(path, text): (&String, &String)| OpsFile { path: path.clone(), bytes: text.clone().into_bytes() };
    let files = OpsFiles { files: files.iter().map(file).collect(), ..OpsFiles::default() };
    let loaded = load(&files, Missing::Refuse);
    loaded.plan.unwrap_or_else(|| unreachable!("a case that does not resolve: {:?}", loaded.diagnostics))
}

fn compared(before: &Plan, after: &Plan) -> Difference {
    difference(before, after, AT.parse().expect("an instant"))
}

fn run(text: &str) -> String {
    let mut pieces = pieces(text);
    let (mut files, mut before) = (Files::new(), None);
    for piece in &mut pieces {
        match piece {
            Piece::Line(line) if line.starts_with("## ") => (files, before) = (Files::new(), None),
            Piece::Line(line) if line == "### After" => before = Some(plan(&files)),
            Piece::Line(_) => (),
            Piece::Block { info, body, .. } if info == "difference" => {
                let before = before.as_ref().expect("a case has `### After`");
                *body = difference_text(&compared(before, &plan(&files)), &[]);
            }
            block @ Piece::Block { .. } => {
                let (path, text) = block.file().expect("a file of the case");
                files.insert(path.to_owned(), text.to_owned());
            }
        }
    }
    page(&pieces)
}

fn cases() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/difference.md")).expect("the cases")
}

/// The files of the case whose title has the words, before and after.
fn case(words: &str) -> (Plan, Plan) {
    let (mut files, mut before, mut inside) = (Files::new(), None, false);
    for piece in pieces(&cases()) {
        match &piece {
            Piece::Line(line) if line.starts_with("## ") => inside = line.contains(words),
            Piece::Line(line) if line == "### After" && inside => before = Some(plan(&files)),
            Piece::Line(_) => (),
            Piece::Block { .. } if inside => {
                let file = piece.file();
                files.extend(file.map(|(path, text)| (path.to_owned(), text.to_owned())));
            }
            Piece::Block { .. } => (),
        }
    }
    (before.expect("the case"), plan(&files))
}

#[test]
fn every_difference_comes_out_as_written() {
    let text = cases();
    let actual = run(&text);
    if actual != text && std::env::var_os("UPDATE_PAGES").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/difference.md");
        fs::write(path, &actual).expect("the cases are written");
    } else {
        assert_eq!(actual, text, "UPDATE_PAGES=1 writes them anew; read what it wrote");
    }
}

#[test]
fn what_changes_one_way_changes_back_the_other_way() {
    let (before, after) = case("move");
    let (there, back) = (compared(&before, &after), compared(&after, &before));
    assert_eq!(there.paging.len(), back.paging.len());
    for (there, back) in there.objects.iter().zip(&back.objects) {
        assert_eq!((there.sort, &there.name), (back.sort, &back.name));
        let mut mirrored = back.fields.clone();
        mirrored.iter_mut().for_each(|field| std::mem::swap(&mut field.before, &mut field.after));
        mirrored.sort_by_key(|field| field.field);
        let mut fields = there.fields.clone();
        fields.sort_by_key(|field| field.field);
        assert_eq!(fields, mirrored);
    }
    assert!(compared(&before, &before).is_empty());
}

#[test]
fn json_says_the_same_as_text() {
    let (before, after) = case("move");
    let json = difference_json(&compared(&before, &after), &["incident:3: gone".into()]);
    assert_eq!(json.pointer("/paging/1/alerts/0").and_then(|name| name.as_str()), Some("LedgerDown"));
    assert_eq!(json.pointer("/on_call/0/schedule").and_then(|name| name.as_str()), Some("ledger"));
    assert_eq!(json.pointer("/left_behind/0").and_then(|text| text.as_str()), Some("incident:3: gone"));
}

#[test]
fn what_is_live_and_has_no_place_is_left_behind_with_what_becomes_of_it() {
    let (_, after) = case("move");
    let incident = |response_plan: &str, policy: &str, asked: &str| LiveObject::Incident {
        id: "incident:3".into(),
        response_plan: response_plan.into(),
        policy: Some(policy.into()),
        owner: Some("team:ledger".parse().expect("a reference")),
        asked: vec![asked.parse().expect("a reference")],
    };
    let stands_in = |schedule: &str, person: &str| LiveObject::Override {
        id: "override:4".into(),
        schedule: schedule.into(),
        people: vec![person.into()],
    };
    let live = [
        incident("ledger-down", "ledger", "person:ada"),
        incident("gone", "left", "person:cleo"),
        LiveObject::Group { receiver: "office".into(), alerts: 2 },
        LiveObject::Group { receiver: "nowhere".into(), alerts: 3 },
        stands_in("ledger", "ada"),
        stands_in("ledger", "dan"),
        stands_in("payments", "ada"),
    ];
    assert_eq!(
        left_behind(&after, &live).join("\n"),
        "incident:3: response plan `gone` is gone: goes on by policy `ledger`\n\
         incident:3: escalation policy `left` is gone: goes on by policy `ledger`\n\
         incident:3: person:cleo was asked and is gone: escalation goes on without\n\
         receiver `nowhere` is gone: its 3 alerts are routed anew\n\
         override:4: person `dan` is gone: nobody stands in\n\
         override:4: schedule `payments` is gone: it has no effect any more"
    );
}
