//! Runs `tests/cases/*.md`: prose, files in fenced blocks, and everything that is said about them.
//!
//! Each `##` section is a case: its blocks with a path after the language are files, and its block marked `diagnostics`
//! is what comes out, drawn as on a terminal. `UPDATE_PAGES=1` writes what came out into the pages.

use std::fs;
use std::path::{Path, PathBuf};

use crate::markdown::{Piece, page, pieces};
use crate::repo::{Files, judged, lay};

/// Whether pages are to be written anew.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE_PAGES").is_some_and(|value| value == "1")
}

/// The pages of a folder, by name.
pub(crate) fn folder(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("a folder of pages");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    paths
}

/// The page with what really comes out.
fn run(text: &str) -> String {
    let mut pieces = pieces(text);
    let mut files = Files::new();
    for piece in &mut pieces {
        match piece {
            Piece::Line(line) if line.starts_with("## ") => files.clear(),
            Piece::Line(_) => (),
            Piece::Block { info, body, .. } if info == "diagnostics" => {
                let (diagnostics, sources) = judged(&files);
                *body = evenkeel_report::frames(&diagnostics, &sources);
            }
            block @ Piece::Block { .. } => lay(&mut files, std::slice::from_ref(block)),
        }
    }
    page(&pieces)
}

#[test]
fn every_case_comes_out_as_written() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = Vec::new();
    for path in folder(&dir) {
        let text = fs::read_to_string(&path).expect("a page of cases");
        let actual = run(&text);
        if actual == text {
            continue;
        }
        if updating() {
            fs::write(&path, &actual).expect("the page is written");
        } else {
            let name = path.file_name().expect("a page has a name");
            let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::write(&beside, &actual).expect("room for the outcome");
            wrong.push(format!("{}: compare with {}", path.display(), beside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_PAGES=1 writes them anew; read what it wrote", wrong.join("\n"));
}

#[test]
fn every_section_of_cases_says_what_comes_out() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for path in folder(&dir) {
        let text = fs::read_to_string(&path).expect("a page of cases");
        let pieces = pieces(&text);
        let sections = pieces.iter().filter(|piece| matches!(piece, Piece::Line(line) if line.starts_with("## ")));
        let outcomes =
            pieces.iter().filter(|piece| matches!(piece, Piece::Block { info, .. } if info == "diagnostics"));
        assert_eq!(sections.count(), outcomes.count(), "one block of diagnostics for each section: {}", path.display());
    }
}
