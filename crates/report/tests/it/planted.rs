//! Runs `tests/planted.md`: single mistakes planted into `examples/platform`, each of which has to be found.
//!
//! Each `##` section is a mistake: its heading begins with the code it is about; its blocks are edits (see [`edit`]), and
//! its block `found` is everything that is said about the repo then, each with its place. `UPDATE_PAGES=1` writes what
//! was found into the page; how it reads lies beside, in `planted-frames.md` of the target folder.

mod edit;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_ops_source::read;

use crate::cases::updating;
use crate::examples::{PLATFORM, files};
use crate::markdown::{Piece, page, pieces};
use crate::repo::judged_files;

/// A heading without a code begins the list of what cannot be planted.
const NOT_PLANTED: &str = "# What cannot be planted";
const FAILED_CASE: &str = "failed-case";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted.md")
}

/// The code that a section's heading begins with.
fn code(piece: &Piece) -> Option<&str> {
    let Piece::Line(line) = piece else { return None };
    line.strip_prefix("## ").map(|title| title.split(':').next().unwrap_or(title))
}

/// The sections that plant something: what is before the first, and the rest, are not among them.
fn sections(pieces: &mut [Piece]) -> Vec<&mut [Piece]> {
    pieces
        .chunk_by_mut(|_, next| code(next).is_none())
        .filter(|section| section.first().and_then(code).is_some())
        .collect()
}

/// Everything that is said about the example with a section's edits.
fn said(section: &[Piece]) -> (Vec<Diagnostic>, Sources) {
    let dir = tempfile::tempdir().expect("a folder");
    for file in files(PLATFORM).files {
        edit::write(&dir.path().join(&file.path), &file.bytes);
    }
    for piece in section {
        if let Piece::Block { info, body, .. } = piece
            && info != "found"
        {
            edit::make(dir.path(), info, body);
        }
    }
    let (loaded, judged) = judged_files(&read(dir.path()).expect("a folder that can be read"));
    let mut all = judged.kept;
    if section.first().and_then(code) == Some(FAILED_CASE) {
        let plan = Arc::new(loaded.plan.expect("a test is played with a plan"));
        let report = evenkeel_routing_test::run(&plan, &loaded.documents, "");
        all.extend(report.cases.into_iter().flat_map(|case| case.failures));
    }
    (all, loaded.sources)
}

/// One line a diagnostic.
fn lines(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let line = |diag: &Diagnostic| {
        let source = sources.get(diag.primary.span.source).expect("a place is in a file");
        let line = source.position(diag.primary.span.start).line;
        let severity = if diag.blocks() { "error" } else { "finding" };
        format!("{severity}[{}] {}:{line}\n", diag.code, source.path)
    };
    diagnostics.iter().map(line).collect()
}

/// The page as it comes out, and how it reads.
fn run(text: &str) -> (String, String, Vec<String>) {
    let mut pieces = pieces(text);
    let (mut frames, mut wrong) = (String::new(), Vec::new());
    for section in sections(&mut pieces) {
        let (diagnostics, sources) = said(section);
        let Some(Piece::Line(heading)) = section.first() else { continue };
        writeln!(frames, "{heading}\n\n{}", evenkeel_report::frames(&diagnostics, &sources)).expect("memory");
        if !diagnostics.iter().any(|diag| Some(diag.code) == section.first().and_then(code)) {
            wrong.push(format!("{heading}: not found\n{}", evenkeel_report::frames(&diagnostics, &sources)));
        }
        let found = section.iter_mut().find_map(|piece| match piece {
            Piece::Block { info, body, .. } if info == "found" => Some(body),
            Piece::Block { .. } | Piece::Line(_) => None,
        });
        *found.expect("a section says what is found") = lines(&diagnostics, &sources);
    }
    (page(&pieces), frames, wrong)
}

#[test]
fn every_planted_mistake_is_found() {
    let text = fs::read_to_string(path()).expect("the page of mistakes");
    let (actual, frames, wrong) = run(&text);
    let beside = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(beside.join("planted-frames.md"), &frames).expect("room for the frames");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if actual != text && updating() {
        fs::write(path(), &actual).expect("the page is written");
    } else {
        fs::write(beside.join("planted.md"), &actual).expect("room for the outcome");
        assert!(actual == text, "compare tests/planted.md with {}/planted.md", beside.display());
    }
    readme(&frames);
}

/// The README shows what really comes out.
fn readme(frames: &str) {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).expect("the README");
    let pieces = pieces(&readme);
    let shown = pieces.iter().find_map(|piece| match piece {
        Piece::Block { info, body, .. } if info == "console" => body.split_once('\n'),
        Piece::Block { .. } | Piece::Line(_) => None,
    });
    let (command, diagnostic) = shown.expect("the README shows a diagnostic");
    assert_eq!(command, "$ evenkeel check examples/platform");
    assert!(frames.contains(&format!("\n\n{}\n", diagnostic.trim_end())), "no planted mistake reads so: {diagnostic}");
}

/// Every code is planted, or it is said why not.
#[test]
fn every_code_is_planted_or_cannot_be() {
    let text = fs::read_to_string(path()).expect("the page of mistakes");
    let pieces = pieces(&text);
    let planted: BTreeSet<&str> = pieces.iter().filter_map(code).collect();
    let listed = pieces.iter().skip_while(|piece| !piece.heads(NOT_PLANTED)).filter_map(|piece| match piece {
        Piece::Line(line) => line.strip_prefix("- `")?.split_once("`: "),
        Piece::Block { .. } => None,
    });
    let listed: BTreeSet<&str> = listed.filter(|(_, reason)| !reason.is_empty()).map(|(code, _)| code).collect();
    let both: Vec<_> = planted.intersection(&listed).collect();
    assert!(both.is_empty(), "planted, and said to be impossible: {both:?}");
    let all: BTreeSet<&str> = evenkeel_model::codes::all().into_iter().map(|(code, _)| code).collect();
    let said: BTreeSet<&str> = planted.union(&listed).copied().collect();
    let missing: Vec<_> = all.difference(&said).collect();
    assert!(missing.is_empty(), "neither planted nor said to be impossible: {missing:?}");
    let unknown: Vec<_> = said.difference(&all).collect();
    assert!(unknown.is_empty(), "no such codes: {unknown:?}");
    let mistakes = pieces.iter().filter_map(code).count();
    assert!(mistakes >= 70, "only {mistakes} mistakes");
}
