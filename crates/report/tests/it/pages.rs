//! Runs `docs/codes/*.md`: each page's example has its code and no other word for it, and its remedy helps.
//!
//! `UPDATE_PAGES=1` writes what the examples really say into the pages; `PAGE=CODE` looks at one page only.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_diagnostic::{Diagnostic, Severity};
use evenkeel_report::{PAGES, Page};

use crate::cases::{folder, updating};
use crate::markdown::{Piece, page, pieces, section};
use crate::repo::{Files, judged, lay};

const LINE_MAX: usize = 130;
const EXAMPLE: &str = "## Example";
const REMEDY: &str = "## Remedy";

/// Codes whose faults cannot be made out of a few lines of text: of files too large or of another sort, of what answers
/// on the net, of a running test.
const WITHOUT_EXAMPLE: [&str; 16] = [
    "bad-ignore-pattern",
    "broken-link",
    "dead-address",
    "failed-case",
    "file-too-large",
    "folders-too-deep",
    "invalid-utf8",
    "link-outside",
    "not-a-file",
    "routing-too-large",
    "schedule-too-large",
    "submodule-not-read",
    "too-many-allowances",
    "too-many-patterns",
    "unreachable-address",
    "unreadable-file",
];

/// The folder of pages.
fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes")
}

/// The pages of codes.
fn pages() -> Vec<PathBuf> {
    folder(&dir()).into_iter().filter(|path| !path.ends_with("README.md")).collect()
}

/// The pages that are looked at.
fn wanted() -> Vec<PathBuf> {
    let only = std::env::var_os("PAGE");
    let wanted = |path: &PathBuf| only.as_ref().is_none_or(|only| path.file_stem() == Some(only));
    pages().into_iter().filter(wanted).collect()
}

/// Every code there is, with its meaning.
pub(crate) fn registry() -> Vec<(&'static str, &'static str)> {
    evenkeel_model::codes::all().into_iter().chain(evenkeel_import::codes::ALL.iter().copied()).collect()
}

/// What is wrong with a page; writes its diagnostics anew when asked.
fn faults(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a page");
    let code = path.file_stem().and_then(|stem| stem.to_str()).expect("a page is named by its code");
    let mut pieces = pieces(&text);
    let mut faults = long_lines(&pieces);
    match registry().into_iter().find(|(known, _)| *known == code) {
        None => faults.push("no such code".to_owned()),
        Some((_, meaning)) => faults.extend(head(&pieces, code, meaning)),
    }
    if section(&pieces, REMEDY).is_none() {
        faults.push(format!("no section `{REMEDY}`"));
    }
    if section(&pieces, EXAMPLE).is_some() {
        faults.extend(example(&mut pieces, code));
    }
    let actual = page(&pieces);
    if actual != text && updating() {
        fs::write(path, actual).expect("the page is written");
    } else if actual != text {
        faults.push(format!("the diagnostics are not what is said:\n{}", said(&pieces)));
    }
    faults
}

/// What the runner draws is as wide as it is.
fn long_lines(pieces: &[Piece]) -> Vec<String> {
    let lines = pieces.iter().flat_map(|piece| match piece {
        Piece::Line(line) => line.lines(),
        Piece::Block { info, .. } if info == "diagnostics" => "".lines(),
        Piece::Block { body, .. } => body.lines(),
    });
    let long = lines.filter(|line| line.chars().count() > LINE_MAX);
    long.map(|line| format!("a line is longer than {LINE_MAX} characters: {line}")).collect()
}

/// The title, and the severity with the meaning.
fn head(pieces: &[Piece], code: &str, meaning: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !pieces.first().is_some_and(|piece| piece.heads(&format!("# {code}"))) {
        faults.push(format!("the first line is not `# {code}`"));
    }
    let meaning = sentence(meaning);
    let words = ["Error", "Finding", "Error or finding"];
    let wanted = words.map(|word| format!("**{word}.** {meaning}"));
    if !pieces.get(2).is_some_and(|piece| wanted.iter().any(|line| piece.heads(line))) {
        faults.push(format!("the third line is none of {wanted:#?}"));
    }
    faults
}

/// A meaning as a sentence.
fn sentence(meaning: &str) -> String {
    let mut chars = meaning.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// Runs the example and its remedy, and writes down what the example says.
fn example(pieces: &mut [Piece], code: &str) -> Vec<String> {
    let mut files = Files::new();
    lay(&mut files, section(pieces, EXAMPLE).unwrap_or_default());
    let (all, sources) = judged(&files);
    let own: Vec<Diagnostic> = all.iter().filter(|diag| diag.code == code).cloned().collect();
    let mut faults = severity(pieces, &own);
    lay(&mut files, section(pieces, REMEDY).unwrap_or_default());
    faults.extend(remedy(code, &all, &judged(&files).0));
    let frames = evenkeel_report::frames(&own, &sources);
    let place = pieces.iter_mut().find_map(|piece| match piece {
        Piece::Block { info, body, .. } if info == "diagnostics" => Some(body),
        Piece::Block { .. } | Piece::Line(_) => None,
    });
    match place {
        Some(body) => *body = frames,
        None => faults.push("the example has no block `diagnostics`".to_owned()),
    }
    faults
}

/// The page's word for how bad it is must be what the example shows.
fn severity(pieces: &[Piece], own: &[Diagnostic]) -> Vec<String> {
    if own.is_empty() {
        return vec!["the example does not have the code".to_owned()];
    }
    let Some(Piece::Line(line)) = pieces.get(2) else { return Vec::new() };
    let all = |severity| own.iter().all(|diag| diag.severity == severity);
    let untrue = (line.starts_with("**Error.**") && !all(Severity::Error))
        || (line.starts_with("**Finding.**") && !all(Severity::Finding));
    if untrue { vec!["the example is of another severity than the page says".to_owned()] } else { Vec::new() }
}

/// The code must be gone, and no error may come instead.
fn remedy(code: &str, before: &[Diagnostic], after: &[Diagnostic]) -> Vec<String> {
    let left = after.iter().filter(|diag| diag.code == code);
    let left = left.map(|diag| format!("the remedy leaves: {}", diag.headline));
    let known = |diag: &&Diagnostic| before.iter().any(|other| other.code == diag.code);
    let new = after.iter().filter(|diag| diag.blocks() && !known(diag));
    left.chain(new.map(|diag| format!("the remedy brings {}: {}", diag.code, diag.headline))).collect()
}

/// What the page should say.
fn said(pieces: &[Piece]) -> &str {
    let body = pieces.iter().find_map(|piece| match piece {
        Piece::Block { info, body, .. } if info == "diagnostics" => Some(body.as_str()),
        Piece::Block { .. } | Piece::Line(_) => None,
    });
    body.unwrap_or_default()
}

#[test]
fn every_page_is_true() {
    let wrong: Vec<String> = wanted()
        .iter()
        .flat_map(|path| faults(path).into_iter().map(|fault| format!("{}: {fault}", path.display())))
        .collect();
    assert!(wrong.is_empty(), "{}\nUPDATE_PAGES=1 writes diagnostics anew; read what it wrote", wrong.join("\n"));
}

/// `docs/codes/README.md` as it should be.
fn index() -> String {
    let mut out = "# Codes\n\nEverything that `evenkeel check` and `evenkeel init` say has a code. \
                   `evenkeel explain CODE` shows its page.\n\n| code | what is wrong |\n|---|---|\n"
        .to_owned();
    let listed: BTreeMap<_, _> = registry().into_iter().collect();
    for (code, meaning) in listed {
        let linked = dir().join(format!("{code}.md")).exists();
        let code = if linked { format!("[`{code}`]({code}.md)") } else { format!("`{code}`") };
        out.push_str(&format!("| {code} | {} |\n", meaning.replace('|', "\\|")));
    }
    out
}

#[test]
fn the_table_has_every_code_with_its_meaning() {
    let path = dir().join("README.md");
    if updating() {
        fs::write(&path, index()).expect("the table is written");
    }
    let table = fs::read_to_string(path).expect("the table");
    assert!(table == index(), "docs/codes/README.md is not what codes say; UPDATE_PAGES=1 writes it anew");
}

/// The list in `src/pages.rs` as it should be.
fn embedded() -> String {
    let code = |path: &PathBuf| path.file_stem().expect("a code").to_string_lossy().into_owned();
    // By code, not by file: `-` comes before the `.` of a file's ending.
    let codes: BTreeSet<String> = pages().iter().map(code).collect();
    codes.iter().map(|code| format!("    {code:?},\n")).collect()
}

#[test]
fn every_page_is_embedded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages.rs");
    let source = fs::read_to_string(&path).expect("the list");
    let (before, rest) = source.split_once("pages! {").expect("the list begins");
    let (listed, after) = rest.split_once('}').expect("the list ends");
    let embedded = format!("\n{}", embedded());
    if listed != embedded && updating() {
        fs::write(&path, format!("{before}pages! {{{embedded}}}{after}")).expect("the list is written");
    } else {
        assert!(listed == embedded, "src/pages.rs does not list every page; UPDATE_PAGES=1 writes it anew");
    }
}

#[test]
fn every_code_is_explained() {
    for (code, _) in registry() {
        let embedded = PAGES.iter().any(|page| page.code == code);
        assert_eq!(Page::of(code).map(|page| page.code), embedded.then_some(code));
    }
}

/// What an import says has prose only: its texts are long, and it is tested with cases of its own.
#[test]
fn every_code_has_a_page_with_an_example_or_a_reason() {
    for (code, _) in evenkeel_model::codes::all() {
        let page = fs::read_to_string(dir().join(format!("{code}.md"))).unwrap_or_default();
        assert!(!page.is_empty(), "docs/codes/{code}.md is to be written");
        let example = section(&pieces(&page), EXAMPLE).is_some();
        assert_eq!(example, !WITHOUT_EXAMPLE.contains(&code), "{code}: an example, or a place in the list");
    }
    for (code, _) in evenkeel_import::codes::ALL {
        assert!(dir().join(format!("{code}.md")).exists(), "docs/codes/{code}.md is to be written");
    }
}
